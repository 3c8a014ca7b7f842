//! What lets people in ends.

use super::{Context, own_rules, words};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::rules::DUPLICATE_RULE;
use crate::model::{Effect, Rule};

declare_code! {
    /// A rule that gives something for ever.
    MISSING_EXPIRY = Lint, Warning if asked, "missing-expiry", "an approval, exemption or grant without an end"
}

/// What gives something has an end, so that somebody looks at it again. What protects need not. (A `waive` always has one.)
pub(super) fn what_lets_in_ends(context: &Context<'_>, out: &mut Sink) {
    let gives =
        |rule: &&Rule| matches!(rule.effect, Effect::Approve { .. } | Effect::Exempt | Effect::Grant { .. });
    for rule in own_rules(context).filter(gives).filter(|rule| rule.period.until.is_none()) {
        let message = format!("{} never ends", words::this(context, rule));
        let finding =
            Diagnostic::new(&MISSING_EXPIRY, rule.head, message).unless_told(&DUPLICATE_RULE, rule.head);
        out.push(finding.help("add `until DATE`, the day on which somebody looks at it again"));
    }
}
