//! Rules say why.

use super::{Context, EXPIRED_RULE, own_rules, words};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::rules::DUPLICATE_RULE;
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

/// What has ended, or stands there twice, is to be taken away rather than explained.
fn missing_reason(context: &Context<'_>, rule: &Rule) -> Diagnostic {
    let message = format!("{} does not say why it is there", words::this(context, rule));
    Diagnostic::new(&MISSING_REASON, rule.head, message)
        .help("add `because \"…\"`: a ticket, or what whoever reads it next year has to know")
        .unless_told(&EXPIRED_RULE, rule.period.until_span.unwrap_or(rule.head))
        .unless_told(&DUPLICATE_RULE, rule.head)
}
