//! What is wrong with text that the grammar could not read, in words for people.

pub(super) mod messages;

use super::cursor::Cursor;
use crate::declare_code;
use crate::diagnostics::Diagnostic;

declare_code! {
    /// Something else was expected here.
    UNEXPECTED_TEXT = Syntax, Error, "unexpected-text", "something else was expected here"
}

pub(super) fn item(cursor: Cursor<'_>) -> Diagnostic {
    let token = cursor.peek();
    Diagnostic::new(&UNEXPECTED_TEXT, cursor.span(token), format!("`{}` was not expected here", token.text))
}
