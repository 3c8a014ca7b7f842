//! Layer 3: what a program says about everybody at once. Exact: every figure is what [`Evaluator`](crate::eval::Evaluator) would answer
//! for each user and each app, one by one; nothing is sampled or guessed.

mod classes;
mod compare;
mod days;

pub use compare::{Difference, compare};
