//! The shape of a fact file: lists of entries, entries of fields, fields of values.

use std::borrow::Cow;

use super::Section;
use super::builder::Builder;
use super::event::{Event, Source, Stopped};
use super::findings::Findings;
use super::record::{Field, RecordKind, Scalar, ScalarShape, Taker, Value};
use crate::text::Span;

/// Reads every document of a source.
pub(super) fn read<'t, S: Source<'t>>(
    source: S,
    text: &'t str,
    section: Section,
    records: &mut dyn Taker<'t>,
    findings: &mut Findings<'_>,
) -> Result<(), Stopped> {
    let mut reader = Reader::new(source, text, section);
    loop {
        let (event, span) = reader.source.next(findings)?;
        match event {
            Event::End => return Ok(()),
            Event::Null => {}
            Event::MapStart => reader.lists(false, records, findings)?,
            Event::ListStart => reader.entries(None, records, findings)?,
            Event::Scalar(..) | Event::MapEnd | Event::ListEnd => {
                let lists =
                    RecordKind::of_section(section).iter().map(|kind| format!("`{}:`", kind.list_name()));
                let lists: Vec<String> = lists.collect();
                let help = format!("a {} file begins with {}", section.name(), lists.join(" or "));
                findings.wrong_shape(span, "this is a single value, not a fact file", help);
            }
        }
    }
}

/// Reads lists and entries from a source.
pub(super) struct Reader<'t, S> {
    pub(super) source: S,
    text: &'t str,
    section: Section,
    builder: Builder<'t>,
}

