//! What is wrong with text that the grammar could not read, in words for people.
//!
//! This is a recogniser of the same language over the tokens of [`cursor`](super::cursor). It makes no tree; it stops at the first token
//! that does not fit and knows what would have fitted there, which neither pest's errors nor a position alone can tell. It runs only over
//! items that the grammar refused. A test holds that it refuses whatever the grammar refuses, and accepts whatever that accepts.

mod attribute;
mod block;
mod condition;
mod fault;
pub(super) mod messages;
mod rule;
mod selection;
#[cfg(test)]
mod tests;
mod value;

pub(super) use block::{
    ACCOUNT, ROLE, SECTION, TEST, account_clause, assertion, field, head, role_clause, section_clause,
};
pub(super) use condition::{
    EMPTY_LIST, MISSING_COMMA, NESTING_TOO_DEEP, UNCLOSED_BRACKET, UNSUPPORTED_OPERATOR, missing_comma,
};
pub(super) use fault::{
    Fault, Heard, ODD_CHARACTER, STRAY_BRACE, UNEXPECTED_TEXT, UNTERMINATED_STRING, expected, shown,
};
pub(super) use rule::{UNKNOWN_CLAUSE, is_clause, near_word, subject};
pub(super) use selection::{app, principal, scope};
pub(super) use value::UNQUOTED_TEXT;

use super::cursor::{Cursor, Token};
use super::grammar::Rule;
use crate::declare_code;
use crate::diagnostics::Diagnostic;
use crate::text::Span;

declare_code! {
    /// A word where an item should start that starts none.
    UNKNOWN_ITEM = Syntax, Error, "unknown-item", "a word that starts no item where an item should start"
}

/// What is wrong with the text at the cursor, where an item should start.
pub(super) fn no_item(cursor: &Cursor<'_>) -> Fault {
    rule::unknown_item(cursor, cursor.peek())
}

/// What is wrong with the item at the cursor, which `rule` could not read; no item in braces.
pub(super) fn item(mut cursor: Cursor<'_>, rule: Rule, barriers: &[usize]) -> Fault {
    let start = cursor.peek();
    let heard = match rule {
        Rule::attribute => attribute::attribute(&mut cursor),
        _ => rule::rule(&mut cursor, rule),
    };
    match heard {
        Err(fault) => fault,
        Ok(()) => unreadable(&cursor, start, barriers),
    }
}

/// The finding where the recogniser has nothing to say against what the grammar refused from `start` to the cursor.
///
/// That happens after very many parentheses that nobody closed, which make a harmless one look too deep. No other text is known to lead
/// here.
pub(super) fn unreadable(cursor: &Cursor<'_>, start: Token<'_>, barriers: &[usize]) -> Fault {
    match barriers.get(barriers.partition_point(|&barrier| barrier < start.start)) {
        Some(&deep) if deep < cursor.at => {
            Box::new(condition::too_deep(Span::new(cursor.file, deep, deep + 1)))
        }
        _ => {
            let message = format!("this `{}` could not be read", start.text);
            Box::new(Diagnostic::new(&UNEXPECTED_TEXT, cursor.span(start), message))
        }
    }
}
