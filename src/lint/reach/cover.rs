//! The fewest rules that answer for everything.

use rustc_hash::FxHashSet;

use crate::census::Census;
use crate::text::{RuleId, UserId};

/// How many different lists of candidates are told apart.
const LISTS: usize = 4096;

/// Takes in the candidates of each case: the rules of which any one answers for it.
#[derive(Default)]
pub(super) struct Cover {
    lists: FxHashSet<Vec<RuleId>>,
}

impl Cover {
    /// Adds a case for each of these sorted people: the rules among whose people, who are some of these, they are. `None`: there is too much to look at.
    pub(super) fn add_all(
        &mut self,
        census: &Census<'_>,
        people: &[UserId],
        rules: impl Iterator<Item = (RuleId, Option<Vec<UserId>>)>,
    ) -> Option<()> {
        let mut candidates = vec![Vec::new(); people.len()];
        for (rule, theirs) in rules {
            let theirs = theirs?;
            // What is kept takes room as well as time.
            if !census.spend(theirs.len() * 2) {
                return None;
            }
            for user in &theirs {
                let at = people.binary_search(user).ok();
                if let Some(candidates) = at.and_then(|at| candidates.get_mut(at)) {
                    candidates.push(rule);
                }
            }
        }
        candidates.into_iter().for_each(|candidates| self.add(candidates));
        Some(())
    }

    /// Adds a case. Beyond so many different ones the rest are left out, and the rules found may then answer for a part only.
    pub(super) fn add(&mut self, mut candidates: Vec<RuleId>) {
        candidates.sort_unstable();
        candidates.dedup();
        if self.lists.len() < LISTS {
            self.lists.insert(candidates);
        }
    }

    /// Rules of which at least one is among the candidates of every case: as few as taking them in order gives, and none of them needless.
    pub(super) fn fewest(self) -> Vec<RuleId> {
        let mut lists: Vec<Vec<RuleId>> = self.lists.into_iter().collect();
        // Those without a choice come first.
        lists.sort_unstable_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
        let mut chosen: Vec<RuleId> = Vec::new();
        for candidates in &lists {
            if !candidates.iter().any(|one| chosen.contains(one)) {
                chosen.extend(candidates.first());
            }
        }
        let mut at = 0;
        while let Some(&one) = chosen.get(at).filter(|_| chosen.len() <= 64) {
            let others = |other: &RuleId| *other != one && chosen.contains(other);
            if lists.iter().all(|candidates| candidates.is_empty() || candidates.iter().any(others)) {
                chosen.remove(at);
            } else {
                at += 1;
            }
        }
        chosen.sort_unstable();
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Id;

    #[test]
    fn no_rule_is_named_needlessly() {
        let of = |cases: &[&[usize]]| {
            let mut cover = Cover::default();
            for case in cases {
                cover.add(case.iter().map(|&rule| RuleId::from_index(rule)).collect());
            }
            cover.fewest().into_iter().map(Id::index).collect::<Vec<_>>()
        };
        assert_eq!(of(&[&[1, 2], &[2]]), [2]);
        assert_eq!(of(&[&[1], &[2, 1], &[3]]), [1, 3]);
        assert_eq!(of(&[&[1, 2], &[2, 3], &[1, 3], &[2, 4]]), [1, 2]);
        assert_eq!(of(&[]), [] as [usize; 0]);
    }
}
