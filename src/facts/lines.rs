//! JSON lines: an object on each line, and every bad line reported.

use super::Section;
use super::document::Reader;
use super::event::{Event, Source};
use super::findings::Findings;
use super::json::Json;
use super::record::{RecordKind, Taker};
use crate::text::FileId;

/// Reads the lines of a file; empty ones are passed over.
///
/// A line is one entry, whose keys say what it is, or an object of lists as in a JSON file (`{"apps": [{…}]}`, also `{"app": {…}}`).
pub(super) fn read<'t>(
    file: FileId,
    text: &'t str,
    section: Section,
    records: &mut dyn Taker<'t>,
    findings: &mut Findings<'_>,
) {
    let bytes = text.as_bytes();
    let mut reader = Reader::new(Json::new(file, text), text, section);
    let mut start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while start < bytes.len() {
        let rest = bytes.get(start..).unwrap_or_default();
        let len = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        let line = rest.get(..len).unwrap_or_default();
        if !line.trim_ascii().is_empty() {
            reader.source.restart(start, start + len);
            // A line that stopped was reported; the next one starts afresh.
            let _stopped = read_line(&mut reader, line, records, findings);
        }
        start += len + 1;
    }
}

fn read_line<'t>(
    reader: &mut Reader<'t, Json<'t>>,
    line: &[u8],
    records: &mut dyn Taker<'t>,
    findings: &mut Findings<'_>,
) -> Result<(), super::event::Stopped> {
    let (event, span) = reader.source.next(findings)?;
    match event {
        Event::MapStart if holds_lists(line) => reader.lists(true, records, findings)?,
        Event::MapStart => reader.record(None, span, records, findings)?,
        _ => {
            let place = reader.source.skip(&event, span, findings)?;
            let help = "a line of JSON lines is one entry such as `{\"email\": \"ana@northwind.example\"}`";
            findings.wrong_shape(place, "this line is not an object", help);
        }
    }
    reader.source.next(findings).map(|_| ())
}

/// Whether a line's first key names a list and has one of objects (`{"groups": [{`), or names an entry and has an object.
/// (`groups` is a field of users and groups too, but then its list holds names.)
fn holds_lists(line: &[u8]) -> bool {
    let Some(key) = after(line, b"{").and_then(|rest| after(rest, b"\"")) else { return false };
    let Some(end) = memchr::memchr(b'"', key.get(..16).unwrap_or(key)) else { return false };
    let name = key.get(..end).and_then(|name| str::from_utf8(name).ok()).unwrap_or("");
    let Some(value) = key.get(end..).and_then(|rest| after(rest, b"\"")).and_then(|rest| after(rest, b":"))
    else {
        return false;
    };
    if RecordKind::of_list(name).is_some() {
        return after(value, b"[").is_some_and(|item| matches!(item.first(), Some(b'{')));
    }
    RecordKind::of_entry(name).is_some() && value.first() == Some(&b'{')
}

/// What follows `sign` and the space after it, if the text begins with them.
fn after<'b>(text: &'b [u8], sign: &[u8]) -> Option<&'b [u8]> {
    text.trim_ascii_start().strip_prefix(sign).map(<[u8]>::trim_ascii_start)
}
