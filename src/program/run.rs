//! Runs of items in shared vectors.

use std::fmt;

/// Where a list lies in a shared vector.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Run {
    start: u32,
    len: u32,
}

impl Run {
    /// Stands for a list that was too large to be stored and is found anew for each question.
    pub(crate) const UNSTORED: Self = Self { start: u32::MAX, len: u32::MAX };

    /// No items.
    pub(crate) const EMPTY: Self = Self { start: 0, len: 0 };

    /// `len` items from `start` on. A vector of a program never has more than `u32::MAX` items.
    pub(crate) fn new(start: usize, len: usize) -> Self {
        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX - 1);
        Self { start: number(start), len: number(len) }
    }

    /// The run that ends where `items` ends and starts at `start`.
    pub(crate) fn since<T>(start: usize, items: &[T]) -> Self {
        Self::new(start, items.len().saturating_sub(start))
    }

    /// Its items. An unstored list has none here.
    #[inline]
    pub(crate) fn of<T>(self, items: &[T]) -> &[T] {
        items.get(self.start as usize..self.start as usize + self.len as usize).unwrap_or_default()
    }

    /// Whether it has no items.
    #[inline]
    pub(crate) fn is_empty(self) -> bool {
        self.len == 0
    }

    /// How many items it has.
    pub(crate) fn len(self) -> usize {
        self.len as usize
    }

    /// Whether its items are stored.
    #[inline]
    pub(crate) fn is_stored(self) -> bool {
        self.len != u32::MAX
    }

    /// The position of its first item.
    pub(crate) fn start(self) -> usize {
        self.start as usize
    }
}

/// A list of items for each of a dense row of things, in two vectors.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Jagged<T> {
    /// Where each list ends; it starts where the one before it ends. The first entry is 0, before the first list.
    ends: Vec<u32>,
    items: Vec<T>,
}

impl<T> Jagged<T> {
    /// No lists.
    pub(crate) fn new() -> Self {
        Self { ends: vec![0], items: Vec::new() }
    }

    /// Adds a list and returns its number.
    pub(crate) fn push(&mut self, list: impl IntoIterator<Item = T>) -> usize {
        self.items.extend(list);
        self.ends.push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
        self.ends.len() - 2
    }

    /// How many lists there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len() - 1
    }

    /// The items of a list; none where there is no such list.
    #[inline]
    pub(crate) fn get(&self, list: usize) -> &[T] {
        let start = self.ends.get(list).copied().unwrap_or(0) as usize;
        let end = self.ends.get(list + 1).copied().unwrap_or(0) as usize;
        self.items.get(start..end).unwrap_or_default()
    }
}

impl<T> Jagged<T> {
    /// The items of a list for changing; none where there is no such list.
    pub(crate) fn get_mut(&mut self, list: usize) -> &mut [T] {
        let start = self.ends.get(list).copied().unwrap_or(0) as usize;
        let end = self.ends.get(list + 1).copied().unwrap_or(0) as usize;
        self.items.get_mut(start..end).unwrap_or_default()
    }
}

impl<T: Copy> Jagged<T> {
    /// `lists` lists of the items that `pairs` gives, the same each time, with the number of their list. Items keep their order.
    pub(crate) fn from_pairs<P: Iterator<Item = (usize, T)>>(lists: usize, pairs: impl Fn() -> P) -> Self {
        let mut ends = vec![0u32; lists + 1];
        for (list, _) in pairs() {
            if let Some(count) = ends.get_mut(list + 1) {
                *count += 1;
            }
        }
        let mut total = 0u32;
        for end in &mut ends {
            total = total.saturating_add(*end);
            *end = total;
        }
        // Any item fills the places that come to hold their own below.
        let Some((_, any)) = pairs().next() else { return Self { ends, items: Vec::new() } };
        let mut items = vec![any; total as usize];
        let mut next = ends.clone();
        for (list, item) in pairs() {
            if let Some(at) = next.get_mut(list) {
                if let Some(place) = items.get_mut(*at as usize) {
                    *place = item;
                }
                *at += 1;
            }
        }
        Self { ends, items }
    }
}

impl<T: Copy + Ord> Jagged<T> {
    /// The same lists, each sorted and with every item once.
    pub(crate) fn sorted(mut self) -> Self {
        let (mut start, mut kept) = (0, 0);
        for end in self.ends.iter_mut().skip(1) {
            let list = start..*end as usize;
            start = list.end;
            if let Some(list) = self.items.get_mut(list.clone()) {
                list.sort_unstable();
            }
            let first = kept;
            for at in list {
                let Some(&item) = self.items.get(at) else { break };
                let last = self.items.get(first..kept).and_then(<[T]>::last);
                if last != Some(&item)
                    && let Some(place) = self.items.get_mut(kept)
                {
                    *place = item;
                    kept += 1;
                }
            }
            *end = u32::try_from(kept).unwrap_or(u32::MAX);
        }
        self.items.truncate(kept);
        self
    }
}

impl<T> Default for Jagged<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for Jagged<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Jagged({} lists, {} items)", self.len(), self.items.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_keep_their_items_in_order() {
        let pairs = [(2, 'a'), (0, 'b'), (2, 'c')];
        let lists = Jagged::from_pairs(3, || pairs.iter().copied());
        assert_eq!((lists.get(0), lists.get(1), lists.get(2)), (&['b'][..], &[][..], &['a', 'c'][..]));
        assert!(lists.get(9).is_empty());
        let mut pushed = Jagged::new();
        assert_eq!(pushed.push(['b']), 0);
        assert_eq!(pushed.push([]), 1);
        assert_eq!(pushed.push(['a', 'c']), 2);
        assert_eq!(pushed, lists);
    }

    #[test]
    fn sorted_lists_have_each_item_once() {
        let mut lists = Jagged::new();
        for list in [&[3, 1, 3][..], &[], &[3], &[2, 2, 1, 2]] {
            lists.push(list.iter().copied());
        }
        let lists = lists.sorted();
        let all: Vec<&[i32]> = (0..lists.len()).map(|list| lists.get(list)).collect();
        assert_eq!(all, [&[1, 3][..], &[], &[3], &[1, 2]]);
    }

    #[test]
    fn an_unstored_run_is_not_an_empty_one() {
        assert!(!Run::UNSTORED.is_stored() && !Run::UNSTORED.is_empty());
        assert_eq!(Run::UNSTORED.of(&[1, 2]), &[] as &[i32]);
        assert_eq!(Run::new(1, 2).of(&[1, 2, 3]), &[2, 3]);
    }
}
