//! Seeded choices.

use fastrand::Rng;

/// Throws the dice of one project.
pub struct Dice(Rng);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(Rng::with_seed(seed))
    }

    /// Whether something with this chance, in a hundred, happens.
    pub fn chance(&mut self, percent: u8) -> bool {
        self.0.u8(..100) < percent
    }

    /// A number from `low` to `high`, both included.
    pub fn number(&mut self, low: usize, high: usize) -> usize {
        self.0.usize(low..=high)
    }

    /// One of the items; there is at least one.
    pub fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.0.usize(..items.len())]
    }

    /// One of the items, cloned; there is at least one.
    pub fn one<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.0.usize(..items.len())].clone()
    }

    /// From `low` to `high` different items, in any order; fewer where there are not as many.
    pub fn some<T: Clone>(&mut self, items: &[T], low: usize, high: usize) -> Vec<T> {
        let mut items = items.to_vec();
        self.0.shuffle(&mut items);
        items.truncate(self.number(low, high));
        items
    }

    /// The item with this chance.
    pub fn maybe<T>(&mut self, percent: u8, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.chance(percent).then(|| make(self))
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        self.0.shuffle(items);
    }
}
