//! GitLab's code quality report: an array of findings that shows in merge requests.

use std::collections::HashMap;
use std::io::{self, Write};

use rustc_hash::FxBuildHasher;
use serde::ser::{Serialize, SerializeSeq, Serializer};

use super::Results;
use crate::diagnostics::{Diagnostic, Severity, Stage};

/// So many bytes of a line on each side of a finding go into its fingerprint.
const MOST_OF_LINE: usize = 200;

/// Writes the report, with a line break at its end. What exceptions silence is not in it.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write(results: &Results<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Report(results))?;
    out.write_all(b"\n")
}

struct Report<'d>(&'d Results<'d>);

#[derive(serde::Serialize)]
struct Finding<'d> {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'d>,
}

#[derive(serde::Serialize)]
struct Location<'d> {
    path: &'d str,
    lines: Lines,
}

#[derive(serde::Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let results = self.0;
        let mut array = serializer.serialize_seq(Some(results.findings.len()))?;
        let mut seen: HashMap<u128, u32, FxBuildHasher> = HashMap::default();
        for finding in results.findings {
            let path = results.path(finding.primary.span.file);
            let print = fingerprint(finding, &path, results);
            let occurrence = seen.entry(print).or_default();
            *occurrence += 1;
            let line = results.sources.start(finding.primary.span).line;
            array.serialize_element(&Finding {
                description: description(finding),
                check_name: finding.code.name,
                fingerprint: format!("{print:032x}-{occurrence}"),
                severity: severity(finding),
                location: Location { path: &path, lines: Lines { begin: line, end: line } },
            })?;
        }
        array.end()
    }
}

fn description(finding: &Diagnostic) -> String {
    match &finding.help {
        Some(help) => format!("{}; {help}", finding.message),
        None => finding.message.clone(),
    }
}

/// The severity by GitLab's words: `critical` where the policy has no meaning, `major` where the project has raised a finding to an error.
fn severity(finding: &Diagnostic) -> &'static str {
    match finding.severity {
        Severity::Error if finding.code.severity == Severity::Error && finding.code.stage != Stage::Lint => {
            "critical"
        }
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Advice => "info",
    }
}

/// What stays the same when a finding moves within its file: its code, file, the text it points at and the line that begins with. The message
/// may count things, so it is not part of it.
fn fingerprint(finding: &Diagnostic, path: &str, results: &Results<'_>) -> u128 {
    let (span, file) = (finding.primary.span, results.sources.file(finding.primary.span.file));
    let (start, text) = (span.start as usize, file.text().as_bytes());
    // Lines may be as long as their file.
    let before = text.get(start.saturating_sub(MOST_OF_LINE)..start).unwrap_or_default();
    let before = before.rsplit(|&byte| byte == b'\n').next().unwrap_or_default();
    let after = text.get(start..text.len().min(start + MOST_OF_LINE)).unwrap_or_default();
    let after = after.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let mut hash = Fnv::new();
    for part in
        [finding.code.name.as_bytes(), path.as_bytes(), before.trim_ascii_start(), after.trim_ascii_end()]
    {
        hash.add(part);
    }
    hash.0
}

/// FNV-1a of 128 bits: the same on every machine and in every version.
struct Fnv(u128);

impl Fnv {
    fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    /// Adds a part. That parts end is part of the hash.
    fn add(&mut self, part: &[u8]) {
        const PRIME: u128 = 0x0100_0000_0000_0000_0000_013b;
        for &byte in part.iter().chain(&[0xFF]) {
            self.0 = (self.0 ^ u128::from(byte)).wrapping_mul(PRIME);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_depends_on_how_parts_are_parted() {
        let of = |parts: &[&str]| {
            let mut hash = Fnv::new();
            parts.iter().for_each(|part| hash.add(part.as_bytes()));
            hash.0
        };
        assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
        assert_eq!(of(&[]), 144_066_263_297_769_815_596_495_629_667_062_367_629);
    }
}
