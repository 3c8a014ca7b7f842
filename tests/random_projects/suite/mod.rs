//! Policy tests of random projects: what `admit test` says of them, against loops over everybody and every app with the reference.

mod coverage;
mod mutants;
mod verdicts;

use std::collections::BTreeSet;

use admit::check::Checked;
use admit::project::Analysis;
use admit::suite::{Filter, Suite};
use admit::text::{Date, FileId};

use super::compare::shown;
use super::dice::Dice;
use super::generate::{PolicyTest, Random, settle};
use super::render::{self, Files};
use super::vocabulary::DAYS;
use super::{holds_for_each, pipeline, seeds};
use crate::reference::judge::World;
use crate::reference::project::{Principal, Project};

/// A project with policy tests.
struct Tested {
    seed: u64,
    dice: Dice,
    random: Random,
    files: Files,
    tests: Vec<PolicyTest>,
    /// Who there is, those included whom only tests name …
    everybody: BTreeSet<String>,
    /// … and those whom facts, lists of groups or tests' `given` make exist.
    known: BTreeSet<String>,
    /// The day of tests that state none.
    today: &'static str,
}

impl Tested {
    /// The project of this seed with tests, half of which hold.
    fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let mut random = Random::new(&mut dice);
        let files = render::render(&mut dice, &mut random);
        let mut tests = random.tests(&mut dice);
        // Only now rules know their places.
        for test in &mut tests {
            test.scene.rules = random.whole().rules;
        }
        let today = dice.pick(&DAYS);
        let (everybody, known) = (BTreeSet::new(), BTreeSet::new());
        let mut tested = Self { seed, dice, random, files, tests, everybody, known, today };
        tested.count_everybody();
        let Self { dice, tests, everybody, known, .. } = &mut tested;
        for test in tests {
            let day = test.at.as_deref().unwrap_or(today);
            let world = World { project: &test.scene, everybody, known, day };
            test.assertions.iter_mut().for_each(|assertion| settle(dice, &world, assertion));
        }
        tested.count_everybody();
        tested
    }

    /// The same with only those tests that hold.
    fn passing(seed: u64) -> Self {
        let mut tested = Self::new(seed);
        loop {
            let before = tested.tests.len();
            let Self { tests, everybody, known, today, .. } = &mut tested;
            tests.retain(|test| test.passes(&test.verdicts(&test.scene, everybody, known, today)));
            if tests.len() == before {
                return tested;
            }
            // Somebody whom only such a test names is gone with it.
            tested.count_everybody();
        }
    }

    fn count_everybody(&mut self) {
        let whole = self.random.whole();
        self.everybody = whole.everybody();
        self.known = whole.users.iter().map(|user| user.email.clone()).collect();
        self.known.extend(whole.groups.iter().flat_map(|group| group.members.iter().cloned()));
        for test in &self.tests {
            for assertion in &test.assertions {
                let people = assertion.people.include.iter().chain(&assertion.people.except);
                self.everybody.extend(people.filter_map(|principal| match principal {
                    Principal::User(email) => Some(email.clone()),
                    _ => None,
                }));
            }
            let given = test.given.iter().filter_map(|record| record.user());
            self.known.extend(given);
        }
        self.everybody.extend(self.known.iter().cloned());
    }

    /// Runs every stage over the project and its tests.
    fn analysis(&mut self, more: &[(&str, String)]) -> Analysis {
        let text = render::suite::tests(&mut self.dice, &self.tests);
        let mut files = self.files.clone();
        files.insert("policies/tests.admit".to_owned(), text);
        files.extend(more.iter().map(|(path, text)| ((*path).to_owned(), text.clone())));
        pipeline::analysis(&files, &[])
    }

    /// The tests of an analysed project, as admit runs them.
    fn suite<'a>(&self, analysis: &'a Analysis, checked: &'a Checked, filter: &Filter) -> Suite<'a> {
        let own: Vec<FileId> = analysis.trees.iter().map(|tree| tree.file).collect();
        let today = Date::parse(self.today).expect("a day");
        Suite::new(checked, &analysis.sources, own, filter, today, 1)
    }

    /// An error with all that is needed to understand it.
    fn told(&mut self, error: &str) -> String {
        let text = render::suite::tests(&mut self.dice, &self.tests);
        format!("project {} on {}: {error}\n{}--- tests\n{text}", self.seed, self.today, shown(&self.files))
    }

    /// The number of a test that fails in the project with other rules.
    fn failing_with(&self, change: impl Fn(&mut Project)) -> Option<usize> {
        self.tests.iter().position(|test| {
            let mut scene = test.scene.clone();
            change(&mut scene);
            !test.passes(&test.verdicts(&scene, &self.everybody, &self.known, self.today))
        })
    }
}

/// Every verdict, with how many pairs and who, is what asking the reference about each user and app says.
#[test]
fn verdicts_are_what_a_loop_over_everybody_says() {
    let seen = std::sync::Mutex::new(BTreeSet::new());
    let seeds = seeds();
    let few = (seeds.end - seeds.start) / 8;
    holds_for_each(seeds.start..seeds.start + few, |seed| {
        let words = verdicts::law(seed)?;
        seen.lock().expect("no law panics").extend(words);
        Ok(())
    });
    let seen = seen.into_inner().expect("no law panics");
    let expected = "allow-holds allow-fails deny-holds deny-fails only-holds only-fails missing too-many lacking strangers no-user \
                    no-app no-pair denies-nobody";
    let missing: Vec<&str> = expected.split_whitespace().filter(|word| !seen.contains(*word)).collect();
    assert!(missing.is_empty(), "no random project leads to {missing:?}");
}

/// A rule is decided exactly if some test fails without it; a condition's value is seen exactly if some assertion looks at such a pair.
#[test]
fn rules_are_decided_that_some_test_fails_without() {
    let decided = std::sync::atomic::AtomicUsize::new(0);
    let seeds = seeds();
    let few = (seeds.end - seeds.start) / 8;
    holds_for_each(seeds.start..seeds.start + few, |seed| {
        decided.fetch_add(coverage::law(seed)?, std::sync::atomic::Ordering::Relaxed);
        Ok(())
    });
    assert!(decided.into_inner() as u64 >= few / 4, "hardly any rule is decided, which proves nothing");
}

/// A mutant is noticed exactly if some test fails with it, equivalent exactly if no decision differs, and else is shown with a real
/// difference and a test that holds as things are and fails with it.
#[test]
fn mutants_are_noticed_by_tests_that_fail_with_them() {
    let seen = std::sync::Mutex::new(mutants::Fates::default());
    let seeds = seeds();
    let few = (seeds.end - seeds.start) / 80;
    holds_for_each(seeds.start..seeds.start + few, |seed| {
        let fates = mutants::law(seed)?;
        seen.lock().expect("no law panics").add(&fates);
        Ok(())
    });
    let seen = seen.into_inner().expect("no law panics");
    assert!(seen.are_all_seen(), "{seen:?}");
}
