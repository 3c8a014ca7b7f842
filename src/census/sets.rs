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
    /// A set with more than one user out of so many has bits: these are words no more than the list has users, and need twice its room.
    const LARGE: usize = 64;

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

/// Users that sets are compared with again and again.
#[derive(Debug)]
pub(crate) struct Crowd {
    bits: FixedBitSet,
    /// Each of them, where they are few.
    few: Option<Vec<UserId>>,
}

impl From<FixedBitSet> for Crowd {
    fn from(bits: FixedBitSet) -> Self {
        const FEW: usize = 64;
        let few: Vec<UserId> = bits.ones().take(FEW + 1).map(UserId::from_index).collect();
        Self { bits, few: Some(few).filter(|few| few.len() <= FEW) }
    }
}

impl Crowd {
    /// A bit for each of them.
    pub(crate) fn bits(&self) -> &FixedBitSet {
        &self.bits
    }

    /// Each of them, where they are few.
    pub(crate) fn few(&self) -> Option<&[UserId]> {
        self.few.as_deref()
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

    /// Whether a user is in it.
    pub(super) fn contains(&self, user: UserId) -> bool {
        match self {
            Self::Everyone => true,
            Self::List(list) => list.binary_search(&user).is_ok(),
            Self::Large(_, bits) => bits.contains(user.index()),
        }
    }

    /// Whether somebody in it is in `one`, and in `other` if that is given.
    pub(super) fn meets(&self, one: &FixedBitSet, other: Option<&FixedBitSet>) -> bool {
        match (self, other) {
            (Self::Everyone, None) => !one.is_clear(),
            (Self::Everyone, Some(other)) => two_meet(one, other),
            (Self::List(list), other) => {
                let is_in_other = |user: usize| other.is_none_or(|other| other.contains(user));
                list.iter().any(|user| one.contains(user.index()) && is_in_other(user.index()))
            }
            (Self::Large(_, bits), None) => two_meet(bits, one),
            (Self::Large(_, bits), Some(other)) => three_meet(bits, one, other),
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

    /// Takes everybody in it who is in `other` out of `from`.
    pub(super) fn remove_common(&self, other: &FixedBitSet, from: &mut FixedBitSet) {
        match self {
            Self::Everyone => from.difference_with(other),
            Self::List(list) => {
                let common = list.iter().map(|user| user.index()).filter(|&user| other.contains(user));
                common.for_each(|user| from.set(user, false));
            }
            Self::Large(_, bits) => {
                let words = from.as_mut_slice().iter_mut().zip(bits.as_slice()).zip(other.as_slice());
                words.for_each(|((from, word), other)| *from &= !(word & other));
            }
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

/// How many words are looked at before it is asked whether somebody was found: in strides, the compiler makes wide instructions of it.
const STRIDE: usize = 32;

fn two_meet(one: &FixedBitSet, other: &FixedBitSet) -> bool {
    let (one, other) = (one.as_slice().chunks(STRIDE), other.as_slice().chunks(STRIDE));
    one.zip(other).any(|(a, b)| a.iter().zip(b).fold(0, |any, (a, b)| any | (a & b)) != 0)
}

fn three_meet(one: &FixedBitSet, other: &FixedBitSet, third: &FixedBitSet) -> bool {
    let strides = one.as_slice().chunks(STRIDE).zip(other.as_slice().chunks(STRIDE));
    strides
        .zip(third.as_slice().chunks(STRIDE))
        .any(|((a, b), c)| a.iter().zip(b).zip(c).fold(0, |any, ((a, b), c)| any | (a & b & c)) != 0)
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
        assert!(even.contains(user(4)) && !even.contains(user(7)) && seven.contains(user(7)));
    }

    #[test]
    fn what_sets_have_in_common_does_not_depend_on_how_they_are_held() {
        let (user, users) = (UserId::from_index, 5000);
        let of = |members: &[usize]| {
            let mut bits = FixedBitSet::with_capacity(users);
            members.iter().for_each(|&member| bits.insert(member));
            bits
        };
        let members = [1, 70, 4999];
        let (list, bits): (Vec<UserId>, _) =
            (members.iter().map(|&member| user(member)).collect(), of(&members));
        let everyone = of(&(0..users).collect::<Vec<_>>());
        for (one, other) in [(vec![70, 71], vec![1, 70]), (vec![1, 4999], vec![70]), (vec![], vec![1])] {
            let (one, other) = (of(&one), of(&other));
            for set in [Set::List(&list), Set::Large(&list, &bits), Set::Everyone] {
                let all = if let Set::Everyone = set { &everyone } else { &bits };
                let meets = |sets: &[&FixedBitSet]| {
                    all.ones().any(|member| sets.iter().all(|set| set.contains(member)))
                };
                assert_eq!(set.meets(&one, None), meets(&[&one]));
                assert_eq!(set.meets(&one, Some(&other)), meets(&[&one, &other]));
                let (mut left, mut expected) = (everyone.clone(), everyone.clone());
                set.remove_common(&one, &mut left);
                all.ones().filter(|&member| one.contains(member)).for_each(|gone| expected.set(gone, false));
                assert_eq!(left, expected);
            }
        }
    }
}
