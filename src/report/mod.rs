//! Layer 2: findings and decisions for people and for programs. The only place that knows miette.
//!
//! | form | for | findings | decisions |
//! | --- | --- | --- | --- |
//! | human | a person at a terminal | [`Human::finding`] | [`Human::decision`] |
//! | plain | screen readers and grep: one fact a line, no colour, no drawing | [`plain::finding`] | [`plain::decision`] |
//! | JSON | programs | [`json::Findings`] | the decision's own `Serialize` |
//!
//! Machines that look at a whole repository get [`Results`]: [`sarif`], [`github`], [`gitlab`] and [`junit`], the last for tests too. They know
//! files as seen from the repository's root, and a finding again by its [`fingerprints`].
//!
//! Everything here turns data into text; nothing opens a file, and nothing looks at the terminal: [`Look`] says how to draw.

mod decision;
mod fingerprint;
pub mod github;
pub mod gitlab;
mod human;
pub mod json;
pub mod junit;
mod look;
mod page;
pub mod plain;
mod region;
mod results;
pub mod sarif;
mod schemas;
mod snippet;
mod summary;
mod uri;
mod visible;
mod wrap;

pub use fingerprint::{Fingerprint, fingerprints};
pub use human::Human;
pub use look::{Look, Mark};
pub use page::page;
pub use results::{Results, foremost, seen_from_root};
pub use schemas::{SCHEMAS, Schema};
pub use summary::{Counts, counted};
pub use visible::{one_line, visible};
