//! The days on which answers may change.

use super::pairs::tests;
use crate::program::{Ask, Column, Comparand, ConditionId, Day, Program, Subject, Test};
use crate::text::Date;

/// `from` and every later day on which some answer may differ from the day before: a rule, a grant or a beta starts or has ended, or a day
/// that a condition compares with today has come or gone. Sorted.
pub(super) fn turning_points(program: &Program, from: Date) -> Vec<Date> {
    let mut days = vec![from];
    let mut starts = |day: Day| days.extend(day.date().filter(|&date| date > from));
    let ends = |day: Day| day.date().and_then(after);
    let mut ended = Vec::new();
    for rule in program.rules.rows.iter() {
        starts(rule.first);
        ended.extend(ends(rule.last));
    }
    for grants in 0..program.roles.grants.len() {
        for grant in program.roles.grants.get(grants) {
            starts(grant.role.first);
            ended.extend(ends(grant.role.last));
        }
    }
    for app in program.apps.rows.iter() {
        ended.extend(app.beta_until.and_then(ends));
    }
    for day in compared_with_today(program) {
        starts(day);
        ended.extend(ends(day));
    }
    days.extend(ended.into_iter().filter(|&date| date > from));
    days.sort_unstable();
    days.dedup();
    days
}

/// The day after, unless the calendar ends.
fn after(date: Date) -> Option<Date> {
    let next = date.plus_days(1);
    (next > date).then_some(next)
}

/// Every day that a condition compares with today, sorted.
fn compared_with_today(program: &Program) -> Vec<Day> {
    let conditions = &program.conditions;
    let mut subjects: Vec<Subject> = Vec::new();
    for test in conditions.tests.iter().filter(|test| test_looks_at_today(program, test)) {
        if !subjects.contains(&test.subject) {
            subjects.push(test.subject);
        }
    }
    let mut days = Vec::new();
    for subject in subjects {
        let Subject::Attribute(attribute) = subject else { continue };
        let column = program.attributes.get(attribute).map(|attribute| &attribute.column);
        if let Some(Column::Day(column)) = column {
            days.extend(column.iter().flatten());
        }
    }
    days.sort_unstable();
    days.dedup();
    days
}

/// Whether the truth of a condition depends on the day, its roles aside.
pub(crate) fn looks_at_today(program: &Program, condition: ConditionId) -> bool {
    tests(&program.conditions, condition.0 as usize).any(|test| test_looks_at_today(program, test))
}

/// Whether a test's answer depends on the day.
fn test_looks_at_today(program: &Program, test: &Test) -> bool {
    match test.ask {
        Ask::Is(one) | Ask::IsNot(one) | Ask::Compare(_, one) => one == Comparand::Today,
        Ask::In(list) => list.of(&program.conditions.comparands).contains(&Comparand::Today),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_ends_once() {
        let day = |text| Date::parse(text).unwrap();
        assert_eq!(after(day("2026-12-31")), Some(day("2027-01-01")));
        assert_eq!(after(day("9999-12-31")), None);
        assert_eq!(turning_points(&Program::default(), day("2026-01-01")), [day("2026-01-01")]);
    }
}
