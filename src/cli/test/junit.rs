//! JUnit: a suite for each file, a case for each test and for each change that no test notices; and one for the coverage that is asked for.

use std::collections::BTreeMap;
use std::io;

use super::human::{sides, witness};
use super::{Ran, mutants, words};
use crate::diagnostics::{Diagnostic, Severity};
use crate::report::junit::{Case, Junit, Meaning, Totals, Verdict, findings};
use crate::report::{Results, plain};
use crate::suite::{Changed, Mutant, TestResult};
use crate::text::FileId;

/// What there is of one file.
#[derive(Default)]
struct Suite<'r> {
    tests: Vec<&'r TestResult<'r>>,
    missed: Vec<(&'r Mutant, &'r Changed)>,
}

/// Why no test was run: the errors of a policy.
pub(super) fn broken(all: &[Diagnostic], results: &Results<'_>) -> io::Result<String> {
    let errors: Vec<&Diagnostic> = all.iter().filter(|finding| finding.severity == Severity::Error).collect();
    let mut out = Vec::new();
    let results = Results { findings: &errors, ..*results };
    findings("admit test", &results, &[], &|_| Meaning::Breaks, &mut out)?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// `coverage` says whether it suffices and how much it is, if a least one is asked for.
pub(super) fn text(ran: &Ran<'_>, coverage: Option<(bool, String)>) -> io::Result<String> {
    let results = Results { findings: &[], suppressed: &[], sources: ran.sources, folder: &ran.folder };
    let mut files: BTreeMap<FileId, Suite<'_>> = BTreeMap::new();
    for result in &ran.results {
        files.entry(result.test.span.file).or_default().tests.push(result);
    }
    for missed in ran.mutants.iter().flat_map(|mutants| mutants.missed()) {
        files.entry(missed.0.span().file).or_default().missed.push(missed);
    }
    let of_coverage = coverage.as_ref().map(|(enough, text)| {
        let verdict = match enough {
            true => Verdict::Passed,
            false => Verdict::Failed { kind: "coverage", message: text, text: "" },
        };
        Case {
            name: "coverage",
            class: "coverage",
            file: None,
            line: None,
            time: None,
            result: verdict,
            output: if *enough { text } else { "" },
        }
    });
    let mut totals = files.values().fold(Totals::default(), |sum, suite| sum.plus(suite.totals()));
    of_coverage.iter().for_each(|case| totals.count(case));
    totals.time = Some(ran.time);
    let mut out = Vec::new();
    let mut junit = Junit::start(&mut out, "admit test", totals)?;
    for (file, suite) in files {
        let path = results.path(file);
        junit.suite(&path, suite.totals())?;
        for test in suite.tests {
            case(ran, test, &path, &mut junit)?;
        }
        for (mutant, changed) in suite.missed {
            missed(ran, mutant, changed, &path, &mut junit)?;
        }
        junit.end_suite()?;
    }
    if let Some(case) = of_coverage {
        let mut totals = Totals::default();
        totals.count(&case);
        junit.suite("coverage", totals)?;
        junit.case(&case)?;
        junit.end_suite()?;
    }
    junit.end()?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

impl Suite<'_> {
    fn totals(&self) -> Totals {
        let failed = self.tests.iter().filter(|test| !test.passed()).count();
        Totals {
            tests: self.tests.len() + self.missed.len(),
            failures: failed + self.missed.len(),
            time: Some(self.tests.iter().map(|test| test.time).sum()),
            ..Totals::default()
        }
    }
}

fn case(ran: &Ran<'_>, result: &TestResult<'_>, path: &str, junit: &mut Junit<'_>) -> io::Result<()> {
    let (mut first, mut text, mut output) = (String::new(), String::new(), String::new());
    for assertion in &result.assertions {
        let line = ran.sources.start(assertion.assertion.span).line;
        if let Some(nothing) = assertion.vacuous {
            output.push_str(&format!("{path}:{line} {}\n", nothing.text()));
        }
        let Some(failure) = &assertion.failure else { continue };
        let message = words::failure(assertion, failure);
        text.push_str(&format!("{path}:{line} {message}\n"));
        for side in sides(failure) {
            text.push_str(&format!("{side}\n"));
        }
        if let Some(witness) = witness(failure) {
            text.push_str(&plain::decision(witness, true));
        }
        if first.is_empty() {
            first = message;
        }
    }
    let verdict = match result.passed() {
        true => Verdict::Passed,
        false => Verdict::Failed { kind: "failed-test", message: &first, text: &text },
    };
    junit.case(&Case {
        name: ran.name(result),
        class: path,
        file: Some(path),
        line: Some(ran.sources.start(result.test.span).line),
        time: Some(result.time),
        result: verdict,
        output: &output,
    })
}

/// A change that no test notices: the run fails by it, so the report does.
fn missed(
    ran: &Ran<'_>,
    mutant: &Mutant,
    changed: &Changed,
    path: &str,
    junit: &mut Junit<'_>,
) -> io::Result<()> {
    let at = ran.sources.start(mutant.span());
    let name = format!("no test notices {} ({}:{})", mutant.change.text, at.line, at.column);
    let message = mutants::said(&changed.difference);
    let text = format!("this test would notice it:\n{}", changed.test);
    junit.case(&Case {
        name: &name,
        class: path,
        file: Some(path),
        line: Some(at.line),
        time: None,
        result: Verdict::Failed { kind: "missed-change", message: &message, text: &text },
        output: "",
    })
}
