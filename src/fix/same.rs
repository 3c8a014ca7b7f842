//! Whether two programs decide everything alike.

use std::collections::BTreeSet;

use super::Why;
use crate::census;
use crate::decision::Outcome;
use crate::eval::Evaluator;
use crate::program::{Program, RuleEffect};
use crate::text::{Date, UserId};

/// So many pairs of users and apps are compared at most. Most need not be looked at, because others are like them; where all differ, this
/// takes minutes.
const MOST: usize = 200_000_000;

/// Compares who may install what, and who may approve, on every day of the calendar; the first difference ends it.
pub(super) fn decisions(before: &Program, after: &Program) -> Option<Why> {
    // The calendar has this day.
    let from = Date::new(0, 1, 1)?;
    let pairs = before.users().len().saturating_mul(before.apps().len());
    if pairs > MOST {
        return Some(Why::TooLarge);
    }
    let differs = census::compare(before, after, from).is_some() || approvers_differ(before, after, from);
    differs.then_some(Why::ChangesDecisions)
}

/// Whether somebody may approve by one program only, on a day on which grants begin or end.
fn approvers_differ(before: &Program, after: &Program, from: Date) -> bool {
    // The right to approve is the same for each app.
    let (Some(app), Some(app_now)) = (before.apps().next(), after.apps().next()) else { return false };
    let users: Vec<(UserId, UserId)> =
        before.users().filter_map(|user| Some((user, after.user(before.user_name(user))?))).collect();
    let mut evaluators = (Evaluator::new(before), Evaluator::new(after));
    let days =
        days_of_grants(before, from).into_iter().chain(days_of_grants(after, from)).collect::<BTreeSet<_>>();
    days.into_iter().any(|day| {
        users.iter().any(|&(user, now)| {
            let was = evaluators.0.approve(user, app, day).outcome == Outcome::Allow;
            was != (evaluators.1.approve(now, app_now, day).outcome == Outcome::Allow)
        })
    })
}

fn days_of_grants(program: &Program, from: Date) -> BTreeSet<Date> {
    let grants =
        program.rules.texts.enumerate().filter(|(_, text)| matches!(text.effect, RuleEffect::Grant(_)));
    let rows = grants.filter_map(|(rule, _)| program.rules.rows.get(rule));
    let days = rows.flat_map(|row| [row.first.date(), row.last.date().map(|last| last.plus_days(1))]);
    days.flatten().filter(|&day| day > from).chain([from]).collect()
}
