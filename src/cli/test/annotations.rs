//! Annotations on GitHub: failed assertions, rules that no test decides, and changes that none notices.

use super::human::{failures, witness};
use super::{Ran, words};
use crate::report::{Results, github, plain};

pub(super) fn text(ran: &Ran<'_>) -> String {
    let results = Results { findings: &[], suppressed: &[], sources: ran.sources, folder: &ran.folder };
    let mut all: Vec<String> = Vec::new();
    for (result, assertion, failure) in failures(ran) {
        let mut message = words::failure(assertion, failure);
        if let Some(witness) = witness(failure) {
            message.push('\n');
            message.push_str(plain::decision(witness, true).trim_end());
        }
        let title = format!("test failed: {}", ran.name(result));
        all.push(github::at(&results, assertion.assertion.span, "error", &title, &message));
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
