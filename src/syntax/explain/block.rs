//! Items in braces: what stands before the brace, and the entries within.

use super::condition::missing_comma;
use super::fault::{Fault, Heard, UNEXPECTED_TEXT, expected, expected_with, peculiar, shown};
use super::rule::{UNKNOWN_CLAUSE, near_word, one_clause, rule};
use super::selection::{apps, people, scope};
use super::value::{date, is_identifier, list, name, text, value};
use crate::diagnostics::{Diagnostic, Edit, Fix, nearest, quoted_list};
use crate::syntax::cursor::{Cursor, Kind, Token};
use crate::syntax::grammar::Rule;
use crate::syntax::lower::Clause;
use crate::terms::Level;

/// From an item's keyword to its opening brace, which comes next.
pub(in crate::syntax) fn head(cursor: &mut Cursor<'_>, rule: Rule) -> Heard {
    cursor.next();
    match rule {
        Rule::account if cursor.peek().is_mark("{") => {}
        Rule::account => name(cursor, "the account's name")?,
        Rule::user => value(cursor, "a user's e-mail address")?,
        Rule::app_facts => name(cursor, "the app's id")?,
        Rule::developer => name(cursor, "the developer's name")?,
        Rule::group => name(cursor, "the group's name")?,
        Rule::allowlist => name(cursor, "the allowlist's name")?,
        Rule::scope_set => name(cursor, "the name of the scope set")?,
        Rule::role => {
            name(cursor, "the role's name")?;
            if cursor.take_word("extends") {
                list(cursor, |cursor| name(cursor, "the name of a role"))?;
            }
        }
        _ => {
            name(cursor, "what the test proves, in double quotes")?;
            if cursor.take_word("at") {
                date(cursor)?;
            }
        }
    }
    if cursor.peek().is_mark("{") {
        return Ok(());
    }
    Err(match rule {
        Rule::role => near_word(cursor, "`{` or `extends`", &["extends"]),
        Rule::test => near_word(cursor, "`{` or `at`", &["at"]),
        _ => expected(cursor, "`{`"),
    })
}

/// The words that start the account's clauses.
pub(in crate::syntax) const ACCOUNT: [&str; 7] =
    ["listed", "unlisted", "notify", "default", "installers", "requests", "sub-accounts"];

/// One clause of the account, but for its sections.
pub(in crate::syntax) fn account_clause(cursor: &mut Cursor<'_>) -> Heard {
    let token = cursor.peek();
    if !ACCOUNT.iter().any(|word| token.is_word(word)) {
        return Err(unknown_clause(cursor, token, "an account", &ACCOUNT));
    }
    cursor.at = token.end();
    match token.text {
        "notify" => list(cursor, |cursor| value(cursor, "e-mail addresses, `automatically` or `nobody`")),
        "installers" => list(cursor, installer),
        "default" => {
            follows(cursor, "role", "default")?;
            name(cursor, "the name of a role")
        }
        "requests" => {
            follows(cursor, "via", "requests")?;
            text(cursor, "a link in double quotes")
        }
        _ => word(cursor, "`yes` or `no`"),
    }
}

fn installer(cursor: &mut Cursor<'_>) -> Heard {
    if cursor.peek().is_word("role") && matches!(cursor.peek_second().kind, Kind::Word | Kind::Text { .. }) {
        cursor.next();
        return name(cursor, "the name of a role");
    }
    value(cursor, "a privilege or `role NAME`")
}

/// The second word of a clause of two.
fn follows(cursor: &mut Cursor<'_>, second: &'static str, first: &str) -> Heard {
    if cursor.take_word(second) {
        return Ok(());
    }
    Err(expected_with(cursor, &format!("`{second}`"), &format!("the clause is `{first} {second} …`")))
}

fn word(cursor: &mut Cursor<'_>, what: &str) -> Heard {
    let token = cursor.peek();
    if token.kind != Kind::Word || !is_identifier(token.text) {
        return Err(expected(cursor, what));
    }
    cursor.at = token.end();
    Ok(())
}

/// The words that start the clauses of the account's sections.
pub(in crate::syntax) const SECTION: [&str; 2] = ["approval", "exempt"];

/// One clause of a section of the account.
pub(in crate::syntax) fn section_clause(cursor: &mut Cursor<'_>) -> Heard {
    let token = cursor.peek();
    if token.is_word("exempt") {
        return rule(cursor, Rule::exempt);
    }
    if !token.is_word("approval") {
        return Err(unknown_clause(cursor, token, "a section", &SECTION));
    }
    cursor.at = token.end();
    word(cursor, "`required` or `optional`")
}

/// The words that start the clauses of roles.
pub(in crate::syntax) const ROLE: [&str; 2] = ["privileges", "scopes"];

