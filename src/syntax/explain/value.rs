//! Names, values, reasons and days.

use super::fault::{Fault, Heard, UNEXPECTED_TEXT, expected, expected_with, shown};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Edit, Fix};
use crate::syntax::cursor::{Cursor, Kind, Token};
use crate::syntax::lower::{bad_date, bad_owner, is_address};
use crate::terms::quoted;
use crate::text::Date;

declare_code! {
    /// A bare word with characters that only a quoted text may hold.
    UNQUOTED_TEXT = Syntax, Error, "unquoted-text", "a bare word with characters that only a quoted text may hold"
}

/// Whether a bare word is an identifier.
pub(super) fn is_identifier(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

/// Whether a bare word may stand where names of the outside world are meant: addresses, scopes, privileges.
fn is_bare(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:@*+".contains(&byte))
}

/// A name: an identifier or a quoted text.
pub(super) fn name(cursor: &mut Cursor<'_>, what: &str) -> Heard {
    word_or_text(cursor, what, is_identifier)
}

/// A bare value or a quoted text.
pub(super) fn value(cursor: &mut Cursor<'_>, what: &str) -> Heard {
    word_or_text(cursor, what, is_bare)
}

fn word_or_text(cursor: &mut Cursor<'_>, what: &str, fits: fn(&str) -> bool) -> Heard {
    let token = cursor.peek();
    match token.kind {
        Kind::Text { closed: true } => {}
        Kind::Word if fits(token.text) => {}
        Kind::Word => return Err(unquoted(cursor, token, what)),
        _ => return Err(expected(cursor, what)),
    }
    cursor.at = token.end();
    Ok(())
}

/// The finding for a word that would have to be quoted.
fn unquoted(cursor: &Cursor<'_>, token: Token<'_>, what: &str) -> Fault {
    if let Some(fault) = super::fault::peculiar(cursor, token) {
        return fault;
    }
    let span = cursor.span(token);
    if token.text.contains('@') || token.text.contains(':') && is_bare(token.text) {
        let message = format!("expected {what}, found {}", shown(token.text));
        let help = format!("if that is really its name, write it in quotes: `\"{}\"`", token.text);
        return Box::new(Diagnostic::new(&UNQUOTED_TEXT, span, message).help(help));
    }
    let odd = token.text.chars().find(|c| !c.is_ascii_alphanumeric() && !"-_.:@*+".contains(*c));
    let message =
        format!("{} has `{}`, which a bare word cannot have", shown(token.text), odd.unwrap_or(' '));
    let fix = Fix::suggestion("put it in quotes", vec![Edit { span, text: quoted(token.text) }]);
    let help = format!("write it in quotes: `{}`", quoted(token.text));
    Box::new(Diagnostic::new(&UNQUOTED_TEXT, span, message).help(help).fix(fix))
}

/// A quoted text.
pub(super) fn text(cursor: &mut Cursor<'_>, what: &str) -> Heard {
    let token = cursor.peek();
    if token.kind != (Kind::Text { closed: true }) {
        return Err(expected_with(cursor, what, "put the text in double quotes"));
    }
    cursor.at = token.end();
    Ok(())
}

/// A day.
pub(super) fn date(cursor: &mut Cursor<'_>) -> Heard {
    let token = cursor.peek();
    if token.kind == Kind::Word
        && let Err(error) = Date::parse(token.text)
        && token.text.starts_with(|c: char| c.is_ascii_digit())
    {
        return Err(Box::new(bad_date(cursor.span(token), token.text, error)));
    }
    let help = "days are written `YYYY-MM-DD`, such as `2027-03-31`";
    match token.kind {
        Kind::Word if is_identifier(token.text) => {
            cursor.at = token.end();
            match Date::parse(token.text) {
                Ok(_) => Ok(()),
                Err(error) => Err(Box::new(bad_date(cursor.span(token), token.text, error))),
            }
        }
        Kind::Text { closed: true } => {
            cursor.at = token.end();
            Ok(())
        }
        _ => Err(expected_with(cursor, "a day", help)),
    }
}

/// The e-mail address of an owner.
pub(super) fn owner(cursor: &mut Cursor<'_>) -> Heard {
    let token = cursor.peek();
    value(cursor, "an e-mail address")?;
    if token.kind == Kind::Word && !is_address(token.text, false) {
        return Err(Box::new(bad_owner(cursor.span(token), token.text)));
    }
    Ok(())
}

/// The finding for a comma before a word that goes on with something else.
fn comma_too_many(cursor: &Cursor<'_>, after_entry: usize, token: Token<'_>) -> Fault {
    let message = format!("expected one more entry after the comma, found `{}`", token.text);
    let comma = Cursor { at: after_entry, ..*cursor }.peek();
    let fix =
        Fix::suggestion("leave the comma out", vec![Edit { span: cursor.span(comma), text: String::new() }]);
    let fault = Diagnostic::new(&UNEXPECTED_TEXT, cursor.span(token), message);
    Box::new(fault.help(format!("leave the comma before `{}` out", token.text)).fix(fix))
}

/// One entry or more of a list, with commas between them.
pub(super) fn list(cursor: &mut Cursor<'_>, mut entry: impl FnMut(&mut Cursor<'_>) -> Heard) -> Heard {
    loop {
        entry(cursor)?;
        let after_entry = cursor.at;
        if !cursor.take_mark(",") {
            return Ok(());
        }
        // Nobody calls an app `for`, and an item that fits would not be looked at here.
        let token = cursor.peek();
        if token.is_word("except") || (token.kind == Kind::Word && super::is_clause(token.text)) {
            return Err(comma_too_many(cursor, after_entry, token));
        }
    }
}
