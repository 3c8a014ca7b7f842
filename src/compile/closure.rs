//! Closures over things that contain each other.

use crate::program::{Jagged, Run};
use crate::text::Id;

/// What may still be stored and done.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget(usize);

impl Budget {
    /// Room for `entries`.
    pub(super) fn new(entries: usize) -> Self {
        Self(entries)
    }

    /// Takes `entries`, if there are as many left.
    pub(super) fn take(&mut self, entries: usize) -> bool {
        match self.0.checked_sub(entries) {
            Some(left) => {
                self.0 = left;
                true
            }
            None => false,
        }
    }
}

/// What a thing is known by in the lists that it gets into.
pub(super) trait Mark: Copy + Ord {
    /// Its number; numbers are dense.
    fn number(self) -> usize;
}

/// For each of a row of things the marks of it and of everything that contains it.
pub(super) struct Closure<M> {
    runs: Vec<Run>,
    marks: Vec<M>,
    /// By the number of a mark, the round in which it was last put into a list.
    seen: Vec<u32>,
    round: u32,
}

impl<M: Mark> Closure<M> {
    /// Closes over `parents`, which names for each thing those that directly contain it.
    ///
    /// Things are taken from the outermost inwards, so that each is made of its parents' lists. What the budget does not allow, what lies
    /// below that, and what contains itself stays unstored.
    pub(super) fn new<I: Id>(
        parents: &Jagged<I>,
        mark: impl Fn(usize) -> Option<M>,
        budget: &mut Budget,
    ) -> Self {
        let count = parents.len();
        let runs = vec![Run::UNSTORED; count];
        let mut closure = Self { runs, marks: Vec::new(), seen: Vec::new(), round: 0 };
        let children = transposed(parents);
        let mut missing: Vec<usize> = (0..count).map(|thing| parents.get(thing).len()).collect();
        let mut ready: Vec<usize> = (0..count).filter(|&thing| parents.get(thing).is_empty()).collect();
        while let Some(thing) = ready.pop() {
            let run = closure.run_of(parents.get(thing), mark(thing), budget);
            if let Some(place) = closure.runs.get_mut(thing) {
                *place = run;
            }
            for child in children.get(thing) {
                if let Some(left) = missing.get_mut(child.index()) {
                    *left -= 1;
                    if *left == 0 {
                        ready.push(child.index());
                    }
                }
            }
        }
        closure
    }

    fn run_of<I: Id>(&mut self, parents: &[I], mark: Option<M>, budget: &mut Budget) -> Run {
        if let ([parent], None) = (parents, mark) {
            return self.runs.get(parent.index()).copied().unwrap_or(Run::UNSTORED);
        }
        let mut list: Vec<M> = mark.into_iter().collect();
        if !self.gather(parents.iter().map(|parent| parent.index()), &mut list, budget) {
            return Run::UNSTORED;
        }
        let start = self.marks.len();
        self.marks.extend(list);
        Run::since(start, &self.marks)
    }

    /// Adds the marks of `things` to `list`, which is sorted then and has each mark once; false where some are not stored.
    pub(super) fn gather(
        &mut self,
        things: impl Iterator<Item = usize>,
        list: &mut Vec<M>,
        budget: &mut Budget,
    ) -> bool {
        let Self { runs, marks, seen, round } = self;
        *round += 1;
        let mut is_new = |mark: M| {
            let at = mark.number();
            if seen.len() <= at {
                seen.resize(at + 1, 0);
            }
            seen.get_mut(at).is_some_and(|seen| std::mem::replace(seen, *round) != *round)
        };
        list.retain(|&mark| is_new(mark));
        for thing in things {
            let run = runs.get(thing).copied().unwrap_or_default();
            if !run.is_stored() || !budget.take(run.len()) {
                return false;
            }
            list.extend(run.of(marks).iter().copied().filter(|&mark| is_new(mark)));
        }
        list.sort_unstable();
        budget.take(list.len())
    }
}

/// For each thing those that name it.
pub(super) fn transposed<I: Id>(lists: &Jagged<I>) -> Jagged<I> {
    let pairs = || {
        (0..lists.len())
            .flat_map(|list| lists.get(list).iter().map(move |item| (item.index(), I::from_index(list))))
    };
    Jagged::from_pairs(lists.len(), pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::GroupId;

    impl Mark for usize {
        fn number(self) -> usize {
            self
        }
    }

    fn closed(parents: &[&[u32]], room: usize) -> Vec<Option<Vec<usize>>> {
        let mut lists = Jagged::new();
        for list in parents {
            lists.push(list.iter().map(|&parent| GroupId(parent)));
        }
        let mut budget = Budget::new(room);
        let closure = Closure::new(&lists, |thing| (thing != 1).then_some(thing), &mut budget);
        closure.runs.iter().map(|run| run.is_stored().then(|| run.of(&closure.marks).to_vec())).collect()
    }

    #[test]
    fn marks_come_from_everything_above() {
        // 3 in 1 and 2, both in 0; 1 has no mark of its own.
        let lists = closed(&[&[], &[0], &[0], &[1, 2]], 1000);
        assert_eq!(lists, [Some(vec![0]), Some(vec![0]), Some(vec![0, 2]), Some(vec![0, 2, 3])]);
    }

    #[test]
    fn cycles_and_what_outgrows_the_budget_stay_unstored() {
        assert_eq!(closed(&[&[1], &[0], &[]], 1000), [None, None, Some(vec![2])]);
        let chain: Vec<Vec<u32>> = (0..100_000).map(|n| if n == 0 { vec![] } else { vec![n - 1] }).collect();
        let chain: Vec<&[u32]> = chain.iter().map(Vec::as_slice).collect();
        let lists = closed(&chain, 1 << 20);
        assert!(lists[10].is_some() && lists[99_999].is_none());
    }
}
