//! Indexes of rules by what selects apps and people.

use crate::program::{
    Entry, Head, PrincipalId, RuleEffect, RuleIndex, RuleKind, Rules, Run, Scopes, SelectorId, Slot, hash,
};
use crate::text::RuleId;

/// The index of each [`RuleKind`].
pub(super) fn indexes(rules: &Rules, scopes: &Scopes) -> [RuleIndex; 4] {
    let mut pairs: [Vec<(SelectorId, Entry)>; 4] = Default::default();
    for (rule, text) in rules.texts.enumerate() {
        let kind = match text.effect {
            RuleEffect::Approve => RuleKind::Approve,
            RuleEffect::Block => RuleKind::Block,
            RuleEffect::Withhold => RuleKind::Withhold,
            RuleEffect::Exempt(_) => RuleKind::Exempt,
            RuleEffect::Waive(_) | RuleEffect::Grant(_) | RuleEffect::Nothing => continue,
        };
        let apps = text.apps.of(&rules.selectors);
        let people = text.people.of(&rules.principals);
        if let Some(pairs) = pairs.get_mut(kind as usize) {
            add_pairs(rule, apps, people, pairs);
        }
    }
    let mut indexes = pairs.map(index);
    let [_, _, withholds, _] = &mut indexes;
    withholds.filters = withholds.entries.iter().map(|entry| filter(rules, scopes, entry.rule)).collect();
    indexes
}

/// One of 64 bits for each scope that the rule takes; all bits where these are not stored.
fn filter(rules: &Rules, scopes: &Scopes, rule: RuleId) -> u64 {
    let list = rules.rows.get(rule).and_then(|row| row.scopes).and_then(|list| scopes.list(list));
    match list {
        // Scopes are numbered through the words.
        Some(list) if list.bits.is_stored() => {
            list.bits.of(&scopes.bits).iter().fold(0, |filter, word| filter | word)
        }
        _ => u64::MAX,
    }
}

/// The pairs of a rule: every selector with every principal, or with [`Entry::ANYBODY`] where that would be many more than it names.
fn add_pairs(
    rule: RuleId,
    apps: &[SelectorId],
    people: &[PrincipalId],
    pairs: &mut Vec<(SelectorId, Entry)>,
) {
    let anybody = [Entry::ANYBODY];
    let few = apps.len().saturating_mul(people.len()) <= 4 * (apps.len() + people.len()) + 16;
    let people = if few { people } else { &anybody };
    for &selector in apps {
        pairs.extend(people.iter().map(|&principal| (selector, Entry { principal, rule })));
    }
}

fn index(mut pairs: Vec<(SelectorId, Entry)>) -> RuleIndex {
    pairs.sort_unstable();
    let selectors = pairs.last().map_or(0, |(selector, _)| selector.0 as usize + 1);
    let mut index = RuleIndex {
        heads: vec![Head::default(); selectors],
        entries: pairs.iter().map(|&(_, entry)| entry).collect(),
        ..RuleIndex::default()
    };
    let mut start = 0;
    for same in pairs.chunk_by(|a, b| a.0 == b.0) {
        let head = Head { entries: Run::new(start, same.len()), slots: table(start, same, &mut index.slots) };
        if let Some(place) = same.first().and_then(|(selector, _)| index.heads.get_mut(selector.0 as usize)) {
            *place = head;
        }
        start += same.len();
    }
    index
}

/// The table of a list of entries that starts at `start`, if the list is long.
fn table(start: usize, entries: &[(SelectorId, Entry)], slots: &mut Vec<Slot>) -> Run {
    if entries.len() <= RuleIndex::SHORT {
        return Run::default();
    }
    let principals = entries.chunk_by(|a, b| a.1.principal == b.1.principal);
    let size = (principals.clone().count() * 2).next_power_of_two();
    let first = slots.len();
    slots.resize(first + size, Slot { principal: Slot::FREE, entry: 0 });
    let table = slots.get_mut(first..).unwrap_or_default();
    let mut at = start;
    for same in principals {
        if let Some((_, entry)) = same.first() {
            insert(table, Slot { principal: entry.principal, entry: number_of(at) });
        }
        at += same.len();
    }
    Run::new(first, size)
}

fn insert(table: &mut [Slot], slot: Slot) {
    let mask = table.len().wrapping_sub(1);
    let mut at = hash(slot.principal) & mask;
    while let Some(place) = table.get_mut(at) {
        if place.principal == Slot::FREE {
            *place = slot;
            return;
        }
        at = (at + 1) & mask;
    }
}

fn number_of(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}
