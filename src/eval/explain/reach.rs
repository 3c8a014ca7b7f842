//! Shortest paths from some things to all that they lead to.

use std::collections::HashMap;
use std::hash::Hash;

use rustc_hash::FxBuildHasher;

use super::words::chain;

/// Shortest paths from some things to all that they lead to, in time and memory that do not depend on how long the paths are together.
pub(super) struct Reach<T> {
    steps: HashMap<T, Step<T>, FxBuildHasher>,
}

struct Step<T> {
    previous: Option<T>,
    /// How many steps lead here.
    depth: usize,
    /// The last thing on the way here that is still shown of a long path.
    early: T,
}

/// How many things at the start of a long path are shown.
const SHOWN: usize = 4;

impl<T: Copy + Eq + Hash> Reach<T> {
    /// Everything that `starts` lead to. Of equally short paths the one from the earliest start wins.
    pub(super) fn new<'e>(starts: &[T], edges: impl Fn(T) -> &'e [T]) -> Self
    where
        T: 'e,
    {
        let mut steps: HashMap<T, Step<T>, FxBuildHasher> = HashMap::default();
        let mut queue: Vec<T> = Vec::new();
        for &start in starts {
            steps.entry(start).or_insert_with(|| {
                queue.push(start);
                Step { previous: None, depth: 0, early: start }
            });
        }
        let mut at = 0;
        while let Some(&one) = queue.get(at) {
            at += 1;
            let Some((depth, early)) = steps.get(&one).map(|step| (step.depth + 1, step.early)) else {
                continue;
            };
            for &next in edges(one) {
                steps.entry(next).or_insert_with(|| {
                    queue.push(next);
                    Step { previous: Some(one), depth, early: if depth < SHOWN { next } else { early } }
                });
            }
        }
        Self { steps }
    }

    /// The path to `goal` in words: `a`, which is in `b`, which is in `c`. Of a long one only the ends are shown.
    pub(super) fn path<'n>(&self, goal: T, link: &str, name: impl Fn(T) -> &'n str) -> String {
        let depth = self.steps.get(&goal).map_or(0, |step| step.depth);
        if depth < SHOWN + 2 {
            let names: Vec<&str> = self.back_from(goal).into_iter().map(name).collect();
            return chain(&names, 0, link);
        }
        let early = self.steps.get(&goal).map_or(goal, |step| step.early);
        let mut things = self.back_from(early);
        things.push(goal);
        let names: Vec<&str> = things.into_iter().map(name).collect();
        chain(&names, depth - SHOWN, link)
    }

    /// The first thing on the path to `goal`.
    pub(super) fn start(&self, goal: T) -> T {
        let early = self.steps.get(&goal).map_or(goal, |step| step.early);
        self.back_from(early).first().copied().unwrap_or(goal)
    }

    /// The whole path to `goal`.
    fn back_from(&self, goal: T) -> Vec<T> {
        let mut path = vec![goal];
        while let Some(previous) =
            path.last().and_then(|last| self.steps.get(last)).and_then(|step| step.previous)
        {
            path.push(previous);
        }
        path.reverse();
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shortest_and_long_ones_show_their_ends() {
        let next: Vec<Vec<usize>> = (0..100).map(|n| vec![n + 1]).collect();
        let names: Vec<String> = (0..101).map(|n| n.to_string()).collect();
        let reach = Reach::new(&[0, 50], |n| next.get(n).map_or(&[][..], Vec::as_slice));
        let path = |goal| reach.path(goal, "in", |n| names[n].as_str());
        assert_eq!(path(0), "`0`");
        assert_eq!(path(51), "`50`, in `51`");
        assert_eq!(path(5), "`0`, in `1`, in `2`, in `3`, in `4`, in `5`");
        assert_eq!(path(6), "`0`, in `1`, in `2`, in `3`, … (2 more) …, in `6`");
        assert_eq!(path(49), "`0`, in `1`, in `2`, in `3`, … (45 more) …, in `49`");
        assert_eq!((reach.start(49), reach.start(100)), (0, 50));
    }
}
