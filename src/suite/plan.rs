//! Which tests there are, and which of them share a scene.

use std::collections::BTreeMap;
use std::time::Duration;

use super::outcome::TestResult;
use super::parallel::in_order;
use super::scene::{Scene, Setting};
use super::{Coverage, Mutants, MutationOptions, coverage, mutate};
use crate::check::Checked;
use crate::model::{Model, PolicyTest, Rule};
use crate::text::{Date, FileId, RuleId, SourceMap};

/// The policy tests of a project.
#[derive(Debug)]
pub struct Suite<'m> {
    pub(super) model: &'m Model,
    pub(super) sources: &'m SourceMap,
    own: Vec<FileId>,
    /// The day of tests that state none.
    pub(super) today: Date,
    /// The tests that are run, in the order of files and then of text.
    pub(super) tests: Vec<&'m PolicyTest>,
    /// How many others there are.
    left_out: usize,
    /// What tests share; each with its tests in order. Those without `given` come first.
    pub(super) settings: Vec<Setting<'m>>,
    /// How many threads work.
    pub(super) workers: usize,
}

/// How much time has passed since whenever it was started.
pub type Clock<'c> = dyn Fn() -> Duration + Sync + 'c;

/// Which tests are wanted, by name.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Any of these; empty: all.
    pub names: Vec<String>,
    /// Whether they are whole names and not parts.
    pub exact: bool,
}

impl Filter {
    /// Whether a test of this name is wanted.
    pub fn wants(&self, name: &str) -> bool {
        let fits = |wanted: &String| if self.exact { name == wanted } else { name.contains(wanted.as_str()) };
        self.names.is_empty() || self.names.iter().any(fits)
    }
}

impl<'m> Suite<'m> {
    /// The wanted tests of a project. `own` are the project's own policy files, `today` is the day of tests that state none, `workers` how many threads may work.
    pub fn new(
        checked: &'m Checked,
        sources: &'m SourceMap,
        mut own: Vec<FileId>,
        filter: &Filter,
        today: Date,
        workers: usize,
    ) -> Self {
        let all = checked.model().tests.iter();
        let wanted = |test: &&PolicyTest| filter.wants(checked.model().name(test.name));
        own.sort_unstable();
        Self { own, workers, ..Self::of(checked.model(), sources, all.filter(wanted).collect(), today) }
    }

    /// These tests, which are judged one after the other; no rule counts as the project's own.
    pub(super) fn of(
        model: &'m Model,
        sources: &'m SourceMap,
        tests: Vec<&'m PolicyTest>,
        today: Date,
    ) -> Self {
        let mut shared: BTreeMap<Vec<&str>, Vec<usize>> = BTreeMap::new();
        for (number, test) in tests.iter().enumerate() {
            // What is written decides, so that equal facts written differently only cost time.
            let given = test.given.iter().map(|entity| sources.slice(entity.span)).collect();
            shared.entry(given).or_default().push(number);
        }
        let settings =
            shared.into_values().map(|numbers| Setting::new(model, &tests, today, &numbers)).collect();
        let left_out = model.tests.len() - tests.len();
        Self { model, sources, own: Vec::new(), today, tests, left_out, settings, workers: 1 }
    }

    /// The tests that are run, in order.
    pub fn tests(&self) -> &[&'m PolicyTest] {
        &self.tests
    }

    /// The name of a test.
    pub fn name(&self, test: &PolicyTest) -> &'m str {
        self.model.name(test.name)
    }

    /// How many tests the filter leaves out.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// The day that a test is judged on.
    pub fn day(&self, test: &PolicyTest) -> Date {
        test.at.unwrap_or(self.today)
    }

    /// Runs the tests; the results stand in their order.
    pub fn run(&self) -> Vec<TestResult<'m>> {
        self.run_timed(&|| Duration::ZERO)
    }

    /// The same, with how long each took.
    pub fn run_timed(&self, clock: &Clock<'_>) -> Vec<TestResult<'m>> {
        let mut results: Vec<(usize, TestResult<'m>)> = Vec::with_capacity(self.tests.len());
        // Many tests share the first scene; the others have few each and are made side by side.
        let (first, others) = self.settings.split_at(usize::from(!self.settings.is_empty()));
        for setting in first {
            let scene = Scene::of(self.model, setting, self.sources);
            results.extend(
                in_order(setting.tests.len(), self.workers, |at| scene.result(at, clock))
                    .into_iter()
                    .flatten(),
            );
        }
        let judged = in_order(others.len(), self.workers, |number| -> Vec<(usize, TestResult<'m>)> {
            let Some(setting) = others.get(number) else { return Vec::new() };
            let scene = Scene::of(self.model, setting, self.sources);
            (0..setting.tests.len()).filter_map(|at| scene.result(at, clock)).collect()
        });
        results.extend(judged.into_iter().flatten());
        results.sort_by_key(|&(number, _)| number);
        results.into_iter().map(|(_, result)| result).collect()
    }

    /// The rules that the project states itself: what it takes from libraries and baselines is for them to test.
    pub(super) fn own_rules(&self) -> impl Iterator<Item = (RuleId, &'m Rule)> {
        self.model.rules.enumerate().filter(|(_, rule)| self.own.binary_search(&rule.span.file).is_ok())
    }

    /// Which rules and conditions the tests decide that have passed.
    pub fn coverage(&self, results: &[TestResult<'_>]) -> Coverage {
        coverage::measure(self, results)
    }

    /// … with so many steps for each part of the work: [not complete](Coverage::is_complete) where more are needed.
    pub fn coverage_within(&self, results: &[TestResult<'_>], steps: u64) -> Coverage {
        coverage::measure_within(self, results, steps)
    }

    /// Which changes of the policy the tests notice. They have to pass.
    pub fn mutants(&self, options: &MutationOptions) -> Mutants {
        mutate::run(self, options)
    }
}
