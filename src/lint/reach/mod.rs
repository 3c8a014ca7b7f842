//! What rules reach: whom they select, which apps, and whether that changes any answer. Everything is counted over the facts.
//!
//! A rule is looked at on the day it is, one that is not in force yet on its first day; what has ended is looked at by other lints. One
//! mistake is one finding: what selects nobody is not also said to change nothing.

mod approvals;
mod blocked_approval;
mod blocks_nothing;
mod coming;
mod constant_condition;
mod cover;
mod covered_approval;
mod exempts_nothing;
mod guard;
mod later;
mod lets_nobody_in;
mod lookers;
mod needless_approval;
mod outgrown_approval;
mod selects_no_app;
mod selects_nobody;
mod shifts;
mod takes_nothing;
mod verdicts;
mod waives_nothing;

pub(super) use blocked_approval::BLOCKED_APPROVAL;
pub(super) use blocks_nothing::BLOCKS_NOTHING;
pub(super) use constant_condition::{CONDITION_ALWAYS_HOLDS, CONDITION_NEVER_HOLDS};
pub(super) use covered_approval::COVERED_APPROVAL;
pub(super) use exempts_nothing::EXEMPTS_NOTHING;
pub(super) use lets_nobody_in::LETS_NOBODY_IN;
pub(super) use needless_approval::NEEDLESS_APPROVAL;
pub(super) use outgrown_approval::OUTGROWN_APPROVAL;
pub(super) use selects_no_app::SELECTS_NO_APP;
pub(super) use selects_nobody::SELECTS_NOBODY;
pub(super) use takes_nothing::TAKES_NOTHING;
pub(super) use waives_nothing::{WAIVER_OUTLIVES_RULE, WAIVES_NOTHING};

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashSet;

use self::coming::Coming;
use self::exempts_nothing::Frees;
use self::lookers::{Looker, Lookers};
use self::shifts::Shifts;
use self::verdicts::Verdicts;
use super::rules::{self, DUPLICATE_RULE};
use super::{Context, unjudged};
use crate::census::{Census, Known, Roster};
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::model::{Effect, Origin, Rule};
use crate::text::{Date, RuleId};

/// How much is looked at in all: in a step eight people are passed by, or one is asked about. What would take more is not judged, and that
/// is said: no check may take for ever.
const STEPS: u64 = 160_000_000;

/// How many of them one rule may take at first, so that those which take more leave something to the others.
const STEPS_AT_FIRST: u64 = 100_000;

/// How many rules a finding points at.
const NAMED: usize = 4;

/// The codes of what is said about what rules reach.
static CODES: [&Code; 14] = [
    &BLOCKED_APPROVAL,
    &BLOCKS_NOTHING,
    &CONDITION_ALWAYS_HOLDS,
    &CONDITION_NEVER_HOLDS,
    &COVERED_APPROVAL,
    &EXEMPTS_NOTHING,
    &LETS_NOBODY_IN,
    &NEEDLESS_APPROVAL,
    &OUTGROWN_APPROVAL,
    &SELECTS_NOBODY,
    &SELECTS_NO_APP,
    &TAKES_NOTHING,
    &WAIVER_OUTLIVES_RULE,
    &WAIVES_NOTHING,
];

pub(super) fn lint(context: &Context<'_>, out: &mut Sink) {
    if !CODES.iter().any(|code| context.asks_for(code)) {
        return;
    }
    let days = by_day(context);
    let Some(roster) = Roster::of(context.program) else {
        let unjudged: Vec<RuleId> = days.into_values().flatten().collect();
        unjudged::every_rule_is_judged(context, unjudged, out);
        return;
    };
    let shifts = Shifts::of(context);
    let shared = Shared {
        context,
        shifts: &shifts,
        knows_people: context.model.users.rows.iter().any(|user| user.origin == Origin::Described),
        needless: rules::repeated(context),
        idle: FxHashSet::default(),
        describing_lists: guard::describing_lists(context),
        coming: None,
    };
    let mut look = Look { shared, out, unjudged: Vec::new() };
    let (mut steps, mut known) = (STEPS, Known::default());
    for (day, of_day) in days {
        // Who has which roles on that day is a question about each user.
        let Some(left) = steps.checked_sub(context.program.users.rows.len() as u64) else {
            look.unjudged.extend(of_day);
            continue;
        };
        let lookers = Lookers::of(&roster, day, of_day.len(), known, left);
        if look.shared.coming.is_none() {
            look.shared.coming = Coming::of(context, &lookers.first().census).map(Arc::new);
        }
        (steps, known) = look.day(lookers, of_day).into_rest();
    }
    unjudged::every_rule_is_judged(context, look.unjudged, out);
}

