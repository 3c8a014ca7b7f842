//! Rows and cells of CSV text, with their exact places.

use std::borrow::Cow;

use crate::facts::findings::Findings;
use crate::text::{FileId, Span};

/// A cell.
pub(super) struct Cell<'t> {
    /// Its text without quotes and without the space around it.
    pub(super) text: Cow<'t, str>,
    /// Where it stands, quotes included.
    pub(super) span: Span,
    /// If the text stands in the file as it is: how many bytes after the start of the span.
    pub(super) verbatim: Option<u8>,
}

/// A position in CSV text, between two cells or two rows.
pub(super) struct Cells<'t> {
    file: FileId,
    text: &'t str,
    at: usize,
    /// Whether the last cell of the row was read; `row_end` is where it ended.
    row_done: bool,
    row_end: usize,
}

impl<'t> Cells<'t> {
    /// At the start of `text`, after a byte order mark.
    pub(super) fn new(file: FileId, text: &'t str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { file, text, at, row_done: false, row_end: at }
    }

    /// The current position.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Goes to the next row that is not empty; `false`: there is none.
    pub(super) fn next_row(&mut self) -> bool {
        self.row_done = false;
        loop {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let space = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            match rest.get(space) {
                Some(b'\n' | b'\r') => self.at += space + 1,
                Some(_) => return true,
                None => return false,
            }
        }
    }

    /// The span of the row that began at `start` and was read to its end, as far as its first line goes.
    pub(super) fn row_span(&self, start: usize) -> Span {
        Span::new(self.file, start, self.row_end)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next cell of this row.
    #[inline]
    pub(super) fn next_cell(&mut self, findings: &mut Findings<'_>) -> Option<Cell<'t>> {
        if self.row_done {
            return None;
        }
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        // A quote opens a cell even after space.
        let space = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if rest.get(space) == Some(&b'"') {
            self.at += space;
            return Some(self.quoted(findings));
        }
        let start = self.at;
        let len = memchr::memchr2(b',', b'\n', rest).unwrap_or(rest.len());
        let cell = self.plain(start, start + len);
        self.end_cell(start + len);
        Some(cell)
    }

    /// The cell between two positions, as it is.
    #[inline]
    fn plain(&self, start: usize, end: usize) -> Cell<'t> {
        let raw = self.text.get(start..end).unwrap_or("");
        let trimmed = raw.trim_ascii();
        let start = start + (raw.len() - raw.trim_ascii_start().len());
        Cell {
            text: Cow::Borrowed(trimmed),
            span: Span::new(self.file, start, start + trimmed.len()),
            verbatim: Some(0),
        }
    }

    /// Goes past the `,` or line break at `end`, or stays at the end of the text.
    #[inline]
    fn end_cell(&mut self, end: usize) {
        self.at = end;
        match self.peek() {
            Some(b',') => self.at += 1,
            Some(_) => {
                self.row_done = true;
                self.row_end = self.before_return(end);
                self.at += 1;
            }
            None => {
                self.row_done = true;
                self.row_end = end;
            }
        }
    }

    /// `end`, or the place of the carriage return right before it.
    fn before_return(&self, end: usize) -> usize {
        let before = end.saturating_sub(1);
        if self.text.as_bytes().get(before) == Some(&b'\r') { before } else { end }
    }

    /// The cell whose opening quote stands at the current position.
    fn quoted(&mut self, findings: &mut Findings<'_>) -> Cell<'t> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut doubled = false;
        let mut close = start + 1;
        loop {
            let rest = bytes.get(close..).unwrap_or_default();
            let Some(len) = memchr::memchr(b'"', rest) else { return self.unclosed(start, findings) };
            close += len;
            if bytes.get(close + 1) != Some(&b'"') {
                break;
            }
            doubled = true;
            close += 2;
        }
        let inner = self.text.get(start + 1..close).unwrap_or("");
        let after = bytes.get(close + 1..).unwrap_or_default();
        let len = memchr::memchr2(b',', b'\n', after).unwrap_or(after.len());
        let tail = after.get(..len).unwrap_or_default();
        if !tail.trim_ascii().is_empty() {
            // A quote further down that does not end a cell opens one: the quote here was never closed.
            if inner.contains('\n') {
                return self.unclosed(start, findings);
            }
            let span = Span::new(self.file, start, close + 1 + tail.trim_ascii_end().len());
            let help = "put all of the cell in the quotes, and double a quote inside: `\"\"`";
            findings.malformed(span, "text follows the closing quote of this cell", Some(help.into()));
        }
        self.end_cell(close + 1 + len);
        let span = Span::new(self.file, start, close + 1);
        let trimmed = inner.trim();
        if doubled {
            return Cell { text: Cow::Owned(trimmed.replace("\"\"", "\"")), span, verbatim: None };
        }
        let space = 1 + inner.len() - inner.trim_start().len();
        Cell { text: Cow::Borrowed(trimmed), span, verbatim: u8::try_from(space).ok() }
    }

    /// A cell that is opened but never closed ends with its line, so that the rows below are read.
    fn unclosed(&mut self, start: usize, findings: &mut Findings<'_>) -> Cell<'t> {
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        let len = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let help = "end the cell with `\"`, and double a quote inside: `\"\"`";
        let span = Span::new(self.file, start, start + 1);
        findings.malformed(span, "this quote is never closed", Some(help.into()));
        let cell = self.plain(start + 1, start + len);
        self.end_cell(start + len);
        cell
    }
}
