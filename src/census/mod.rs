//! Layer 3: what a program says about everybody at once. Exact: every figure is what [`Evaluator`](crate::eval::Evaluator) would answer
//! for each user and each app, one by one; nothing is sampled or guessed.

mod approvals;
#[expect(clippy::module_inception, reason = "one thing a file, and the thing is the census")]
mod census;
mod classes;
mod compare;
mod days;
mod fitting;
mod kinds;
mod pairs;
mod roster;
mod sets;
mod stopped;

pub(crate) use census::Census;
pub(crate) use classes::{Key, Looks};
pub use compare::{Difference, compare};
pub(crate) use compare::{TooMany, compare_within};
pub(crate) use days::{looks_at_today, turning_points_about};
pub(crate) use fitting::Known;
pub(crate) use pairs::{LooksAt, tests};
pub(crate) use roster::{Roster, common, meet};
pub(crate) use sets::Crowd;
