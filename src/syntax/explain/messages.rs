//! Findings about words that stand in the right place but are not the right ones.

use super::UNEXPECTED_TEXT;
use crate::diagnostics::{Diagnostic, nearest, quoted_list};
use crate::syntax::ast::{Name, Principal};
use crate::syntax::lower::BAD_ADDRESS;
use crate::text::{MOST_DIGITS, Span};

/// A word where only some are possible.
pub(in crate::syntax) fn other_word(name: &Name, words: &[&'static str]) -> Diagnostic {
    let near = nearest(&name.text, words.iter().copied());
    let expected = quoted_list(words, "or");
    Diagnostic::new(&UNEXPECTED_TEXT, name.span, format!("expected {expected}, found `{}`", name.text))
        .maybe_help(near.map(|near| format!("did you mean `{near}`?")))
}

/// A recipient that is no address.
pub(in crate::syntax) fn bad_recipient(name: &Name) -> Diagnostic {
    let help = match nearest(&name.text, ["automatically", "nobody"]) {
        Some(near) => format!("did you mean `notify {near}`?"),
        None => "name the recipients by e-mail address, or write `notify automatically` or `notify nobody`"
            .to_owned(),
    };
    Diagnostic::new(&BAD_ADDRESS, name.span, format!("`{}` is no e-mail address", name.text)).help(help)
}

/// A user whose name is no address.
pub(in crate::syntax) fn bad_user_name(name: &Name) -> Diagnostic {
    Diagnostic::new(&BAD_ADDRESS, name.span, format!("`{}` is no e-mail address", name.text))
        .help("a user is named by e-mail address, such as `user ana@example.com { … }`")
}

/// A type that attributes do not have.
pub(in crate::syntax) fn unknown_type(name: &Name) -> Diagnostic {
    let types = ["text", "flag", "number", "date", "one"];
    let help = match nearest(&name.text, types) {
        Some("one") => "did you mean `one of`?".to_owned(),
        Some(near) => format!("did you mean `{near}`?"),
        None => "an attribute is `text`, `flag`, `number`, `date`, `one of a, b` or `one of low < high`"
            .to_owned(),
    };
    Diagnostic::new(&UNEXPECTED_TEXT, name.span, format!("`{}` is no type of an attribute", name.text))
        .help(help)
}

/// A bare `not` where a value is meant.
pub(in crate::syntax) fn bare_not(span: Span) -> Diagnostic {
    Diagnostic::new(&UNEXPECTED_TEXT, span, "expected a value, found `not`")
        .help("write `is not VALUE`; the value `not` itself is written in quotes: `\"not\"`")
}

/// A number that would be taken for another.
pub(in crate::syntax) fn imprecise_number(name: &Name) -> Diagnostic {
    Diagnostic::new(&UNEXPECTED_TEXT, name.span, format!("a number has at most {MOST_DIGITS} digits")).help(
        format!(
            "what only looks like a number, such as the id of an account, is a text, in quotes: \"{}\"",
            name.text
        ),
    )
}

/// A privilege with `*`.
pub(in crate::syntax) fn privilege_pattern(name: &Name) -> Diagnostic {
    Diagnostic::new(
        &UNEXPECTED_TEXT,
        name.span,
        format!("`{}` is a pattern, which privileges do not have", name.text),
    )
    .help("name the privileges one by one")
}

/// A member that groups do not have.
pub(in crate::syntax) fn bad_member(principal: &Principal) -> Diagnostic {
    Diagnostic::new(&UNEXPECTED_TEXT, principal.span, "a group has users and groups as members")
        .help("list e-mail addresses and `group NAME`")
}

/// `with` after `allow` or `only`.
pub(in crate::syntax) fn with_needs_deny(span: Span, verdict: &str) -> Diagnostic {
    Diagnostic::new(&UNEXPECTED_TEXT, span, format!("`{verdict}` takes no `with`"))
        .help("only a denial has reasons: `deny … with CODE`")
}

/// An item that is no entity where only entities are meant.
pub(in crate::syntax) fn no_entity(head: Span) -> Diagnostic {
    Diagnostic::new(&UNEXPECTED_TEXT, head, "only facts about users, apps and developers can stand here")
        .help("write `user NAME { … }`, `app NAME { … }` or `developer NAME { … }`")
}
