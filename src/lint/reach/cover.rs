//! Few rules that answer for everything.

use std::borrow::Cow;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashSet;

use super::{NAMED, Reach};
use crate::census::Census;
use crate::diagnostics::Diagnostic;
use crate::text::RuleId;

/// How many different lists of candidates are told apart.
const LISTS: usize = 4096;

/// People, or apps, that are to be answered for.
pub(super) struct Group<T> {
    /// What they are asked for by.
    pub(super) of: T,
    /// Rules that answer for all of them.
    pub(super) everywhere: Vec<RuleId>,
    /// Rules each of which may answer for some of them, those for the most first.
    pub(super) candidates: Vec<RuleId>,
}

/// Rules of which at least one answers for everybody in each group for whom one does, and none of them needless. `members` are those of a
/// group, and `answered` those for whom a candidate answers. `None`: there is too much to look at.
pub(super) fn covering<'s, T: Copy>(
    census: &Census<'_>,
    groups: &[Group<T>],
    members: impl Fn(T) -> Option<Cow<'s, FixedBitSet>>,
    answered: impl Fn(T, RuleId) -> Option<Cow<'s, FixedBitSet>>,
) -> Option<Vec<RuleId>> {
    let asked = Asked { census, groups, members, answered };
    let chosen = asked.enough()?;
    let mut needed = asked.needed(&chosen)?;
    if needed.len() < chosen.len() {
        let others = chosen.into_iter().filter(|rule| !needed.contains(rule)).collect();
        let rest = asked.rest(&needed, &others)?;
        needed.extend(rest.fewest());
    }
    let mut covering: Vec<RuleId> = needed.into_iter().collect();
    covering.sort_unstable();
    Some(covering)
}

/// What is to be answered for, and by what.
struct Asked<'a, 'r, T, M, A> {
    census: &'a Census<'r>,
    groups: &'a [Group<T>],
    members: M,
    answered: A,
}

impl<'s, T, M, A> Asked<'_, '_, T, M, A>
where
    T: Copy,
    M: Fn(T) -> Option<Cow<'s, FixedBitSet>>,
    A: Fn(T, RuleId) -> Option<Cow<'s, FixedBitSet>>,
{
    /// Rules that are enough: those for many before those for few, and none that answers for nobody for whom none before it does.
    fn enough(&self) -> Option<FxHashSet<RuleId>> {
        let mut chosen: FxHashSet<RuleId> = FxHashSet::default();
        // Groups without a choice come first.
        let mut groups: Vec<&Group<T>> = self.groups.iter().collect();
        groups.sort_by_key(|group| (group.everywhere.is_empty(), group.everywhere.len()));
        for group in groups {
            if let Some(&first) = group.everywhere.first() {
                if !group.everywhere.iter().any(|rule| chosen.contains(rule)) {
                    chosen.insert(first);
                }
                continue;
            }
            let mut left = (self.members)(group.of)?.into_owned();
            let mut candidates = group.candidates.clone();
            candidates.sort_by_key(|rule| !chosen.contains(rule));
            for rule in candidates {
                if left.is_clear() {
                    break;
                }
                let of_rule = (self.answered)(group.of, rule)?;
                if !left.is_disjoint(&of_rule) {
                    left.difference_with(&of_rule);
                    chosen.insert(rule);
                }
            }
        }
        Some(chosen)
    }

    /// Those of the rules that alone of them answer for somebody.
    fn needed(&self, rules: &FxHashSet<RuleId>) -> Option<FxHashSet<RuleId>> {
        if rules.len() < 2 {
            return Some(rules.clone());
        }
        let mut needed = FxHashSet::default();
        for group in self.groups {
            let members = (self.members)(group.of)?;
            let mut one = FixedBitSet::with_capacity(members.len());
            let mut several = one.clone();
            for rule in group.among(rules) {
                let of_rule = self.answered_by(rule, group, &members)?;
                let words = several.as_mut_slice().iter_mut().zip(one.as_mut_slice());
                words.zip(of_rule.as_slice()).for_each(|((several, one), of_rule)| {
                    *several |= *one & of_rule;
                    *one |= of_rule;
                });
            }
            // Those for whom no two of them answer.
            let mut alone = members.clone().into_owned();
            alone.difference_with(&several);
            for rule in group.among(rules).filter(|rule| !needed.contains(rule)).collect::<Vec<_>>() {
                if !self.answered_by(rule, group, &members)?.is_disjoint(&alone) {
                    needed.insert(rule);
                }
            }
        }
        Some(needed)
    }

    /// What is left to the other rules by those that are needed.
    fn rest(&self, needed: &FxHashSet<RuleId>, others: &FxHashSet<RuleId>) -> Option<Cover> {
        let mut rest = Cover::default();
        for group in self.groups {
            let mut left = (self.members)(group.of)?.into_owned();
            for rule in group.among(needed) {
                if group.everywhere.contains(&rule) {
                    left.clear();
                } else {
                    left.difference_with(&*(self.answered)(group.of, rule)?);
                }
            }
            if left.is_clear() {
                continue;
            }
            let count = left.count_ones(..);
            if !self.census.spend(count * group.among(others).count() / 8) {
                return None;
            }
            let mut of_each: Vec<Vec<RuleId>> = vec![Vec::new(); count];
            for rule in group.among(others) {
                let of_rule = self.answered_by(rule, group, &left)?;
                let answered = left.ones().zip(&mut of_each).filter(|(member, _)| of_rule.contains(*member));
                answered.for_each(|(_, rules)| rules.push(rule));
            }
            of_each.into_iter().for_each(|rules| rest.add(rules));
        }
        Some(rest)
    }

    /// For whom the rule answers: those of the members, and maybe others.
    fn answered_by<'m>(
        &self,
        rule: RuleId,
        group: &Group<T>,
        members: &'m FixedBitSet,
    ) -> Option<Cow<'m, FixedBitSet>>
    where
        's: 'm,
    {
        if group.everywhere.contains(&rule) {
            Some(Cow::Borrowed(members))
        } else {
            (self.answered)(group.of, rule)
        }
    }
}

