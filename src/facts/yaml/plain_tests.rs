//! What the plain reader accepts, it reads exactly as the full reader does.

use super::Yaml;
use super::plain::{Plain, accepts};
use crate::diagnostics::Sink;
use crate::facts::document;
use crate::facts::event::Source;
use crate::facts::findings::Findings;
use crate::facts::record::{AtOnce, Record, RecordSink};
use crate::facts::{MALFORMED_FACTS, Section};
use crate::text::{FileId, SourceMap};

#[derive(Default)]
struct Written(String);

impl RecordSink for Written {
    fn record(&mut self, record: Record<'_>, _: &mut Sink) {
        let Record { kind, span, fields, scalars } = record;
        self.0 += &format!("{kind:?} {span:?}\n{fields:?}\n{scalars:?}\n");
    }
}

/// The records and findings of a source, in writing.
fn written<'t, S: Source<'t>>(source: S, file: FileId, text: &'t str) -> String {
    let (mut records, mut out) = (Written::default(), Sink::new());
    let mut findings = Findings::new(file, text, &MALFORMED_FACTS, &mut out);
    let ended = document::read(source, text, Section::Directory, &mut AtOnce(&mut records), &mut findings);
    let found = out.into_sorted().into_iter().map(|finding| {
        // The full reader's place of a value that is not there may be behind comments.
        let span = finding.primary.span;
        let place = if span.is_empty() { String::new() } else { format!("{span:?}") };
        format!("{} {} {place}\n", finding.code.name, finding.message)
    });
    let mut found: Vec<String> = found.collect();
    found.sort();
    format!("{}{:?}\n{}", records.0, ended.is_ok(), found.concat())
}

/// Compares both readers; `false`: the text is not plain.
fn same(text: &str) -> bool {
    let file = SourceMap::new().add("f", "");
    if !accepts(file, text) {
        return false;
    }
    let plain = written(Plain::new(file, text), file, text);
    let full = written(Yaml::new(file, text), file, text);
    assert!(plain == full, "{text:?}\n{plain}\n{full}");
    true
}

const PLAIN: &str = "# people\nusers:   # here\n  - email: ana@x.example\n    role: member\n    groups: [sales, \"west ö\", 'it''s']\n    scopes:\n    - meeting:read\n    - -5\n    note: a # b\n    empty:\n    none: ~\n  - {email: bo@x.example, groups: [], l: [a, ], n: null}\n  -\n    email: c@x.example\n    more:\n      - x\n      -\n      - 'y'\n  - d\n  - \ngroups:\n- id: g\n  members: [ a@x , b@x]\n\n- id: h\nnested:\n  a:\n    b: c\n";

#[test]
fn what_facts_look_like_is_plain() {
    assert!(same(PLAIN));
    assert!(same(&PLAIN.replace('\n', "\r\n")));
    assert!(same("") && same("\n# x\n") && same("users: []\n") && same("- a: 1\n  b: 2\n- a: 3"));
}

#[test]
fn every_prefix_and_every_changed_byte_reads_the_same() {
    for (at, _) in PLAIN.char_indices() {
        let (before, after) = PLAIN.split_at(at);
        same(before);
        for sign in [
            " ", "-", ":", "#", "\n", "\"", "'", "[", "}", ",", "&", "*", "!", "|", "\t", "?", "\\", ".", "x",
        ] {
            let mut changed = after.chars();
            changed.next();
            same(&format!("{before}{sign}{after}"));
            same(&format!("{before}{sign}{}", changed.as_str()));
        }
    }
}

#[test]
fn random_lines_read_the_same() {
    let parts = [
        "users:", "groups:", "- ", "-", "email: ", "id: ", "a@x", "k:", "k: v", " ", "  ", "    ", "\n",
        "\n  ", "\n    ", "\n- ", "\n  - ", "[", "]", "{", "}", ", ", ",", "\"q\"", "'s'", "# c", " # c",
        "~", "null", "a:b", "a: b", "é", "x y", "''", "\"\"", "---", "...", "<<: ", "1", "-1", ".5", "%",
        ":", "no", "\r\n",
    ];
    let mut random = fastrand::Rng::with_seed(5);
    let mut accepted = 0;
    for _ in 0..40_000 {
        let count = random.usize(1..16);
        let text: String = (0..count).map(|_| *random.choice(&parts).unwrap()).collect();
        accepted += usize::from(same(&text));
        accepted += usize::from(same(&format!("users:\n  - {text}")));
        accepted += usize::from(same(&format!("users:\n  - email: a\n    l: [{text}]\n")));
    }
    assert!(accepted > 5_000, "{accepted}");
}

#[test]
fn what_only_the_full_reader_knows_is_refused() {
    let file = SourceMap::new().add("f", "");
    for text in [
        "a: &x 1",
        "a: *x",
        "a: !t 1",
        "a: |\n  x",
        "a: b\n  c",
        "? a",
        "a: \"x\\n\"",
        "a: [x\n]",
        "%YAML 1.2\n---\n",
        "a:\t1",
        "- - x",
        "a: b: c",
        "a: [b: c]",
        "a : b",
        "a: 'x",
        "\u{feff}a: b",
        "a: x\u{85}",
    ] {
        assert!(!accepts(file, text), "{text:?}");
    }
}
