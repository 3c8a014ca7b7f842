//! Findings about a token that does not fit, whatever was expected.

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Edit, Fix};
use crate::syntax::cursor::{Cursor, Kind, Token};
use crate::text::Span;

declare_code! {
    /// Something else was expected here.
    UNEXPECTED_TEXT = Syntax, Error, "unexpected-text", "text where the language expects something else"
}
declare_code! {
    /// A quoted text without its closing quote.
    UNTERMINATED_STRING = Syntax, Error, "unterminated-string", "a quoted text without its closing quote"
}
declare_code! {
    /// A character that stands nowhere in the language outside of quotes and comments.
    ODD_CHARACTER = Syntax, Error, "odd-character", "a character that only quoted texts and comments may hold"
}
declare_code! {
    /// A closing brace, bracket or parenthesis that closes nothing.
    STRAY_BRACE = Syntax, Error, "stray-brace", "a closing brace, bracket or parenthesis that closes nothing"
}

/// A finding on its way out of the recogniser. It is the first thing that does not fit.
pub(in crate::syntax) type Fault = Box<Diagnostic>;

/// What the recogniser of a construct says: the cursor stands behind it, or something in it does not fit.
pub(in crate::syntax) type Heard = Result<(), Fault>;

/// How much of a token a message shows at most, in characters.
const SHOWN: usize = 40;

/// A token's text in backticks, shortened if long.
pub(in crate::syntax) fn shown(text: &str) -> String {
    if text.chars().count() <= SHOWN {
        return format!("`{text}`");
    }
    let start: String = text.chars().take(SHOWN).collect();
    format!("`{start}…`")
}

/// The finding that `what` was expected where the cursor stands.
pub(in crate::syntax) fn expected(cursor: &Cursor<'_>, what: &str) -> Fault {
    let token = cursor.peek();
    if let Some(fault) = peculiar(cursor, token) {
        return fault;
    }
    if token.kind == Kind::End {
        let message = format!("expected {what}, but the file ends here");
        return Box::new(Diagnostic::new(&UNEXPECTED_TEXT, end_of(cursor), message));
    }
    let message = format!("expected {what}, found {}", shown(token.text));
    Box::new(Diagnostic::new(&UNEXPECTED_TEXT, cursor.span(token), message))
}

/// The same with help.
pub(super) fn expected_with(cursor: &Cursor<'_>, what: &str, help: &str) -> Fault {
    let mut fault = expected(cursor, what);
    if fault.help.is_none() {
        fault.help = Some(help.to_owned());
    }
    fault
}

/// The place right behind the last token before the end of the file.
pub(super) fn end_of(cursor: &Cursor<'_>) -> Span {
    Span::new(cursor.file, cursor.at, cursor.at)
}

/// The finding for a token that fits nowhere, whatever was expected.
pub(super) fn peculiar(cursor: &Cursor<'_>, token: Token<'_>) -> Option<Fault> {
    let span = cursor.span(token);
    let fault = match token.kind {
        Kind::Text { closed: false } => {
            Diagnostic::new(&UNTERMINATED_STRING, span, "this quoted text has no closing quote").help(
                "a quoted text ends with `\"` on the line it starts on; a line break in it is written `\\n`",
            )
        }
        Kind::Odd => odd(span, token.text),
        Kind::Mark if token.text == ";" => Diagnostic::new(&UNEXPECTED_TEXT, span, "`;` ends nothing here")
            .help("leave it out")
            .fix(Fix::suggestion("leave `;` out", vec![Edit { span, text: String::new() }])),
        Kind::Mark if token.text == ")" || token.text == "]" => {
            let open = if token.text == ")" { "(" } else { "[" };
            Diagnostic::new(&STRAY_BRACE, span, format!("this `{}` closes nothing", token.text))
                .help(format!("delete it, or add the `{open}` that it closes"))
        }
        Kind::Word if token.text.starts_with("//") || token.text.starts_with("/*") => {
            Diagnostic::new(&UNEXPECTED_TEXT, span, format!("{} starts no comment", shown(token.text)))
                .help("a comment starts with `#` and ends with its line")
        }
        Kind::Word if token.text.starts_with('\'') => {
            Diagnostic::new(&UNEXPECTED_TEXT, span, "single quotes do not quote a text")
                .help("use double quotes")
        }
        _ => return None,
    };
    Some(Box::new(fault))
}

fn odd(span: Span, text: &str) -> Diagnostic {
    let character = text.chars().next().unwrap_or(' ');
    let number = format!("U+{:04X}", u32::from(character));
    match character {
        '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => {
            Diagnostic::new(&ODD_CHARACTER, span, format!("{} is a typographic quotation mark", shown(text)))
                .help("texts are quoted with the plain `\"`")
        }
        _ if character.is_whitespace() => {
            Diagnostic::new(&ODD_CHARACTER, span, format!("this space is the character {number}"))
                .help("use a plain space")
        }
        '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' => {
            Diagnostic::new(&ODD_CHARACTER, span, format!("the invisible character {number} stands here"))
                .help("delete it")
        }
        '\0' => Diagnostic::new(&ODD_CHARACTER, span, "a NUL character (U+0000) stands here").help(
            "policies are plain text in UTF-8; this file may be a binary file or have another encoding",
        ),
        _ => Diagnostic::new(&ODD_CHARACTER, span, format!("the character {number} cannot stand here"))
            .help("policies are plain text in UTF-8; delete the character or put it into a quoted text"),
    }
}

/// The finding for a `}` that closes nothing.
pub(super) fn stray_brace(cursor: &Cursor<'_>, token: Token<'_>) -> Fault {
    let fault = Diagnostic::new(&STRAY_BRACE, cursor.span(token), "this `}` closes nothing");
    Box::new(fault.help("delete it, or add the `{` that it closes"))
}