impl<T> Group<T> {
    /// Those of its rules that are among these.
    fn among<'a>(&'a self, rules: &'a FxHashSet<RuleId>) -> impl Iterator<Item = RuleId> {
        self.everywhere.iter().chain(&self.candidates).copied().filter(|rule| rules.contains(rule))
    }
}

/// Takes in the candidates of each case: the rules of which any one answers for it.
#[derive(Default)]
struct Cover {
    lists: FxHashSet<Vec<RuleId>>,
}

impl Cover {
    /// Adds a case. Beyond so many different ones the rest are left out, and the rules found may then answer for a part only.
    fn add(&mut self, candidates: Vec<RuleId>) {
        if self.lists.len() < LISTS {
            self.lists.insert(candidates);
        }
    }

    /// Rules of which at least one is among the candidates of every case: as few as taking them in order gives, and none of them needless.
    fn fewest(self) -> Vec<RuleId> {
        let mut lists: Vec<Vec<RuleId>> = self.lists.into_iter().filter(|list| !list.is_empty()).collect();
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
            if lists.iter().all(|candidates| candidates.iter().any(others)) {
                chosen.remove(at);
            } else {
                at += 1;
            }
        }
        chosen
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::census::{Known, Roster};
    use crate::program::Program;
    use crate::text::{Date, Id};

    /// A group of so many members, the rules that answer for all of them, and whom each other rule answers for.
    #[derive(Clone, Copy)]
    struct Case<'a>(usize, &'a [usize], &'a [(usize, &'a [usize])]);

    fn covering_of(cases: &[Case<'_>]) -> Vec<usize> {
        let rule = RuleId::from_index;
        let set = |size: usize, of: &mut dyn Iterator<Item = usize>| {
            let mut set = FixedBitSet::with_capacity(size);
            of.for_each(|member| set.insert(member));
            Some(Cow::Owned(set))
        };
        let group = |(of, &Case(_, everywhere, rules)): (usize, &Case<'_>)| {
            let mut rules = rules.to_vec();
            rules.sort_by_key(|(_, answered)| std::cmp::Reverse(answered.len()));
            let candidates = rules.into_iter().map(|(id, _)| rule(id)).collect();
            Group { of, everywhere: everywhere.iter().map(|&id| rule(id)).collect(), candidates }
        };
        let groups: Vec<Group<usize>> = cases.iter().enumerate().map(group).collect();
        let program = Program::default();
        let roster = Roster::of(&program).unwrap();
        let census = Census::at(&roster, Date::parse("2026-01-01").unwrap(), Known::default());
        let members = |of: usize| set(cases[of].0, &mut (0..cases[of].0));
        let answered = |of: usize, asked: RuleId| {
            let Case(size, _, rules) = cases[of];
            let (_, answered) = rules.iter().find(|(id, _)| rule(*id) == asked).unwrap();
            set(size, &mut answered.iter().copied())
        };
        covering(&census, &groups, members, answered).unwrap().into_iter().map(Id::index).collect()
    }

    #[test]
    fn no_rule_is_named_needlessly() {
        assert_eq!(covering_of(&[Case(4, &[], &[(1, &[0, 1, 2]), (2, &[0, 1]), (3, &[3, 2])])]), [1, 3]);
        // The largest comes first, and is needless beside the two others.
        let largest = Case(6, &[], &[(1, &[1, 2, 3, 4]), (2, &[0, 1, 2]), (3, &[3, 4, 5])]);
        assert_eq!(covering_of(&[largest]), [2, 3]);
        // Somebody is left for whom no rule answers.
        assert_eq!(covering_of(&[Case(3, &[], &[(1, &[0]), (2, &[1])])]), [1, 2]);
        assert_eq!(covering_of(&[Case(3, &[], &[])]), [] as [usize; 0]);
    }

    #[test]
    fn some_of_those_are_named_that_no_one_alone_needs() {
        // Two of the three at every corner: no one of them is needed, and two are.
        let corners = [Case(1, &[1, 2], &[]), Case(1, &[2, 3], &[]), Case(1, &[1, 3], &[])];
        assert_eq!(covering_of(&corners).len(), 2);
        // The third comes first and is needless; of the others, who share everything, one is enough.
        let shared = [Case(2, &[], &[(1, &[0, 1]), (2, &[0, 1])]), Case(1, &[3], &[(1, &[0]), (2, &[0])])];
        assert_eq!(covering_of(&shared).len(), 1);
    }

    #[test]
    fn what_answers_for_all_of_a_group_is_enough_for_it() {
        let groups = [Case(2, &[1, 2], &[(3, &[0, 1])]), Case(2, &[2], &[]), Case(2, &[], &[(3, &[0, 1])])];
        assert_eq!(covering_of(&groups), [2, 3]);
    }
}