impl<'t, S: Source<'t>> Reader<'t, S> {
    pub(super) fn new(source: S, text: &'t str, section: Section) -> Self {
        Self { source, text, section, builder: Builder::default() }
    }

    /// The lists of a map that has begun. With `single`, `user: {…}` stands for a list of one.
    pub(super) fn lists(
        &mut self,
        single: bool,
        records: &mut dyn Taker<'t>,
        findings: &mut Findings<'_>,
    ) -> Result<(), Stopped> {
        let mut seen: Vec<(RecordKind, Span)> = Vec::new();
        loop {
            let (event, span) = self.source.next(findings)?;
            match event {
                Event::MapEnd | Event::ListEnd | Event::End => return Ok(()),
                Event::Scalar(name, _) => {
                    let entry = if single { RecordKind::of_entry(&name) } else { None };
                    let Some(kind) = RecordKind::of_list(&name).or(entry) else {
                        findings.unknown_list(&name, span, self.section);
                        self.skip_value(findings)?;
                        continue;
                    };
                    match seen.iter().find(|(known, _)| *known == kind) {
                        // What it lists still counts: else everything that names it would be unknown.
                        Some(&(_, first)) => findings.duplicate_key(&name, first, span),
                        None => seen.push((kind, span)),
                    }
                    if kind.section() != self.section {
                        findings.unknown_list(&name, span, self.section);
                    }
                    self.list(kind, entry.is_some(), records, findings)?;
                }
                Event::Null | Event::MapStart | Event::ListStart => {
                    self.bad_key(&event, span, findings)?;
                }
            }
        }
    }

    /// The value of a list's name.
    fn list(
        &mut self,
        kind: RecordKind,
        single: bool,
        records: &mut dyn Taker<'t>,
        findings: &mut Findings<'_>,
    ) -> Result<(), Stopped> {
        let (event, span) = self.source.next(findings)?;
        match event {
            Event::ListStart => self.entries(Some(kind), records, findings),
            Event::Null => Ok(()),
            Event::MapStart if single => self.record(Some(kind), span, records, findings),
            _ => {
                let message = format!("`{}` is not a list here", kind.list_name());
                let place = self.source.skip(&event, span, findings)?;
                findings.wrong_shape(self.first_line(place), message, entry_help(kind));
                Ok(())
            }
        }
    }

    /// The entries of a list that has begun. Without a kind, each entry's keys say what it is.
    fn entries(
        &mut self,
        kind: Option<RecordKind>,
        records: &mut dyn Taker<'t>,
        findings: &mut Findings<'_>,
    ) -> Result<(), Stopped> {
        loop {
            let (event, span) = self.source.next(findings)?;
            match event {
                Event::ListEnd | Event::MapEnd | Event::End => return Ok(()),
                Event::MapStart => self.record(kind, span, records, findings)?,
                Event::Null | Event::Scalar(..) | Event::ListStart => {
                    let place = self.source.skip(&event, span, findings)?;
                    let kind = kind.unwrap_or_else(|| RecordKind::of_keys(self.section, &[]));
                    let message = "an entry is a map of fields, and this is none";
                    findings.wrong_shape(self.first_line(place), message, entry_help(kind));
                }
            }
        }
    }

    /// A record whose map began at `start`. One that breaks off is handed over as far as it was read.
    pub(super) fn record(
        &mut self,
        kind: Option<RecordKind>,
        start: Span,
        records: &mut dyn Taker<'t>,
        findings: &mut Findings<'_>,
    ) -> Result<(), Stopped> {
        self.builder.begin();
        let done = self.fields(false, findings);
        if done.is_err() && self.builder.fields().is_empty() {
            return Err(Stopped);
        }
        let end = match (&done, self.builder.fields().last()) {
            (Ok(end), _) if !end.is_empty() => end.end,
            (_, Some(field)) => field.span.end.max(field.key_span.end),
            (_, None) => start.end,
        };
        let span = self.first_line(Span { end: end.max(start.end), ..start });
        self.builder.finish(kind, self.section, span, records, findings);
        done.map(|_| ())
    }

    /// The fields of a map that has begun; gives the place of its end.
    fn fields(&mut self, merging: bool, findings: &mut Findings<'_>) -> Result<Span, Stopped> {
        loop {
            let (event, span) = self.source.next_inline(findings)?;
            match event {
                Event::Scalar(key, ScalarShape::Bare) if key == "<<" && !merging => self.merge(findings)?,
                Event::Scalar(key, _) => self.field(key, span, merging, findings)?,
                Event::MapEnd | Event::ListEnd | Event::End => return Ok(span),
                Event::Null | Event::MapStart | Event::ListStart => self.bad_key(&event, span, findings)?,
            }
        }
    }

    /// The value of `key`.
    #[inline]
    fn field(
        &mut self,
        key: Cow<'t, str>,
        key_span: Span,
        merging: bool,
        findings: &mut Findings<'_>,
    ) -> Result<(), Stopped> {
        let place = self.builder.place(&key, key_span, merging, findings);
        let (event, span) = self.source.next_inline(findings)?;
        let (value, span) = match event {
            Event::Scalar(text, shape) => {
                let at = self.builder.mark();
                self.builder.scalar(Scalar { text, shape, span });
                (Value::One(at), span)
            }
            Event::Null => (Value::Null, span),
            Event::ListStart => self.values(&key, span, findings)?,
            _ => {
                let place = self.source.skip(&event, span, findings)?;
                let message = format!("`{key}` has a map where a value belongs");
                let help = "a field takes a value or a list of values";
                findings.wrong_shape(self.first_line(place), message, help);
                return Ok(());
            }
        };
        // Where nothing is written there is only the key to point at.
        let span = if span.is_empty() { key_span } else { span };
        self.builder.add(place, merging, Field { key, key_span, span, value });
        Ok(())
    }

    /// The values of a list that began at `start`.
    fn values(
        &mut self,
        key: &str,
        start: Span,
        findings: &mut Findings<'_>,
    ) -> Result<(Value, Span), Stopped> {
        let mark = self.builder.mark();
        loop {
            let (event, span) = self.source.next_inline(findings)?;
            match event {
                Event::Scalar(text, shape) => self.builder.scalar(Scalar { text, shape, span }),
                Event::ListEnd | Event::MapEnd | Event::End => {
                    // Without brackets the list reaches from its first value to its last.
                    let (first, last) = self.builder.spans_since(mark);
                    let start = if start.is_empty() { first.unwrap_or(start) } else { start };
                    let end = if span.is_empty() { last.unwrap_or(start) } else { span };
                    // With aliases the values may stand before the list.
                    let end = end.end.max(start.end);
                    return Ok((self.builder.list_since(mark), Span { end, ..start }));
                }
                Event::Null | Event::MapStart | Event::ListStart => {
                    let what = match event {
                        Event::Null => "an empty entry",
                        Event::MapStart => "a map",
                        _ => "another list",
                    };
                    let place = self.source.skip(&event, span, findings)?;
                    let message = format!("the list of `{key}` has {what} where a value belongs");
                    findings.wrong_shape(self.first_line(place), message, "a list holds plain values only");
                }
            }
        }
    }

    /// The value of `<<`: a map whose fields count unless the record has its own, or a list of such maps.
    fn merge(&mut self, findings: &mut Findings<'_>) -> Result<(), Stopped> {
        let (event, span) = self.source.next(findings)?;
        match event {
            Event::MapStart => self.fields(true, findings).map(|_| ()),
            Event::ListStart => loop {
                let (event, span) = self.source.next(findings)?;
                match event {
                    Event::ListEnd | Event::End => return Ok(()),
                    Event::MapStart => self.fields(true, findings).map(|_| ())?,
                    _ => self.bad_merge(&event, span, findings)?,
                }
            },
            _ => self.bad_merge(&event, span, findings),
        }
    }

    fn bad_merge(
        &mut self,
        event: &Event<'t>,
        span: Span,
        findings: &mut Findings<'_>,
    ) -> Result<(), Stopped> {
        let place = self.source.skip(event, span, findings)?;
        let help = "`<<` takes an alias of a map, such as `<<: *defaults`";
        findings.wrong_shape(self.first_line(place), "there is no map to merge here", help);
        Ok(())
    }

    /// A key that is no scalar, and its value.
    fn bad_key(&mut self, event: &Event<'t>, span: Span, findings: &mut Findings<'_>) -> Result<(), Stopped> {
        let place = self.source.skip(event, span, findings)?;
        findings.wrong_shape(self.first_line(place), "this is not a key", "a key is a word such as `email`");
        self.skip_value(findings)
    }

    fn skip_value(&mut self, findings: &mut Findings<'_>) -> Result<(), Stopped> {
        let (event, span) = self.source.next(findings)?;
        self.source.skip(&event, span, findings).map(|_| ())
    }

    /// As much of a span as stands on its first line.
    fn first_line(&self, span: Span) -> Span {
        let text = self.text.as_bytes().get(span.start as usize..span.end as usize).unwrap_or_default();
        let Some(len) = memchr::memchr(b'\n', text) else { return span };
        let line = text.get(..len).unwrap_or_default().trim_ascii_end();
        Span { end: span.start + u32::try_from(line.len()).unwrap_or(u32::MAX), ..span }
    }
}

/// How an entry of a list is written.
fn entry_help(kind: RecordKind) -> String {
    let key = match kind {
        RecordKind::User => "email",
        RecordKind::Scope => "scope",
        RecordKind::Group | RecordKind::Developer | RecordKind::App => "id",
    };
    format!("`{}` is a list of entries such as `{{{key}: …}}`", kind.list_name())
}
