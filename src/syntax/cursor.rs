//! Tokens as people see them: for messages about what the grammar could not read, and for finding where to go on.

use super::scan::{after_string, line_end, skip_trivia, starts_line};
use crate::text::{FileId, Span};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A run of letters, digits and such marks as occur in names, addresses and scopes.
    Word,
    /// A quoted text, and whether its closing quote is there.
    Text {
        /// Whether its closing quote is there.
        closed: bool,
    },
    /// A mark such as `,`, `{` or `<=`.
    Mark,
    /// Characters that stand nowhere in the language outside of quotes and comments.
    Odd,
    /// The end of the file.
    End,
}

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    /// What it is.
    pub kind: Kind,
    /// The text, quotes included; empty at the end of the file.
    pub text: &'t str,
    /// The offset of its first byte.
    pub start: usize,
}

impl Token<'_> {
    /// The offset after its last byte.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this bare word.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text == word
    }

    /// Whether it is this mark.
    pub(super) fn is_mark(&self, mark: &str) -> bool {
        self.kind == Kind::Mark && self.text == mark
    }
}

/// A place in a file between two tokens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'t> {
    /// The file.
    pub file: FileId,
    /// Its text.
    pub text: &'t str,
    /// The offset of the place.
    pub at: usize,
    /// The offset at which the item it is in starts.
    pub item: usize,
}

/// Marks of two characters that are read as one token.
const PAIRS: [&str; 6] = ["<=", ">=", "==", "!=", "&&", "||"];

impl<'t> Cursor<'t> {
    /// The start of an item at offset `item`.
    pub(super) fn new(file: FileId, text: &'t str, item: usize) -> Self {
        Self { file, text, at: item, item }
    }

    /// The next token; the cursor stays.
    pub(super) fn peek(&self) -> Token<'t> {
        let start = skip_trivia(self.text.as_bytes(), self.at);
        let rest = self.text.get(start..).unwrap_or("");
        let (kind, length) = measure(rest);
        Token { kind, text: rest.get(..length).unwrap_or(rest), start }
    }

    /// The next token; the cursor moves behind it.
    pub(super) fn next(&mut self) -> Token<'t> {
        let token = self.peek();
        self.at = token.end();
        token
    }

    /// The token after the next.
    pub(super) fn peek_second(&self) -> Token<'t> {
        let mut ahead = *self;
        ahead.next();
        ahead.peek()
    }

    /// Moves behind the next token if it is this word.
    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let token = self.peek();
        let taken = token.is_word(word);
        if taken {
            self.at = token.end();
        }
        taken
    }

    /// Moves behind the next token if it is this mark.
    pub(super) fn take_mark(&mut self, mark: &str) -> bool {
        let token = self.peek();
        let taken = token.is_mark(mark);
        if taken {
            self.at = token.end();
        }
        taken
    }

    /// Where a token stands.
    pub(super) fn span(&self, token: Token<'_>) -> Span {
        Span::new(self.file, token.start, token.end())
    }

    /// Whether a token is the first of its line.
    pub(super) fn first_of_line(&self, token: Token<'_>) -> bool {
        starts_line(self.text.as_bytes(), token.start)
    }
}

/// The kind and length of the token at the start of `rest`.
fn measure(rest: &str) -> (Kind, usize) {
    let Some(first) = rest.chars().next() else { return (Kind::End, 0) };
    let bytes = rest.as_bytes();
    match first {
        '"' => {
            let (end, closed) = after_string(bytes, 0);
            let end = if closed { end } else { unclosed_end(rest, end) };
            (Kind::Text { closed }, end)
        }
        _ if is_odd(first) => {
            let length = rest.find(|c| !is_odd(c)).unwrap_or(rest.len());
            (Kind::Odd, length)
        }
        _ if is_mark(first) => {
            let pair = bytes.get(..2).is_some_and(|two| PAIRS.iter().any(|pair| pair.as_bytes() == two));
            (Kind::Mark, if pair { 2 } else { first.len_utf8() })
        }
        _ => {
            let length = rest.find(|c: char| is_mark(c) || is_odd(c) || is_blank(c) || c == '"' || c == '#');
            let length = length.unwrap_or(rest.len());
            let word = rest.get(..length).unwrap_or(rest);
            let trimmed = word.trim_end_matches(':').len();
            // `name:` is the word and a mark, `a:b` is one word.
            if trimmed == 0 { (Kind::Mark, 1) } else { (Kind::Word, trimmed) }
        }
    }
}

/// Where an unclosed quoted text that runs to `end` ends for people: before the blanks at the end of its line.
fn unclosed_end(rest: &str, end: usize) -> usize {
    let end = end.min(line_end(rest.as_bytes(), 0));
    rest.get(..end).map_or(end, |line| line.trim_end().len())
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

fn is_mark(character: char) -> bool {
    matches!(character, ',' | '{' | '}' | '[' | ']' | '(' | ')' | '<' | '>' | '=' | '!' | '&' | '|' | ';')
}

/// Control characters, blanks that are none of ASCII, and typographic quotes: things that slip in unseen.
fn is_odd(character: char) -> bool {
    (character.is_control() && !is_blank(character))
        || (character.is_whitespace() && !is_blank(character))
        || matches!(character, '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fffd}')
}
