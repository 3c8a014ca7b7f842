//! Annotations on GitHub: failed assertions, those that are about nobody, changes that no test notices, and rules that none decides.

use super::human::{failures, sides, witness};
use super::{Ran, words};
use crate::report::{Results, github, plain};

pub(super) fn text(ran: &Ran<'_>) -> String {
    let results = Results { findings: &[], suppressed: &[], sources: ran.sources, folder: &ran.folder };
    let mut all: Vec<String> = Vec::new();
    for (result, assertion, failure) in failures(ran) {
        let mut lines = vec![words::failure(assertion, failure)];
        lines.extend(sides(failure));
        lines.extend(witness(failure).map(|witness| plain::decision(witness, true).trim_end().to_owned()));
        let message = lines.join("\n");
        let title = format!("test failed: {}", ran.name(result));
        all.push(github::at(&results, assertion.assertion.span, "error", &title, &message));
    }
    for result in &ran.results {
        for assertion in &result.assertions {
            let Some(nothing) = assertion.vacuous.filter(|_| assertion.failure.is_none()) else { continue };
            let message = format!("{}, so nothing is denied", nothing.text());
            let title = format!("test about nothing: {}", ran.name(result));
            all.push(github::at(&results, assertion.assertion.span, "warning", &title, &message));
        }
    }
    for (mutant, changed) in ran.mutants.iter().flat_map(|mutants| mutants.missed()) {
        let message = format!("this would notice it:\n{}", changed.test.trim_end());
        let title = format!("no test notices {}", mutant.change.text);
        all.push(github::at(&results, mutant.span(), "warning", &title, &message));
    }
    for rule in ran.coverage.iter().flat_map(|coverage| &coverage.rules).filter(|rule| rule.by.is_none()) {
        let message = "no test fails without this rule";
        all.push(github::at(&results, rule.head, "notice", "rule without a test", message));
    }
    all.truncate(github::MOST_ANNOTATIONS);
    all.concat()
}
