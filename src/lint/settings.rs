//! What `admit.yaml` says to lints.

use super::Term;
use crate::text::Length;

/// What `admit.yaml` says to lints, besides their levels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How long before its end something is said to end soon.
    pub expiry_window: Length,
    /// What rules that let apps in must have.
    pub terms: Vec<Term>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { expiry_window: Length::days(30), terms: Vec::new() }
    }
}
