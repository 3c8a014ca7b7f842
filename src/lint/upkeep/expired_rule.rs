//! Rules that have ended are taken away or renewed.

use super::{Context, own_rules, words};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::{Effect, Rule};
use crate::text::{Date, Span};

declare_code! {
    /// A rule whose last day has passed.
    EXPIRED_RULE = Lint, Warning, "expired-rule", "a rule that has ended"
}

pub(super) fn rules_are_in_force_or_will_be(context: &Context<'_>, out: &mut Sink) {
    for rule in own_rules(context) {
        if let (Some(until), Some(place)) = (rule.period.until, rule.period.until_span)
            && until < context.today
        {
            out.push(expired_rule(context, rule, until, place));
        }
    }
}

fn expired_rule(context: &Context<'_>, rule: &Rule, until: Date, place: Span) -> Diagnostic {
    let ago = words::when(until, context.today);
    let message = format!("{} ended on {until}, {ago}", words::this(context, rule));
    let effect = match rule.effect {
        Effect::Approve { .. } | Effect::Exempt => "nobody gets an app by it any more",
        Effect::Block | Effect::Withhold { .. } => "it protects nobody any more",
        Effect::Waive { .. } => "what it lifted holds again",
        Effect::Grant { .. } => "nobody has the role by it any more",
    };
    Diagnostic::new(&EXPIRED_RULE, place, message)
        .label("its last day")
        .help(format!("{effect}: take it away, or give it a later day"))
}
