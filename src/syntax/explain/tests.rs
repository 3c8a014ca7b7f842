//! The recogniser and the grammar agree.

#![allow(clippy::string_slice, clippy::indexing_slicing, reason = "a test fails by panicking")]

use crate::diagnostics::Sink;
use crate::syntax::ast::Item;
use crate::syntax::cursor::Cursor;
use crate::syntax::grammar::{self, Rule};
use crate::syntax::lower::Lowering;
use crate::syntax::recover::{self, Recovery};
use crate::syntax::scan::scan;
use crate::syntax::words;
use crate::text::{FileId, SourceMap};

const SAMPLES: [&str; 2] = [
    include_str!("../../../tests/cases/syntax/everything.admit"),
    include_str!("../../../tests/cases/syntax/plain.admit"),
];

fn file() -> FileId {
    SourceMap::new().add("main.admit", "")
}

/// What the grammar makes of the item at the start of `text`, if it fits without findings and ends the text.
fn by_grammar(text: &str) -> Option<Item> {
    let node = grammar::item(text)?;
    if node.as_span().end() != text.len() {
        return None;
    }
    let mut out = Sink::new();
    let item = Lowering { file: file(), base: 0, out: &mut out }.item(node)?;
    out.found().is_empty().then_some(item)
}

/// What the recogniser makes of it.
fn by_hand(rule: Rule, text: &str) -> (Option<Item>, Vec<String>) {
    let cursor = Cursor::new(file(), text, 0);
    let mut out = Sink::new();
    let mut item = None;
    if recover::is_block(rule) {
        item = Recovery { cursor, barriers: &[], out: &mut out }.item(rule).0;
    } else {
        out.push(*super::item(cursor, rule, &[]));
    }
    // Where nothing is wrong, the recogniser says so with a finding of its own.
    let messages = out.found().iter().map(|found| found.message.clone());
    (item, messages.filter(|message| !message.contains("could not be read")).collect())
}

fn check(text: &str) {
    let Some(rule) = words::item_at(text, 0) else { return };
    if !scan(file(), text, 0, usize::MAX).barriers.is_empty() {
        return;
    }
    let Some(expected) = by_grammar(text) else { return };
    let (item, messages) = by_hand(rule, text);
    assert_eq!(messages, Vec::<String>::new(), "{text}");
    if recover::is_block(rule) {
        assert_eq!(item, Some(expected), "{text}");
    }
}

/// The items of the samples.
fn items() -> Vec<String> {
    let mut items = Vec::new();
    for sample in SAMPLES {
        let tree = crate::syntax::parse(file(), sample, &mut Sink::new());
        items.extend(
            tree.items.iter().map(|item| sample[item.span.start as usize..item.span.end as usize].to_owned()),
        );
    }
    items
}

#[test]
fn what_the_grammar_accepts_the_recogniser_accepts() {
    for item in items() {
        check(&item);
    }
}

#[test]
fn they_agree_on_items_with_words_left_out_doubled_and_swapped() {
    let mut random = fastrand::Rng::with_seed(11);
    let items = items();
    for _ in 0..20_000 {
        let item = &items[random.usize(..items.len())];
        let mut words: Vec<&str> = item.split_inclusive([' ', '\n']).collect();
        for _ in 0..random.usize(1..3) {
            let (a, b) = (random.usize(..words.len()), random.usize(..words.len()));
            match random.u8(..3) {
                0 if words.len() > 1 => drop(words.remove(a)),
                1 => words.insert(a, words[b]),
                _ => words.swap(a, b),
            }
        }
        check(words.concat().trim());
    }
}
