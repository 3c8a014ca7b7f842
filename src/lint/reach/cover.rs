//! Few rules that answer for everything.

use std::cmp::Reverse;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashSet;

use super::{NAMED, Reach};
use crate::census::Census;
use crate::diagnostics::Diagnostic;
use crate::text::{AppId, RuleId};

/// How many different lists of candidates are told apart.
const LISTS: usize = 4096;

/// An app of which some people are to be answered for.
pub(super) struct Group {
    pub(super) app: AppId,
    /// Rules that answer for all of them.
    pub(super) everywhere: Vec<RuleId>,
    /// Rules each of which answers for some of them.
    pub(super) candidates: Vec<RuleId>,
}

/// Rules of which at least one answers for everybody in each group for whom one does, and none of them needless. `people` are those of a
/// group, and `answered` those for whom a candidate answers. `None`: there is too much to look at.
pub(super) fn covering(
    census: &Census<'_>,
    groups: &[Group],
    people: impl Fn(AppId) -> Option<FixedBitSet>,
    answered: impl Fn(AppId, RuleId) -> Option<FixedBitSet>,
) -> Option<Vec<RuleId>> {
    // First enough rules, those for many before those for few, and then only among them those that are not needless.
    let mut enough: FxHashSet<RuleId> = FxHashSet::default();
    for group in groups.iter().filter(|group| group.everywhere.is_empty()) {
        let mut left = people(group.app)?;
        let mut candidates = group.candidates.clone();
        candidates.sort_by_cached_key(|rule| (!enough.contains(rule), Reverse(census.breadth(*rule))));
        for rule in candidates {
            if left.is_clear() {
                break;
            }
            let of_rule = answered(group.app, rule)?;
            if !left.is_disjoint(&of_rule) {
                left.difference_with(&of_rule);
                enough.insert(rule);
            }
        }
    }
    let mut cover = Cover::default();
    for group in groups {
        let people = people(group.app)?;
        let mut candidates = group.candidates.clone();
        candidates.retain(|rule| enough.contains(rule));
        // Of each of the people a bit for each rule.
        let (count, words) = (people.count_ones(..), candidates.len().div_ceil(64).max(1));
        if !census.spend(count * (words + candidates.len()) / 8 + 1) {
            return None;
        }
        let mut bits = vec![0_u64; count * words];
        for (number, &rule) in candidates.iter().enumerate() {
            let of_rule = answered(group.app, rule)?;
            for (user, row) in people.ones().zip(bits.chunks_exact_mut(words)) {
                if of_rule.contains(user)
                    && let Some(word) = row.get_mut(number / 64)
                {
                    *word |= 1 << (number % 64);
                }
            }
        }
        let mut seen = FxHashSet::default();
        for row in bits.chunks_exact(words).filter(|row| seen.insert(*row)) {
            let is_in =
                |number: usize| row.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1);
            let of_case = candidates.iter().enumerate().filter(|(number, _)| is_in(*number));
            cover.add(group.everywhere.iter().copied().chain(of_case.map(|(_, &rule)| rule)).collect());
        }
    }
    Some(cover.fewest())
}

/// A finding that points at rules which together answer for everything: what one says that does so alone, what each says of several, and
/// what those do that it does not point at.
pub(super) fn pointing_at(
    reach: &Reach<'_, '_>,
    found: Diagnostic,
    rules: &[RuleId],
    [alone, each, rest]: [&str; 3],
) -> Diagnostic {
    let text = if rules.len() == 1 { alone } else { each };
    let (named, more) = rules.split_at(rules.len().min(NAMED));
    let place = |&rule: &RuleId| reach.context.model.rules.at(rule).head;
    let found = named.iter().map(place).fold(found, |found, place| found.related(place, text));
    if more.is_empty() { found } else { found.label(format!("{} more {rest}", more.len())) }
}

/// Takes in the candidates of each case: the rules of which any one answers for it.
#[derive(Default)]
pub(super) struct Cover {
    lists: FxHashSet<Vec<RuleId>>,
}

impl Cover {
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
