//! Where one item may end and the next begin, and where to go on after a syntax error.

use super::cursor::{Cursor, Kind, Token};
use super::explain;
use super::grammar::Rule;
use super::scan::indentation;
use super::words;

/// Whether an item that is whole may be followed by `token`: the end of the file, another item, or a line that starts as far left as the
/// item itself and so is looked at on its own.
pub(super) fn may_follow_item(cursor: &Cursor<'_>, token: Token<'_>) -> bool {
    if token.kind == Kind::End {
        return true;
    }
    let first = cursor.first_of_line(token);
    if words::item_at(cursor.text, token.start).is_some() {
        // `approve deal-sync group sales` lacks a word; `… group sales { … }` is the next item.
        return first || !(token.is_word("group") || token.is_word("role")) || looks_like_item(cursor, token);
    }
    // A stray brace is not the item's fault.
    token.is_mark("}")
        || first && indentation(cursor.text, token.start) <= indentation(cursor.text, cursor.item)
}

/// The offset of the next item keyword after the token at the cursor that starts a line and does not follow a comma, `for`, `to`, `from`
/// or `except`; else of the end of the file. Within braces the keyword must also be followed by what follows it in an item, because fields
/// such as `developer contoso` and `role member` start lines too.
pub(super) fn next_item(mut cursor: Cursor<'_>) -> usize {
    let mut before = cursor.next();
    let mut depth = 0usize;
    loop {
        let token = cursor.peek();
        if token.kind == Kind::End {
            return token.start;
        }
        let starts = !goes_on(before)
            && cursor.first_of_line(token)
            && words::item_at(cursor.text, token.start).is_some()
            && (depth == 0 || looks_like_item(&cursor, token));
        if starts {
            return token.start;
        }
        depth = depth_after(depth, token);
        cursor.at = token.end();
        before = token;
    }
}

/// Whether what stands after this token cannot start anything.
fn goes_on(before: Token<'_>) -> bool {
    before.is_mark(",") || ["for", "to", "from", "except"].iter().any(|word| before.is_word(word))
}

fn depth_after(depth: usize, token: Token<'_>) -> usize {
    match token.text {
        "{" => depth + 1,
        "}" => depth.saturating_sub(1),
        _ => depth,
    }
}

/// Where to go on in a block after an entry that does not fit: at the closing brace, at the next line, or at a word that starts an entry.
/// `from` is where it stopped fitting.
pub(super) fn after_entry(mut cursor: Cursor<'_>, from: usize, words: &[&str]) -> usize {
    cursor.at = from;
    let mut before = None;
    let mut depth = 0usize;
    loop {
        let token = cursor.peek();
        if token.kind == Kind::End || (depth == 0 && token.is_mark("}")) {
            return token.start;
        }
        if let Some(before) = before
            && !goes_on(before)
        {
            let first = cursor.first_of_line(token);
            let next_entry = first || words.iter().any(|word| token.is_word(word));
            if (depth == 0 && next_entry) || (first && looks_like_item(&cursor, token)) {
                return token.start;
            }
        }
        depth = depth_after(depth, token);
        cursor.at = token.end();
        before = Some(token);
    }
}

/// Where to go on in a list in braces after an entry that does not fit.
pub(super) fn after_list_entry(mut cursor: Cursor<'_>, from: usize) -> usize {
    cursor.at = from;
    let mut first_token = true;
    loop {
        let token = cursor.peek();
        let next_line = !first_token && cursor.first_of_line(token);
        if token.kind == Kind::End || token.is_mark("}") || next_line {
            return token.start;
        }
        cursor.at = token.end();
        first_token = false;
        if token.is_mark(",") {
            return cursor.at;
        }
    }
}

/// Whether `token` is an item keyword with behind it what follows it in an item.
pub(super) fn looks_like_item(cursor: &Cursor<'_>, token: Token<'_>) -> bool {
    let Some(rule) = words::item_at(cursor.text, token.start) else { return false };
    let mut cursor = *cursor;
    cursor.at = token.start;
    match rule {
        Rule::attribute => {
            cursor.next();
            cursor.next();
            cursor.peek().is_mark(":")
        }
        Rule::approve | Rule::block | Rule::withhold | Rule::waive | Rule::grant | Rule::accept => {
            cursor.next();
            explain::subject(&mut cursor, rule).is_ok() && explain::is_clause(cursor.peek().text)
        }
        _ => explain::head(&mut cursor, rule).is_ok(),
    }
}
