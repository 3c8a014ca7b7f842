//! What approvals come to.

use std::borrow::Cow;

use fixedbitset::FixedBitSet;

use super::{
    Reach, blocked_approval, constant_condition, lets_nobody_in, needless_approval, outgrown_approval,
};
use crate::diagnostics::Diagnostic;
use crate::eval::{Case, Truth};
use crate::model::Rule;
use crate::program::Day;
use crate::text::{AppId, Id, RuleId, UserId};

/// Everything that is to be said about an approval that is about somebody and something.
pub(super) fn look(reach: &Reach<'_, '_>, id: RuleId, rule: &Rule, out: &mut Vec<Diagnostic>) {
    let apps = reach.census.apps(id);
    if !reach.census.spend(apps.len()) {
        return;
    }
    if let Some(found) = needless_approval::approval_is_needed(reach, rule, &apps) {
        out.push(found);
        return;
    }
    let (reviewed, outgrown): (Vec<AppId>, Vec<AppId>) =
        apps.iter().partition(|&&app| !outgrown_approval::asks_for_more(reach, id, app));
    if let Some(found) = outgrown_approval::all_is_reviewed(reach, id, rule, &outgrown, apps.len()) {
        out.push(found);
    }
    if reach.shared.knows_people
        && let Some(found) = changes_something(reach, id, rule, &reviewed)
    {
        out.push(found);
    }
}

fn changes_something(reach: &Reach<'_, '_>, id: RuleId, rule: &Rule, apps: &[AppId]) -> Option<Diagnostic> {
    if apps.is_empty() {
        return None;
    }
    let verdict = reach.verdict(id)?;
    if !verdict.approves {
        return constant_condition::approves_nothing(reach, id, rule, apps);
    }
    if !verdict.is_unblocked {
        return blocked_approval::not_all_is_blocked(reach, id, rule, apps);
    }
    if !verdict.lets_in {
        return lets_nobody_in::somebody_gets_in(reach, id, rule, apps);
    }
    if !gives_apps_alone(reach, id, apps)? {
        reach.doubt(id);
        return None;
    }
    constant_condition::tests_tell_apart(reach, id, rule)
}

/// How many people are asked about one by one before all are looked at together.
const FEW: usize = 4;

/// Whether somebody may have something by nothing but this approval.
pub(super) fn gives_alone(reach: &Reach<'_, '_>, id: RuleId) -> Option<bool> {
    let mut apps = reach.census.apps(id).into_owned();
    apps.retain(|&app| !outgrown_approval::asks_for_more(reach, id, app));
    gives_apps_alone(reach, id, &apps)
}

/// Whether somebody may have one of the apps by nothing but this approval.
fn gives_apps_alone(reach: &Reach<'_, '_>, id: RuleId, apps: &[AppId]) -> Option<bool> {
    let census = reach.census;
    let covers = |rule: RuleId| reach.covers(rule, id);
    let people = census.people(id);
    for &app in apps {
        let mut asked = 0;
        let alone = census.some_fitting(id, app, &people, is_true, |user| {
            asked += 1;
            asked > FEW || census.ask(user, app, |case| case.approves(id) && !is_covered(case, covers))
        })?;
        if alone && (asked <= FEW || !all_covered(reach, id, app)?) {
            return Some(true);
        }
    }
    Some(false)
}

/// Whether everybody whom the approval approves of the app may have it anyway.
fn all_covered(reach: &Reach<'_, '_>, id: RuleId, app: AppId) -> Option<bool> {
    let mut left = reach.approved(id, app)?.into_owned();
    let anyway = reach.census.ask(UserId::from_index(0), app, |case| {
        case.requires_approval() == Some(false) || case.exempt_by(|rule| reach.covers(rule, id))
    });
    if anyway {
        return Some(true);
    }
    let others = reach.census.approvals(app);
    let mut asked = None;
    for &other in others.iter().filter(|&&other| reach.covers(other, id)) {
        reach.census.remove_fitting(other, app, true, &mut left)?;
        let Some(first) = left.minimum() else { return Some(true) };
        // Mostly somebody is soon left whom nothing covers.
        let is_covered = |case: &Case<'_>| case.approved_by(|rule| reach.covers(rule, id));
        let first = UserId::from_index(first);
        if asked.replace(first) != Some(first) && !reach.census.ask(first, app, is_covered) {
            return Some(false);
        }
    }
    Some(left.is_clear())
}

pub(super) fn is_true(truth: Truth) -> bool {
    truth == Truth::True
}

/// Whether the user may have the app without this approval, as far as approvals matter.
fn is_covered(case: &Case<'_>, mut covers: impl FnMut(RuleId) -> bool) -> bool {
    case.requires_approval() == Some(false) || case.exempt_by(&mut covers) || case.approved_by(covers)
}

impl Reach<'_, '_> {
    /// Whom an approval approves of an app that it is surely about.
    pub(super) fn approved(&self, approval: RuleId, app: AppId) -> Option<Cow<'_, FixedBitSet>> {
        let is_reviewed = self.census.ask(UserId::from_index(0), app, |case| {
            case.rule(approval).is_some_and(|row| case.is_reviewed(row))
        });
        if is_reviewed {
            self.census.fitting(approval, app, true)
        } else {
            Some(Cow::Owned(self.census.nobody()))
        }
    }

    /// Whether `one` is in force at least as long as `other`.
    pub(super) fn lasts_as_long(&self, one: RuleId, other: RuleId) -> bool {
        let rows = &self.census.program().rules.rows;
        let last = |rule: RuleId| rows.get(rule).map_or(Day::ALWAYS_WAS, |row| row.last);
        last(one) >= last(other)
    }

    /// Whether `one` may stand in for the approval `other`: it lasts as long, and is not itself said to be needless.
    pub(super) fn covers(&self, one: RuleId, other: RuleId) -> bool {
        one != other
            && self.lasts_as_long(one, other)
            && self.census.roster.is_steady(one)
            && !self.shared.needless.contains(&one)
    }
}
