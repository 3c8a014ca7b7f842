//! SARIF 2.1.0: what code scanners read (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>).
//!
//! One run with one result for each finding, its rules, fixes, and what exceptions silence as suppressed results. Results are made while
//! they are written.

mod log;
mod message;
mod result;
mod rule;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde::ser::{Serialize, SerializeSeq, Serializer};

use self::log::{Driver, Invocation, Log, Notification, Run, Text, Tool};
use super::{Fingerprint, Results, fingerprints, foremost};
use crate::diagnostics::{Code, Diagnostic, Suppressed};
use crate::text::{FileId, Span};

/// GitHub refuses a run with more results than this.
pub const MOST_RESULTS: usize = 25_000;

/// Writes a SARIF log, with a line break at its end. `only` names the files and folders of the project that it is about; none: all of it.
///
/// Of more than [`MOST_RESULTS`] findings the most severe are there, and a notification says how many are left out.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(results: &Results<'_>, only: &BTreeSet<String>, out: &mut dyn Write) -> io::Result<()> {
    let findings = foremost(results.findings, MOST_RESULTS);
    let room = MOST_RESULTS.saturating_sub(findings.len());
    let suppressed = results.suppressed.get(..room).unwrap_or(results.suppressed);
    let left = results.findings.len() + results.suppressed.len() - findings.len() - suppressed.len();
    let chosen = Chosen::of(results, &findings, suppressed);
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "admit",
                    version: env!("CARGO_PKG_VERSION"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: chosen.codes.iter().map(|code| rule::of(code)).collect(),
                },
            },
            invocations: [Invocation {
                execution_successful: true,
                notifications: (left > 0).then(|| left_out(left)).into_iter().collect(),
            }],
            automation_details: log::AutomationDetails { id: category(results.folder, only) },
            column_kind: "utf16CodeUnits",
            results: chosen,
        }],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    out.write_all(b"\n")
}

/// What tells the projects of one repository apart, and a part of a project from all of it. A code scanner replaces results of the same
/// category; it ends with a slash.
fn category(folder: &str, only: &BTreeSet<String>) -> String {
    let parts = ["admit", folder, &only.iter().map(String::as_str).collect::<Vec<_>>().join("+")];
    parts.into_iter().filter(|part| !part.is_empty()).flat_map(|part| [part, "/"]).collect()
}

fn left_out(count: usize) -> Notification {
    let text = format!(
        "{count} more findings are left out: code scanners take {MOST_RESULTS} in a run. `admit check --format json` has all of them."
    );
    Notification { level: "warning", message: Text { text } }
}

/// The results of a run with what they share.
struct Chosen<'d> {
    results: &'d Results<'d>,
    findings: &'d [&'d Diagnostic],
    suppressed: &'d [&'d Suppressed],
    /// Their codes, by stage and name.
    codes: Vec<&'static Code>,
    /// For each file the offsets that results begin at, ascending, and the fingerprints of their lines.
    fingerprints: BTreeMap<FileId, (Vec<u32>, Vec<Fingerprint>)>,
}

impl<'d> Chosen<'d> {
    fn of(
        results: &'d Results<'d>,
        findings: &'d [&'d Diagnostic],
        suppressed: &'d [&'d Suppressed],
    ) -> Self {
        let all = || findings.iter().copied().chain(suppressed.iter().map(|kept| &kept.finding));
        let codes: BTreeMap<_, &'static Code> =
            all().map(|finding| ((finding.code.stage, finding.code.name), finding.code)).collect();
        let mut offsets: BTreeMap<FileId, Vec<u32>> = BTreeMap::new();
        for span in all().map(|finding| finding.primary.span) {
            offsets.entry(span.file).or_default().push(span.start);
        }
        let printed = |(file, mut offsets): (FileId, Vec<u32>)| {
            offsets.sort_unstable();
            offsets.dedup();
            let prints = fingerprints(results.sources.file(file).text(), &offsets);
            (file, (offsets, prints))
        };
        let fingerprints = offsets.into_iter().map(printed).collect();
        Self { results, findings, suppressed, codes: codes.into_values().collect(), fingerprints }
    }

    /// The fingerprint of the line that a span begins in.
    fn fingerprint(&self, span: Span) -> Option<Fingerprint> {
        let (offsets, prints) = self.fingerprints.get(&span.file)?;
        prints.get(offsets.binary_search(&span.start).ok()?).copied()
    }

    /// The position of a code among the rules.
    fn rule(&self, code: &Code) -> usize {
        self.codes.partition_point(|known| (known.stage, known.name) < (code.stage, code.name))
    }
}

impl Serialize for Chosen<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut array = serializer.serialize_seq(Some(self.findings.len() + self.suppressed.len()))?;
        for finding in self.findings {
            array.serialize_element(&self.result(finding, None))?;
        }
        for kept in self.suppressed {
            array.serialize_element(&self.result(&kept.finding, Some(kept)))?;
        }
        array.end()
    }
}
