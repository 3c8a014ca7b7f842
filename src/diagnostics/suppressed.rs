//! A finding that an exception silences.

use crate::diagnostics::Diagnostic;
use crate::text::{Date, Span};

/// A finding that a comment `# admit: allow CODE … because "…"` silences: it is no longer reported, but registers and machines know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// What was found, at the severity it would have.
    pub finding: Diagnostic,
    /// The comment.
    pub comment: Span,
    /// Why it is allowed; never empty.
    pub because: String,
    /// The last day on which it is.
    pub until: Option<Date>,
}
