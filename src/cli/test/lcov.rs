//! Coverage as LCOV writes traces: a record for each file, a line for each rule, a branch for each value of a condition.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::report::Results;
use crate::suite::Coverage;
use crate::text::{FileId, SourceMap};

/// What is known of one file.
#[derive(Default)]
struct Record {
    /// By line, whether it is covered: where rules begin, if all of them are decided; where only conditions do, if one of them had a value.
    lines: BTreeMap<u32, u32>,
    /// By line, the values of conditions: block, branch and how often it was taken; `None`: the condition was never looked at.
    branches: Vec<(u32, usize, usize, Option<u32>)>,
}

impl Record {
    /// Readers refuse a branch on a line that they do not know.
    fn add_lines_of_conditions(&mut self) {
        let mut lines: BTreeMap<u32, u32> = BTreeMap::new();
        for &(line, .., taken) in &self.branches {
            let seen = lines.entry(line).or_default();
            *seen = (*seen).max(taken.unwrap_or(0));
        }
        for (line, seen) in lines {
            self.lines.entry(line).or_insert(seen);
        }
    }
}

pub(super) fn text(coverage: &Coverage, sources: &SourceMap, folder: &str) -> String {
    let results = Results { findings: &[], suppressed: &[], sources, folder };
    let mut files: BTreeMap<FileId, Record> = BTreeMap::new();
    for rule in &coverage.rules {
        let line = sources.start(rule.head).line;
        let decided = u32::from(rule.by.is_some());
        let lines = &mut files.entry(rule.head.file).or_default().lines;
        lines.entry(line).and_modify(|count| *count = (*count).min(decided)).or_insert(decided);
    }
    for (block, condition) in coverage.conditions.iter().enumerate() {
        for (number, part) in condition.parts().enumerate() {
            let record = files.entry(part.span.file).or_default();
            let line = sources.start(part.span).line;
            let looked_at = part.seen.count() > 0;
            for (value, seen) in [part.seen.held, part.seen.failed].into_iter().enumerate() {
                let taken = looked_at.then_some(u32::from(seen));
                record.branches.push((line, block, number * 2 + value, taken));
            }
        }
    }
    // The format has no other place to say so, and no other marks in a name than these.
    let name = if coverage.is_complete { "admit" } else { "admit_incomplete" };
    let mut out = String::new();
    for (file, mut record) in files {
        record.branches.sort_unstable();
        record.add_lines_of_conditions();
        write(name, &results.path(file), &record, &mut out);
    }
    out
}

fn write(name: &str, path: &str, record: &Record, out: &mut String) {
    let mut line = |text: std::fmt::Arguments<'_>| {
        // Writing to a string does not fail.
        let _ = out.write_fmt(text);
        out.push('\n');
    };
    line(format_args!("TN:{name}"));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::RuleCoverage;
    use crate::text::{RuleId, Span};

    #[test]
    fn a_trace_that_is_not_complete_says_so() {
        let mut sources = SourceMap::new();
        let span = Span::new(sources.add("a.admit", "block all apps for everyone\n"), 0, 5);
        let trace = |is_complete| {
            let rules = vec![RuleCoverage { rule: RuleId(0), span, head: span, by: None }];
            text(&Coverage { rules, conditions: Vec::new(), is_complete }, &sources, "project")
        };
        let rest = "SF:project/a.admit\nDA:1,0\nLF:1\nLH:0\nend_of_record\n";
        assert_eq!(trace(true), format!("TN:admit\n{rest}"));
        assert_eq!(trace(false), format!("TN:admit_incomplete\n{rest}"));
    }
}