/// What was found so far.
struct Look<'a, 'o> {
    shared: Shared<'a>,
    out: &'o mut Sink,
    /// Rules that would have needed more steps.
    unjudged: Vec<RuleId>,
}

impl Look<'_, '_> {
    /// Looks at the rules of one day.
    fn day<'r>(&mut self, mut lookers: Lookers<'r>, rules: Vec<RuleId>) -> Lookers<'r> {
        // What is about single rules comes later and needs something too.
        let approvals = self.shared.approvals(&rules);
        let verdicts = verdicts::of_approvals(&mut lookers, &approvals);
        // Waivers come after what they lift.
        let context = self.shared.context;
        let is_waiver = |&rule: &RuleId| matches!(context.model.rules.at(rule).effect, Effect::Waive { .. });
        let (waivers, others): (Vec<RuleId>, Vec<RuleId>) = rules.into_iter().partition(is_waiver);
        let mut covered = Vec::new();
        for part in [others, waivers] {
            let doubtful = self.rules(&mut lookers, &verdicts, &part);
            covered.extend(self.doubtful(&mut lookers, &verdicts, doubtful));
        }
        let shared = &self.shared;
        let named = lookers.each(&covered, |looker, rules| {
            let reach = Reach::of(looker, shared, &verdicts);
            let cover = |&rule: &RuleId| (rule, reach.within(u64::MAX, || reach.cover(rule)).0);
            rules.iter().map(cover).collect::<Vec<_>>()
        });
        for (rule, found) in named.into_iter().flatten() {
            match found {
                Some(found) => self.out.push(found),
                None => self.unjudged.push(rule),
            }
        }
        lookers
    }

    /// Looks at some rules, and gives those that others may cover, sorted.
    fn rules(&mut self, lookers: &mut Lookers<'_>, verdicts: &Verdicts, rules: &[RuleId]) -> Vec<RuleId> {
        let shared = &self.shared;
        let seen =
            lookers.each(rules, |looker, rules| Reach::of(looker, shared, verdicts).rules(rules.to_vec()));
        let mut doubtful = Vec::new();
        for mut seen in seen {
            seen.found.into_iter().for_each(|found| self.out.push(found));
            self.shared.idle.extend(seen.idle);
            doubtful.append(&mut seen.doubtful);
            self.unjudged.append(&mut seen.unjudged);
        }
        doubtful.sort_unstable();
        doubtful
    }

    /// Those of the rules that others cover.
    fn doubtful(
        &mut self,
        lookers: &mut Lookers<'_>,
        verdicts: &Verdicts,
        rules: Vec<RuleId>,
    ) -> Vec<RuleId> {
        // What is covered by others that are not in doubt is so however these turn out.
        let wary = self.shared.without(&rules);
        let sure = lookers.each(&rules, |looker, rules| {
            let reach = Reach::of(looker, &wary, verdicts);
            let is_covered =
                |rule: &RuleId| reach.within(u64::MAX, || reach.is_covered(*rule)) == (true, true);
            rules.iter().copied().filter(is_covered).collect::<Vec<RuleId>>()
        });
        let mut covered: FxHashSet<RuleId> = sure.into_iter().flatten().collect();
        self.shared.needless.extend(&covered);
        // Whether one of the rest leaves the others needed comes one after the other.
        for rule in rules.into_iter().filter(|rule| !covered.contains(rule)).collect::<Vec<_>>() {
            let reach = Reach::of(lookers.first(), &self.shared, verdicts);
            match reach.within(u64::MAX, || reach.doubt_about(rule)) {
                (Doubt::Covered, true) => {
                    self.shared.needless.insert(rule);
                    covered.insert(rule);
                }
                (Doubt::Needed(found), true) => found.into_iter().for_each(|found| self.out.push(*found)),
                (_, false) => self.unjudged.push(rule),
            }
        }
        let mut covered: Vec<RuleId> = covered.into_iter().collect();
        covered.sort_unstable();
        covered
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

/// What holds on every day.
#[derive(Clone)]
struct Shared<'a> {
    context: &'a Context<'a>,
    /// When grants give roles and take them away.
    shifts: &'a Shifts,
    /// Whether the project describes its users. Where it does not, nothing is said about people.
    knows_people: bool,
    /// Rules that are said to be needless.
    needless: FxHashSet<RuleId>,
    /// Rules that are said to do nothing, so that their waivers are not said to lift nothing.
    idle: FxHashSet<RuleId>,
    /// Allowlists that describe apps rather than name each of them.
    describing_lists: FixedBitSet,
    /// The roles that grants give on later days.
    coming: Option<Arc<Coming>>,
}

