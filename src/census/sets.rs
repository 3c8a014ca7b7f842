//! Sets of users, numbered from 0.

use fixedbitset::FixedBitSet;

use super::roster::without;
use crate::program::Jagged;
use crate::text::{Id, UserId};

/// Sets of users as sorted lists; the large ones have a bit for each user too.
#[derive(Debug)]
pub(super) struct Sets {
    lists: Jagged<UserId>,
    /// By set, where its bits are; `u32::MAX`: it has none.
    places: Vec<u32>,
    bits: Vec<FixedBitSet>,
}

impl Sets {
    /// A set with more than one user out of so many has bits: these need no more than 16 times the room of the list.
    const LARGE: usize = 512;

    /// `count` sets of some of `users` users; `pairs` gives each set with each of its users, in the order of the users.
    pub(super) fn of<P: Iterator<Item = (usize, UserId)>>(
        users: usize,
        count: usize,
        pairs: impl Fn() -> P,
    ) -> Self {
        let lists = Jagged::from_pairs(count, pairs);
        let mut bits = Vec::new();
        let place = |set: usize| {
            let list = lists.get(set);
            if list.len() <= users / Self::LARGE {
                return u32::MAX;
            }
            let mut of_set = FixedBitSet::with_capacity(users);
            list.iter().for_each(|user| of_set.insert(user.index()));
            bits.push(of_set);
            u32::try_from(bits.len() - 1).unwrap_or(u32::MAX)
        };
        let places = (0..count).map(place).collect();
        Self { lists, places, bits }
    }

    /// A set.
    pub(super) fn get(&self, set: usize) -> Set<'_> {
        let list = self.lists.get(set);
        let bits = self.places.get(set).and_then(|place| self.bits.get(*place as usize));
        bits.map_or(Set::List(list), |bits| Set::Large(list, bits))
    }
}

/// A set of users.
#[derive(Clone, Copy, Debug)]
pub(super) enum Set<'a> {
    /// Everybody.
    Everyone,
    /// These, sorted.
    List(&'a [UserId]),
    /// These, sorted, with a bit for each of them.
    Large(&'a [UserId], &'a FixedBitSet),
}

impl Set<'_> {
    /// Those of sorted people who are not in it.
    pub(super) fn without(&self, people: &[UserId]) -> Vec<UserId> {
        match self {
            Self::Everyone => Vec::new(),
            Self::List(list) => without(people, list),
            Self::Large(_, bits) => {
                people.iter().copied().filter(|user| !bits.contains(user.index())).collect()
            }
        }
    }

    /// Adds everybody in it to `to`.
    pub(super) fn add(&self, to: &mut FixedBitSet) {
        match self {
            Self::Everyone => to.insert_range(..),
            Self::List(list) => list.iter().for_each(|user| to.insert(user.index())),
            Self::Large(_, bits) => to.union_with(bits),
        }
    }

    /// Takes everybody in it out of `from`.
    pub(super) fn remove(&self, from: &mut FixedBitSet) {
        match self {
            Self::Everyone => from.clear(),
            Self::List(list) => list.iter().for_each(|user| from.set(user.index(), false)),
            Self::Large(_, bits) => from.difference_with(bits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_and_small_sets_are_the_same_to_those_who_ask() {
        let user = UserId::from_index;
        // Every second user, and one; the first has bits.
        let pairs = || (0..2000).filter(|n| n % 2 == 0).map(|n| (0, user(n))).chain([(1, user(7))]);
        let sets = Sets::of(2000, 3, pairs);
        let (even, seven, nobody) = (sets.get(0), sets.get(1), sets.get(2));
        assert!(matches!(even, Set::Large(..)) && matches!(seven, Set::List(_)));
        let few = [user(4), user(6), user(7)];
        assert_eq!((even.without(&few), seven.without(&few)), (vec![user(7)], vec![user(4), user(6)]));
        let mut some = FixedBitSet::with_capacity(2000);
        [even, seven, nobody].iter().for_each(|set| set.add(&mut some));
        assert_eq!(some.count_ones(..), 1001);
        even.remove(&mut some);
        assert_eq!(some.ones().collect::<Vec<_>>(), [7]);
        seven.remove(&mut some);
        assert!(some.is_clear());
    }
}
