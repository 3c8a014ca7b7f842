//! `admit.test/1`

use serde::Serialize;

use super::human::witness;
use super::{Ran, words};
use crate::cli::exit::Failure;
use crate::decision::{Decision, Outcome};
use crate::report::plain;
use crate::suite::{self, AssertionResult, Coverage, Fate, Mutants, Nothing, Seen, Suite, TestResult};
use crate::text::{SourceMap, Span};

const SCHEMA: &str = "admit.test/1";

#[derive(Serialize)]
struct Run<'r> {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    passed: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<usize>,
    filtered_out: usize,
    tests: Vec<Test<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<Covered<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mutants: Option<Tried<'r>>,
}

#[derive(Serialize)]
struct Place<'r> {
    file: &'r str,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct Test<'r> {
    name: &'r str,
    #[serde(flatten)]
    place: Place<'r>,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    assertions: Vec<Assertion<'r>>,
}

#[derive(Serialize)]
struct Assertion<'r> {
    kind: &'static str,
    #[serde(flatten)]
    place: Place<'r>,
    result: &'static str,
    pairs: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    nothing: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<Failed<'r>>,
}

#[derive(Serialize)]
struct Failed<'r> {
    message: String,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    unknown_users: &'r [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    denied: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    denied_otherwise: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lacking: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<Names<'r>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    too_many: Vec<Names<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Witness<'r>>,
}

#[derive(Serialize)]
struct Names<'r> {
    app: &'r str,
    count: u64,
    users: &'r [String],
}

#[derive(Serialize)]
struct Witness<'r> {
    user: &'r str,
    app: &'r str,
    at: String,
    outcome: Outcome,
    codes: Vec<&'static str>,
    explanation: Vec<String>,
}

#[derive(Serialize)]
struct Covered<'r> {
    percent: f64,
    conditions_percent: f64,
    complete: bool,
    rules: Vec<Rule<'r>>,
    conditions: Vec<Condition<'r>>,
}

#[derive(Serialize)]
struct Rule<'r> {
    #[serde(flatten)]
    place: Place<'r>,
    text: String,
    decided: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<By<'r>>,
}

#[derive(Serialize)]
struct By<'r> {
    test: &'r str,
    user: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    app: Option<&'r str>,
}

#[derive(Serialize)]
struct Condition<'r> {
    #[serde(flatten)]
    place: Place<'r>,
    text: String,
    seen_true: bool,
    seen_not: bool,
}

#[derive(Serialize)]
struct Tried<'r> {
    noticed: usize,
    missed: usize,
    equivalent: usize,
    unjudged: usize,
    left_out: usize,
    tried: Vec<Mutant<'r>>,
}

#[derive(Serialize)]
struct Mutant<'r> {
    #[serde(flatten)]
    place: Place<'r>,
    kind: &'static str,
    change: &'r str,
    result: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<Difference<'r>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    test: Option<&'r str>,
}

#[derive(Serialize)]
struct Difference<'r> {
    user: &'r str,
    app: &'r str,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Outcome>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Outcome>,
}

pub(super) fn text(ran: &Ran<'_>) -> Result<String, Failure> {
    let failed = ran.failed();
    pretty(&Run {
        schema: SCHEMA,
        passed: Some(ran.results.len() - failed),
        failed: Some(failed),
        filtered_out: ran.suite.left_out(),
        tests: ran.results.iter().map(|result| test(ran, result)).collect(),
        coverage: ran.coverage.as_ref().map(|coverage| covered(ran, coverage)),
        mutants: ran.mutants.as_ref().map(|mutants| tried(ran, mutants)),
    })
}

/// The tests, none of them run.
pub(super) fn list(suite: &Suite<'_>, sources: &SourceMap) -> Result<String, Failure> {
    let tests = suite.tests().iter().map(|test| Test {
        name: suite.name(test),
        place: place(sources, test.span),
        at: suite.day(test).to_string(),
        result: None,
        assertions: Vec::new(),
    });
    pretty(&Run {
        schema: SCHEMA,
        passed: None,
        failed: None,
        filtered_out: suite.left_out(),
        tests: tests.collect(),
        coverage: None,
        mutants: None,
    })
}

fn pretty(run: &Run<'_>) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(run).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(text + "\n")
}

fn place(sources: &SourceMap, span: Span) -> Place<'_> {
    let at = sources.start(span);
    Place { file: sources.file(span.file).path(), line: at.line, column: at.column }
}

fn result_word(passed: bool) -> &'static str {
    if passed { "passed" } else { "failed" }
}

fn test<'r>(ran: &'r Ran<'_>, result: &'r TestResult<'_>) -> Test<'r> {
    Test {
        name: ran.name(result),
        place: place(ran.sources, result.test.span),
        at: result.day.to_string(),
        result: Some(result_word(result.passed())),
        assertions: result.assertions.iter().map(|one| assertion(ran, one)).collect(),
    }
}

