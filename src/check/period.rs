//! No rule ends before it starts.

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::{Model, Rule};
use crate::text::{Date, Span};

declare_code! {
    /// A rule whose last day comes before its first.
    ENDS_BEFORE_START = Check, Error, "ends-before-start", "a rule whose `until` comes before its `starting`"
}

pub(super) fn no_rule_ends_before_it_starts(model: &Model, out: &mut Sink) {
    for rule in model.rules.iter() {
        if let (Some(first), Some(last), Some(place)) =
            (rule.period.starting, rule.period.until, rule.period.until_span)
            && last < first
        {
            out.push(ends_before_start(rule, first, last, place));
        }
    }
}

fn ends_before_start(rule: &Rule, first: Date, last: Date, place: Span) -> Diagnostic {
    Diagnostic::new(
        &ENDS_BEFORE_START,
        place,
        format!("this rule ends on {last}, before it starts on {first}"),
    )
    .related(rule.head, "never in force")
    .help("both days are inclusive; write the later one after `until`")
}
