//! Layer 7: policy tests. Runs the `test` items of a project ([`Suite::run`]), says which rules and conditions they decide
//! ([`Suite::coverage`]), which changes of the policy they would let pass ([`Suite::mutants`]), and which of them lack a day ([`lint`]).
//!
//! A test is judged on a [`Scene`](scene::Scene): the project with the test's `given` laid over it, compiled together with its assertions
//! as rules that select and do nothing. Tests with the same `given` share a scene. Users that nothing tells apart are asked about once,
//! and so are apps, so that a guardrail over everybody costs what the distinct cases cost; what comes out is what asking about each pair
//! would say.
//!
//! No clock, no output: whoever runs it measures and prints.

mod classes;
mod coverage;
mod judge;
mod mutate;
mod outcome;
mod parallel;
mod plan;
mod scene;
mod undated;
mod view;

pub use coverage::{ConditionCoverage, Coverage, Decider, RuleCoverage, Seen, TestCoverage};
pub use mutate::{Change, ChangeKind, Changed, Fate, Mutant, Mutants, MutationOptions};
pub use outcome::{AppNames, AssertionResult, Failure, Nothing, TestResult};
pub use plan::{Clock, Filter, Suite};
pub use undated::{UNDATED_TEST, lint};

use crate::diagnostics::Code;

/// Every code this module raises.
pub static CODES: &[&Code] = &[&UNDATED_TEST];
