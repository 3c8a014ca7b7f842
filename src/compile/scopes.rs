//! Scopes and lists of them.

use std::collections::HashMap;

use super::closure::{Budget, Closure, Mark};
use super::naming::sorted;
use super::texts::Texts;
use crate::model::{Model, ScopeTermKind};
use crate::program::{
    Jagged, Name, NameIndex, Run, Scope, ScopeList, ScopeListId, ScopeTerm, Scopes, Widening,
};
use crate::terms::pattern_matches;
use crate::text::{Id, IdVec, ScopeId, ScopeSetId};

/// Scopes, and the lists as they come up, each once.
pub(super) struct ScopeLists<'m> {
    model: &'m Model,
    scopes: Scopes,
    /// The sets in each set, itself among them.
    sets: Closure<ScopeSetId>,
    ids: HashMap<(Vec<ScopeTerm>, Widening), ScopeListId>,
    /// The scopes that each pattern matches.
    patterns: HashMap<Name, Vec<ScopeId>>,
    budget: Budget,
}

impl<'m> ScopeLists<'m> {
    /// The scopes and sets of the model, and no lists.
    pub(super) fn new(model: &'m Model, texts: &mut Texts<'m>, mut budget: Budget) -> Self {
        let rows: IdVec<ScopeId, Scope> = model
            .scopes
            .iter()
            .map(|scope| Scope { name: texts.name(scope.name), level: scope.level })
            .collect();
        let index = NameIndex::new(texts.names(), rows.iter().map(|row| row.name));
        let mut privileges = Jagged::new();
        let mut implies = Jagged::new();
        for scope in model.scopes.iter() {
            privileges.push(scope.privileges.iter().copied());
            implies.push(scope.implies.iter().copied());
        }
        let implied_by = super::closure::transposed(&implies);
        let sets = Closure::new(&included_sets(model), |set| Some(ScopeSetId::from_index(set)), &mut budget);
        let mut scopes = Scopes { rows, index, privileges, implies, implied_by, ..Scopes::default() };
        for set in model.scope_sets.iter() {
            let start = scopes.terms.len();
            scopes.terms.extend(set.terms.iter().map(|term| self::term(term.kind, texts)));
            scopes.sets.push(Run::since(start, &scopes.terms));
        }
        Self { model, scopes, sets, ids: HashMap::new(), patterns: HashMap::new(), budget }
    }

    /// The number of a list.
    pub(super) fn list(
        &mut self,
        terms: &[crate::model::ScopeTerm],
        widening: Widening,
        texts: &mut Texts<'m>,
    ) -> ScopeListId {
        let terms = sorted(terms.iter().map(|term| self::term(term.kind, texts)).collect());
        if let Some(&id) = self.ids.get(&(terms.clone(), widening)) {
            return id;
        }
        let bits = if few_names(&terms, widening) { None } else { self.bits(&terms, widening, texts) };
        let bits = match bits {
            Some(bits) => {
                let start = self.scopes.bits.len();
                self.scopes.bits.extend(bits);
                Run::since(start, &self.scopes.bits)
            }
            None => Run::UNSTORED,
        };
        let start = self.scopes.terms.len();
        self.scopes.terms.extend(&terms);
        let id = ScopeListId(u32::try_from(self.scopes.lists.len()).unwrap_or(u32::MAX));
        self.scopes.lists.push(ScopeList { terms: Run::since(start, &self.scopes.terms), widening, bits });
        self.ids.insert((terms, widening), id);
        id
    }

    /// All of it.
    pub(super) fn finish(self) -> Scopes {
        self.scopes
    }

    /// The bits of a list, if the budget allows.
    fn bits(&mut self, terms: &[ScopeTerm], widening: Widening, texts: &Texts<'_>) -> Option<Vec<u64>> {
        let mut bits = vec![0u64; self.scopes.words()];
        let mut members = self.members(terms, texts)?;
        for &scope in &members {
            set(&mut bits, scope);
        }
        let edges = match widening {
            Widening::Nothing => return Some(bits),
            Widening::Implied => &self.scopes.implies,
            Widening::Implying => &self.scopes.implied_by,
        };
        while let Some(scope) = members.pop() {
            for &next in edges.get(scope.index()) {
                if set(&mut bits, next) {
                    members.push(next);
                }
            }
        }
        Some(bits)
    }

