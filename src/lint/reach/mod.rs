//! What rules reach: whom they select, which apps, and whether that changes any answer. Everything is counted over the facts.
//!
//! A rule is looked at on the day it is, one that is not in force yet on its first day; what has ended is looked at by other lints. One
//! mistake is one finding: what selects nobody is not also said to change nothing.

mod blocks_nothing;
mod exempts_nothing;
mod selects_no_app;
mod selects_nobody;
mod takes_nothing;
mod waives_nothing;

pub(super) use blocks_nothing::BLOCKS_NOTHING;
pub(super) use exempts_nothing::EXEMPTS_NOTHING;
pub(super) use selects_no_app::SELECTS_NO_APP;
pub(super) use selects_nobody::SELECTS_NOBODY;
pub(super) use takes_nothing::TAKES_NOTHING;
pub(super) use waives_nothing::{WAIVER_OUTLIVES_RULE, WAIVES_NOTHING};

use std::collections::BTreeMap;

use super::Context;
use crate::census::{Census, Roster};
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::{Effect, Origin, Rule};
use crate::text::{Date, RuleId};

/// How many users, apps and pairs of them one lint looks at before it gives up and claims nothing: about a second.
const STEPS: u64 = 20_000_000;

pub(super) fn lint(context: &Context<'_>, out: &mut Sink) {
    let Some(roster) = Roster::of(context.program) else { return };
    for (day, rules) in by_day(context) {
        let census = Census::at(&roster, day);
        let reach = Reach { context, census: &census };
        census.allow_steps(STEPS);
        rules.into_iter().for_each(|rule| reach.rule(rule, out));
    }
}

/// The project's own rules that have not ended, by the day on which to look at them.
fn by_day(context: &Context<'_>) -> BTreeMap<Date, Vec<RuleId>> {
    let mut days: BTreeMap<Date, Vec<RuleId>> = BTreeMap::new();
    for (id, rule) in context.model.rules.enumerate().filter(|(_, rule)| context.is_own(rule.span)) {
        let first = rule.period.starting.map_or(context.today, |first| first.max(context.today));
        if rule.period.until.is_some_and(|last| last < first) {
            continue;
        }
        // A waiver waits for what it lifts.
        let lifted = match rule.effect {
            Effect::Waive { rule: Some(lifted) } => context.model.rules.at(lifted).period.starting,
            _ => None,
        };
        let both = lifted.filter(|&day| first < day && rule.period.contains(day));
        days.entry(both.unwrap_or(first)).or_default().push(id);
    }
    days
}

/// A project on one day.
struct Reach<'a> {
    context: &'a Context<'a>,
    census: &'a Census<'a>,
}

impl Reach<'_> {
    /// What is to be said about one rule.
    fn rule(&self, id: RuleId, out: &mut Sink) {
        let rule = self.context.model.rules.at(id);
        waives_nothing::outlives(self, rule).into_iter().for_each(|found| out.push(found));
        let found = selects_nobody::somebody_is_selected(self, id, rule)
            .or_else(|| selects_no_app::some_app_is_selected(self, id, rule))
            .or_else(|| self.effect(id, rule));
        found.into_iter().for_each(|found| out.push(found));
    }

    /// What is to be said about what a rule does, where it is about somebody and something.
    fn effect(&self, id: RuleId, rule: &Rule) -> Option<Diagnostic> {
        if let Effect::Exempt = rule.effect {
            return exempts_nothing::some_app_is_freed(self, id, rule);
        }
        if !self.knows_people() || self.context.model.apps.is_empty() {
            return None;
        }
        match rule.effect {
            Effect::Block => blocks_nothing::somebody_is_blocked(self, id, rule),
            Effect::Withhold { .. } => takes_nothing::something_is_taken(self, id, rule),
            Effect::Waive { .. } => waives_nothing::something_is_lifted(self, id, rule),
            Effect::Approve { .. } | Effect::Grant { .. } | Effect::Exempt => None,
        }
    }

    /// Whether the project describes its users. Where it does not, nothing is said about people.
    fn knows_people(&self) -> bool {
        self.context.model.users.rows.iter().any(|user| user.origin == Origin::Described)
    }

    /// The day, where it is not the one that it is.
    fn when(&self) -> String {
        if self.census.date == self.context.today {
            String::new()
        } else {
            format!(" on {}", self.census.date)
        }
    }
}

/// `1 app`, `3 apps`.
fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
