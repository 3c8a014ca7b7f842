//! One fact a line.

use super::human::witness;
use super::{Ran, coverage, mutants, words};
use crate::report::{one_line, plain};
use crate::suite::{AppNames, AssertionResult, Failure};

pub(super) fn text(ran: &Ran<'_>, quiet: bool) -> String {
    let mut out = String::new();
    for result in &ran.results {
        if result.passed() && quiet {
            continue;
        }
        let word = if result.passed() { "ok" } else { "failed" };
        let place = words::place(ran.sources, result.test.span);
        out.push_str(&format!("{word} {place} {}\n", one_line(ran.name(result))));
        for assertion in &result.assertions {
            self::assertion(ran, assertion, &mut out);
        }
    }
    if let Some(coverage) = &ran.coverage {
        coverage::plain(ran, coverage, &mut out);
    }
    if let Some(mutants) = &ran.mutants {
        mutants::plain(ran, mutants, &mut out);
    }
    out
}

fn assertion(ran: &Ran<'_>, result: &AssertionResult<'_>, out: &mut String) {
    let place = words::place(ran.sources, result.assertion.span);
    let verb = words::verb(&result.assertion.kind);
    if let Some(nothing) = result.vacuous {
        out.push_str(&format!("  warning: {place} {verb} {}\n", nothing.text()));
    }
    let Some(failure) = &result.failure else { return };
    out.push_str(&format!("  failure: {place} {verb} {}\n", words::failure(result, failure)));
    if let Failure::Differs { missing, extra, .. } = failure {
        side("missing", missing, out);
        side("too-many", extra, out);
    }
    if let Some(witness) = witness(failure) {
        for line in plain::decision(witness, true).lines() {
            out.push_str(&format!("  witness: {line}\n"));
        }
    }
}

fn side(word: &str, apps: &[AppNames], out: &mut String) {
    for app in apps {
        let more = app.count.saturating_sub(app.users.len() as u64);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let users: Vec<_> = app.users.iter().map(|user| one_line(user)).collect();
        out.push_str(&format!("  {word}: {} {} {}{more}\n", one_line(&app.app), app.count, users.join(" ")));
    }
}
