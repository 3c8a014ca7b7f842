//! JUnit: a suite for each file, a case for each test.

use std::collections::BTreeMap;
use std::io;

use super::human::witness;
use super::{Ran, words};
use crate::report::junit::{Case, Junit, Totals, Verdict};
use crate::report::{Results, plain};
use crate::suite::TestResult;
use crate::text::FileId;

pub(super) fn text(ran: &Ran<'_>) -> io::Result<String> {
    let results = Results { findings: &[], suppressed: &[], sources: ran.sources, folder: &ran.folder };
    let mut files: BTreeMap<FileId, Vec<&TestResult<'_>>> = BTreeMap::new();
    for result in &ran.results {
        files.entry(result.test.span.file).or_default().push(result);
    }
    let mut totals = totals(&ran.results.iter().collect::<Vec<_>>());
    totals.time = Some(ran.time);
    let mut out = Vec::new();
    let mut junit = Junit::start(&mut out, "admit test", totals)?;
    for (file, tests) in files {
        let path = results.path(file);
        junit.suite(&path, self::totals(&tests))?;
        for test in tests {
            case(ran, test, &path, &mut junit)?;
        }
        junit.end_suite()?;
    }
    junit.end()?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn totals(tests: &[&TestResult<'_>]) -> Totals {
    let failures = tests.iter().filter(|test| !test.passed()).count();
    let time = Some(tests.iter().map(|test| test.time).sum());
    Totals { tests: tests.len(), failures, time, ..Totals::default() }
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
