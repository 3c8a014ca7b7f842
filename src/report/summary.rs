//! How many findings there are.

use std::fmt;

use crate::diagnostics::{Diagnostic, Severity};

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Advice.
    pub advice: usize,
}

impl Counts {
    /// The counts of `findings`.
    pub fn of<'d>(findings: impl IntoIterator<Item = &'d Diagnostic>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            *match finding.severity {
                Severity::Error => &mut counts.errors,
                Severity::Warning => &mut counts.warnings,
                Severity::Advice => &mut counts.advice,
            } += 1;
        }
        counts
    }

    /// How many findings there are in all.
    pub fn all(self) -> usize {
        self.errors + self.warnings + self.advice
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            (self.errors > 0).then(|| counted(self.errors, "error")),
            (self.warnings > 0).then(|| counted(self.warnings, "warning")),
            // The plural of advice is advice.
            (self.advice > 0).then(|| format!("{} advice", self.advice)),
        ];
        let said: Vec<String> = parts.into_iter().flatten().collect();
        if said.is_empty() { f.write_str("no findings") } else { f.write_str(&said.join(", ")) }
    }
}

/// `1 error`, `2 errors`.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
