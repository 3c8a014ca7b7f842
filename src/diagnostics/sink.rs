//! Where stages put their findings.

use crate::diagnostics::{Diagnostic, Severity};

/// The findings of one run. Stages take it as their last argument and only add to it.
#[derive(Debug, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
}

impl Sink {
    /// A sink without findings.
    pub fn new() -> Self {
        Self::default()
    }
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }
    /// Adds all findings of another sink.
    pub fn append(&mut self, mut other: Self) {
        self.found.append(&mut other.found);
    }
    /// Whether any finding is an error so far.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
    /// The findings so far, in the order they were added.
    pub fn found(&self) -> &[Diagnostic] {
        &self.found
    }
    /// The findings in the fixed order: file, start, code, message; the same finding twice counts once.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(|a, b| {
            let key = |d: &Diagnostic| (d.primary.span.file, d.primary.span.start, d.code.name);
            key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
        });
        self.found.dedup();
        self.found
    }
}
