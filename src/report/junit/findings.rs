//! Findings as tests: a suite for each file, a case for each finding, and one that passed for a file without any.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Case, Junit, Totals, Verdict};
use crate::diagnostics::{Diagnostic, Suppressed};
use crate::report::{Results, plain};
use crate::text::FileId;

/// Writes findings as a report. `files` are those that were checked; `fails` says whether a finding is a failure, for a report that is red
/// where the exit code is not 0. Other findings are cases that passed and say something; what exceptions silence is skipped.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn findings(
    results: &Results<'_>,
    files: &[FileId],
    fails: &dyn Fn(&Diagnostic) -> bool,
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
    let totals = suites.values().fold(Totals::default(), |sum, suite| sum.plus(suite.totals(fails)));
    let mut junit = Junit::start(out, "admit check", totals)?;
    for (file, suite) in suites {
        let path = results.path(file);
        junit.suite(&path, suite.totals(fails))?;
        suite.cases(results, &path, fails, &mut junit)?;
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
    fn totals(&self, fails: &dyn Fn(&Diagnostic) -> bool) -> Totals {
        let failures = self.found.iter().filter(|finding| fails(finding)).count();
        let tests = (self.found.len() + self.suppressed.len()).max(1);
        Totals { tests, failures, skipped: self.suppressed.len(), time: None }
    }

    fn cases(
        &self,
        results: &Results<'_>,
        path: &str,
        fails: &dyn Fn(&Diagnostic) -> bool,
        junit: &mut Junit<'_>,
    ) -> io::Result<()> {
        for finding in &self.found {
            let text = plain::finding(finding, results.sources);
            let kind = finding.code.to_string();
            let passed = !fails(finding);
            let failed = Verdict::Failed { kind: &kind, message: &finding.message, text: &text };
            let result = if passed { Verdict::Passed } else { failed };
            let output = if passed { text.as_str() } else { "" };
            junit.case(&Case { output, ..case(finding, &name(finding), path, results, result) })?;
        }
        for kept in &self.suppressed {
            let finding = &kept.finding;
            let result = Verdict::Skipped { message: &kept.because };
            junit.case(&case(finding, &name(finding), path, results, result))?;
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

/// The name of a case: without its line, so that dashboards know it again when it moves.
fn name(finding: &Diagnostic) -> String {
    format!("{}: {}", finding.code, finding.message)
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
