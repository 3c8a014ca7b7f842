//! Rules that go on where others end.

use rustc_hash::{FxHashMap, FxHashSet};

use super::duplicate_rule::{own_rules, sections};
use super::sameness::{Clause, Sameness};
use crate::lint::Context;
use crate::model::Rule;
use crate::text::{Date, RuleId, Span};

/// A first and a last day; no last day comes after all others.
type Days = (Option<Date>, (bool, Option<Date>));

/// The heads of rules that end on one of these days and on the day after which another rule is in force that says the same.
pub(in crate::lint) fn renewed(context: &Context<'_>, soon: impl Fn(Date) -> bool) -> FxHashSet<Span> {
    let ends = |rule: &Rule| rule.period.until.filter(|&last| soon(last));
    if !own_rules(context).any(|(_, rule)| ends(rule).is_some()) {
        return FxHashSet::default();
    }
    let sections = sections(context);
    let number =
        |id: RuleId, rule: &Rule| Sameness::of(rule, sections.get(&id).copied()).but(Some(Clause::Dates));
    let mut alike: FxHashMap<u128, Vec<&Rule>> = FxHashMap::default();
    own_rules(context).for_each(|(id, rule)| alike.entry(number(id, rule)).or_default().push(rule));
    let mut renewed = FxHashSet::default();
    for rules in alike.into_values().filter(|rules| rules.len() > 1) {
        let days = in_force(&rules);
        let is_renewed = |rule: &&&Rule| ends(rule).is_some_and(|last| holds_on(&days, last.plus_days(1)));
        renewed.extend(rules.iter().filter(is_renewed).map(|rule| rule.head));
    }
    renewed
}

/// The days of rules by their first, each with the latest last day so far.
fn in_force(rules: &[&Rule]) -> Vec<Days> {
    let days = |rule: &&Rule| (rule.period.starting, (rule.period.until.is_none(), rule.period.until));
    let mut days: Vec<Days> = rules.iter().map(days).collect();
    days.sort_unstable();
    let mut latest = (false, None);
    for (_, last) in &mut days {
        latest = latest.max(*last);
        *last = latest;
    }
    days
}

/// Whether one of the rules is in force on the day.
fn holds_on(days: &[Days], day: Date) -> bool {
    let begun = days.partition_point(|&(first, _)| first <= Some(day));
    begun.checked_sub(1).and_then(|at| days.get(at)).is_some_and(|&(_, last)| last >= (false, Some(day)))
}
