//! Where lines break.
//!
//! Everything is laid out from two facts: how wide it is on one line, and whether a comment in it forbids that line.

use std::ops::Range;

use super::tokens::Token;
use super::writer::{Gap, Writer};
use crate::syntax::PartKind;

/// The most characters that a line has, where it can be broken.
const WIDTH: usize = 100;
/// The most clauses of a rule that stands on one line, besides whom it is for.
const FLAT_CLAUSES: usize = 2;
/// How far what belongs to something stands to the right of it.
const STEP: usize = 2;
/// The clause order of `on` and the people, which stand beside what the rule is about.
const LAST_BESIDE: u8 = 1;
/// The clause order of `owner`.
const OWNER: u8 = 6;

/// The tokens of one item and what is known about them.
#[derive(Debug)]
pub(super) struct Layout<'a, 't> {
    tokens: &'a [Token<'t>],
    /// Where each token starts and ends if all stand on one line.
    columns: Vec<(usize, usize)>,
    /// How many comments stand before each token, and in all.
    comments: Vec<usize>,
    /// For each opening brace, parenthesis or bracket the position of the closing one.
    closing: Vec<usize>,
}

impl<'a, 't> Layout<'a, 't> {
    /// Looks at the tokens of one item.
    pub(super) fn new(tokens: &'a [Token<'t>]) -> Self {
        let mut layout = Self {
            tokens,
            columns: Vec::with_capacity(tokens.len()),
            comments: Vec::with_capacity(tokens.len() + 1),
            closing: vec![0; tokens.len()],
        };
        let (mut column, mut comments, mut open) = (0, 0, Vec::new());
        for (at, token) in tokens.iter().enumerate() {
            column += usize::from(layout.gap(at) == Gap::Space);
            let end = column + token.text.chars().count();
            layout.columns.push((column, end));
            column = end;
            layout.comments.push(comments + token.above.len());
            comments += token.above.len() + usize::from(token.beside.is_some());
            match token.text {
                "{" | "(" | "[" => open.push(at),
                "}" | ")" | "]" => {
                    if let Some(place) = open.pop().and_then(|open| layout.closing.get_mut(open)) {
                        *place = at;
                    }
                }
                _ => {}
            }
        }
        layout.comments.push(comments);
        layout
    }

    /// Writes the item.
    pub(super) fn write(&self, out: &mut Writer) {
        self.element(0..self.tokens.len(), Gap::Apart, out);
    }

    /// Writes an item or an entry of a block.
    fn element(&self, range: Range<usize>, gap: Gap, out: &mut Writer) {
        let text = |at: usize| self.tokens.get(at).map_or("", |token| token.text);
        match self.brace(&range) {
            Some(open) => match text(range.start) {
                "group" | "allowlist" | "scope-set" => self.list(range, open, gap, out),
                _ => self.block(range, open, gap, out),
            },
            None => self.rule(range, gap, out),
        }
    }

    /// The opening brace of the last block in the range, which ends with it.
    fn brace(&self, range: &Range<usize>) -> Option<usize> {
        let open = |at: &usize| self.tokens.get(*at).is_some_and(|token| token.text == "{");
        range.clone().find(open)
    }

    /// Writes what has clauses: on one line if it is short, else the clauses below each other.
    fn rule(&self, range: Range<usize>, gap: Gap, out: &mut Writer) {
        let clauses = self.clauses(&range);
        let head = range.start..clauses.iter().map(|clause| clause.range.start).min().unwrap_or(range.end);
        // Nothing stands below a head without clauses that it could be taken for.
        let step = if clauses.is_empty() { STEP } else { 2 * STEP };
        self.run_with(step, head, gap, out);
        let own = clauses.iter().filter(|clause| clause.order > LAST_BESIDE).count();
        let flat =
            own <= FLAT_CLAUSES && out.indent + self.width(&range) <= WIDTH && !self.has_comment(&range);
        let indent = out.indent;
        let mut leading = true;
        for clause in &clauses {
            leading &= clause.order <= LAST_BESIDE;
            let beside = flat
                || leading
                    && out.column() + 1 + self.width(&clause.range) <= WIDTH
                    && !self.has_comment(&clause.range);
            out.indent = indent + STEP;
            let gap = if beside { Gap::Space } else { Gap::Line };
            self.run_with(STEP, clause.range.clone(), gap, out);
        }
        out.indent = indent;
    }

    /// The clauses of a rule in the order in which they are written. Where comments stand among them they stay where they are.
    fn clauses(&self, range: &Range<usize>) -> Vec<Clause> {
        let mut clauses: Vec<Clause> = Vec::new();
        let accept = self.tokens.get(range.start).is_some_and(|token| token.text == "accept");
        for at in range.clone() {
            if let Some(PartKind::Clause(order)) = self.tokens.get(at).and_then(|token| token.part) {
                // An accepted widening says first who answers for it.
                let order = if accept && order == OWNER { LAST_BESIDE + 1 } else { order };
                if let Some(last) = clauses.last_mut() {
                    last.range.end = at;
                }
                clauses.push(Clause { range: at..range.end, order });
            }
        }
        if !self.has_comment(range)
            && self.tokens.get(range.end - 1).is_some_and(|last| last.beside.is_none())
        {
            clauses.sort_by_key(|clause| clause.order);
        }
        clauses
    }

    /// Writes what has braces around things that no comma separates.
    fn block(&self, range: Range<usize>, open: usize, gap: Gap, out: &mut Writer) {
        let close = range.end - 1;
        let entries = self.entries(open + 1..close);
        self.run(range.start..open, gap, out);
        self.one(open, Gap::Space, "", out);
        if self.is_flat(&range, open, &entries, out) {
            for (at, entry) in entries.iter().enumerate() {
                let gap = if at == 0 { Gap::Space } else { Gap::Wide };
                self.run(entry.clone(), gap, out);
            }
            self.one(close, Gap::Space, "", out);
            return;
        }
        out.indent += STEP;
        for (at, entry) in entries.iter().enumerate() {
            let gap = if at == 0 { Gap::Line } else { Gap::Apart };
            self.element(entry.clone(), gap, out);
        }
        self.close(close, out);
    }

    /// The things between braces.
    fn entries(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut entries: Vec<Range<usize>> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let Some(token) = self.tokens.get(at) else { break };
            if token.part == Some(PartKind::Entry) {
                if let Some(last) = entries.last_mut() {
                    last.end = at;
                }
                entries.push(at..range.end);
            }
            let inner = if token.text == "{" { self.closing.get(at).copied().unwrap_or(at) } else { at };
            at = inner.max(at) + 1;
        }
        entries
    }

    /// Whether a block stands on one line.
    fn is_flat(&self, range: &Range<usize>, open: usize, entries: &[Range<usize>], out: &Writer) -> bool {
        let first = self.tokens.get(range.start).map_or("", |token| token.text);
        let shape = match first {
            "account" | "test" => entries.is_empty(),
            "role" | "listed" | "unlisted" => entries.len() < 2,
            _ => true,
        };
        let width = out.indent + self.width(range) + entries.len().saturating_sub(1);
        shape && width <= WIDTH && !self.has_comment(&(open..range.end))
    }

    /// Writes what has braces around a list: on one line, or each entry on its own.
    fn list(&self, range: Range<usize>, open: usize, gap: Gap, out: &mut Writer) {
        let close = range.end - 1;
        self.run(range.start..open, gap, out);
        self.one(open, Gap::Space, "", out);
        if out.indent + self.width(&range) <= WIDTH && !self.has_comment(&(open..range.end)) {
            self.run(open + 1..range.end, Gap::Space, out);
            return;
        }
        out.indent += STEP;
        let (mut gap, mut starts) = (Gap::Line, true);
        for at in open + 1..close {
            let Some(token) = self.tokens.get(at) else { break };
            if token.text == "," {
                self.one(at, Gap::None, "", out);
                (gap, starts) = (Gap::Apart, true);
                continue;
            }
            // The last entry has a comma too, so that a further one is a change of one line.
            let suffix = if at + 1 == close { "," } else { "" };
            self.one(at, if starts { gap } else { Gap::Space }, suffix, out);
            starts = false;
        }
        self.close(close, out);
    }

    /// Writes a closing brace on its own line; the comments before it belong inside.
    fn close(&self, close: usize, out: &mut Writer) {
        let Some(token) = self.tokens.get(close) else { return };
        out.comments(&token.above, true);
        out.indent = out.indent.saturating_sub(STEP);
        let bare = Token { above: Vec::new(), blank: false, ..*token };
        out.token(&bare, Gap::Line, "");
    }

    /// Writes tokens on one line as far as they go, and the rest below it, further to the right than what may follow.
    fn run(&self, range: Range<usize>, gap: Gap, out: &mut Writer) {
        self.run_with(2 * STEP, range, gap, out);
    }

    /// Writes tokens on one line as far as they go, and the rest `step` to the right below it.
    fn run_with(&self, step: usize, range: Range<usize>, gap: Gap, out: &mut Writer) {
        let indent = out.indent;
        let wide = self.has_comment(&range) || indent + self.width(&range) > WIDTH;
        // For each open parenthesis or bracket whether it is too wide for its line.
        let mut open: Vec<bool> = Vec::new();
        for at in range.clone() {
            let Some(token) = self.tokens.get(at) else { break };
            let breaks = match token.part {
                Some(PartKind::Connective) => open.last().copied().unwrap_or(wide),
                Some(PartKind::List) => wide && self.is_list(at, &range),
                Some(PartKind::Continuation) => self.is_over(at, &range, out),
                _ => self.is_after_comma(at) && self.is_over(at, &range, out),
            };
            let usual = if at == range.start { gap } else { self.gap(at) };
            self.one(at, if breaks && at > range.start { Gap::Line } else { usual }, "", out);
            match token.text {
                "(" | "[" => open.push(self.is_wide_group(at, out)),
                ")" | "]" => drop(open.pop()),
                _ => {}
            }
            out.indent = indent + step + STEP * open.len();
        }
        out.indent = indent;
    }

    /// Whether the parenthesis that was just written does not fit on its line.
    fn is_wide_group(&self, open: usize, out: &Writer) -> bool {
        let close = self.closing.get(open).copied().unwrap_or(open);
        let closes = |at: &usize| self.tokens.get(*at).is_some_and(|token| matches!(token.text, ")" | "]"));
        let end = (close + 1..self.tokens.len()).find(|at| !closes(at)).unwrap_or(self.tokens.len());
        self.has_comment(&(open..end)) || out.column() + self.width(&(open + 1..end)) > WIDTH
    }

    /// Whether the line would be too long with what follows up to the next place at which it can be broken.
    fn is_over(&self, at: usize, range: &Range<usize>, out: &Writer) -> bool {
        let can_break = |next: &usize| {
            let part = self.tokens.get(*next).and_then(|token| token.part);
            self.is_after_comma(*next) || matches!(part, Some(PartKind::Connective | PartKind::Continuation))
        };
        let next = (at + 1..range.end).find(can_break).unwrap_or(range.end);
        out.column() + 1 + self.width(&(at..next)) > WIDTH
    }

    /// Whether there is more than one value from `at` on.
    fn is_list(&self, at: usize, range: &Range<usize>) -> bool {
        (at + 1..range.end).any(|after| self.is_after_comma(after))
    }

    fn is_after_comma(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|before| self.tokens.get(before)).is_some_and(|before| before.text == ",")
    }

    fn one(&self, at: usize, gap: Gap, suffix: &str, out: &mut Writer) {
        if let Some(token) = self.tokens.get(at) {
            out.token(token, gap, suffix);
        }
    }

    /// What stands before a token in the middle of a line.
    fn gap(&self, at: usize) -> Gap {
        let text = |at: usize| self.tokens.get(at).map_or("", |token| token.text);
        let before = at.checked_sub(1).map_or("(", text);
        match text(at) {
            "," | ")" | "]" | ":" => Gap::None,
            _ if matches!(before, "(" | "[") => Gap::None,
            _ => Gap::Space,
        }
    }

    /// How wide tokens are on one line.
    fn width(&self, range: &Range<usize>) -> usize {
        let start = self.columns.get(range.start).map_or(0, |column| column.0);
        let end =
            range.end.checked_sub(1).and_then(|last| self.columns.get(last)).map_or(0, |column| column.1);
        end.saturating_sub(start)
    }

    /// Whether a comment stands between the first token and the last.
    fn has_comment(&self, range: &Range<usize>) -> bool {
        let before = |at: usize| self.comments.get(at).copied().unwrap_or(0);
        range.end.checked_sub(1).is_some_and(|last| before(last) > before(range.start))
    }
}

/// A clause of a rule.
#[derive(Clone, Debug)]
struct Clause {
    range: Range<usize>,
    order: u8,
}
