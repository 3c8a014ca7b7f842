//! Every rule is judged, or it is said which are not.

use std::collections::BTreeMap;

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::Context;
use crate::text::RuleId;

declare_code! {
    /// Rules about which lints over everybody say nothing, because there would be too much to look at.
    UNJUDGED = Lint, Warning, "unjudged-rules", "rules about which lints say nothing: there is too much to look at"
}

/// `unjudged` are the rules that were not looked at to the end.
pub(super) fn everything_is_judged(context: &Context<'_>, unjudged: Vec<RuleId>, out: &mut Sink) {
    let Some(&first) = unjudged.iter().min() else { return };
    let first = context.model.rules.at(first);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for &rule in &unjudged {
        *counts.entry(context.model.rules.at(rule).effect.name()).or_default() += 1;
    }
    let told: Vec<String> = counts.iter().map(|(effect, count)| format!("{count} `{effect}`")).collect();
    let (rules, have) = if unjudged.len() == 1 { ("rule", "has") } else { ("rules", "have") };
    let message = format!("{} {rules} {have} too many people and apps to be judged", unjudged.len());
    let found = Diagnostic::new(&UNJUDGED, first.head, message)
        .label(format!("this is the first; there are {}", told.join(", ")));
    out.push(found.help("whom they reach is not checked; what they decide is not touched by that"));
}
