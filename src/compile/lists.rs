//! Equal lists are stored once.

use std::hash::{BuildHasher, Hash};

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use crate::program::Jagged;

/// Distinct lists and their numbers.
pub(super) struct DistinctLists<T> {
    lists: Jagged<T>,
    table: HashTable<usize>,
}

impl<T: Copy + Eq + Hash> DistinctLists<T> {
    /// No lists.
    pub(super) fn new() -> Self {
        Self { lists: Jagged::new(), table: HashTable::new() }
    }

    /// The number of this list, stored now if it is new.
    pub(super) fn intern(&mut self, list: &[T]) -> usize {
        let hash = |list: &[T]| FxBuildHasher.hash_one(list);
        let hashed = hash(list);
        if let Some(&number) = self.table.find(hashed, |&number| self.lists.get(number) == list) {
            return number;
        }
        let number = self.lists.push(list.iter().copied());
        self.table.insert_unique(hashed, number, |&number| hash(self.lists.get(number)));
        number
    }

    /// The lists by their numbers.
    pub(super) fn lists(&self) -> &Jagged<T> {
        &self.lists
    }

    /// The lists by their numbers.
    pub(super) fn into_lists(self) -> Jagged<T> {
        self.lists
    }
}
