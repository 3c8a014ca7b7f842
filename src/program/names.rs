//! The texts of a program, and finding a thing by its name.

use std::fmt;
use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

/// A text of a program. Equal texts are equal names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Name(pub(crate) u32);

/// Distinct texts in one block of memory.
#[derive(Clone, Default)]
pub(crate) struct Names {
    text: String,
    /// Where each text ends; it starts where the one before it ends.
    ends: Vec<u32>,
}

impl Names {
    /// Adds a text, which is not there yet.
    pub(crate) fn push(&mut self, text: &str) -> Name {
        self.text.push_str(text);
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        Name(u32::try_from(self.ends.len() - 1).unwrap_or(u32::MAX))
    }

    /// Makes room for `names` more texts of `bytes` bytes in all.
    pub(crate) fn reserve(&mut self, names: usize, bytes: usize) {
        self.ends.reserve(names);
        self.text.reserve(bytes);
    }

    /// The text of a name.
    #[inline]
    pub(crate) fn text(&self, name: Name) -> &str {
        let (start, end) = self.place(name);
        self.text.get(start..end).unwrap_or("")
    }

    /// Where the text of a name starts and ends.
    fn place(&self, name: Name) -> (usize, usize) {
        let at = name.0 as usize;
        let start = match at.checked_sub(1) {
            Some(before) => self.ends.get(before).copied().unwrap_or(0) as usize,
            None => 0,
        };
        (start, self.ends.get(at).copied().unwrap_or(0) as usize)
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Names({})", self.ends.len())
    }
}

/// A table from names to the dense numbers of things of one kind: open addressing in one vector, at most half full.
///
/// A slot says where the name's text stands, so that finding a name among a million waits for memory twice: for the slot and for the
/// text. What belongs to the thing can be fetched while the text is compared.
#[derive(Clone, Default)]
pub(crate) struct NameIndex {
    /// Empty, or a power of two many.
    slots: Vec<Slot>,
    /// Without slots: so many things have the first names, in this order, and are looked through.
    unbuilt: u32,
}

#[derive(Clone, Copy)]
struct Slot {
    /// Half of the name's hash, so that other names in its way are not looked at.
    tag: u32,
    /// Which thing; [`Slot::FREE`]: none.
    thing: u32,
    /// Where its name starts in the names' block, in bytes …
    start: u32,
    /// … and how long it is.
    len: u32,
}

impl Slot {
    const FREE: u32 = u32::MAX;
    const NONE: Self = Self { tag: 0, thing: Self::FREE, start: 0, len: 0 };
}

impl NameIndex {
    /// The table of things numbered from 0 by their names. Of equal names the first wins.
    pub(crate) fn new(names: &Names, things: impl ExactSizeIterator<Item = Name>) -> Self {
        let size = (things.len() * 2).next_power_of_two();
        let mut index = Self { slots: vec![Slot::NONE; size], unbuilt: 0 };
        for (thing, name) in (0..).zip(things) {
            let (mut at, tag) = index.place(names.text(name));
            let (start, end) = names.place(name);
            while let Some(slot) = index.slots.get_mut(at) {
                if slot.thing == Slot::FREE {
                    let short = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
                    *slot = Slot { tag, thing, start: short(start), len: short(end - start) };
                    break;
                }
                at = (at + 1) & (size - 1);
            }
        }
        index
    }

    /// No table over so many things, whose names have the same numbers as they: for a question or two, looking through them is quicker.
    pub(crate) fn unbuilt(things: usize) -> Self {
        Self { slots: Vec::new(), unbuilt: u32::try_from(things).unwrap_or(u32::MAX) }
    }

    /// The number of the thing called `text`.
    #[inline]
    pub(crate) fn find(&self, text: &str, names: &Names) -> Option<u32> {
        if self.slots.is_empty() {
            return (0..self.unbuilt).find(|&thing| names.text(Name(thing)) == text);
        }
        let (mut at, tag) = self.place(text);
        // A free slot always comes: the table is at most half full.
        loop {
            let slot = self.slots.get(at)?;
            if slot.thing == Slot::FREE {
                return None;
            }
            if slot.tag == tag && slot.len as usize == text.len() {
                let start = slot.start as usize;
                if names.text.as_bytes().get(start..start + text.len()) == Some(text.as_bytes()) {
                    return Some(slot.thing);
                }
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "two halves of one hash")]
    fn place(&self, text: &str) -> (usize, u32) {
        let hash = FxBuildHasher.hash_one(text);
        ((hash as usize) & self.slots.len().wrapping_sub(1), (hash >> 32) as u32)
    }
}

impl fmt::Debug for NameIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NameIndex({} slots)", self.slots.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_no_other() {
        let mut names = Names::default();
        let texts: Vec<String> = (0..1000).map(|n| format!("user-{n}@x.example")).collect();
        for text in &texts {
            names.push(text);
        }
        let index = NameIndex::new(&names, (0..1000).map(Name));
        let find = |text: &str| index.find(text, &names);
        for (number, text) in (0..).zip(&texts) {
            assert_eq!(find(text), Some(number));
        }
        assert_eq!(find("user-1000@x.example"), None);
        assert_eq!(find(""), None);
        assert_eq!(NameIndex::default().find("x", &names), None);
        assert_eq!(NameIndex::unbuilt(1000).find("user-999@x.example", &names), Some(999));
        assert_eq!(NameIndex::unbuilt(999).find("user-999@x.example", &names), None);
        assert_eq!(NameIndex::new(&names, std::iter::empty()).find("x", &names), None);
    }
}
