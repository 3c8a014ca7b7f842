//! What approvals come to.

use fixedbitset::FixedBitSet;

use super::{
    Reach, blocked_approval, constant_condition, lets_nobody_in, needless_approval, outgrown_approval,
};
use crate::census::looks_at_today;
use crate::diagnostics::Diagnostic;
use crate::eval::{Case, Truth};
use crate::model::Rule;
use crate::program::{Day, Principal, Program, RuleKind, User};
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
const FEW: usize = 16;

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
    let mut left = reach.approved(id, app)?;
    let anyway = reach.census.ask(UserId::from_index(0), app, |case| {
        case.requires_approval() == Some(false) || case.exempt_by(|rule| reach.covers(rule, id))
    });
    if anyway {
        return Some(true);
    }
    let mut others = reach.approvals_of(app);
    others.retain(|&other| reach.covers(other, id));
    // Those for the most people leave the fewest to the others.
    others.sort_by_cached_key(|&other| std::cmp::Reverse(reach.census.breadth(other)));
    for other in others {
        left.difference_with(&reach.approved(other, app)?);
        if left.is_clear() {
            return Some(true);
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

impl Reach<'_, '_> {
    /// The approvals in force that are surely about the app and whose review, if they have one, covers it.
    pub(super) fn approvals_of(&self, app: AppId) -> Vec<RuleId> {
        self.census.ask(UserId::from_index(0), app, |case| {
            let mut approvals = case.rules_about(RuleKind::Approve, u64::MAX, None);
            approvals.retain(|&rule| {
                case.selects_app(rule) == Truth::True
                    && case.rule(rule).is_some_and(|row| case.is_reviewed(row))
            });
            approvals
        })
    }

    /// Whom an approval approves of an app that it is surely about.
    pub(super) fn approved(&self, approval: RuleId, app: AppId) -> Option<FixedBitSet> {
        let is_reviewed = self.census.ask(UserId::from_index(0), app, |case| {
            case.rule(approval).is_some_and(|row| case.is_reviewed(row))
        });
        if is_reviewed { self.census.fitting(approval, app, true) } else { Some(self.census.nobody()) }
    }

    /// Whether `one` may stand in for the approval `other`: it lasts as long, and is not itself said to be needless.
    pub(super) fn covers(&self, one: RuleId, other: RuleId) -> bool {
        let rows = &self.census.program().rules.rows;
        let last = |rule: RuleId| rows.get(rule).map_or(Day::ALWAYS_WAS, |row| row.last);
        one != other
            && last(one) >= last(other)
            && self.shared.steady.get(one.index()) == Some(&true)
            && !self.shared.needless.contains(&one)
    }
}
