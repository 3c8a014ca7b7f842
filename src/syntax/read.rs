//! Reads the items of a stretch of text one after the other.

use super::ast::Item;
use super::cursor::Cursor;
use super::grammar::{self, Rule};
use super::lower::Lowering;
use super::scan::skip_trivia;
use super::{explain, resume, words};
use crate::diagnostics::Sink;
use crate::text::FileId;

/// What was read so far.
pub(super) struct Reader<'t> {
    /// The file.
    pub file: FileId,
    /// Its whole text.
    pub text: &'t str,
    /// Where parentheses nest too deep, from [`scan`](super::scan).
    pub too_deep: &'t [usize],
    /// The items read.
    pub items: Vec<Item>,
    /// What was found wrong.
    pub out: Sink,
}

/// How reading one item went.
enum Outcome {
    /// It was read up to this offset, at which the file ends or another item starts.
    Read(Option<Item>, usize),
    /// It does not fit the grammar.
    Broken,
}

impl<'t> Reader<'t> {
    /// A reader that has read nothing.
    pub(super) fn new(file: FileId, text: &'t str, too_deep: &'t [usize]) -> Self {
        Self { file, text, too_deep, items: Vec::new(), out: Sink::new() }
    }

    /// Reads items from offset `from` until one starts at or after `stop`, and gives the offset of that one, or of the end of the file.
    pub(super) fn read(&mut self, from: usize, stop: usize) -> usize {
        let mut at = skip_trivia(self.text.as_bytes(), from);
        while at < stop.min(self.text.len()) {
            let rule = words::item_at(self.text, at);
            at = match rule.map_or(Outcome::Broken, |rule| self.item(rule, at)) {
                Outcome::Read(item, next) => {
                    self.items.extend(item);
                    next
                }
                Outcome::Broken => self.broken(at),
            };
        }
        at
    }

    /// Reads the item at `at` with the rule its keyword asks for.
    fn item(&mut self, rule: Rule, at: usize) -> Outcome {
        // The grammar never sees a parenthesis that nests too deep.
        let deep = self.too_deep.partition_point(|&deep| deep < at);
        let limit = self.too_deep.get(deep).copied().unwrap_or(self.text.len());
        let text = self.text.get(at..limit).unwrap_or("");
        let Some(node) = grammar::read(rule, text).and_then(|mut nodes| nodes.next()) else {
            return Outcome::Broken;
        };
        let next = skip_trivia(self.text.as_bytes(), at + node.as_span().end());
        if next < self.text.len() && words::item_at(self.text, next).is_none() {
            return Outcome::Broken;
        }
        let item = Lowering { file: self.file, base: at, out: &mut self.out }.item(node);
        Outcome::Read(item, next)
    }

    /// Says what is wrong with the text at `at` and gives the offset to go on at.
    fn broken(&mut self, at: usize) -> usize {
        let cursor = Cursor { file: self.file, text: self.text, at };
        self.out.push(explain::item(cursor));
        resume::next_item(cursor)
    }
}
