//! Writes tokens one after the other and keeps count of the column.

use super::tokens::{Comment, Token};

/// What stands before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// A blank.
    Space,
    /// Two blanks, between the fields of one line.
    Wide,
    /// A new line.
    Line,
    /// A new line, and before it the blank line that stood there.
    Apart,
}

/// The text so far.
#[derive(Debug)]
pub(super) struct Writer {
    text: String,
    /// How many characters the last line has.
    column: usize,
    /// How many blanks new lines start with.
    pub(super) indent: usize,
    /// Whether the last line ends with a comment, so that nothing can follow on it.
    ended: bool,
}

impl Writer {
    /// Nothing, with room for `size` bytes.
    pub(super) fn new(size: usize) -> Self {
        Self { text: String::with_capacity(size), column: 0, indent: 0, ended: false }
    }

    /// The text.
    pub(super) fn finish(mut self) -> String {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text
    }

    /// How many characters the last line has.
    pub(super) fn column(&self) -> usize {
        self.column
    }

    /// Writes comments on lines of their own; `blanks`: with the blank lines before them.
    pub(super) fn comments(&mut self, comments: &[Comment<'_>], blanks: bool) {
        for (at, comment) in comments.iter().enumerate() {
            // The blank line between two comments is kept wherever they stand: it sets one apart from what the other is about.
            self.line(comment.blank && (blanks || at > 0));
            self.push(comment.text);
            self.ended = true;
        }
    }

    /// Writes a token after `gap`, with its comments, and `suffix` right after it.
    pub(super) fn token(&mut self, token: &Token<'_>, gap: Gap, suffix: &str) {
        let apart = gap == Gap::Apart;
        self.comments(&token.above, apart);
        let blank = token.blank && (apart || !token.above.is_empty());
        match gap {
            Gap::Line | Gap::Apart => self.line(blank),
            _ if self.ended => self.line(blank),
            Gap::None => {}
            Gap::Space => self.push(" "),
            Gap::Wide => self.push("  "),
        }
        self.push(token.text);
        self.push(suffix);
        if let Some(comment) = token.beside {
            self.comment_beside(comment);
        }
    }

    /// Writes a comment at the end of the line.
    pub(super) fn comment_beside(&mut self, comment: &str) {
        self.push("  ");
        self.push(comment);
        self.ended = true;
    }

    /// Starts a new line, after an empty one if `blank`.
    fn line(&mut self, blank: bool) {
        if !self.text.is_empty() {
            self.text.push_str(if blank { "\n\n" } else { "\n" });
        }
        self.ended = false;
        self.column = self.indent;
        self.text.extend(std::iter::repeat_n(' ', self.indent));
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.column += text.chars().count();
    }
}
