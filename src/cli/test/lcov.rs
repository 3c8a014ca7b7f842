//! Coverage as LCOV writes traces: a record for each file, a line for each rule, a branch for each value of a condition.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Ran;
use crate::report::Results;
use crate::suite::Coverage;
use crate::text::FileId;

/// What is known of one file.
#[derive(Default)]
struct Record {
    /// By line: how many of its rules are decided. Where one is not, the line is not.
    lines: BTreeMap<u32, u32>,
    /// By line, the values of conditions: block, branch and how often it was taken; `None`: the condition was never looked at.
    branches: Vec<(u32, usize, usize, Option<u32>)>,
}

pub(super) fn text(ran: &Ran<'_>, coverage: &Coverage) -> String {
    let results = Results { findings: &[], suppressed: &[], sources: ran.sources, folder: &ran.folder };
    let mut files: BTreeMap<FileId, Record> = BTreeMap::new();
    for rule in &coverage.rules {
        let line = ran.sources.start(rule.head).line;
        let decided = u32::from(rule.by.is_some());
        let lines = &mut files.entry(rule.head.file).or_default().lines;
        lines.entry(line).and_modify(|count| *count = (*count).min(decided)).or_insert(decided);
    }
    for (block, condition) in coverage.conditions.iter().enumerate() {
        for (number, part) in condition.parts().enumerate() {
            let record = files.entry(part.span.file).or_default();
            let line = ran.sources.start(part.span).line;
            let looked_at = part.seen.count() > 0;
            for (value, seen) in [part.seen.held, part.seen.failed].into_iter().enumerate() {
                let taken = looked_at.then_some(u32::from(seen));
                record.branches.push((line, block, number * 2 + value, taken));
            }
        }
    }
    let mut out = String::new();
    for (file, mut record) in files {
        record.branches.sort_unstable();
        write(&results.path(file), &record, &mut out);
    }
    out
}

fn write(path: &str, record: &Record, out: &mut String) {
    let mut line = |text: std::fmt::Arguments<'_>| {
        // Writing to a string does not fail.
        let _ = out.write_fmt(text);
        out.push('\n');
    };
    line(format_args!("TN:admit"));
    line(format_args!("SF:{}", path.replace(['\n', '\r'], " ")));
    for (at, block, branch, taken) in &record.branches {
        match taken {
            Some(taken) => line(format_args!("BRDA:{at},{block},{branch},{taken}")),
            None => line(format_args!("BRDA:{at},{block},{branch},-")),
        }
    }
    if !record.branches.is_empty() {
        let hit = record.branches.iter().filter(|(.., taken)| taken.is_some_and(|taken| taken > 0)).count();
        line(format_args!("BRF:{}", record.branches.len()));
        line(format_args!("BRH:{hit}"));
    }
    for (at, decided) in &record.lines {
        line(format_args!("DA:{at},{decided}"));
    }
    line(format_args!("LF:{}", record.lines.len()));
    line(format_args!("LH:{}", record.lines.values().filter(|&&decided| decided > 0).count()));
    line(format_args!("end_of_record"));
}