    /// The scopes that the terms match, if the budget allows; some may stand there twice.
    fn members(&mut self, terms: &[ScopeTerm], texts: &Texts<'_>) -> Option<Vec<ScopeId>> {
        let mut all = terms.to_vec();
        let mut sets = Vec::new();
        let named = terms.iter().filter_map(|term| match term {
            ScopeTerm::Set(set) => Some(set.index()),
            _ => None,
        });
        if !self.sets.gather(named, &mut sets, &mut self.budget) {
            return None;
        }
        for set in sets {
            let run = self.scopes.sets.get(set).copied().unwrap_or_default();
            all.extend(run.of(&self.scopes.terms));
        }
        let all = sorted(all);
        let mut members = Vec::new();
        for term in all {
            let before = members.len();
            match term {
                ScopeTerm::Scope(scope) => members.push(scope),
                ScopeTerm::Level(level) => {
                    let rows = self.scopes.rows.enumerate();
                    members.extend(rows.filter(|(_, row)| row.level == level).map(|(scope, _)| scope));
                }
                ScopeTerm::Pattern(pattern) => members.extend(self.matching(pattern, texts)?),
                ScopeTerm::Set(_) => {}
            }
            if !self.budget.take(members.len() - before + 1) {
                return None;
            }
        }
        // The bits themselves, and following what each member implies.
        self.budget.take(self.scopes.words() + members.len()).then_some(members)
    }

    fn matching(&mut self, pattern: Name, texts: &Texts<'_>) -> Option<&[ScopeId]> {
        if !self.patterns.contains_key(&pattern) {
            // Matching a name takes about as long as storing several entries.
            if !self.budget.take(self.scopes.rows.len() * 8) {
                return None;
            }
            let text = texts.text_of(pattern);
            let scopes = self.model.scopes.enumerate();
            let matching = scopes.filter(|(_, scope)| pattern_matches(text, self.model.name(scope.name)));
            let matching = matching.map(|(scope, _)| scope).collect();
            self.patterns.insert(pattern, matching);
        }
        self.patterns.get(&pattern).map(Vec::as_slice)
    }
}

/// Whether comparing with each term is as fast as looking at a bit.
fn few_names(terms: &[ScopeTerm], widening: Widening) -> bool {
    let plain = |term: &ScopeTerm| matches!(term, ScopeTerm::Scope(_) | ScopeTerm::Level(_));
    widening == Widening::Nothing && terms.len() <= 8 && terms.iter().all(plain)
}

/// Sets the bit of `scope`; false where it was set.
fn set(bits: &mut [u64], scope: ScopeId) -> bool {
    let bit = 1 << (scope.index() % 64);
    match bits.get_mut(scope.index() / 64) {
        Some(word) if *word & bit == 0 => {
            *word |= bit;
            true
        }
        _ => false,
    }
}

fn term(kind: ScopeTermKind, texts: &mut Texts<'_>) -> ScopeTerm {
    match kind {
        ScopeTermKind::Scope(scope) => ScopeTerm::Scope(scope),
        ScopeTermKind::Pattern(pattern) => ScopeTerm::Pattern(texts.name(pattern)),
        ScopeTermKind::Set(set) => ScopeTerm::Set(set),
        ScopeTermKind::Level(level) => ScopeTerm::Level(level),
    }
}

impl Mark for ScopeSetId {
    fn number(self) -> usize {
        self.index()
    }
}

fn included_sets(model: &Model) -> Jagged<ScopeSetId> {
    let mut included = Jagged::new();
    for set in model.scope_sets.iter() {
        let sets = set.terms.iter().filter_map(|term| match term.kind {
            ScopeTermKind::Set(set) => Some(set),
            _ => None,
        });
        included.push(sorted(sets.collect()));
    }
    included
}