impl Shared<'_> {
    /// The same as if these rules were said to be needless too.
    fn without(&self, rules: &[RuleId]) -> Self {
        let mut without = self.clone();
        without.needless.extend(rules);
        without
    }

    /// The approvals among these of which it has to be known what they come to.
    fn approvals(&self, rules: &[RuleId]) -> Vec<RuleId> {
        let is_asked_for = |rule: &RuleId| {
            let row = self.context.model.rules.at(*rule);
            matches!(row.effect, Effect::Approve { .. }) && !self.needless.contains(rule)
        };
        if !self.knows_people {
            return Vec::new();
        }
        rules.iter().copied().filter(is_asked_for).collect()
    }
}

/// A project on one day, as one of those who look at it has it.
struct Reach<'a, 'r> {
    context: &'a Context<'a>,
    census: &'a Census<'r>,
    shared: &'a Shared<'a>,
    /// What the approvals come to.
    verdicts: &'a Verdicts,
    looker: &'a Looker<'r>,
    /// Rules that are said to do nothing.
    idle: RefCell<FxHashSet<RuleId>>,
    /// Approvals and exemptions that others may cover.
    doubtful: RefCell<FxHashSet<RuleId>>,
}

/// What looking at some rules gave.
#[derive(Default)]
struct Seen {
    found: Vec<Diagnostic>,
    idle: FxHashSet<RuleId>,
    doubtful: Vec<RuleId>,
    /// Those that would have needed more steps.
    unjudged: Vec<RuleId>,
}

/// What an approval or exemption that others may cover turns out to be.
enum Doubt {
    /// Others cover it.
    Covered,
    /// They do not, and this is to be said about it.
    Needed(Option<Box<Diagnostic>>),
}

impl<'a, 'r> Reach<'a, 'r> {
    fn of(looker: &'a Looker<'r>, shared: &'a Shared<'a>, verdicts: &'a Verdicts) -> Self {
        let (idle, doubtful) = (RefCell::default(), RefCell::default());
        Self { context: shared.context, census: &looker.census, shared, verdicts, looker, idle, doubtful }
    }
}

impl Reach<'_, '_> {
    /// Looks within so many steps, if as many are left, and whether that was enough.
    fn within<T>(&self, limit: u64, look: impl FnOnce() -> T) -> (T, bool) {
        self.looker.within(limit, look)
    }

