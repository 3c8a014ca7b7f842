//! Finding rules by what selects the app and the user.

use std::fmt;

use super::{PrincipalId, Run, SelectorId};
use crate::text::RuleId;

/// The rules that are found by app and user. Waivers are found by what they lift, grants by principal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RuleKind {
    /// Approvals.
    Approve,
    /// Blocks.
    Block,
    /// Withholds.
    Withhold,
    /// Exemptions.
    Exempt,
}

/// For each selector the rules that name it, and with each the principal it names.
///
/// A rule that names several stands here several times. One that names so many that the pairs would take too much room stands under
/// [`Entry::ANYBODY`], which says nothing about the people.
#[derive(Clone, Default)]
pub(crate) struct RuleIndex {
    /// By the number of the selector; may end early.
    pub(crate) heads: Vec<Head>,
    /// The shared vector of entries; each list is sorted.
    pub(crate) entries: Vec<Entry>,
    /// For each entry, or empty: one of 64 bits for each scope that the rule takes, by the number of the scope. An app that asks for
    /// none of these is none of the rule's business.
    pub(crate) filters: Vec<u64>,
    /// The shared vector of the long lists' tables: where the entries of a principal start.
    pub(crate) slots: Vec<Slot>,
}

/// The rules under one selector.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Head {
    /// In [`RuleIndex::entries`].
    pub(crate) entries: Run,
    /// In [`RuleIndex::slots`]; empty where the list is short enough to be read through, else a power of two many and at most half full.
    pub(crate) slots: Run,
}

/// A rule with a principal that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    /// The principal.
    pub(crate) principal: PrincipalId,
    /// The rule.
    pub(crate) rule: RuleId,
}

impl Entry {
    /// Stands for all principals of a rule.
    pub(crate) const ANYBODY: PrincipalId = PrincipalId(u32::MAX);
}

/// Where the entries of a principal start.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    /// The principal; [`Slot::FREE`]: none.
    pub(crate) principal: PrincipalId,
    /// Position of its first entry in [`RuleIndex::entries`].
    pub(crate) entry: u32,
}

impl Slot {
    /// No principal.
    pub(crate) const FREE: PrincipalId = PrincipalId(u32::MAX - 1);
}

impl RuleIndex {
    /// Lists of more entries than this have a table.
    pub(crate) const SHORT: usize = 48;

    /// The rules under a selector.
    #[inline]
    pub(crate) fn head(&self, selector: SelectorId) -> Head {
        self.heads.get(selector.0 as usize).copied().unwrap_or_default()
    }

    /// The entries of one principal in a list that has a table.
    #[inline]
    pub(crate) fn of_principal(&self, head: Head, principal: PrincipalId) -> Run {
        let slots = head.slots.of(&self.slots);
        let mask = slots.len().wrapping_sub(1);
        let mut at = hash(principal) & mask;
        while let Some(slot) = slots.get(at) {
            if slot.principal == principal {
                return self.same_from(head, slot.entry as usize);
            }
            if slot.principal == Slot::FREE {
                break;
            }
            at = (at + 1) & mask;
        }
        Run::EMPTY
    }

    /// The entries from `start` on that have the same principal.
    fn same_from(&self, head: Head, start: usize) -> Run {
        let end = head.entries.start() + head.entries.len();
        let rest = self.entries.get(start..end).unwrap_or_default();
        let first = rest.first().map(|entry| entry.principal);
        Run::new(start, rest.iter().take_while(|entry| Some(entry.principal) == first).count())
    }

    /// The rules among these entries that may take one of the scopes whose bits are given, with whom they name.
    #[inline]
    pub(crate) fn rules(&self, entries: Run, scopes: u64) -> impl Iterator<Item = &Entry> {
        let filters = entries.of(&self.filters);
        entries
            .of(&self.entries)
            .iter()
            .enumerate()
            .filter(move |(at, _)| filters.get(*at).is_none_or(|filter| filter & scopes != 0))
            .map(|(_, entry)| entry)
    }
}

/// Spreads principals over a table.
#[inline]
pub(crate) fn hash(principal: PrincipalId) -> usize {
    (u64::from(principal.0).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize
}

impl fmt::Debug for RuleIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RuleIndex({} entries)", self.entries.len())
    }
}
