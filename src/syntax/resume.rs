//! Where to go on after a syntax error.

use super::cursor::{Cursor, Kind};
use super::words;

/// The offset of the next item keyword after the token at the cursor that starts a line and does not follow a comma, `for`, `to`, `from`
/// or `except`; else of the end of the file.
pub(super) fn next_item(mut cursor: Cursor<'_>) -> usize {
    let mut before = cursor.next();
    loop {
        let token = cursor.next();
        if token.kind == Kind::End {
            return token.start;
        }
        let continues =
            before.is_mark(",") || ["for", "to", "from", "except"].iter().any(|word| before.is_word(word));
        if !continues
            && cursor.first_of_line(token)
            && words::item_at(token_text(&cursor), token.start).is_some()
        {
            return token.start;
        }
        before = token;
    }
}

fn token_text<'t>(cursor: &Cursor<'t>) -> &'t str {
    cursor.text
}
