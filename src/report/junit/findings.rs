//! Findings as tests: a suite for each file, a case for each finding, and one that passed for a file without any.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use super::{Case, Junit, Totals, Verdict};
use crate::diagnostics::{Diagnostic, Suppressed};
use crate::report::{Results, plain};
use crate::text::FileId;

/// What a finding is in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A case that passed and says something.
    Passes,
    /// A case that failed.
    Fails,
    /// A case that could not be run.
    Breaks,
}

/// Writes findings as a report of this name. `files` are those that have a suite even where nothing is found in them; `meaning` says what a
/// finding is, for a report that is red where the exit code is not 0. What exceptions silence is skipped.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn findings(
    name: &str,
    results: &Results<'_>,
    files: &[FileId],
    meaning: &dyn Fn(&Diagnostic) -> Meaning,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut suites: BTreeMap<FileId, Suite<'_>> =
        files.iter().map(|&file| (file, Suite::default())).collect();
    for finding in results.findings {
        suites.entry(finding.primary.span.file).or_default().found.push(finding);
    }
    for kept in results.suppressed {
        suites.entry(kept.finding.primary.span.file).or_default().suppressed.push(kept);
    }
    let totals = suites.values().fold(Totals::default(), |sum, suite| sum.plus(suite.totals(meaning)));
    let mut junit = Junit::start(out, name, totals)?;
    for (file, suite) in suites {
        let path = results.path(file);
        junit.suite(&path, suite.totals(meaning))?;
        suite.cases(results, &path, meaning, &mut junit)?;
        junit.end_suite()?;
    }
    junit.end()
}

/// What is found in one file.
#[derive(Default)]
struct Suite<'d> {
    found: Vec<&'d Diagnostic>,
    suppressed: Vec<&'d Suppressed>,
}

impl Suite<'_> {
    fn totals(&self, meaning: &dyn Fn(&Diagnostic) -> Meaning) -> Totals {
        let count = |wanted| self.found.iter().filter(|finding| meaning(finding) == wanted).count();
        Totals {
            tests: (self.found.len() + self.suppressed.len()).max(1),
            failures: count(Meaning::Fails),
            errors: count(Meaning::Breaks),
            skipped: self.suppressed.len(),
            time: None,
        }
    }

    fn cases(
        &self,
        results: &Results<'_>,
        path: &str,
        meaning: &dyn Fn(&Diagnostic) -> Meaning,
        junit: &mut Junit<'_>,
    ) -> io::Result<()> {
        let mut names = Names::default();
        for finding in &self.found {
            let text = plain::finding(finding, results.sources);
            let (kind, message) = (finding.code.to_string(), finding.message.as_str());
            let (result, output) = match meaning(finding) {
                Meaning::Passes => (Verdict::Passed, text.as_str()),
                Meaning::Fails => (Verdict::Failed { kind: &kind, message, text: &text }, ""),
                Meaning::Breaks => (Verdict::Broken { kind: &kind, message, text: &text }, ""),
            };
            junit.case(&Case { output, ..case(finding, &names.of(finding), path, results, result) })?;
        }
        for kept in &self.suppressed {
            let finding = &kept.finding;
            let result = Verdict::Skipped { message: &kept.because };
            junit.case(&case(finding, &names.of(finding), path, results, result))?;
        }
        if self.found.is_empty() && self.suppressed.is_empty() {
            let result = Verdict::Passed;
            let case = Case {
                name: "no findings",
                class: path,
                file: Some(path),
                line: None,
                time: None,
                result,
                output: "",
            };
            junit.case(&case)?;
        }
        Ok(())
    }
}

/// How often a suite has had a name: dashboards take two cases of one name for the same.
#[derive(Default)]
struct Names(HashMap<String, usize>);

impl Names {
    /// The name of a case: without its line, so that dashboards know it again when it moves. From the second of a name on they are numbered.
    fn of(&mut self, finding: &Diagnostic) -> String {
        let name = format!("{}: {}", finding.code, finding.message);
        let count = self.0.entry(name.clone()).or_default();
        *count += 1;
        if *count == 1 { name } else { format!("{name} ({count})") }
    }
}

fn case<'c>(
    finding: &Diagnostic,
    name: &'c str,
    path: &'c str,
    results: &Results<'_>,
    result: Verdict<'c>,
) -> Case<'c> {
    let line = results.sources.start(finding.primary.span).line;
    Case { name, class: path, file: Some(path), line: Some(line), time: None, result, output: "" }
}
