//! Rules say why.

use super::{Context, own_rules, words};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::Rule;

declare_code! {
    /// A rule without `because`.
    MISSING_REASON = Lint, Warning, "missing-reason", "a rule that does not say why it is there"
}

/// Every kind of rule says why: what lets people in, and what keeps them out.
pub(super) fn rules_say_why(context: &Context<'_>, out: &mut Sink) {
    for rule in own_rules(context).filter(|rule| rule.because.is_none()) {
        out.push(missing_reason(context, rule));
    }
}

fn missing_reason(context: &Context<'_>, rule: &Rule) -> Diagnostic {
    let message = format!("{} does not say why it is there", words::this(context, rule));
    Diagnostic::new(&MISSING_REASON, rule.head, message)
        .help("add `because \"…\"`: a ticket, or what whoever reads it next year has to know")
}
