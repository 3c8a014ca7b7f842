//! Whether two programs decide everything alike.

use std::collections::BTreeSet;

use super::Why;
use super::touched::{State, touched};
use crate::census::{self, TooMany};
use crate::decision::Outcome;
use crate::eval::Evaluator;
use crate::program::{Program, RuleEffect};
use crate::text::{Date, UserId};

/// So many questions are asked of both programs at most, in all attempts together: of users and apps that are alike, one each. They take
/// about a minute.
pub(super) const QUESTIONS: u64 = 300_000_000;

/// Compares who may install what, and who may approve, on every day of the calendar, as far as the change may touch it; the first difference
/// ends it. `questions`: how many may be asked.
pub(super) fn decisions(before: State<'_>, after: State<'_>, questions: &mut u64) -> Result<(), Why> {
    // The calendar has this day.
    let Some(from) = Date::new(0, 1, 1) else { return Err(Why::TooLarge) };
    let parts = touched(before, after);
    let (before, after) = (before.program, after.program);
    let differs = census::compare_within(before, after, from, parts.as_deref(), questions);
    let differs = differs.and_then(|difference| match parts {
        _ if difference.is_some() => Ok(true),
        // Who may approve hangs on roles, which are the same.
        Some(_) => Ok(false),
        None => approvers_differ(before, after, from, questions),
    });
    match differs {
        Ok(true) => Err(Why::ChangesDecisions),
        Ok(false) => Ok(()),
        Err(TooMany) => Err(Why::TooLarge),
    }
}

/// Whether somebody may approve by one program only, on a day on which grants begin or end.
fn approvers_differ(
    before: &Program,
    after: &Program,
    from: Date,
    questions: &mut u64,
) -> Result<bool, TooMany> {
    // The right to approve is the same for each app.
    let (Some(app), Some(app_now)) = (before.apps().next(), after.apps().next()) else { return Ok(false) };
    let users: Vec<(UserId, UserId)> =
        before.users().filter_map(|user| Some((user, after.user(before.user_name(user))?))).collect();
    let mut evaluators = (Evaluator::new(before), Evaluator::new(after));
    let days =
        days_of_grants(before, from).into_iter().chain(days_of_grants(after, from)).collect::<BTreeSet<_>>();
    let count = (days.len() as u64).saturating_mul(users.len() as u64);
    *questions = questions.checked_sub(count).ok_or(TooMany)?;
    Ok(days.into_iter().any(|day| {
        users.iter().any(|&(user, now)| {
            let was = evaluators.0.approve(user, app, day).outcome == Outcome::Allow;
            was != (evaluators.1.approve(now, app_now, day).outcome == Outcome::Allow)
        })
    }))
}

fn days_of_grants(program: &Program, from: Date) -> BTreeSet<Date> {
    let grants =
        program.rules.texts.enumerate().filter(|(_, text)| matches!(text.effect, RuleEffect::Grant(_)));
    let rows = grants.filter_map(|(rule, _)| program.rules.rows.get(rule));
    let days = rows.flat_map(|row| [row.first.date(), row.last.date().map(|last| last.plus_days(1))]);
    days.flatten().filter(|&day| day > from).chain([from]).collect()
}
