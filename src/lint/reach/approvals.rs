//! What approvals come to.

use super::{
    Reach, blocked_approval, constant_condition, lets_nobody_in, needless_approval, outgrown_approval,
};
use crate::census::looks_at_today;
use crate::decision::Outcome;
use crate::diagnostics::Diagnostic;
use crate::eval::{Case, Truth};
use crate::model::Rule;
use crate::program::{Day, Principal, Program, User};
use crate::text::{AppId, Id, RuleId, UserId};

/// Everything that is to be said about an approval that is about somebody and something.
pub(super) fn look(reach: &Reach<'_>, id: RuleId, rule: &Rule, out: &mut Vec<Diagnostic>) {
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

fn changes_something(reach: &Reach<'_>, id: RuleId, rule: &Rule, apps: &[AppId]) -> Option<Diagnostic> {
    let surely = |truth| truth == Truth::True;
    let mut approved = false;
    let is_unblocked = |case: &Case<'_>| {
        let approves = case.approves(id);
        approved |= approves;
        approves && !case.blocked()
    };
    let unblocked = reach.census.some_pair(id, apps, surely, is_unblocked)?;
    if !approved {
        return constant_condition::approves_nothing(reach, id, rule, apps);
    }
    if !unblocked {
        return blocked_approval::not_all_is_blocked(reach, id, rule, apps);
    }
    if !lets_somebody_in(reach, id, apps)? {
        return lets_nobody_in::somebody_gets_in(reach, id, rule, apps);
    }
    let covers = |rule: RuleId| reach.covers(rule, id);
    let is_alone = |case: &Case<'_>| case.approves(id) && !is_covered(case, covers);
    if !reach.census.some_pair(id, apps, surely, is_alone)? {
        reach.shared.needless.borrow_mut().insert(id);
        reach.covered.borrow_mut().push(id);
        return None;
    }
    constant_condition::tests_tell_apart(reach, id, rule)
}

/// Whether somebody who is approved may install one of the apps. Only those are looked at who could for all that their roles say.
fn lets_somebody_in(reach: &Reach<'_>, id: RuleId, apps: &[AppId]) -> Option<bool> {
    let census = reach.census;
    let kinds = census.kinds_of(id)?;
    for &app in apps {
        let able = census.able(app);
        if !census.spend(1 + kinds.len() / 64) {
            return None;
        }
        if !able.ones().any(|kind| kinds.get(kind).is_some_and(|&count| count > 0)) {
            continue;
        }
        let withheld: Vec<_> = census
            .ask(UserId::from_index(0), app, |case| case.required().to_vec())
            .into_iter()
            .map(|scope| census.surely_withheld(scope))
            .collect();
        let is_able = |user: UserId| {
            able.contains(census.kind(user)) && !withheld.iter().any(|from| from.contains(user.index()))
        };
        let installs = |case: &Case<'_>| case.install() == Outcome::Allow && case.approves(id);
        if census.some_pair_of(id, &[app], is_able, |truth| truth == Truth::True, installs)? {
            return Some(true);
        }
    }
    Some(false)
}

/// Whether the user may have the app without this approval, as far as approvals matter.
pub(super) fn is_covered(case: &Case<'_>, mut covers: impl FnMut(RuleId) -> bool) -> bool {
    case.requires_approval() == Some(false) || case.exempt_by(&mut covers) || case.approved_by(covers)
}

/// The approvals and exemptions that give what they give on every day that they are in force: who is in them and whether they hold does
/// not change with time.
pub(super) fn steady(program: &Program) -> Vec<bool> {
    let timed = program.users.timed_lists.len() > 1
        || program.users.rows.iter().any(|user| user.timed == User::UNSTORED);
    let is_role = |&principal: &_| matches!(program.users.principal(principal), Principal::Role(_));
    let rules = &program.rules;
    let all = rules.rows.iter().zip(rules.texts.iter());
    let steady = all.map(|(row, text)| {
        let people = [text.people, row.people_except];
        let by_role = timed && people.iter().any(|run| run.of(&rules.principals).iter().any(is_role));
        !by_role && row.condition.is_none_or(|condition| !looks_at_today(program, condition))
    });
    steady.collect()
}

impl Reach<'_> {
    /// Whether `one` may stand in for the approval `other`: it lasts as long, and is not itself said to be needless.
    pub(super) fn covers(&self, one: RuleId, other: RuleId) -> bool {
        let rows = &self.census.program().rules.rows;
        let last = |rule: RuleId| rows.get(rule).map_or(Day::ALWAYS_WAS, |row| row.last);
        one != other
            && last(one) >= last(other)
            && self.shared.steady.get(one.index()) == Some(&true)
            && !self.shared.needless.borrow().contains(&one)
    }
}
