//! The plain part of YAML, read about ten times as fast as all of it.
//!
//! Nearly every fact file is made of keys, dashes, values on one line and short lists in brackets. This source reads just that, and
//! refuses a text as a whole ([`accepts`]) as soon as anything else stands in it: anchors, aliases, tags, blocks of text, values or
//! brackets over several lines, escapes, documents, odd keys, odd indentation, and all mistakes. Those texts go to the full reader, which
//! alone knows what to say about them. That both read the same from what is accepted is held by a test on random texts.

mod flow;
mod scalar;

use super::super::event::{Event, Source, Stopped};
use super::super::findings::Findings;
use crate::diagnostics::Sink;
use crate::facts::MALFORMED_FACTS;
use crate::text::{FileId, Span};

/// Whether all of a text is plain.
pub(in crate::facts) fn accepts(file: FileId, text: &str) -> bool {
    if !text.bytes().all(|byte| byte >= b' ' && byte != 0x7f || matches!(byte, b'\n' | b'\r')) {
        return false;
    }
    if !text.is_ascii() && text.chars().any(is_odd) {
        return false;
    }
    let mut out = Sink::new();
    let mut findings = Findings::new(file, text, &MALFORMED_FACTS, &mut out);
    let mut source = Plain::new(file, text);
    loop {
        match source.next(&mut findings) {
            Ok((Event::End, _)) => return true,
            Ok(_) => {}
            Err(Stopped) => return false,
        }
    }
}

