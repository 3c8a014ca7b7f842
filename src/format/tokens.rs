//! An item as tokens, each with the comments that belong to it.

use crate::syntax::{Outline, PartKind};

/// A word, text or mark of an item.
#[derive(Debug)]
pub(super) struct Token<'t> {
    /// As written.
    pub(super) text: &'t str,
    /// The part of the item that starts with it.
    pub(super) part: Option<PartKind>,
    /// The comments on lines of their own before it.
    pub(super) above: Vec<Comment<'t>>,
    /// Whether a blank line stands before it, after those comments.
    pub(super) blank: bool,
    /// The comment after it on its line.
    pub(super) beside: Option<&'t str>,
}

/// A comment on a line of its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comment<'t> {
    /// From its `#`, without blanks at its end.
    pub(super) text: &'t str,
    /// Whether a blank line stands before it.
    pub(super) blank: bool,
}

/// Reads the tokens of one item after the other.
#[derive(Debug)]
pub(super) struct Lexer<'t> {
    text: &'t str,
    /// Where it stands.
    at: usize,
    /// Line breaks since the last token or comment.
    breaks: usize,
    /// Comments that were read and belong to the next token.
    waiting: Vec<Comment<'t>>,
}

impl<'t> Lexer<'t> {
    /// Reads from `start` on.
    pub(super) fn new(text: &'t str, start: usize) -> Self {
        Self { text, at: start, breaks: 0, waiting: Vec::new() }
    }

    /// Reads the tokens of the next item and gives the comment that follows the last one on its line. A comma before a closing mark is
    /// left out: whether it stands there is a matter of layout.
    pub(super) fn item(&mut self, item: &Outline, tokens: &mut Vec<Token<'t>>) -> Option<&'t str> {
        tokens.clear();
        let end = item.span.end as usize;
        let mut parts = item.parts.iter().peekable();
        while let Some(text) = self.next(end, tokens) {
            let start = self.at - text.len();
            let part = parts.next_if(|part| part.start as usize == start).map(|part| part.kind);
            if matches!(text, "}" | "]") {
                drop_comma(tokens);
            }
            let blank = self.breaks > 1;
            let mut token =
                Token { text, part, above: std::mem::take(&mut self.waiting), blank, beside: None };
            if text == "," {
                self.take_over(&mut token, tokens.last_mut());
            }
            tokens.push(token);
            self.breaks = 0;
        }
        self.comments(self.text.len(), tokens.last_mut(), true);
        tokens.last_mut()?.beside.take()
    }

    /// The comments after the last item.
    pub(super) fn rest(mut self) -> Vec<Comment<'t>> {
        self.comments(self.text.len(), None, false);
        self.waiting
    }

    /// The text of the next token before `end`; comments before it are kept.
    fn next(&mut self, end: usize, tokens: &mut [Token<'t>]) -> Option<&'t str> {
        self.comments(end, tokens.last_mut(), false);
        let rest = self.text.get(self.at..end)?;
        let first = rest.chars().next()?;
        let length = match first {
            '"' => string_length(rest),
            '{' | '}' | '[' | ']' | '(' | ')' | ',' => 1,
            '<' | '>' | '=' => rest.find(|c| !matches!(c, '<' | '>' | '=')).unwrap_or(rest.len()),
            _ => rest.find(ends_word).unwrap_or(rest.len()),
        };
        // A colon ends the name of an attribute; a scope goes on after it.
        let length = match tokens {
            [first] if first.text == "attribute" => {
                rest.get(..length).and_then(|word| word.find(':')).filter(|&at| at > 0).unwrap_or(length)
            }
            [first, _] if first.text == "attribute" && rest.starts_with(':') => 1,
            _ => length,
        };
        let length = if length == 0 { first.len_utf8() } else { length };
        self.at += length;
        rest.get(..length)
    }

    /// Reads blanks and comments up to `end`. The comment on the line of `last` is given to it. `line`: nothing beyond that line is read.
    fn comments(&mut self, end: usize, mut last: Option<&mut Token<'t>>, line: bool) {
        while let Some(rest) = self.text.get(self.at..end) {
            let trimmed = rest.trim_start_matches([' ', '\t', '\r']);
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with('\n') {
                if line {
                    return;
                }
                self.at += 1;
                self.breaks += 1;
            } else if trimmed.starts_with('#') {
                let length = memchr::memchr(b'\n', trimmed.as_bytes()).unwrap_or(trimmed.len());
                let text = trimmed.get(..length).unwrap_or(trimmed).trim_end();
                match &mut last {
                    Some(last) if self.breaks == 0 && last.beside.is_none() && self.waiting.is_empty() => {
                        last.beside = Some(text);
                    }
                    _ => self.waiting.push(Comment { text, blank: self.breaks > 1 }),
                }
                self.at += length;
                self.breaks = 0;
            } else {
                return;
            }
        }
    }

    /// Moves the comments between a value and the comma after it behind the comma, which follows its value at once.
    fn take_over(&mut self, comma: &mut Token<'t>, before: Option<&mut Token<'t>>) {
        comma.beside = before.and_then(|before| before.beside.take());
        self.waiting = std::mem::take(&mut comma.above);
    }
}

/// Leaves out a comma at the end; its comment goes to what stands before it.
fn drop_comma(tokens: &mut Vec<Token<'_>>) {
    if let Some(comma) = tokens.pop_if(|token| token.text == ",")
        && let Some(before) = tokens.last_mut()
        && before.beside.is_none()
    {
        before.beside = comma.beside;
    }
}

/// Whether a character cannot belong to a word, scope, address or the like.
fn ends_word(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\r' | '\n' | '"' | '#' | '{' | '}' | '[' | ']' | '(' | ')' | ',' | '<' | '>' | '='
    )
}

/// How long the quoted text at the start of `rest` is.
fn string_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    while let Some(offset) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
        at += offset;
        if bytes.get(at) == Some(&b'"') {
            return at + 1;
        }
        at += 2;
    }
    rest.len()
}