    /// What is to be said about these rules.
    fn rules(self, mut rules: Vec<RuleId>) -> Seen {
        let mut seen = Seen::default();
        for limit in [STEPS_AT_FIRST, u64::MAX] {
            rules.retain(|&rule| {
                let (found, done) = self.within(limit, || self.rule(rule));
                if done || limit == u64::MAX {
                    seen.found.extend(found);
                }
                !done
            });
        }
        seen.idle = self.idle.into_inner();
        seen.doubtful = self.doubtful.into_inner().into_iter().collect();
        seen.unjudged = rules;
        seen
    }

    /// Whether others cover an approval or exemption that they may cover.
    fn is_covered(&self, id: RuleId) -> bool {
        let rule = self.context.model.rules.at(id);
        match rule.effect {
            Effect::Exempt => exempts_nothing::frees(self, id, rule) == Some(Frees::Something),
            _ => approvals::gives_alone(self, id) == Some(false),
        }
    }

    /// What an approval or exemption that others may cover turns out to be.
    fn doubt_about(&self, id: RuleId) -> Doubt {
        if self.is_covered(id) {
            return Doubt::Covered;
        }
        let rule = self.context.model.rules.at(id);
        Doubt::Needed(constant_condition::tests_tell_apart(self, id, rule).map(Box::new))
    }

    /// Which others cover a covered approval or exemption.
    fn cover(&self, id: RuleId) -> Option<Diagnostic> {
        match self.context.model.rules.at(id).effect {
            Effect::Exempt => exempts_nothing::something_is_left(self, id),
            _ => covered_approval::something_is_left(self, id),
        }
    }

    /// What is to be said about one rule.
    fn rule(&self, id: RuleId) -> Vec<Diagnostic> {
        let rule = self.context.model.rules.at(id);
        let mut found: Vec<Diagnostic> = waives_nothing::outlives(self, rule).into_iter().collect();
        let about_nothing = selects_nobody::somebody_is_selected(self, id, rule)
            .or_else(|| selects_no_app::some_app_is_selected(self, id, rule));
        match (about_nothing, &rule.effect) {
            (Some(nothing), _) => {
                self.tell_idle(id);
                found.push(nothing);
            }
            // What repeats another rule is told as that.
            (None, Effect::Approve { .. }) if self.shared.needless.contains(&id) => {}
            (None, Effect::Approve { .. }) => approvals::look(self, id, rule, &mut found),
            (None, _) => found.extend(self.effect(id, rule)),
        }
        found.into_iter().map(|found| found.unless_told(&DUPLICATE_RULE, rule.head)).collect()
    }

    /// What is to be said about what a rule does, where it is about somebody and something.
    fn effect(&self, id: RuleId, rule: &Rule) -> Option<Diagnostic> {
        if let Effect::Exempt = rule.effect {
            let found = exempts_nothing::some_app_is_freed(self, id, rule);
            if found.is_some() || self.doubtful.borrow().contains(&id) {
                return found;
            }
            return constant_condition::tests_tell_apart(self, id, rule);
        }
        if !self.shared.knows_people
            || self.context.model.apps.is_empty()
            || !self.census.is_about_somebody(id)
        {
            return None;
        }
        let found = match rule.effect {
            Effect::Block => blocks_nothing::somebody_is_blocked(self, id, rule),
            Effect::Withhold { .. } => takes_nothing::something_is_taken(self, id, rule),
            Effect::Waive { .. } => waives_nothing::something_is_lifted(self, id, rule),
            Effect::Approve { .. } | Effect::Grant { .. } | Effect::Exempt => None,
        };
        found.or_else(|| constant_condition::tests_tell_apart(self, id, rule))
    }

    /// Remembers that a rule is said to do nothing.
    fn tell_idle(&self, id: RuleId) {
        self.idle.borrow_mut().insert(id);
    }

    /// Remembers that others may cover a rule.
    fn doubt(&self, id: RuleId) {
        self.doubtful.borrow_mut().insert(id);
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

/// `2 people and 1 app`.
fn pairs(people: usize, apps: usize) -> String {
    format!("{} and {}", counted(people, "person", "people"), counted(apps, "app", "apps"))
}

/// `1 app`, `3 apps`.
fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
