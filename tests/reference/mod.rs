//! The meaning of a policy once more, written straight from the language's specification and as slowly as that is: string sets and loops
//! over plain data. It shares no code with the evaluator, which is held to it on random projects.

mod cases;
pub mod condition;
pub mod decision;
pub mod explain;
mod grounds;
pub mod judge;
mod next_steps;
pub mod project;
mod scopes;
pub mod selection;
pub mod truth;
