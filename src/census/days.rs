//! The days on which answers may change.

use fixedbitset::FixedBitSet;

use super::pairs::tests;
use crate::eval::Evaluator;
use crate::program::{
    App, Ask, Column, Comparand, ConditionId, Day, Principal, PrincipalId, Program, Rule, RuleKind,
    SelectorId, Subject, Test, User,
};
use crate::text::{AppId, Date, Id};

/// `from` and every later day on which some answer about one of these apps may differ from the day before: a rule, a grant or a beta starts or
/// has ended, or a day that a condition compares with today has come or gone. Sorted.
pub(crate) fn turning_points_about(
    program: &Program,
    evaluator: &mut Evaluator<'_>,
    apps: impl Iterator<Item = AppId>,
    from: Date,
) -> Vec<Date> {
    let mut points = Points::new(from);
    let mut selectors: Vec<SelectorId> = Vec::new();
    for app in apps {
        program.apps.rows.get(app).into_iter().for_each(|app| points.app(app));
        selectors.extend(evaluator.selectors_of(app));
    }
    selectors.sort_unstable();
    selectors.dedup();
    let rules = &program.rules;
    for kind in [RuleKind::Approve, RuleKind::Block, RuleKind::Withhold, RuleKind::Exempt] {
        let index = rules.index(kind);
        let entries = selectors.iter().flat_map(|&selector| index.head(selector).entries.of(&index.entries));
        for row in entries.filter_map(|entry| rules.rows.get(entry.rule)) {
            points.rule(row);
            let waivers = row.waivers.of(&rules.waivers).iter();
            waivers.filter_map(|&waiver| rules.rows.get(waiver)).for_each(|waiver| points.rule(waiver));
        }
    }
    points.everywhere(program);
    points.finish()
}

/// Days as they are found.
struct Points {
    from: Date,
    days: Vec<Date>,
}

impl Points {
    fn new(from: Date) -> Self {
        Self { from, days: vec![from] }
    }

    /// Something begins on this day.
    fn starts(&mut self, day: Day) {
        let from = self.from;
        self.days.extend(day.date().filter(|&date| date > from));
    }

    /// This is the last day of something.
    fn ends(&mut self, day: Day) {
        let from = self.from;
        self.days.extend(day.date().and_then(after).filter(|&date| date > from));
    }

    fn rule(&mut self, rule: &Rule) {
        self.starts(rule.first);
        self.ends(rule.last);
    }

    fn app(&mut self, app: &App) {
        app.beta_until.into_iter().for_each(|last| self.ends(last));
    }

    /// What may change answers about any app: grants, and what conditions compare with today.
    fn everywhere(&mut self, program: &Program) {
        for grants in 0..program.roles.grants.len() {
            for grant in program.roles.grants.get(grants) {
                self.starts(grant.role.first);
                self.ends(grant.role.last);
            }
        }
        for day in compared_with_today(program) {
            self.starts(day);
            self.ends(day);
        }
    }

    /// All of them, sorted.
    fn finish(mut self) -> Vec<Date> {
        self.days.sort_unstable();
        self.days.dedup();
        self.days
    }
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

/// By rule whether it is about the same people on every day that it is in force: who is in it, and whether its condition holds, does not
/// change with time.
pub(super) fn steady(program: &Program) -> FixedBitSet {
    let passing = passing_roles(program);
    let by_passing_role = |&principal: &PrincipalId| match program.users.principal(principal) {
        Principal::Role(role) => passing.contains(role.index()),
        _ => false,
    };
    let rules = &program.rules;
    let passes = |condition: ConditionId| {
        let mut tests = tests(&program.conditions, condition.0 as usize);
        tests.any(|test| {
            test_looks_at_today(program, test) || test.subject == Subject::UserRoles && !passing.is_clear()
        })
    };
    let all = rules.rows.iter().zip(rules.texts.iter());
    let steady = all.map(|(row, text)| {
        let people = [text.people, row.people_except];
        let by_role = people.iter().any(|run| run.of(&rules.principals).iter().any(by_passing_role));
        !by_role && row.condition.is_none_or(|condition| !passes(condition))
    });
    let mut set = FixedBitSet::with_capacity(rules.rows.len());
    steady.enumerate().for_each(|(rule, steady)| set.set(rule, steady));
    set
}

/// The roles that somebody may have on some days only: those of grants with a first or last day, and what these extend.
fn passing_roles(program: &Program) -> FixedBitSet {
    let roles = &program.roles;
    let mut passing = FixedBitSet::with_capacity(roles.rows.len());
    if program.users.rows.iter().any(|user| user.timed == User::UNSTORED) {
        passing.insert_range(..);
        return passing;
    }
    let lists = (0..program.users.timed_lists.len()).flat_map(|list| program.users.timed_lists.get(list));
    passing.extend(roles.closed(lists.map(|timed| timed.role)).into_iter().map(|role| role.index()));
    passing
}

/// Whether a test says the same on every day: it looks neither at the day nor at roles, which may end.
pub(super) fn is_steady(program: &Program, test: &Test) -> bool {
    test.subject != Subject::UserRoles && !test_looks_at_today(program, test)
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
        let program = Program::default();
        let days = turning_points_about(
            &program,
            &mut Evaluator::new(&program),
            std::iter::empty(),
            day("2026-01-01"),
        );
        assert_eq!(days, [day("2026-01-01")]);
    }
}
