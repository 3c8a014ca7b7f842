//! Reads the items of a stretch of text one after the other.

use super::cursor::Cursor;
use super::grammar::{self, Rule};
use super::kept::Kept;
use super::lower::{Lowering, Node};
use super::recover::{self, Recovery};
use super::scan::{self, before_barrier, skip_trivia};
use super::{explain, resume, words};
use crate::diagnostics::Sink;
use crate::text::FileId;

/// About how many bytes are read in one run.
const RUN: usize = 16 * 1024;

/// What was read so far.
pub(super) struct Reader<'t, K> {
    /// The file.
    pub file: FileId,
    /// Its whole text.
    pub text: &'t str,
    /// What the grammar must not see, from [`scan`](super::scan).
    pub barriers: &'t [usize],
    /// The items read.
    pub items: Vec<K>,
    /// What was found wrong.
    pub out: Sink,
}

impl<'t, K: Kept> Reader<'t, K> {
    /// A reader that has read nothing.
    pub(super) fn new(file: FileId, text: &'t str, barriers: &'t [usize]) -> Self {
        Self { file, text, barriers, items: Vec::new(), out: Sink::new() }
    }

    /// Reads items from offset `from` until one starts at or after `stop`, and gives the offset of that one, or of the end of the file.
    pub(super) fn read(&mut self, from: usize, stop: usize) -> usize {
        let mut at = skip_trivia(self.text.as_bytes(), from);
        while at < stop.min(self.text.len()) {
            at = self.run(at, stop);
            if at >= stop {
                break;
            }
            at = match words::item_at(self.text, at) {
                Some(rule) => self.item(at).unwrap_or_else(|| self.broken(rule, at)),
                None => self.no_item(at),
            };
        }
        at
    }

    /// Reads the items at `at` that are whole and followed by another one without doubt, and gives the offset of the one after them.
    ///
    /// This is only faster than reading each alone with [`Self::item`], because pest makes its tables once.
    fn run(&mut self, at: usize, stop: usize) -> usize {
        let text = before_barrier(self.text, self.barriers, at);
        let text = text.get(..scan::line_start(text.as_bytes(), RUN)).unwrap_or(text);
        let mut items = grammar::items(text).peekable();
        let mut next = at;
        while let Some(node) = items.next() {
            let Some(following) = items.peek() else { break };
            let start = at + following.as_span().start();
            let doubtful =
                words::is_principal(following.as_rule()) && !scan::starts_line(self.text.as_bytes(), start);
            if doubtful || next >= stop {
                break;
            }
            self.whole(node, at);
            next = start;
        }
        next
    }

    /// Reads the item at `at` and gives the offset to go on at; nothing if the item does not fit.
    fn item(&mut self, at: usize) -> Option<usize> {
        let node = grammar::item(before_barrier(self.text, self.barriers, at))?;
        let end = at + node.as_span().end();
        let next = skip_trivia(self.text.as_bytes(), end);
        // What follows a closing brace is looked at on its own. What follows a rule may have been meant to go on with it.
        if !recover::is_block(node.as_rule()) && next < self.text.len() {
            let mut cursor = Cursor::new(self.file, self.text, at);
            cursor.at = end;
            let plain = words::item_at(self.text, next).is_some_and(|next| !words::is_principal(next));
            if !plain && !resume::may_follow_item(&cursor, cursor.peek()) {
                return None;
            }
        }
        self.whole(node, at);
        Some(next)
    }

    /// Takes in an item that fits, of a text that begins at offset `base`.
    fn whole(&mut self, node: Node<'_>, base: usize) {
        self.items.extend(K::whole(node, Lowering { file: self.file, base, out: &mut self.out }));
    }

    /// Says what is wrong with the item at `at`, keeps of it what can be kept, and gives the offset to go on at.
    fn broken(&mut self, rule: Rule, at: usize) -> usize {
        let cursor = Cursor::new(self.file, self.text, at);
        if recover::is_block(rule) {
            let recovery = Recovery { cursor, barriers: self.barriers, out: &mut self.out };
            let (item, next) = recovery.item(rule);
            self.items.extend(item.map(K::from));
            return next;
        }
        self.out.push(*explain::item(cursor, rule, self.barriers));
        resume::next_item(cursor)
    }

    /// Says that no item starts at `at` and gives the offset to go on at.
    fn no_item(&mut self, at: usize) -> usize {
        let cursor = Cursor::new(self.file, self.text, at);
        self.out.push(*explain::no_item(&cursor));
        resume::next_item(cursor)
    }
}
