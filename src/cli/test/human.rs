//! For a person: a line for each test, then each failure at its place with a witness and its explanation.

use super::{Ran, coverage, mutants, words};
use crate::decision::Decision;
use crate::report::{Human, Look, Mark, one_line};
use crate::suite::{AppNames, AssertionResult, Failure, TestResult};

/// So many apps of a failed `only` are listed.
const MOST_APPS: usize = 5;

pub(super) fn text(ran: &Ran<'_>, look: Look, quiet: bool) -> String {
    let human = Human::new(ran.sources, look);
    let mut out = String::new();
    for result in &ran.results {
        line(ran, result, look, quiet, &mut out);
    }
    for result in &ran.results {
        details(ran, result, &human, quiet, &mut out);
    }
    if let Some(coverage) = &ran.coverage {
        coverage::human(ran, coverage, look, &mut out);
    }
    if let Some(mutants) = &ran.mutants {
        mutants::human(mutants, &human, &mut out);
    }
    if !out.is_empty() && !quiet {
        out.push('\n');
    }
    out
}

fn line(ran: &Ran<'_>, result: &TestResult<'_>, look: Look, quiet: bool, out: &mut String) {
    if result.passed() && quiet {
        return;
    }
    let (mark, word) = if result.passed() { (Mark::Good, "ok") } else { (Mark::Bad, "failed") };
    let name = one_line(ran.name(result));
    out.push_str(&format!("test {name} ... {}\n", look.strong(mark, word)));
}

/// What is to be said about the assertions of a test.
fn details(ran: &Ran<'_>, result: &TestResult<'_>, human: &Human<'_>, quiet: bool, out: &mut String) {
    let name = one_line(ran.name(result));
    for assertion in &result.assertions {
        let span = assertion.assertion.span;
        if let Some(failure) = &assertion.failure {
            let message = format!("{name}: {}", words::failure(assertion, failure));
            out.push('\n');
            out.push_str(&human.message(Mark::Bad, &message, span, &label(failure), help(failure)));
            if let Some(witness) = witness(failure) {
                out.push('\n');
                out.push_str(&human.decision(witness, true, true));
            }
        } else if let Some(nothing) = assertion.vacuous.filter(|_| !quiet) {
            let message = format!("{name}: {}, so nothing is denied", nothing.text());
            out.push('\n');
            out.push_str(&human.message(Mark::Warning, &message, span, "", None));
        }
    }
}

fn label(failure: &Failure) -> String {
    match failure {
        Failure::NoSuchUsers(_) | Failure::Vacuous(_) => String::new(),
        Failure::Denied { witness, .. }
        | Failure::NotDenied { witness, .. }
        | Failure::Differs { witness, .. } => {
            let user = witness.query.user.as_deref().unwrap_or_default();
            format!("`{user}` and `{}`, for one", witness.query.app)
        }
    }
}

fn help(failure: &Failure) -> Option<String> {
    match failure {
        Failure::NoSuchUsers(_) => Some(
            "a user exists where facts describe one or a group lists one; `given user … { }` adds one for this test".to_owned(),
        ),
        Failure::Vacuous(_) => Some("select somebody and something, or take the assertion out".to_owned()),
        Failure::Denied { .. } | Failure::NotDenied { .. } => None,
        Failure::Differs { .. } => Some(sides(failure).join("\n")),
    }
}

/// Who is missing and who is too many, a line for each app.
pub(super) fn sides(failure: &Failure) -> Vec<String> {
    let mut lines = Vec::new();
    if let Failure::Differs { missing, extra, .. } = failure {
        side("missing", missing, &mut lines);
        side("too many", extra, &mut lines);
    }
    lines
}

fn side(word: &str, apps: &[AppNames], lines: &mut Vec<String>) {
    for app in apps.iter().take(MOST_APPS) {
        lines.push(format!("{word} of `{}`: {}", app.app, words::listed(&app.users, app.count)));
    }
    let more = apps.len().saturating_sub(MOST_APPS);
    if more > 0 {
        lines.push(format!("{word} of {more} more apps"));
    }
}

/// The pair that shows a failure.
pub(super) fn witness(failure: &Failure) -> Option<&Decision> {
    match failure {
        Failure::NoSuchUsers(_) | Failure::Vacuous(_) => None,
        Failure::Denied { witness, .. }
        | Failure::NotDenied { witness, .. }
        | Failure::Differs { witness, .. } => Some(witness),
    }
}

/// The failed assertions of all tests, each with its test.
pub(super) fn failures<'r>(
    ran: &'r Ran<'_>,
) -> impl Iterator<Item = (&'r TestResult<'r>, &'r AssertionResult<'r>, &'r Failure)> {
    ran.results.iter().flat_map(|result| {
        let failed = result.assertions.iter();
        failed.filter_map(move |assertion| Some((result, assertion, assertion.failure.as_ref()?)))
    })
}
