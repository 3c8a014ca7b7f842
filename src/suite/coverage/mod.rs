//! Which rules and conditions the tests decide.
//!
//! Only tests that pass count: one that fails says nothing about what would make it fail.
//!
//! **A rule is decided** if some test fails when it is taken out: an `allow`, `deny` or `only` sees another outcome of a pair that it is
//! about, a `deny` that has `with` sees a reason go, or people are selected, or not, by a role that a grant gives. So a rule that merely
//! selects the pair, or that another rule backs up, is not decided, and taking it out goes unnoticed. (This is also what `--mutate` does
//! when it removes rules; coverage needs no new program for it.)
//!
//! **A condition's value is seen** if an assertion is about a pair that its rule, in force, selects, and for which the condition has that
//! value; so for each test in it, where there are several. (A withhold is about apps that require a scope which it takes.)
//!
//! No run takes for ever: what it looks at is counted in [`steps`], and where they do not suffice, the coverage is not
//! [complete](Coverage::is_complete).

mod conditions;
mod rules;
mod steps;

use super::outcome::TestResult;
use super::plan::Suite;
use super::scene::Scene;
use crate::text::{Id, RuleId, Span};
use conditions::Conditions;
use rules::Rules;
use steps::Steps;

/// What the tests decide of the project's own rules, in the order of files and then of text.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// Every rule and exemption.
    pub rules: Vec<RuleCoverage>,
    /// The condition of each rule that has one.
    pub conditions: Vec<ConditionCoverage>,
    /// Whether everything was looked at that the tests look at. If not, what seems not to be decided or seen may well be.
    pub is_complete: bool,
}

/// Whether a test decides a rule.
#[derive(Clone, Debug)]
pub struct RuleCoverage {
    /// The rule.
    pub rule: RuleId,
    /// All of it.
    pub span: Span,
    /// Its tight region.
    pub head: Span,
    /// What fails first without it; `None`: no test decides it.
    pub by: Option<Decider>,
}

/// What fails when a rule is taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decider {
    /// The number of the test among those that were run.
    pub test: usize,
    /// The user of whom it sees something else; for a grant whoever lacks the role then.
    pub user: String,
    /// The app of which it does; `None`: it is a grant, which may matter to all of them.
    pub app: Option<String>,
}

/// Which values a condition had.
#[derive(Clone, Debug)]
pub struct ConditionCoverage {
    /// Whose condition it is.
    pub rule: RuleId,
    /// All of it.
    pub span: Span,
    /// The values of all of it.
    pub seen: Seen,
    /// The tests in it, in order.
    pub tests: Vec<TestCoverage>,
}

/// Which values one test of a condition had.
#[derive(Clone, Copy, Debug)]
pub struct TestCoverage {
    /// The test.
    pub span: Span,
    /// Its values.
    pub seen: Seen,
}

/// Which values came up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// It was true.
    pub held: bool,
    /// It was false or unknown.
    pub failed: bool,
}

impl Seen {
    /// How many of the two.
    pub fn count(self) -> usize {
        usize::from(self.held) + usize::from(self.failed)
    }

    fn add(&mut self, value: Option<bool>) {
        if value == Some(true) {
            self.held = true;
        } else {
            self.failed = true;
        }
    }
}

impl Coverage {
    /// How many rules some test decides.
    pub fn decided(&self) -> usize {
        self.rules.iter().filter(|rule| rule.by.is_some()).count()
    }

    /// How many values of conditions and their tests came up, and how many there are. A condition of one test counts once.
    pub fn values(&self) -> (usize, usize) {
        let counted = self.conditions.iter().flat_map(ConditionCoverage::parts);
        counted.fold((0, 0), |(seen, all), part| (seen + part.seen.count(), all + 2))
    }
}

impl ConditionCoverage {
    /// What can be true or not: all of it, and each test where it has several.
    pub fn parts(&self) -> impl Iterator<Item = TestCoverage> + '_ {
        let whole = TestCoverage { span: self.span, seen: self.seen };
        let tests = if self.tests.len() > 1 { self.tests.as_slice() } else { &[] };
        std::iter::once(whole).chain(tests.iter().copied())
    }
}

/// Measures what the tests decide that have passed.
pub(super) fn measure(suite: &Suite<'_>, results: &[TestResult<'_>]) -> Coverage {
    measured(suite, results, Steps::default())
}

/// … with so many steps for each part of the work.
pub(super) fn measure_within(suite: &Suite<'_>, results: &[TestResult<'_>], steps: u64) -> Coverage {
    measured(suite, results, Steps::of_each(steps))
}

fn measured(suite: &Suite<'_>, results: &[TestResult<'_>], mut steps: Steps) -> Coverage {
    let passed: Vec<bool> = results.iter().map(TestResult::passed).collect();
    let own: Vec<RuleId> = suite.own_rules().map(|(id, _)| id).collect();
    let mut rules = Rules::new(suite.model.rules.len(), &own);
    let mut conditions = Conditions::new(suite.model, &own);
    for setting in &suite.settings {
        if rules.is_done() && conditions.is_done() {
            break;
        }
        if !steps.compile(suite.model) {
            continue;
        }
        let scene = Scene::of(suite.model, setting, suite.sources);
        rules.look(suite, &scene, &passed, &mut conditions, &mut steps);
    }
    let covered = |&id: &RuleId| {
        let rule = suite.model.rules.get(id)?;
        let by = rules.decider(id).cloned();
        Some(RuleCoverage { rule: id, span: rule.span, head: rule.head, by })
    };
    Coverage {
        rules: own.iter().filter_map(covered).collect(),
        conditions: conditions.finish(),
        is_complete: steps.sufficed(),
    }
}

/// A set of rules by their numbers.
fn flags(count: usize, set: &[RuleId]) -> Vec<bool> {
    let mut flags = vec![false; count];
    for rule in set {
        if let Some(flag) = flags.get_mut(rule.index()) {
            *flag = true;
        }
    }
    flags
}