fn assertion<'r>(ran: &'r Ran<'_>, result: &'r AssertionResult<'_>) -> Assertion<'r> {
    let failure = result.failure.as_ref();
    let nothing = match failure {
        Some(suite::Failure::Vacuous(nothing)) => Some(*nothing),
        _ => result.vacuous,
    };
    Assertion {
        kind: words::verb(&result.assertion.kind),
        place: place(ran.sources, result.assertion.span),
        result: result_word(failure.is_none()),
        pairs: result.pairs,
        nothing: nothing.map(|nothing| match nothing {
            Nothing::NoUser => "no-user",
            Nothing::NoApp => "no-app",
            Nothing::NoPair => "no-pair",
        }),
        failure: failure.map(|failure| failed(result, failure)),
    }
}

fn failed<'r>(result: &AssertionResult<'_>, failure: &'r suite::Failure) -> Failed<'r> {
    let mut failed = Failed {
        message: words::failure(result, failure),
        unknown_users: &[],
        allowed: None,
        denied: None,
        denied_otherwise: None,
        lacking: Vec::new(),
        missing: Vec::new(),
        too_many: Vec::new(),
        witness: witness(failure).map(self::shown),
    };
    match failure {
        suite::Failure::NoSuchUsers(users) => failed.unknown_users = users,
        suite::Failure::Vacuous(_) => {}
        suite::Failure::Denied { pairs, .. } => failed.denied = Some(*pairs),
        suite::Failure::NotDenied { allowed, otherwise, lacking, .. } => {
            failed.allowed = Some(*allowed);
            failed.denied_otherwise = Some(*otherwise);
            failed.lacking = lacking.iter().map(|code| code.name()).collect();
        }
        suite::Failure::Differs { missing, extra, .. } => {
            failed.missing = names(missing);
            failed.too_many = names(extra);
        }
    }
    failed
}

fn names(apps: &[suite::AppNames]) -> Vec<Names<'_>> {
    apps.iter().map(|app| Names { app: &app.app, count: app.count, users: &app.users }).collect()
}

fn shown(decision: &Decision) -> Witness<'_> {
    Witness {
        user: decision.query.user.as_deref().unwrap_or_default(),
        app: &decision.query.app,
        at: decision.query.at.to_string(),
        outcome: decision.outcome,
        codes: decision.reasons.iter().map(|reason| reason.code().name()).collect(),
        explanation: plain::decision(decision, true).lines().map(str::to_owned).collect(),
    }
}

fn covered<'r>(ran: &'r Ran<'_>, coverage: &'r Coverage) -> Covered<'r> {
    let rules = coverage.rules.iter().map(|rule| Rule {
        place: place(ran.sources, rule.head),
        text: words::written(ran.sources, rule.head),
        decided: rule.by.is_some(),
        by: rule.by.as_ref().and_then(|by| {
            let test = ran.suite.tests().get(by.test)?;
            Some(By { test: ran.suite.name(test), user: &by.user, app: by.app.as_deref() })
        }),
    });
    let parts = coverage.conditions.iter().flat_map(|condition| condition.parts());
    let conditions = parts.map(|part| {
        let Seen { held, failed } = part.seen;
        Condition {
            place: place(ran.sources, part.span),
            text: words::written(ran.sources, part.span),
            seen_true: held,
            seen_not: failed,
        }
    });
    Covered {
        percent: words::percent(coverage),
        conditions_percent: words::conditions_percent(coverage),
        complete: coverage.is_complete,
        rules: rules.collect(),
        conditions: conditions.collect(),
    }
}

fn tried<'r>(ran: &'r Ran<'_>, mutants: &'r Mutants) -> Tried<'r> {
    let tried = mutants.tried.iter().map(|mutant| {
        let mut shown = Mutant {
            place: place(ran.sources, mutant.span()),
            kind: mutant.change.kind.name(),
            change: &mutant.change.text,
            result: "equivalent",
            by: None,
            difference: None,
            test: None,
        };
        match &mutant.fate {
            Fate::Noticed(test) => {
                shown.result = "noticed";
                shown.by = ran.suite.tests().get(*test).map(|test| ran.suite.name(test));
            }
            Fate::Missed(changed) => {
                shown.result = "missed";
                shown.test = Some(&changed.test);
                let found = &changed.difference;
                shown.difference = Some(Difference {
                    user: &found.user,
                    app: &found.app,
                    at: found.day.to_string(),
                    before: found.before,
                    after: found.after,
                });
            }
            Fate::Equivalent => {}
            Fate::Unjudged => shown.result = "unjudged",
        }
        shown
    });
    Tried {
        noticed: mutants.noticed(),
        missed: mutants.missed().count(),
        equivalent: mutants.equivalent(),
        unjudged: mutants.unjudged(),
        left_out: mutants.left_out,
        tried: tried.collect(),
    }
}
