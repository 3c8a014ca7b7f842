//! Days so far away that a digit is probably wrong.

use super::{Context, own_rules, words};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::text::Length;

declare_code! {
    /// A rule that begins or ends in a future too far to mean anything.
    DISTANT_DATE = Lint, Warning, "distant-date", "a rule that begins years from now, or ends decades from now"
}

/// A rule that is to begin later than this is probably mistyped.
const LATEST_START: Length = Length::years(2);
/// A rule that is to end later than this never does, for all anybody knows.
const LATEST_END: Length = Length::years(20);

pub(super) fn days_are_near(context: &Context<'_>, out: &mut Sink) {
    for rule in own_rules(context) {
        let what = words::this(context, rule);
        if let Some(first) = rule.period.starting.filter(|&day| day > LATEST_START.after(context.today)) {
            let days = context.today.days_until(first);
            let message = format!("{what} is not in force before {first}, in {days} days");
            let finding = Diagnostic::new(&DISTANT_DATE, rule.head, message);
            out.push(finding.help("is the year right? until then the rule does nothing"));
        }
        if let (Some(last), Some(place)) = (rule.period.until, rule.period.until_span)
            && last > LATEST_END.after(context.today)
        {
            let finding = Diagnostic::new(&DISTANT_DATE, place, format!("{what} ends only on {last}")).help(
                "is the year right? a rule that is never looked at again has no `until`, which says so",
            );
            out.push(finding);
        }
    }
}
