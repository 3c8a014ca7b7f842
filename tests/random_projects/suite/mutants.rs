//! What tests make of mutants.

use admit::census::Difference;
use admit::decision::Outcome;
use admit::suite::{Changed, Fate, Filter, Mutant, MutationOptions};
use admit::text::Date;

use super::Tested;
use crate::random_projects::vocabulary::DAYS;
use crate::reference::explain::allowed;
use crate::reference::project::{AppSelector, Condition, Effect, Principal, Project, Rule};

/// What a rule does that is left out.
pub const NOTHING: fn() -> Effect = || Effect::Waive { rule: String::new() };

/// So many tests that are shown are run, of each project.
const MOST_SHOWN: usize = 4;

/// How many mutants met which fate.
#[derive(Debug, Default)]
pub struct Fates {
    noticed: usize,
    missed: usize,
    equivalent: usize,
}

impl Fates {
    pub fn add(&mut self, other: &Self) {
        self.noticed += other.noticed;
        self.missed += other.missed;
        self.equivalent += other.equivalent;
    }

    pub fn are_all_seen(&self) -> bool {
        self.noticed > 20 && self.missed > 20 && self.equivalent > 20
    }
}

/// Compares every mutant's fate.
pub fn law(seed: u64) -> Result<Fates, String> {
    let mut tested = Tested::passing(seed);
    compared(&mut tested).map_err(|error| tested.told(&error))
}

fn compared(tested: &mut Tested) -> Result<Fates, String> {
    let analysis = tested.analysis(&[]);
    let checked = analysis.checked().ok_or("it has errors")?;
    let mutants = tested.suite(&analysis, checked, &Filter::default()).mutants(&MutationOptions::default());
    let own = tested.random.own.rules.clone();
    let expected: Vec<(&str, &Rule, Rule)> = own
        .iter()
        .flat_map(|rule| of_rule(rule).into_iter().map(move |(kind, changed)| (kind, rule, changed)))
        .collect();
    if expected.len() != mutants.tried.len() || mutants.left_out > 0 {
        return Err(format!("{} mutants of {}", mutants.tried.len(), expected.len()));
    }
    let mut fates = Fates::default();
    let mut shown = 0;
    for (number, (mutant, (kind, rule, changed))) in mutants.tried.iter().zip(&expected).enumerate() {
        let told = |error: String| format!("{rule:?}\n{}: {error}", mutant.change.text);
        if mutant.change.kind.name() != *kind {
            return Err(told(format!("it is of kind {kind}")));
        }
        met(tested, mutant, changed).map_err(told)?;
        match &mutant.fate {
            Fate::Noticed(_) => fates.noticed += 1,
            Fate::Equivalent => fates.equivalent += 1,
            Fate::Unjudged => return Err(told("so few decisions are compared".to_owned())),
            Fate::Missed(missed) => {
                fates.missed += 1;
                // Now and then, and not of the first rules only.
                if shown < MOST_SHOWN && tested.dice.chance(20) {
                    shown += 1;
                    closes_the_gap(tested, number, missed).map_err(told)?;
                }
            }
        }
    }
    Ok(fates)
}

/// Whether the mutant deserves its fate.
fn met(tested: &Tested, mutant: &Mutant, changed: &Rule) -> Result<(), String> {
    let change = |project: &mut Project| {
        let same = project.rules.iter_mut().filter(|rule| rule.place == changed.place);
        same.for_each(|rule| *rule = changed.clone());
    };
    let failing = tested.failing_with(change);
    match (&mutant.fate, failing) {
        (Fate::Noticed(test), Some(_)) => {
            // Not always the same: tests that share what is given are tried together.
            let test = tested.tests.get(*test).ok_or("no such test")?;
            let mut scene = test.scene.clone();
            change(&mut scene);
            let verdicts = test.verdicts(&scene, &tested.everybody, &tested.known, tested.today);
            if test.passes(&verdicts) { Err(format!("{} does not fail", test.name)) } else { Ok(()) }
        }
        (Fate::Noticed(_), None) => Err("no test fails".to_owned()),
        (_, Some(test)) => Err(format!("test {test} fails")),
        (fate, None) => {
            let before = tested.random.whole();
            let mut after = before.clone();
            change(&mut after);
            match fate {
                Fate::Missed(missed) => differs(&before, &after, &missed.difference),
                _ => alike(tested, &before, &after),
            }
        }
    }
}

/// Whether that is a difference.
fn differs(before: &Project, after: &Project, told: &Difference) -> Result<(), String> {
    let day = told.day.to_string();
    let outcome = |project| {
        let may = allowed(project, &told.user, &told.app, &day);
        Some(if may { Outcome::Allow } else { Outcome::Deny })
    };
    let (was, is) = (outcome(before), outcome(after));
    if was != is && was == told.before && is == told.after { Ok(()) } else { Err(format!("{told:?}")) }
}

