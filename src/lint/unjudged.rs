//! Every rule is judged, or it is said which are not.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::membership::Membership;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink, quoted_list};
use crate::text::RuleId;

declare_code! {
    /// Rules about which lints over everybody say nothing, because there would be too much to look at.
    UNJUDGED = Lint, Warning, "unjudged-rules", "rules about which lints say nothing: there is too much to look at"
}

/// `unjudged` are the rules that lints over everybody did not look at to the end.
pub(super) fn every_rule_is_judged(context: &Context<'_>, unjudged: Vec<RuleId>, out: &mut Sink) {
    let unjudged: BTreeSet<RuleId> = unjudged.into_iter().collect();
    let Some(&first) = unjudged.first() else { return };
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

/// Every list was looked at to the end by the lints that walk through groups and sets.
pub(super) fn everything_is_walked(context: &Context<'_>, members: &Membership<'_>, out: &mut Sink) {
    let lints: Vec<&str> = members.gave_up().iter().map(|lint| lint.name).collect();
    let Some(place) = context.trees.iter().find_map(|tree| tree.items.first()) else { return };
    if lints.is_empty() {
        return;
    }
    let message = format!("there is too much here for {} to look at all of it", quoted_list(&lints, "and"));
    let found = Diagnostic::new(&UNJUDGED, place.span, message)
        .label("groups, scope sets or rules that name many of them, somewhere in these policies");
    out.push(found.help(
        "a part of the lists and rules is not checked for that; what they decide is not touched by it",
    ));
}
