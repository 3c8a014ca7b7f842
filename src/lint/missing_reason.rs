//! Rules say why.

use super::Context;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::Rule;

declare_code! {
    /// A rule without `because`.
    MISSING_REASON = Lint, Warning, "missing-reason", "a rule that does not say why it is there"
}

pub(super) fn rules_say_why(context: &Context<'_>, out: &mut Sink) {
    for rule in context.model.rules.iter().filter(|rule| context.is_own(rule.span)) {
        if rule.because.is_none() {
            out.push(missing_reason(rule));
        }
    }
}

fn missing_reason(rule: &Rule) -> Diagnostic {
    let message = format!("this `{}` does not say why it is there", rule.effect.name());
    Diagnostic::new(&MISSING_REASON, rule.head, message)
        .help("add `because \"…\"`: a ticket, or what whoever reads it next year has to know")
}
