//! YAML as a source of events: the event parser beneath `serde_yaml`, with aliases played back within bounds.

mod anchors;
mod errors;
pub(super) mod plain;
#[cfg(test)]
mod plain_tests;

use std::borrow::Cow;

use serde_yaml::granit_parser as granit;

use super::event::{Event, Source, Stopped};
use super::findings::Findings;
use super::record::ScalarShape;
use crate::text::{FileId, Span};
use anchors::{Anchors, Step};

/// Reads one YAML text, all of its documents in turn.
pub(super) struct Yaml<'t> {
    file: FileId,
    text: &'t str,
    parser: granit::Parser<'t, granit::StrInput<'t>>,
    /// How many lists and maps are open.
    depth: u32,
    anchors: Anchors<'t>,
}

impl<'t> Yaml<'t> {
    /// Reads all of `text`.
    pub(super) fn new(file: FileId, text: &'t str) -> Self {
        let mut options = granit::Options::default();
        options.set_emit_comments(false);
        let parser = granit::Parser::new_from_str_with_options(text, options);
        Self { file, text, parser, depth: 0, anchors: Anchors::default() }
    }

    fn span(&self, span: &granit::Span) -> Span {
        let range = span.byte_range().unwrap_or_default();
        Span::new(self.file, range.start.min(self.text.len()), range.end.min(self.text.len()))
    }

    /// The next step of the text itself.
    fn pull(&mut self, findings: &mut Findings<'_>) -> Result<Step<'t>, Stopped> {
        loop {
            let (event, span) = match self.parser.next_event() {
                Some(Ok((event, span))) => (event, self.span(&span)),
                Some(Err(error)) => return Err(errors::report(&error, self.text, findings)),
                None => return Ok(Step::Event(Event::End, findings.span(self.text.len(), self.text.len()))),
            };
            if let Some(tag) = unread_tag(&event) {
                return Err(errors::unread_tag(&tag, span, findings));
            }
            let (event, anchor) = match event {
                granit::Event::Scalar(text, style, anchor, tag) => {
                    (scalar(text, style, tag.as_deref()), anchor)
                }
                granit::Event::MappingStart(_, anchor, _) => (Event::MapStart, anchor),
                granit::Event::SequenceStart(_, anchor, _) => (Event::ListStart, anchor),
                granit::Event::MappingEnd => (Event::MapEnd, 0),
                granit::Event::SequenceEnd => (Event::ListEnd, 0),
                granit::Event::Alias(id) => {
                    self.anchors.note_alias(id, span);
                    return Ok(Step::Alias(id, span));
                }
                granit::Event::StreamEnd => (Event::End, 0),
                // Starts and ends of documents: several documents are read one after the other.
                _ => continue,
            };
            self.note(&event, span, anchor);
            return Ok(Step::Event(event, span));
        }
    }

    /// Keeps count of what is open, and keeps what stands in anchors.
    fn note(&mut self, event: &Event<'t>, span: Span, anchor: usize) {
        if matches!(event, Event::MapEnd | Event::ListEnd) {
            self.depth = self.depth.saturating_sub(1);
        }
        self.anchors.note(event, span, anchor, self.depth);
        if matches!(event, Event::MapStart | Event::ListStart) {
            self.depth += 1;
        }
    }
}

impl<'t> Source<'t> for Yaml<'t> {
    fn next(&mut self, findings: &mut Findings<'_>) -> Result<(Event<'t>, Span), Stopped> {
        loop {
            let step = match self.anchors.replay(findings)? {
                Some(step) => step,
                None => self.pull(findings)?,
            };
            match step {
                Step::Event(event, span) => return Ok((event, span)),
                Step::Alias(id, span) => self.anchors.expand(id, span, findings)?,
            }
        }
    }
}

/// The tag of a value that makes it something else than it reads as: base 64, a set, nothing, a type of some other program.
fn unread_tag(event: &granit::Event<'_>) -> Option<String> {
    let (tag, read): (_, &[&str]) = match event {
        granit::Event::Scalar(.., tag) => (tag, &["str", "null", "bool", "int", "float"]),
        granit::Event::MappingStart(.., tag) => (tag, &["map"]),
        granit::Event::SequenceStart(.., tag) => (tag, &["seq"]),
        _ => return None,
    };
    let tag = tag.as_deref()?;
    // A lone `!` is said of what is as it stands.
    let is_read = tag.core_suffix().map_or(tag.suffix() == "!", |core| read.contains(&core));
    (!is_read).then(|| tag.suffix().rsplit(':').next().unwrap_or_default().to_owned())
}

/// Whether a scalar without quotes says that there is no value.
fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// A scalar by its style: quotes and `!!str` make it text for sure, and only a plain one can be null.
fn scalar<'t>(text: Cow<'t, str>, style: granit::ScalarStyle, tag: Option<&granit::Tag>) -> Event<'t> {
    let core = tag.and_then(granit::Tag::core_suffix);
    match style {
        _ if core == Some("null") => Event::Null,
        granit::ScalarStyle::Plain if core == Some("str") => Event::Scalar(text, ScalarShape::Quoted),
        granit::ScalarStyle::Plain if is_null(&text) => Event::Null,
        granit::ScalarStyle::Plain => Event::Scalar(text, ScalarShape::Bare),
        granit::ScalarStyle::SingleQuoted | granit::ScalarStyle::DoubleQuoted => {
            Event::Scalar(text, ScalarShape::Quoted)
        }
        // The line break that ends a block of text is no part of a name or a title.
        granit::ScalarStyle::Literal | granit::ScalarStyle::Folded => {
            Event::Scalar(Cow::Owned(text.trim_end().to_owned()), ScalarShape::Quoted)
        }
    }
}
