//! Interned names: each distinct text is stored once and is a number from then on.

use std::fmt;
use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

/// A name that an [`Interner`] has stored.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(u32);

impl Symbol {
    /// The position of the name in its interner, from 0 up.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Symbol({})", self.0)
    }
}

/// A table of distinct texts in one block of memory.
///
/// A million e-mail addresses of 25 bytes take about 25 MB of text, 4 MB of offsets and 8 MB of table.
#[derive(Clone, Default)]
pub struct Interner {
    text: String,
    /// Where each name ends in `text`; it starts where the one before it ends.
    ends: Vec<u32>,
    table: HashTable<u32>,
}

impl Interner {
    /// An interner without names.
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes room for `names` more names of `bytes` bytes in all.
    pub fn reserve(&mut self, names: usize, bytes: usize) {
        self.text.reserve(bytes);
        self.ends.reserve(names);
        let Self { text, ends, table } = self;
        table.reserve(names, |&id| hash(name(text, ends, id)));
    }

    /// The symbol of `text`, stored now if it is new.
    ///
    /// All names together may have 4 GiB; a name beyond that is stored as the empty name.
    pub fn intern(&mut self, text: &str) -> Symbol {
        let hashed = hash(text);
        let Self { text: all, ends, table } = self;
        if let Some(&id) = table.find(hashed, |&id| name(all, ends, id) == text) {
            return Symbol(id);
        }
        let Ok(end) = u32::try_from(all.len() + text.len()) else {
            return self.intern("");
        };
        let id = u32::try_from(ends.len()).unwrap_or(u32::MAX);
        all.push_str(text);
        ends.push(end);
        table.insert_unique(hashed, id, |&id| hash(name(all, ends, id)));
        Symbol(id)
    }

    /// Tells that these names are asked for next. Whoever asks for many that lie in cold memory waits for all of them at once.
    pub fn expect<'t>(&self, texts: impl IntoIterator<Item = &'t str>) {
        for text in texts {
            // Reading where the name would stand is all that is wanted; the compiler must not see that nobody uses it.
            std::hint::black_box(self.table.find(hash(text), |_| false));
        }
    }

    /// The symbol of `text`, if it is stored.
    pub fn get(&self, text: &str) -> Option<Symbol> {
        self.table.find(hash(text), |&id| name(&self.text, &self.ends, id) == text).map(|&id| Symbol(id))
    }

    /// The text of a symbol of this interner.
    pub fn resolve(&self, symbol: Symbol) -> &str {
        name(&self.text, &self.ends, symbol.0)
    }

    /// How many distinct names are stored.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether no name is stored.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

impl fmt::Debug for Interner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Interner({} names)", self.ends.len())
    }
}

fn hash(text: &str) -> u64 {
    FxBuildHasher.hash_one(text)
}

fn name<'t>(text: &'t str, ends: &[u32], id: u32) -> &'t str {
    let id = id as usize;
    let start = match id.checked_sub(1) {
        Some(before) => ends.get(before).copied().unwrap_or(0) as usize,
        None => 0,
    };
    let end = ends.get(id).copied().unwrap_or(0) as usize;
    text.get(start..end).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_share_a_symbol_and_distinct_texts_do_not() {
        let mut names = Interner::new();
        let first = names.intern("ana@x.example");
        let second = names.intern("bo@x.example");
        assert_ne!(first, second);
        assert_eq!(names.intern("ana@x.example"), first);
        assert_eq!(names.get("bo@x.example"), Some(second));
        assert_eq!(names.get("kim@x.example"), None);
        assert_eq!((names.resolve(first), names.resolve(second)), ("ana@x.example", "bo@x.example"));
    }

    #[test]
    fn the_empty_name_is_a_name() {
        let mut names = Interner::new();
        let empty = names.intern("");
        assert_eq!(names.resolve(empty), "");
        assert_eq!(names.len(), 1);
    }
}
