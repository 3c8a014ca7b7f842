//! The keywords that start items, and which grammar rule reads each.

use super::grammar::Rule;
use super::lower::Clause;
use crate::diagnostics::nearest;

/// The keywords of items, the more frequent ones first.
pub(super) const ITEMS: [(&str, Rule); 16] = [
    ("approve", Rule::approve),
    ("app", Rule::app_facts),
    ("user", Rule::user),
    ("group", Rule::group),
    ("block", Rule::block),
    ("withhold", Rule::withhold),
    ("waive", Rule::waive),
    ("grant", Rule::grant),
    ("test", Rule::test),
    ("role", Rule::role),
    ("allowlist", Rule::allowlist),
    ("scope-set", Rule::scope_set),
    ("developer", Rule::developer),
    ("attribute", Rule::attribute),
    ("accept", Rule::accept),
    ("account", Rule::account),
];

/// Whether the keyword of items of this rule is also the first word of a principal.
pub(super) fn is_principal(rule: Rule) -> bool {
    matches!(rule, Rule::group | Rule::role)
}

/// The rule for the item whose keyword stands at `at`, if one does.
pub(super) fn item_at(text: &str, at: usize) -> Option<Rule> {
    let rest = text.as_bytes().get(at..)?;
    let fits = |byte: &u8| byte.is_ascii_lowercase() || *byte == b'-';
    // No keyword is longer than ten bytes, so a long word is not read to its end.
    let length = rest.iter().take(11).position(|byte| !fits(byte)).unwrap_or(rest.len().min(11));
    // A keyword ends where something follows that belongs to no word, address, scope or the like.
    match rest.get(length) {
        None | Some(b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'{' | b'#') => {}
        _ => return None,
    }
    item_named(text.get(at..at + length)?)
}

/// Whether a word goes on after a condition or a value in one, so that it was not meant as a comparison.
pub(super) fn continues_condition(word: &str) -> bool {
    matches!(word, "and" | "or" | "with" | "exempt" | "approval") || super::explain::is_clause(word)
}

/// The rule for the item with this keyword.
pub(super) fn item_named(word: &str) -> Option<Rule> {
    ITEMS.iter().find(|(keyword, _)| *keyword == word).map(|&(_, rule)| rule)
}

/// The keyword of an item or clause that a word was meant as, if it is near one.
pub(super) fn near_keyword(word: &str) -> Option<&'static str> {
    let items = ITEMS.iter().map(|(keyword, _)| *keyword);
    nearest(word, items.chain(Clause::ALL.iter().map(|clause| clause.word())))
}

/// The keyword of the item that a word was meant to start, if it is one or near one.
pub(crate) fn item_meant(word: &str) -> Option<&'static str> {
    let item = |word: &str| ITEMS.iter().map(|(keyword, _)| *keyword).find(|keyword| *keyword == word);
    item(word).or_else(|| item(near_keyword(word)?))
}