/// Characters that YAML does not take, or takes as line breaks or marks.
fn is_odd(character: char) -> bool {
    matches!(character, '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// What is open, with the column its keys or dashes stand in.
#[derive(Clone, Copy)]
struct Level {
    column: usize,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Map,
    List,
}

/// Reads plain YAML. It stops, without a word, where a text is not plain.
pub(in crate::facts) struct Plain<'t> {
    file: FileId,
    text: &'t str,
    /// The start of the next line.
    at: usize,
    open: Vec<Level>,
    /// The value of the last key or dash is still to come; if nothing comes, this is its place.
    owed: Option<usize>,
    /// What the lines so far hold, in reverse: the next event is the last.
    ready: Vec<(Event<'t>, Span)>,
}

/// Maps and lists in one another; facts have three.
const DEEPEST: usize = 16;

/// A refusal: not plain.
struct Odd;

impl<'t> Plain<'t> {
    /// Reads all of `text`.
    pub(in crate::facts) fn new(file: FileId, text: &'t str) -> Self {
        Self { file, text, at: 0, open: Vec::new(), owed: None, ready: Vec::new() }
    }

    fn push(&mut self, event: Event<'t>, start: usize, end: usize) {
        self.ready.push((event, Span::new(self.file, start, end)));
    }

    /// Reads lines until there is an event.
    fn fill(&mut self) -> Result<(), Odd> {
        while self.ready.is_empty() {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            if rest.is_empty() {
                self.finish();
                break;
            }
            let start = self.at;
            let len = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            self.at += (len + 1).min(rest.len());
            let line = rest.get(..len).unwrap_or_default();
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if memchr::memchr(b'\r', line).is_some() {
                return Err(Odd);
            }
            let column = line.iter().take_while(|&&byte| byte == b' ').count();
            match line.get(column) {
                None | Some(b'#') => {}
                Some(_) => self.line(start + column, start + line.len(), column)?,
            }
        }
        self.ready.reverse();
        Ok(())
    }

    /// Everything that is open ends with the text.
    fn finish(&mut self) {
        let end = self.text.len();
        self.pay();
        self.close(0, end);
        self.push(Event::End, end, end);
    }

    /// Nothing came for the last key or dash.
    fn pay(&mut self) {
        if let Some(at) = self.owed.take() {
            self.push(Event::Null, at, at);
        }
    }

    /// Closes what stands in `column` or further right.
    fn close(&mut self, column: usize, at: usize) {
        while let Some(level) = self.open.pop_if(|level| level.column >= column) {
            let event = if level.kind == Kind::Map { Event::MapEnd } else { Event::ListEnd };
            self.push(event, at, at);
        }
    }

    /// A line whose content lies between two positions and begins in `column`.
    fn line(&mut self, start: usize, end: usize, column: usize) -> Result<(), Odd> {
        let content = self.text.as_bytes().get(start..end).unwrap_or_default();
        let kind = if is_dash(content) { Kind::List } else { Kind::Map };
        self.settle(start, column, kind)?;
        match kind {
            Kind::Map => self.key(start, end),
            Kind::List => self.item(start, end, column),
        }
    }

    /// Opens and closes what a line that begins in `column` opens and closes.
    fn settle(&mut self, start: usize, column: usize, kind: Kind) -> Result<(), Odd> {
        let opens = match self.open.last() {
            None => column == 0 && self.at_first(),
            // The dashes of a list that is the value of a key may stand right under the key.
            Some(top) if self.owed.is_some() => {
                column > top.column || (column == top.column && (top.kind, kind) == (Kind::Map, Kind::List))
            }
            Some(_) => false,
        };
        if opens {
            self.owed = None;
            return self.begin(start, column, kind);
        }
        self.pay();
        self.close(column + 1, start);
        // A list right under its key ends where the next key stands.
        let under_key = |open: &[Level]| matches!(open, [.., outer, _] if outer.column == column);
        if kind == Kind::Map
            && self.open.last().is_some_and(|top| top.kind == Kind::List)
            && under_key(&self.open)
        {
            self.open.pop();
            self.push(Event::ListEnd, start, start);
        }
        match self.open.last() {
            Some(top) if top.column == column && top.kind == kind => Ok(()),
            _ => Err(Odd),
        }
    }

    /// Whether nothing was read yet: a second document or value would begin here.
    fn at_first(&self) -> bool {
        self.ready.is_empty() && self.owed.is_none()
    }

    fn begin(&mut self, start: usize, column: usize, kind: Kind) -> Result<(), Odd> {
        if self.open.len() >= DEEPEST {
            return Err(Odd);
        }
        self.open.push(Level { column, kind });
        self.push(if kind == Kind::Map { Event::MapStart } else { Event::ListStart }, start, start);
        Ok(())
    }

    /// `key:`, `key: value`.
    fn key(&mut self, start: usize, end: usize) -> Result<(), Odd> {
        let content = self.text.as_bytes().get(start..end).unwrap_or_default();
        let len = key_len(content).ok_or(Odd)?;
        let key = self.text.get(start..start + len).unwrap_or("");
        self.ready.push((scalar::plain(key), Span::new(self.file, start, start + len)));
        self.value(start + len + 1, end)
    }

    /// `-`, `- value`, `- key: value`.
    fn item(&mut self, start: usize, end: usize, column: usize) -> Result<(), Odd> {
        let content = self.text.as_bytes().get(start..end).unwrap_or_default();
        let space = content.iter().skip(1).take_while(|&&byte| byte == b' ').count();
        let inside = start + 1 + space;
        let content = self.text.as_bytes().get(inside..end).unwrap_or_default();
        if is_dash(content) {
            return Err(Odd);
        }
        if key_len(content).is_some() {
            self.begin(inside, column + 1 + space, Kind::Map)?;
            return self.key(inside, end);
        }
        self.value(start + 1, end)
    }

    /// A value, or nothing, after a `:` or `-`.
    fn value(&mut self, start: usize, end: usize) -> Result<(), Odd> {
        let content = self.text.as_bytes().get(start..end).unwrap_or_default();
        let space = content.iter().take_while(|&&byte| byte == b' ').count();
        let start = start + space;
        match content.get(space) {
            None | Some(b'#') => {
                self.owed = Some(start);
                Ok(())
            }
            Some(b'[' | b'{') => {
                let after = self.flow(start, end)?;
                self.only_comment(after, end)
            }
            Some(b'"' | b'\'') => {
                let after = self.quoted(start, end)?;
                self.only_comment(after, end)
            }
            Some(_) => self.plain_to_end(start, end),
        }
    }

    /// Nothing but space and a comment stands between two positions.
    fn only_comment(&self, start: usize, end: usize) -> Result<(), Odd> {
        let rest = self.text.as_bytes().get(start..end).unwrap_or_default();
        let space = rest.iter().take_while(|&&byte| byte == b' ').count();
        match rest.get(space) {
            None => Ok(()),
            Some(b'#') if space > 0 => Ok(()),
            Some(_) => Err(Odd),
        }
    }
}

impl<'t> Source<'t> for Plain<'t> {
    fn next(&mut self, _: &mut Findings<'_>) -> Result<(Event<'t>, Span), Stopped> {
        loop {
            if let Some(next) = self.ready.pop() {
                return Ok(next);
            }
            self.fill().map_err(|Odd| Stopped)?;
        }
    }
}

/// Whether a list's dash begins the content of a line.
fn is_dash(content: &[u8]) -> bool {
    matches!(content, [b'-'] | [b'-', b' ', ..])
}

/// The length of the key at the start of a line's content, if it is one: a short plain word and `:`.
fn key_len(content: &[u8]) -> Option<usize> {
    const LONGEST: usize = 200;
    let belongs = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let len = content.iter().take(LONGEST).take_while(|byte| belongs(byte)).count();
    let word = content.first().is_some_and(|first| first.is_ascii_alphanumeric() || *first == b'_');
    let ended = matches!(content.get(len..), Some([b':'] | [b':', b' ', ..]));
    (word && ended).then_some(len)
}
