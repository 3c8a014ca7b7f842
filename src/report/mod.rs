//! Layer 2: findings and decisions for people and for programs. The only place that knows miette.
//!
//! | form | for | findings | decisions |
//! | --- | --- | --- | --- |
//! | human | a person at a terminal | [`Human::finding`] | [`Human::decision`] |
//! | plain | screen readers and grep: one fact a line, no colour, no drawing | [`plain::finding`] | [`plain::decision`] |
//! | JSON | programs | [`json::Findings`] | the decision's own `Serialize` |
//!
//! [`junit`] is the form of test dashboards, for findings and tests alike.
//!
//! Everything here turns data into text; nothing opens a file, and nothing looks at the terminal: [`Look`] says how to draw.

mod decision;
mod human;
pub mod json;
pub mod junit;
mod look;
mod page;
pub mod plain;
mod snippet;
mod summary;
mod visible;
mod wrap;

pub use human::Human;
pub use look::{Look, Mark};
pub use page::page;
pub use summary::{Counts, counted};
pub use visible::visible;
