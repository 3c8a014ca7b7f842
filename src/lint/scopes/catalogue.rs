//! Which scopes of the bundled catalogue a list matches.

use fixedbitset::FixedBitSet;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::library;
use crate::model::{Model, ScopeTermKind};
use crate::terms::pattern_matches;
use crate::text::Symbol;

/// The bundled catalogue, with what was matched before.
pub(super) struct Catalogue<'m> {
    model: &'m Model,
    /// The names of its scopes, sorted.
    names: Vec<&'static str>,
    patterns: FxHashMap<Symbol, FixedBitSet>,
}

impl<'m> Catalogue<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        let names = library::scopes().iter().map(|entry| entry.name).collect();
        Self { model, names, patterns: FxHashMap::default() }
    }

    /// The positions of the scopes that match a pattern.
    pub(super) fn matching(&mut self, pattern: Symbol) -> &FixedBitSet {
        let Self { model, names, patterns } = self;
        patterns.entry(pattern).or_insert_with(|| {
            let mut bits = FixedBitSet::with_capacity(names.len());
            bits.extend(positions(names, model.name(pattern)));
            bits
        })
    }

    /// Whether some scope matches a pattern that stands nowhere.
    pub(super) fn has_match(&self, pattern: &str) -> bool {
        positions(&self.names, pattern).next().is_some()
    }

    /// The first words of the scopes, which name what they are about; each once, sorted.
    pub(super) fn first_words(&self) -> Vec<&'static str> {
        let mut words: Vec<_> = self.names.iter().filter_map(|name| name.split(':').next()).collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// Adds the positions of the scopes that an entry matches, sets looked into.
    pub(super) fn add(&mut self, kind: ScopeTermKind, bits: &mut FixedBitSet) {
        let mut rest = vec![kind];
        let mut seen = FxHashSet::default();
        while let Some(kind) = rest.pop() {
            match kind {
                ScopeTermKind::Scope(scope) => {
                    let name = self.model.name(self.model.scopes.at(scope).name);
                    bits.extend(library::scope_position(name).map(usize::from));
                }
                ScopeTermKind::Pattern(pattern) => bits.union_with(self.matching(pattern)),
                ScopeTermKind::Level(level) => {
                    let entries = library::scopes().iter().enumerate();
                    entries.filter(|(_, entry)| entry.level == level).for_each(|(at, _)| bits.insert(at));
                }
                ScopeTermKind::Set(set) if seen.insert(set) => {
                    rest.extend(self.model.scope_sets.at(set).terms.iter().map(|term| term.kind));
                }
                ScopeTermKind::Set(_) => {}
            }
        }
    }

    /// Adds what implies a scope that is there: who asks for it asks for that too.
    pub(super) fn widen(bits: &mut FixedBitSet) {
        let mut rest: Vec<usize> = bits.ones().collect();
        while let Some(at) = rest.pop() {
            let wider = library::scopes().get(at).map_or(&[][..], |entry| entry.implied_by);
            rest.extend(wider.iter().map(|&at| usize::from(at)).filter(|&at| !bits.put(at)));
        }
    }
}

/// The positions of the names, which are sorted, that match a pattern.
fn positions(names: &[&str], pattern: &str) -> impl Iterator<Item = usize> {
    let start = pattern.split('*').next().unwrap_or_default();
    let first = names.partition_point(|name| *name < start);
    let some = names.get(first..).unwrap_or_default().iter().take_while(move |name| name.starts_with(start));
    (first..).zip(some).filter(move |(_, name)| pattern_matches(pattern, name)).map(|(at, _)| at)
}
