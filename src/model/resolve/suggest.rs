//! "did you mean", within a budget: a million names and thousands of typos must not make a run hang.

use std::cell::Cell;

use crate::diagnostics::{changes_allowed, nearest};
use crate::terms::written;

/// How much a whole run may still compare.
pub(super) struct Budget {
    /// Names that may still be looked at, some 20 ns each.
    looks: Cell<u32>,
    /// Names that may still be measured, up to a microsecond each.
    measures: Cell<u32>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { looks: Cell::new(64_000_000), measures: Cell::new(500_000) }
    }
}

impl Budget {
    /// "did you mean `x`?" for the nearest candidate, as it is written, while the budget lasts.
    pub(super) fn did_you_mean<'c>(
        &self,
        name: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<String> {
        self.nearest(name, candidates).map(|near| format!("did you mean `{}`?", written(near)))
    }

    /// The nearest candidate, while the budget lasts: once it is used up, nothing is near.
    pub(super) fn nearest<'c>(
        &self,
        name: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) -> Option<&'c str> {
        self.nearest_of(name, candidates.into_iter().map(Some))
    }

    /// The same over things that may be no candidates; to look at those costs too.
    pub(super) fn nearest_of<'c>(
        &self,
        name: &str,
        candidates: impl IntoIterator<Item = Option<&'c str>>,
    ) -> Option<&'c str> {
        if self.measures.get() == 0 {
            return None;
        }
        let letters = letters(name);
        let plausible = candidates
            .into_iter()
            .take_while(|_| spend(&self.looks))
            .flatten()
            .filter(|candidate| is_plausible(name, letters, candidate))
            .take_while(|_| spend(&self.measures));
        let near = nearest(name, plausible);
        // Of a list that was not seen to its end the nearest is not known.
        near.filter(|_| self.looks.get() > 0 && self.measures.get() > 0)
    }
}

fn spend(left: &Cell<u32>) -> bool {
    let rest = left.get().saturating_sub(1);
    left.set(rest);
    rest > 0
}

/// Whether a candidate can be near at all: of similar length and letters. It is near when a third of the letters are changed at most,
/// and one change takes away and adds one kind of letter at most.
fn is_plausible(name: &str, of_name: u64, candidate: &str) -> bool {
    let allowed = changes_allowed(name, candidate);
    name.len().abs_diff(candidate.len()) <= allowed
        && (of_name ^ letters(candidate)).count_ones() as usize <= 2 * allowed
}

/// A bit for each kind of letter, case ignored.
fn letters(text: &str) -> u64 {
    text.bytes().fold(0, |seen, byte| seen | 1 << (byte.to_ascii_lowercase() & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_plausible() {
        let words = ["approve", "block", "withhold", "Überall", "user-0000123", "a", "b", "AB", "ba"];
        let budget = Budget::default();
        for name in ["aprove", "Blok", "witholdd", "überal", "user-0000132", "c", "zebra-crossing", "ab"] {
            assert_eq!(budget.nearest(name, words), nearest(name, words), "{name}");
        }
    }

    #[test]
    fn a_spent_budget_says_nothing() {
        let budget = Budget { looks: Cell::new(3), measures: Cell::new(9) };
        assert_eq!(budget.nearest("blok", ["approve", "block"]), Some("block"));
        assert_eq!(budget.nearest("blok", ["approve", "block"]), None);
    }
}
