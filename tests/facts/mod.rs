//! Fact files: exact places, bad input, hostile input.

mod errors;
mod hostile;
mod oracles;
mod places;

use admit::diagnostics::{Diagnostic, Sink};
use admit::facts::{self, Format, Record, RecordKind, RecordSink, ScalarShape, Section, Value};
use admit::text::{FileId, SourceMap, Span};

/// A record that owns its data.
#[derive(Clone, Debug, PartialEq)]
pub struct Owned {
    pub kind: RecordKind,
    pub span: Span,
    pub fields: Vec<OwnedField>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct OwnedField {
    pub key: String,
    pub key_span: Span,
    pub span: Span,
    /// `None`: null. The flag says whether it was a list.
    pub values: Option<(bool, Vec<OwnedScalar>)>,
}

pub type OwnedScalar = (String, ScalarShape, Span);

/// Keeps every record.
#[derive(Default)]
pub struct Keep(pub Vec<Owned>);

impl RecordSink for Keep {
    fn record(&mut self, record: Record<'_>, _out: &mut Sink) {
        let fields = record.fields.iter().map(|field| {
            let scalars = || {
                let scalars = record.scalars_of(field.value).iter();
                scalars.map(|s| (s.text.to_string(), s.shape, s.span)).collect::<Vec<_>>()
            };
            let values = match field.value {
                Value::Null => None,
                Value::One(_) => Some((false, scalars())),
                Value::List { .. } => Some((true, scalars())),
            };
            OwnedField { key: field.key.to_string(), key_span: field.key_span, span: field.span, values }
        });
        let fields = fields.collect();
        self.0.push(Owned { kind: record.kind, span: record.span, fields });
    }
}

/// What came of reading a text.
pub struct Reading {
    pub sources: SourceMap,
    pub file: FileId,
    pub records: Vec<Owned>,
    pub found: Vec<Diagnostic>,
}

pub fn read(text: &str, format: Format, section: Section) -> Reading {
    let mut sources = SourceMap::new();
    let file = sources.add("facts", text.to_owned());
    let mut keep = Keep::default();
    let mut out = Sink::new();
    facts::read(file, text, format, section, &mut keep, &mut out);
    Reading { sources, file, records: keep.0, found: out.into_sorted() }
}

impl Reading {
    /// The records as one line each: `user ana@x role=member groups=[a, b]`, lists in brackets, null as `~`.
    pub fn lines(&self) -> Vec<String> {
        self.records.iter().map(line).collect()
    }

    /// The findings as one line each: `code line:column message`.
    pub fn findings(&self) -> Vec<String> {
        let place = |d: &Diagnostic| self.sources.start(d.primary.span);
        let line =
            |d: &Diagnostic| format!("{} {}:{} {}", d.code.name, place(d).line, place(d).column, d.message);
        self.found.iter().map(line).collect()
    }

    /// Every span of records and findings lies in the file and on character boundaries.
    pub fn assert_spans(&self) {
        let text = self.sources.file(self.file).text();
        let check = |span: Span| {
            let slice = text.get(span.start as usize..span.end as usize);
            assert!(slice.is_some(), "{span:?} is no part of {text:?}");
        };
        for finding in &self.found {
            check(finding.primary.span);
            finding.related.iter().for_each(|label| check(label.span));
        }
        for record in &self.records {
            check(record.span);
            for field in &record.fields {
                check(field.key_span);
                check(field.span);
                for (_, _, span) in field.values.iter().flat_map(|(_, values)| values) {
                    check(*span);
                }
            }
        }
    }
}

fn line(record: &Owned) -> String {
    let mut line = record.kind.list_name().to_owned();
    for field in &record.fields {
        let value = match &field.values {
            None => "~".to_owned(),
            Some((list, values)) => {
                let joined = values.iter().map(|(text, ..)| text.as_str()).collect::<Vec<_>>().join(", ");
                if *list { format!("[{joined}]") } else { joined }
            }
        };
        line += &format!(" {}={value}", field.key);
    }
    line
}

/// The same two users in every format; `ö` and a quoted part make bytes, characters and text differ.
pub const USERS: [(Format, &str); 4] = [
    (
        Format::Yaml,
        "# staff\nusers:\n  - email: ana@x.example\n    role: member\n    groups: [sales, \"west ö\"]\n    seats: 3\n  - {email: 'bo@x.example', groups: []}\n",
    ),
    (
        Format::Json,
        "{\"users\": [\n  {\"email\": \"ana@x.example\", \"role\": \"member\",\n   \"groups\": [\"sales\", \"west \\u00f6\"], \"seats\": 3},\n  {\"email\": \"bo@x.example\", \"groups\": []}\n]}\n",
    ),
    (
        Format::JsonLines,
        "{\"email\": \"ana@x.example\", \"role\": \"member\", \"groups\": [\"sales\", \"west ö\"], \"seats\": 3}\n\n{\"email\":\"bo@x.example\",\"groups\":[]}",
    ),
    (
        Format::Csv,
        "email,role,groups,seats\r\nana@x.example,member,\"sales; west ö\",3\r\n\"bo@x.example\",,none,\r\n",
    ),
];
