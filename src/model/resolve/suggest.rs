//! "did you mean", within a budget: a million names and thousands of typos must not make a run hang.

use std::cell::Cell;

use crate::diagnostics::nearest;

/// How many names a whole run may still compare.
pub(super) struct Budget {
    left: Cell<usize>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { left: Cell::new(8_000_000) }
    }
}

impl Budget {
    /// "did you mean `x`?" for the nearest of `count` candidates, while the budget lasts.
    pub(super) fn did_you_mean<'c>(
        &self,
        name: &str,
        count: usize,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<String> {
        self.nearest(name, count, candidates).map(|near| format!("did you mean `{near}`?"))
    }

    /// The nearest of `count` candidates, while the budget lasts.
    pub(super) fn nearest<'c>(
        &self,
        name: &str,
        count: usize,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<&'c str> {
        self.left.set(self.left.get().checked_sub(count)?);
        nearest(name, candidates)
    }
}