/// One clause of a role.
pub(in crate::syntax) fn role_clause(cursor: &mut Cursor<'_>) -> Heard {
    let token = cursor.peek();
    if token.is_word("scopes") {
        cursor.at = token.end();
        return block_list(cursor, scope);
    }
    if !token.is_word("privileges") {
        return Err(unknown_clause(cursor, token, "a role", &ROLE));
    }
    cursor.at = token.end();
    block_list(cursor, |cursor| value(cursor, "a privilege"))
}

/// A list in a block, which may end with a comma where the block ends right after it.
fn block_list(cursor: &mut Cursor<'_>, mut entry: impl FnMut(&mut Cursor<'_>) -> Heard) -> Heard {
    loop {
        entry(cursor)?;
        if !cursor.take_mark(",") || cursor.peek().is_mark("}") {
            return Ok(());
        }
    }
}

/// One field of an entity.
pub(in crate::syntax) fn field(cursor: &mut Cursor<'_>) -> Heard {
    let token = cursor.peek();
    if token.kind != Kind::Word {
        let help = "several values of a field are separated by commas";
        return Err(expected_with(cursor, "the name of a field or `}`", help));
    }
    word(cursor, "the name of a field or `}`")?;
    let sign = cursor.peek();
    if sign.is_mark(":") || sign.is_mark("=") {
        let span = cursor.span(sign);
        let message = format!("no `{}` stands between a field and its value", sign.text);
        let fix =
            Fix::suggestion(format!("leave `{}` out", sign.text), vec![Edit { span, text: String::new() }]);
        let fault = Diagnostic::new(&UNEXPECTED_TEXT, span, message);
        return Err(Box::new(fault.help(format!("write `{} VALUE`", token.text)).fix(fix)));
    }
    block_list(cursor, |cursor| value(cursor, &format!("a value of `{}`", token.text)))
}

/// The words that start the entries of tests.
pub(in crate::syntax) const TEST: [&str; 4] = ["allow", "deny", "only", "given"];

/// One entry of a test, but for `given`.
pub(in crate::syntax) fn assertion(cursor: &mut Cursor<'_>) -> Heard {
    let token = cursor.peek();
    if !TEST.iter().any(|word| token.is_word(word)) {
        return Err(unknown_clause(cursor, token, "a test", &TEST));
    }
    cursor.at = token.end();
    people(cursor)?;
    if !cursor.take_word("install") {
        return Err(near_word(cursor, "`install` and the apps", &["install", "except"]));
    }
    apps(cursor)?;
    loop {
        let token = cursor.peek();
        if cursor.take_word("when") {
            one_clause(cursor, Clause::When)?;
        } else if cursor.take_word("with") {
            list(cursor, reason)?;
        } else if ends_assertion(cursor, token) {
            return Ok(());
        } else {
            return Err(near_word(
                cursor,
                "`when`, `with`, the next entry or `}`",
                &["when", "with", "except"],
            ));
        }
    }
}

/// The code of a reason after `with`.
fn reason(cursor: &mut Cursor<'_>) -> Heard {
    const REASON: &str = "the code of a reason, such as `blocked`";
    let token = cursor.peek();
    if cursor.first_of_line(token) && TEST.iter().any(|word| token.is_word(word)) {
        return Err(expected(cursor, REASON));
    }
    name(cursor, REASON)
}

/// Whether an assertion may end before `token`: what starts a line is looked at as an entry of its own.
fn ends_assertion(cursor: &Cursor<'_>, token: Token<'_>) -> bool {
    token.kind == Kind::End
        || token.is_mark("}")
        || TEST.iter().any(|word| token.is_word(word))
        || cursor.first_of_line(token)
}

/// Whether a word behind a clause on the same line was meant as one more entry of its list.
fn goes_on_with_list(cursor: &Cursor<'_>, token: Token<'_>) -> bool {
    let before = cursor.text.get(..cursor.at).unwrap_or("");
    let listed = token.text.contains(['@', ':', '*'])
        || Level::ALL.iter().any(|level| token.is_word(level.list_word()));
    token.kind == Kind::Word && listed && !cursor.first_of_line(token) && !before.ends_with(['{', '}'])
}

/// The finding for a word that starts no clause of a block.
pub(in crate::syntax) fn unknown_clause(
    cursor: &Cursor<'_>,
    token: Token<'_>,
    block: &str,
    words: &[&'static str],
) -> Fault {
    if let Some(fault) = peculiar(cursor, token) {
        return fault;
    }
    let near = nearest(token.text, words.iter().copied());
    if near.is_none() && goes_on_with_list(cursor, token) {
        return missing_comma(cursor, token);
    }
    let known = quoted_list(words, "or");
    if token.kind != Kind::Word {
        return expected(cursor, &format!("{known} or `}}`"));
    }
    let message = format!("{} starts no clause of {block}", shown(token.text));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("a clause of {block} starts with {known}"),
    };
    Box::new(Diagnostic::new(&UNKNOWN_CLAUSE, cursor.span(token), message).help(help))
}
