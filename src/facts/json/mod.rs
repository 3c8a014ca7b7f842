//! JSON as a source of events: a pull parser with exact places that mends small mistakes and goes on.

mod scan;
mod string;

use std::borrow::Cow;

use super::event::{Event, Source, Stopped};
use super::findings::Findings;
use super::record::ScalarShape;
use crate::text::{FileId, Span};

/// How deep lists and objects may nest. Facts nest three deep.
const DEEPEST: usize = 128;

/// What is open around a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Map,
    List,
}

/// What comes next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// A value.
    Value,
    /// A value or `]`: a list has begun.
    FirstItem,
    /// A key or `}`: an object has begun.
    FirstKey,
    /// `:` and a value.
    Colon,
    /// `,` or the end of what is open.
    After,
}

/// Reads one JSON text.
pub(super) struct Json<'t> {
    file: FileId,
    text: &'t str,
    /// The bytes up to the end of what is read; positions count from the start of the file.
    bytes: &'t [u8],
    at: usize,
    open: Vec<Open>,
    state: State,
}

impl<'t> Json<'t> {
    /// Reads all of `text`, a byte order mark left out.
    pub(super) fn new(file: FileId, text: &'t str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { file, text, bytes: text.as_bytes(), at, open: Vec::new(), state: State::Value }
    }

    /// Starts again with the text between two positions.
    pub(super) fn restart(&mut self, start: usize, end: usize) {
        self.bytes = self.text.as_bytes().get(..end).unwrap_or_default();
        self.at = start;
        self.open.clear();
        self.state = State::Value;
    }

    #[inline]
    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    #[inline]
    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    /// The event of a single sign at the current position.
    #[inline]
    fn sign(&mut self, event: Event<'t>) -> (Event<'t>, Span) {
        let start = self.at;
        self.at += 1;
        (event, self.span(start, self.at))
    }

    #[inline(always)]
    fn value(&mut self, findings: &mut Findings<'_>) -> Result<(Event<'t>, Span), Stopped> {
        match self.peek() {
            Some(b'"') => {
                let (text, span) = self.string(findings)?;
                self.state = State::After;
                Ok((Event::Scalar(text, ScalarShape::Quoted), span))
            }
            Some(b'{') => self.begin(Open::Map, findings),
            Some(b'[') => self.begin(Open::List, findings),
            Some(b'-' | b'0'..=b'9') => self.number(findings),
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80 => self.word(findings),
            _ => Err(self.stop("a value", findings)),
        }
    }

    fn begin(&mut self, open: Open, findings: &mut Findings<'_>) -> Result<(Event<'t>, Span), Stopped> {
        if self.open.len() >= DEEPEST {
            let span = self.span(self.at, self.at + 1);
            findings.malformed(
                span,
                format!("this is nested more than {DEEPEST} deep"),
                Some(
                    "a fact file holds lists of entries, and a value is a scalar or a list of scalars".into(),
                ),
            );
            return Err(Stopped);
        }
        self.open.push(open);
        let (state, event) = match open {
            Open::Map => (State::FirstKey, Event::MapStart),
            Open::List => (State::FirstItem, Event::ListStart),
        };
        self.state = state;
        Ok(self.sign(event))
    }

    #[inline]
    fn end(&mut self, event: Event<'t>) -> (Event<'t>, Span) {
        self.open.pop();
        self.state = State::After;
        self.sign(event)
    }

    #[inline(always)]
    fn key(&mut self, findings: &mut Findings<'_>) -> Result<(Event<'t>, Span), Stopped> {
        match self.peek() {
            Some(b'"') => {
                let (text, span) = self.string(findings)?;
                self.state = State::Colon;
                Ok((Event::Scalar(text, ScalarShape::Quoted), span))
            }
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' => {
                let (word, span) = self.run();
                self.unquoted(word, span, findings);
                self.state = State::Colon;
                Ok((Event::Scalar(Cow::Borrowed(word), ScalarShape::Quoted), span))
            }
            _ => Err(self.stop("a key in double quotes", findings)),
        }
    }

    /// What follows a value: the next one, or the end of what is open.
    #[inline(always)]
    fn after(&mut self, findings: &mut Findings<'_>) -> Result<(Event<'t>, Span), Stopped> {
        let Some(&open) = self.open.last() else { return self.finish(findings) };
        let (close, event) = match open {
            Open::Map => (b'}', Event::MapEnd),
            Open::List => (b']', Event::ListEnd),
        };
        match self.peek() {
            Some(b',') => {
                let comma = self.at;
                self.at += 1;
                self.skip_space();
                if self.peek() == Some(close) {
                    let span = self.span(comma, comma + 1);
                    let message = format!("a comma stands before `{}`", char::from(close));
                    findings.malformed(span, message, Some("remove the comma".into()));
                    return Ok(self.end(event));
                }
                self.member(open, findings)
            }
            Some(byte) if byte == close => Ok(self.end(event)),
            // A value right after a value: only the comma is missing.
            Some(b'"' | b'{') => {
                let span = self.here();
                findings.malformed(span, "a comma is missing before this", None);
                self.member(open, findings)
            }
            _ => {
                let wanted = if open == Open::Map { "`,` or `}`" } else { "`,` or `]`" };
                Err(self.stop(wanted, findings))
            }
        }
    }

    #[inline(always)]
    fn member(&mut self, open: Open, findings: &mut Findings<'_>) -> Result<(Event<'t>, Span), Stopped> {
        match open {
            Open::Map => self.key(findings),
            Open::List => self.value(findings),
        }
    }

    /// Nothing is open: only the end may follow.
    fn finish(&mut self, findings: &mut Findings<'_>) -> Result<(Event<'t>, Span), Stopped> {
        if self.peek().is_some() {
            return Err(self.stop("nothing more", findings));
        }
        Ok((Event::End, self.span(self.at, self.at)))
    }
}

impl<'t> Source<'t> for Json<'t> {
    fn next(&mut self, findings: &mut Findings<'_>) -> Result<(Event<'t>, Span), Stopped> {
        self.next_inline(findings)
    }

    #[inline(always)]
    fn next_inline(&mut self, findings: &mut Findings<'_>) -> Result<(Event<'t>, Span), Stopped> {
        self.skip_space();
        match self.state {
            State::After => self.after(findings),
            State::Colon => {
                if self.peek() != Some(b':') {
                    return Err(self.stop("`:`", findings));
                }
                self.at += 1;
                self.skip_space();
                self.value(findings)
            }
            State::FirstKey if self.peek() == Some(b'}') => Ok(self.end(Event::MapEnd)),
            State::FirstKey => self.key(findings),
            State::FirstItem if self.peek() == Some(b']') => Ok(self.end(Event::ListEnd)),
            // An empty file is a file without lists.
            State::Value if self.peek().is_none() && self.open.is_empty() => self.finish(findings),
            State::FirstItem | State::Value => self.value(findings),
        }
    }
}
