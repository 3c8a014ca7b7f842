//! Layer 2: fact files. Readers for YAML, JSON, JSON lines and CSV hand out [`Record`]s one at a time, with the place of every value.
//!
//! A reader knows the four formats and nothing of what a field means; `model` gives a record its meaning, for facts and for entities
//! declared in policy files alike.
//!
//! YAML and JSON are each an event source (`yaml`, `json`); `document` finds the lists and entries in what they deliver. CSV has neither
//! nesting nor types and goes its own way (`csv`). All of them fill one `builder`, whose buffers are used again for each record, so that
//! reading a file of any size keeps nothing but its text.

mod ahead;
mod builder;
mod csv;
mod document;
mod event;
mod findings;
mod format;
mod json;
mod lines;
mod list;
mod reading;
mod record;
mod tree;
mod yaml;

use crate::diagnostics::{Code, Sink};
use crate::text::FileId;

pub use findings::{
    BAD_HEADER, BAD_ROW, DUPLICATE_KEY, EMPTY_FACTS, MALFORMED_FACTS, TOO_MANY_ALIASES, UNKNOWN_LIST,
    WRONG_SHAPE,
};
pub use format::{Format, Section};
pub use reading::{FactFile, Reading};
use record::{AtOnce, Taker};
pub use record::{Field, Record, RecordKind, RecordSink, Scalar, ScalarShape, Value, same_key};
pub use tree::{Entry, Node, NodeKind, read_tree};

/// The kinds of findings that the readers raise.
pub static CODES: &[&Code] = &[
    &BAD_HEADER,
    &BAD_ROW,
    &DUPLICATE_KEY,
    &EMPTY_FACTS,
    &MALFORMED_FACTS,
    &TOO_MANY_ALIASES,
    &UNKNOWN_LIST,
    &WRONG_SHAPE,
];

/// Reads one fact file and hands its records to `records`, in the order of the file.
///
/// Whatever can be read is handed out even where other parts of the file are wrong, so that one mistake is not followed by complaints about
/// everything it hides. At most 200 findings are added for one file. A byte order mark at the start is passed over.
pub fn read(
    file: FileId,
    text: &str,
    format: Format,
    section: Section,
    records: &mut dyn RecordSink,
    out: &mut Sink,
) {
    read_into(file, text, format, section, &mut AtOnce(records), out);
}

fn read_into<'t>(
    file: FileId,
    text: &'t str,
    format: Format,
    section: Section,
    records: &mut dyn Taker<'t>,
    out: &mut Sink,
) {
    let mut findings = findings::Findings::new(file, text, &MALFORMED_FACTS, out);
    if text.trim_start_matches('\u{feff}').trim_start().is_empty() {
        findings.empty();
        return;
    }
    // A source that stopped has said why, and there is nothing left to read.
    let _stopped = match format {
        Format::Yaml if yaml::plain::accepts(file, text) => {
            document::read(yaml::plain::Plain::new(file, text), text, section, records, &mut findings)
        }
        Format::Yaml => document::read(yaml::Yaml::new(file, text), text, section, records, &mut findings),
        Format::Json => document::read(json::Json::new(file, text), text, section, records, &mut findings),
        Format::JsonLines => {
            lines::read(file, text, section, records, &mut findings);
            Ok(())
        }
        Format::Csv => {
            csv::read(file, text, section, records, &mut findings);
            Ok(())
        }
    };
}
