//! Which changes of the policy the tests would let pass.
//!
//! Each mutant is the project's model with one thing about one rule changed, the kind of thing that goes wrong in a review. The tests are
//! run over it; the first assertion that fails notices it. A mutant that none notices is compared with the original: where some decision
//! differs, the tests have a gap, and the difference is shown with a test that would close it; where no decision of any user and app differs
//! from the day of the run on, the mutant is equivalent and nothing is missing.
//!
//! All mutants of a setting share one program, in which each changed rule stands beside its original and is out of force until it is tried
//! (grants aside, which change who has which role). Only what a changed rule selects is asked about again: of nothing else can an answer
//! change.
//!
//! Nothing is random: the same project has the same mutants in the same order, and on every machine the same ones are left out.

mod change;
mod differing;
mod list;
mod tried;
mod variants;
mod written;

pub use change::{Change, ChangeKind};

use super::plan::Suite;
use super::scene::Ask;
use crate::census::Difference;
use crate::text::{RuleId, Span};
use list::Draft;

/// Which mutants are tried.
#[derive(Clone, Debug, Default)]
pub struct MutationOptions {
    /// Only changes of these kinds; empty: all.
    pub kinds: Vec<ChangeKind>,
    /// At most so many, from all over the project; `None`: as many as can be tried in reasonable time.
    pub limit: Option<usize>,
}

/// What came of all mutants.
#[derive(Clone, Debug)]
pub struct Mutants {
    /// Every mutant that was tried, in the order of its rule and then of kinds.
    pub tried: Vec<Mutant>,
    /// How many were left out.
    pub left_out: usize,
    /// Whether [`MutationOptions::limit`] asked for that; else the project is too large to try all of them.
    pub is_limited: bool,
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
    /// No test does, and too much would have to be compared to say whether a decision differs: nothing is claimed.
    Unjudged,
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
            Fate::Noticed(_) | Fate::Equivalent | Fate::Unjudged => None,
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

    /// Of how many it is not known whether they do.
    pub fn unjudged(&self) -> usize {
        self.tried.iter().filter(|mutant| matches!(mutant.fate, Fate::Unjudged)).count()
    }
}

impl Mutant {
    /// Where the change is.
    pub fn span(&self) -> Span {
        self.change.span
    }
}

/// So many users and apps are looked at to find what mutants may touch, if nobody asks for more.
const STEPS: u64 = 300_000_000;

/// So many pairs are asked about, of what tests look at for each mutant and again of what else it touches.
const COMPARED: u64 = 200_000_000;

/// A comparison that is worth anything has at least so many.
const LEAST_STEPS: u64 = 20_000;

/// Tries every mutant, or as many as there are steps for.
pub(super) fn run(suite: &Suite<'_>, options: &MutationOptions) -> Mutants {
    let mut drafts: Vec<Draft> =
        suite.own_rules().flat_map(|(id, rule)| list::of_rule(suite, id, rule)).collect();
    let wanted = |draft: &Draft| options.kinds.is_empty() || options.kinds.contains(&draft.change.kind);
    drafts.retain(wanted);
    let all = drafts.len();
    let drafts = spread(drafts, options.limit.unwrap_or_else(|| affordable(suite, all)));
    let steps = (COMPARED / (drafts.len() as u64).max(1)).max(LEAST_STEPS);
    let fates = tried::fates(suite, &drafts, steps);
    let left_out = all - drafts.len();
    let tried = drafts.into_iter().zip(fates);
    let tried = tried.map(|(draft, fate)| Mutant { rule: draft.rule, change: draft.change, fate }).collect();
    Mutants { tried, left_out, is_limited: options.limit.is_some() }
}

/// How many of so many mutants there are steps for, the looking at what each may touch alone.
fn affordable(suite: &Suite<'_>, all: usize) -> usize {
    let everything = (suite.model.users.len() + suite.model.apps.len()) as u64;
    let of_ask = |ask: &Ask<'_>| {
        if ask.names_users() { ask.assertion.people.include.len() as u64 } else { everything }
    };
    let asks = suite.settings.iter().flat_map(|setting| setting.asks());
    let each = everything + asks.map(of_ask).sum::<u64>();
    let many = STEPS / each.max(1);
    usize::try_from(many).unwrap_or(usize::MAX).clamp(1, all.max(1))
}

/// So many of the drafts, from all over the project.
fn spread(drafts: Vec<Draft>, most: usize) -> Vec<Draft> {
    let all = drafts.len();
    if most >= all {
        return drafts;
    }
    // The n-th is taken where the share of those taken falls behind.
    let taken = |number: usize| (number as u128 * most as u128) / all as u128;
    let drafts = drafts.into_iter().enumerate();
    drafts.filter(|&(number, _)| taken(number + 1) > taken(number)).map(|(_, draft)| draft).collect()
}
