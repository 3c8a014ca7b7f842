//! Findings on GitHub: [`annotations`] in the log of a job, which show beside the lines of a pull request, and a [`summary`] of the step.

mod annotations;
mod summary;

pub use annotations::{MOST_ANNOTATIONS, annotation, annotations, at};
pub use summary::{inline, summary};
