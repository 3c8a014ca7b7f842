//! Names that were looked up lately.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use crate::text::{Interner, Symbol};

/// Ids by the hash of their name, one for each slot. Users name the same few groups and roles over and over; among the names of a million
/// users each of them would be looked up in cold memory.
pub(super) struct Recent<I> {
    slots: Vec<Option<(Symbol, I)>>,
}

/// How many slots: a power of two.
const SLOTS: usize = 4_096;

impl<I> Default for Recent<I> {
    fn default() -> Self {
        Self { slots: Vec::new() }
    }
}

impl<I: Copy> Recent<I> {
    /// The id of a name, which `find` looks up where it was not asked for lately.
    pub(super) fn get(
        &mut self,
        name: &str,
        names: &Interner,
        find: impl FnOnce(Symbol) -> Option<I>,
    ) -> Option<I> {
        if self.slots.is_empty() {
            self.slots.resize(SLOTS, None);
        }
        let hash = FxBuildHasher.hash_one(name);
        let slot = self.slots.get_mut((hash >> 20) as usize % SLOTS)?;
        if let Some((symbol, id)) = *slot
            && names.resolve(symbol) == name
        {
            return Some(id);
        }
        let symbol = names.get(name)?;
        let id = find(symbol)?;
        *slot = Some((symbol, id));
        Some(id)
    }
}
