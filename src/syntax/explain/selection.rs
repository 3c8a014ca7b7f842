//! People, apps and scopes.

use super::fault::{Heard, expected_with};
use super::value::{list, name, value};
use crate::diagnostics::{Diagnostic, nearest};
use crate::syntax::cursor::{Cursor, Kind};
use crate::syntax::explain::fault::UNEXPECTED_TEXT;
use crate::syntax::lower::{bad_address, bare_apps, is_address};

/// `PRINCIPALS [except PRINCIPALS]`
pub(super) fn people(cursor: &mut Cursor<'_>) -> Heard {
    list(cursor, principal)?;
    if cursor.take_word("except") {
        list(cursor, principal)?;
    }
    Ok(())
}

const PRINCIPAL: &str = "an e-mail address, `group NAME`, `role NAME` or `everyone`";

/// One principal.
pub(in crate::syntax) fn principal(cursor: &mut Cursor<'_>) -> Heard {
    let token = cursor.peek();
    if token.kind != Kind::Word {
        return value(cursor, PRINCIPAL);
    }
    if token.text == "group" || token.text == "role" {
        let after = cursor.peek_second();
        if matches!(after.kind, Kind::Word | Kind::Text { .. }) {
            cursor.at = token.end();
            return name(cursor, &format!("the name of a {}", token.text));
        }
    }
    value(cursor, PRINCIPAL)?;
    if token.text != "everyone" && !is_address(token.text, false) {
        return Err(Box::new(bad_address(cursor.span(token), token.text)));
    }
    Ok(())
}

/// `SELECTORS [except SELECTORS]` over apps.
pub(super) fn apps(cursor: &mut Cursor<'_>) -> Heard {
    list(cursor, app)?;
    if cursor.take_word("except") {
        list(cursor, app)?;
    }
    Ok(())
}

/// The words that may stand before `apps`.
const BEFORE_APPS: [&str; 4] = ["all", "listed", "unlisted", "internal"];

/// One app selector.
pub(in crate::syntax) fn app(cursor: &mut Cursor<'_>) -> Heard {
    let token = cursor.peek();
    let after = cursor.peek_second();
    if token.is_word("apps") {
        if !after.is_word("by") && !after.is_word("in") {
            return Err(Box::new(bare_apps(cursor.span(token))));
        }
        cursor.at = after.end();
        let what = if after.is_word("by") { "the name of a developer" } else { "the name of an allowlist" };
        return name(cursor, what);
    }
    if token.kind == Kind::Word && after.is_word("apps") {
        if BEFORE_APPS.iter().any(|word| token.is_word(word)) {
            cursor.at = after.end();
            return Ok(());
        }
        let span = cursor.span(token).to(cursor.span(after));
        let help = match nearest(token.text, BEFORE_APPS) {
            Some(near) => format!("did you mean `{near} apps`?"),
            None => "write `all apps`, `listed apps`, `unlisted apps` or `internal apps`".to_owned(),
        };
        let message = format!("`{} apps` selects nothing", token.text);
        return Err(Box::new(Diagnostic::new(&UNEXPECTED_TEXT, span, message).help(help)));
    }
    if BEFORE_APPS.iter().any(|word| token.is_word(word)) && nearest(after.text, ["apps"]).is_some() {
        let span = cursor.span(token).to(cursor.span(after));
        let fault = Diagnostic::new(
            &UNEXPECTED_TEXT,
            span,
            format!("`{} {}` selects nothing", token.text, after.text),
        );
        return Err(Box::new(fault.help(format!("did you mean `{} apps`?", token.text))));
    }
    if matches!(token.kind, Kind::Mark | Kind::End) {
        let help = "name apps by their ids, or write `all apps`, `listed apps`, `apps by DEVELOPER` or `apps in ALLOWLIST`";
        return Err(expected_with(cursor, "an app", help));
    }
    name(cursor, "an app")
}

/// One entry of a scope list.
pub(in crate::syntax) fn scope(cursor: &mut Cursor<'_>) -> Heard {
    let token = cursor.peek();
    if token.is_word("set") && matches!(cursor.peek_second().kind, Kind::Word | Kind::Text { .. }) {
        cursor.at = token.end();
        return name(cursor, "the name of a scope set");
    }
    value(cursor, "a scope, a pattern such as `recording:*`, `set NAME` or a level such as `user-level`")
}

/// A scope list.
pub(super) fn scopes(cursor: &mut Cursor<'_>) -> Heard {
    list(cursor, scope)
}
