//! Those who look at the rules of one day, each at a part of them.

use std::cell::Cell;

use crate::census::{Census, Known, Roster};
use crate::text::Date;
use crate::threads::both;

/// How many rules times users are too much for one.
const MANY: usize = 1 << 22;

/// One of them: everybody on that day, and the steps that are left to it.
pub(super) struct Looker<'r> {
    pub(super) census: Census<'r>,
    steps: Cell<u64>,
}

impl Looker<'_> {
    /// Looks within so many steps, if as many are left, and whether that was enough.
    pub(super) fn within<T>(&self, limit: u64, look: impl FnOnce() -> T) -> (T, bool) {
        let limit = limit.min(self.steps.get());
        self.census.allow_steps(limit);
        let found = look();
        let taken = limit.saturating_sub(self.census.steps_left());
        self.steps.set(self.steps.get().saturating_sub(taken));
        (found, !self.census.gave_up())
    }
}

/// One or two who look at the same time. How many they are, and who looks at what, does not depend on the machine: neither does what they
/// find.
pub(super) struct Lookers<'r> {
    first: Looker<'r>,
    second: Option<Looker<'r>>,
}

impl<'r> Lookers<'r> {
    /// Those for a day with so many rules. They know what is known from other days, and share the steps.
    pub(super) fn of(roster: &'r Roster<'r>, day: Date, rules: usize, known: Known, steps: u64) -> Self {
        let looker =
            |known, steps| Looker { census: Census::at(roster, day, known), steps: Cell::new(steps) };
        if rules * roster.users() < MANY {
            return Self { first: looker(known, steps), second: None };
        }
        let (same, half) = (known.clone(), steps / 2);
        let (first, second) = both(|| looker(known, steps - half), || looker(same, half));
        Self { first, second: Some(second) }
    }

    /// One of them.
    pub(super) fn first(&self) -> &Looker<'r> {
        &self.first
    }

    /// Lets each look at a part.
    pub(super) fn each<T: Sync, R: Send>(
        &mut self,
        parts: &[T],
        look: impl Fn(&Looker<'r>, &[T]) -> R + Sync,
    ) -> Vec<R> {
        let (one, other) = parts.split_at(parts.len() / 2);
        self.each_of(one, other, look)
    }

    /// Lets each look at one of two parts.
    pub(super) fn each_of<T: Sync, R: Send>(
        &mut self,
        one: &[T],
        other: &[T],
        look: impl Fn(&Looker<'r>, &[T]) -> R + Sync,
    ) -> Vec<R> {
        let (first, look) = (&self.first, &look);
        let (one, other) = match &mut self.second {
            None => (look(first, one), look(first, other)),
            Some(second) => both(|| look(first, one), move || look(second, other)),
        };
        vec![one, other]
    }

    /// Does something within half of the steps that are left, so that what comes later has some too.
    pub(super) fn within_half<T>(&mut self, act: impl FnOnce(&mut Self) -> T) -> T {
        let half = |looker: &Looker<'_>| {
            let all = looker.steps.get();
            looker.steps.set(all / 2);
            all - all / 2
        };
        let (first, second) = (half(&self.first), self.second.as_ref().map_or(0, half));
        let done = act(self);
        self.first.steps.set(self.first.steps.get() + first);
        if let Some(looker) = &self.second {
            looker.steps.set(looker.steps.get() + second);
        }
        done
    }

    /// The steps that are left, and what is known on other days too.
    pub(super) fn into_rest(self) -> (u64, Known) {
        let left = self.second.map_or(0, |second| second.steps.get());
        (self.first.steps.get() + left, self.first.census.into_known())
    }
}