/// Whether nobody may have another app on any day from today on.
fn alike(tested: &Tested, before: &Project, after: &Project) -> Result<(), String> {
    let today = Date::parse(tested.today).expect("a day");
    // Whatever starts or ends does so on these days, and mutants move it by one.
    let turning = DAYS.iter().map(|day| Date::parse(day).expect("a day"));
    let days =
        turning.flat_map(|day| (-1..=2).map(move |more| day.plus_days(more))).filter(|day| *day >= today);
    for day in days {
        let day = day.to_string();
        for user in &tested.everybody {
            for app in &before.apps {
                if allowed(before, user, &app.id, &day) != allowed(after, user, &app.id, &day) {
                    return Err(format!("{user} {} {day} is another decision", app.id));
                }
            }
        }
    }
    Ok(())
}

/// The test that is shown holds as things are, and fails with the mutant it is shown for.
fn closes_the_gap(tested: &mut Tested, number: usize, missed: &Changed) -> Result<(), String> {
    let told = |error: &str| format!("{error}\n{}", missed.test);
    let analysis = tested.analysis(&[("policies/ready.admit", missed.test.clone())]);
    let checked = analysis.checked().ok_or_else(|| told("the test has errors"))?;
    let failed = |filter: &Filter| {
        let results = tested.suite(&analysis, checked, filter).run();
        results.iter().filter(|result| !result.passed()).count()
    };
    if failed(&Filter::default()) > 0 {
        return Err(told("some test fails"));
    }
    let name = missed.test.strip_prefix("test \"").and_then(|rest| rest.split_once("\" at "));
    let name = name.ok_or_else(|| told("it has no name"))?.0.replace("\\\"", "\"");
    let ready = Filter { names: vec![name], exact: true };
    let suite = tested.suite(&analysis, checked, &ready);
    if suite.tests().len() != 1 {
        return Err(told("it has another name"));
    }
    let again = suite.mutants(&MutationOptions::default());
    match again.tried.get(number).map(|mutant| &mutant.fate) {
        Some(Fate::Noticed(0)) => Ok(()),
        fate => Err(told(&format!("{fate:?}"))),
    }
}

/// The mutants of a rule, in the order of their kinds.
fn of_rule(rule: &Rule) -> Vec<(&'static str, Rule)> {
    let with = |change: &dyn Fn(&mut Rule)| {
        let mut changed = rule.clone();
        change(&mut changed);
        changed
    };
    let mut found = vec![("remove", with(&|rule| rule.effect = NOTHING()))];
    match rule.effect {
        Effect::Approve { .. } => found.push(("effect", with(&|rule| rule.effect = Effect::Block))),
        Effect::Block => {
            found.push(("effect", with(&|rule| rule.effect = Effect::Approve { reviewed: None })));
        }
        _ => {}
    }
    if let Some(condition) = &rule.when {
        found.push(("condition", with(&|rule| rule.when = None)));
        let parts = match condition {
            Condition::And(parts) | Condition::Or(parts) => parts.len(),
            Condition::Not(_) | Condition::Test(..) => 0,
        };
        for number in 0..parts {
            found.push(("condition", with(&|rule| drop_part(rule, number))));
        }
    }
    if rule.people.as_ref().is_some_and(|people| !people.except.is_empty()) {
        found.push(("except", with(&|rule| rule.people.iter_mut().for_each(|people| people.except.clear()))));
    }
    if rule.apps.as_ref().is_some_and(|apps| !apps.except.is_empty()) {
        found.push(("except", with(&|rule| rule.apps.iter_mut().for_each(|apps| apps.except.clear()))));
    }
    if matches!(rule.effect, Effect::Approve { reviewed: Some(_) }) {
        found.push(("reviewed", with(&|rule| rule.effect = Effect::Approve { reviewed: None })));
    }
    for by in [-1, 1] {
        if let Some(day) = &rule.starting {
            found.push(("date", with(&|rule| rule.starting = Some(moved(day, by)))));
        }
    }
    for by in [-1, 1] {
        if let Some(day) = &rule.until {
            found.push(("date", with(&|rule| rule.until = Some(moved(day, by)))));
        }
    }
    if rule.apps.as_ref().is_some_and(|apps| !apps.include.contains(&AppSelector::All)) {
        let all =
            |rule: &mut Rule| rule.apps.iter_mut().for_each(|apps| apps.include = vec![AppSelector::All]);
        found.push(("selector", with(&all)));
    }
    if rule.people.as_ref().is_some_and(|people| !people.include.contains(&Principal::Everyone)) {
        let everyone = |rule: &mut Rule| {
            rule.people.iter_mut().for_each(|people| people.include = vec![Principal::Everyone]);
        };
        found.push(("selector", with(&everyone)));
    }
    found
}

fn drop_part(rule: &mut Rule, number: usize) {
    if let Some(Condition::And(parts) | Condition::Or(parts)) = &mut rule.when {
        parts.remove(number);
    }
}

fn moved(day: &str, by: i32) -> String {
    Date::parse(day).expect("a day").plus_days(by).to_string()
}
