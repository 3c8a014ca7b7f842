//! Which changes of the policy the tests would let pass.
//!
//! Each mutant is the project's model with one thing about one rule changed, the kind of thing that goes wrong in a review. The tests are
//! run over it; the first assertion that fails notices it. A mutant that none notices is compared with the original: where some decision
//! differs, the tests have a gap, and the difference is shown with a test that would close it; where no decision of any user and app differs
//! from the day of the run on, the mutant is equivalent and nothing is missing.
//!
//! Nothing is random: the same project has the same mutants in the same order.

mod change;
mod list;
mod written;

pub use change::{Change, ChangeKind};

use super::judge::Judge;
use super::parallel::in_order;
use super::plan::Suite;
use super::scene::Scene;
use crate::census::{Difference, compare};
use crate::compile::{Room, compile_variant};
use crate::model::Model;
use crate::program::Program;
use crate::text::{RuleId, Span};
use list::Draft;

/// Which mutants are tried.
#[derive(Clone, Debug, Default)]
pub struct MutationOptions {
    /// Only changes of these kinds; empty: all.
    pub kinds: Vec<ChangeKind>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// What came of all mutants.
#[derive(Clone, Debug)]
pub struct Mutants {
    /// Every mutant that was tried, in the order of its rule and then of kinds.
    pub tried: Vec<Mutant>,
    /// How many were left out by [`MutationOptions::limit`].
    pub left_out: usize,
}

/// One changed rule.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// The rule.
    pub rule: RuleId,
    /// What is changed.
    pub change: Change,
    /// What came of it.
    pub fate: Fate,
}

/// What came of a mutant.
#[derive(Clone, Debug)]
pub enum Fate {
    /// A test notices it: its number among those that were run.
    Noticed(usize),
    /// No test does, though a decision differs.
    Missed(Box<Changed>),
    /// No decision differs.
    Equivalent,
}

/// A decision that a mutant changes.
#[derive(Clone, Debug)]
pub struct Changed {
    /// Whose, about what, from which day on, and how.
    pub difference: Difference,
    /// A test that passes as things are and fails with the mutant.
    pub test: String,
}

impl Mutants {
    /// The mutants that no test notices.
    pub fn missed(&self) -> impl Iterator<Item = (&Mutant, &Changed)> {
        self.tried.iter().filter_map(|mutant| match &mutant.fate {
            Fate::Missed(changed) => Some((mutant, &**changed)),
            Fate::Noticed(_) | Fate::Equivalent => None,
        })
    }

    /// How many some test notices.
    pub fn noticed(&self) -> usize {
        self.tried.iter().filter(|mutant| matches!(mutant.fate, Fate::Noticed(_))).count()
    }

    /// How many change no decision.
    pub fn equivalent(&self) -> usize {
        self.tried.iter().filter(|mutant| matches!(mutant.fate, Fate::Equivalent)).count()
    }
}

impl Mutant {
    /// Where the change is.
    pub fn span(&self) -> Span {
        self.change.span
    }
}

/// Tries every mutant.
pub(super) fn run(suite: &Suite<'_>, options: &MutationOptions) -> Mutants {
    let mut drafts: Vec<Draft> =
        suite.own_rules().flat_map(|(id, rule)| list::of_rule(suite, id, rule)).collect();
    let wanted = |draft: &Draft| options.kinds.is_empty() || options.kinds.contains(&draft.change.kind);
    drafts.retain(wanted);
    let left_out = drafts.len().saturating_sub(options.limit.unwrap_or(usize::MAX));
    drafts.truncate(drafts.len() - left_out);
    let original = compile_variant(suite.model, suite.sources, Room::of(suite.model));
    let fates = in_order(drafts.len(), suite.workers, |number| {
        drafts.get(number).map_or(Fate::Equivalent, |draft| fate(suite, draft, &original))
    });
    let tried = drafts.into_iter().zip(fates);
    let tried = tried.map(|(draft, fate)| Mutant { rule: draft.rule, change: draft.change, fate }).collect();
    Mutants { tried, left_out }
}

fn fate(suite: &Suite<'_>, draft: &Draft, original: &Program) -> Fate {
    let mut model = suite.model.clone();
    draft.apply(&mut model);
    if let Some(test) = noticed(suite, &model) {
        return Fate::Noticed(test);
    }
    let changed = compile_variant(&model, suite.sources, Room::of(&model));
    match compare(original, &changed, suite.today) {
        None => Fate::Equivalent,
        Some(difference) => {
            let test = written::test(suite, draft, &difference);
            Fate::Missed(Box::new(Changed { difference, test }))
        }
    }
}

/// The first test that fails over the changed model.
fn noticed(suite: &Suite<'_>, model: &Model) -> Option<usize> {
    suite.settings.iter().find_map(|setting| {
        let scene = Scene::of(model, setting, suite.sources);
        let mut judge = Judge::new(&scene);
        let fails = setting.tests.iter().find(|placed| !placed.asks.iter().all(|ask| judge.holds(ask)));
        fails.map(|placed| placed.number)
    })
}
