//! Rules have owners.

use super::{Context, EXPIRED_RULE, own_rules, words};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::rules::DUPLICATE_RULE;
use crate::model::{Effect, Rule};

declare_code! {
    /// A rule without `owner`.
    MISSING_OWNER = Lint, Warning if asked, "missing-owner", "a rule that nobody answers for"
}

/// Every rule that can name an owner does. (An `exempt` belongs to the account.)
pub(super) fn rules_have_owners(context: &Context<'_>, out: &mut Sink) {
    let can = |rule: &&Rule| !matches!(rule.effect, Effect::Exempt);
    for rule in own_rules(context).filter(can).filter(|rule| rule.owner.is_none()) {
        let message = format!("nobody answers for {}", words::this(context, rule));
        let finding = Diagnostic::new(&MISSING_OWNER, rule.head, message)
            .unless_told(&EXPIRED_RULE, rule.period.until_span.unwrap_or(rule.head))
            .unless_told(&DUPLICATE_RULE, rule.head);
        out.push(finding.help(
            "add `owner ADDRESS`: whoever is asked before it ends, and when it stands in somebody's way",
        ));
    }
}
