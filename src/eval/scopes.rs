//! Whether a scope belongs to a list.

use super::case::Case;
use super::role_sets::has_bit;
use crate::program::{Names, ScopeList, ScopeListId, ScopeTerm, Scopes, Widening};
use crate::terms::{Level, pattern_matches};
use crate::text::{Id, ScopeId};

impl Case<'_> {
    /// Whether a scope belongs to a list, what the list is widened by included.
    #[inline]
    pub(super) fn belongs(&self, list: ScopeListId, scope: ScopeId) -> bool {
        belongs(&self.program.scopes, &self.program.names, list, scope)
    }
}

/// Whether a scope belongs to a list, what the list is widened by included.
#[inline]
pub(super) fn belongs(scopes: &Scopes, names: &Names, list: ScopeListId, scope: ScopeId) -> bool {
    let Some(list) = scopes.list(list) else { return false };
    if list.bits.is_stored() {
        return has_bit(list.bits.of(&scopes.bits), scope.index());
    }
    first_match(scopes, names, list, scope).is_some()
}

/// The scope through which `scope` belongs to the list: itself, or what it implies or is implied by, as the list is widened.
pub(super) fn first_match(
    scopes: &Scopes,
    names: &Names,
    list: &ScopeList,
    scope: ScopeId,
) -> Option<ScopeId> {
    let candidates = match list.widening {
        Widening::Nothing => vec![scope],
        Widening::Implied => closed(scope, |one| scopes.implied_by.get(one.index())),
        Widening::Implying => closed(scope, |one| scopes.implies.get(one.index())),
    };
    let mut best: Option<usize> = None;
    let mut seen = std::collections::HashSet::new();
    let mut rest = vec![list.terms];
    while let Some(terms) = rest.pop() {
        for &term in terms.of(&scopes.terms) {
            let found = match term {
                ScopeTerm::Scope(named) => candidates.iter().position(|&one| one == named),
                ScopeTerm::Level(level) => {
                    candidates.iter().position(|&one| level_of(scopes, one) == Some(level))
                }
                ScopeTerm::Pattern(pattern) => {
                    let pattern = names.text(pattern);
                    candidates.iter().position(|&one| pattern_matches(pattern, name_of(scopes, names, one)))
                }
                ScopeTerm::Set(set) => {
                    if seen.insert(set) {
                        rest.extend(scopes.sets.get(set));
                    }
                    None
                }
            };
            best = [best, found].into_iter().flatten().min();
            if best == Some(0) {
                return Some(scope);
            }
        }
    }
    best.and_then(|at| candidates.get(at).copied())
}

/// `scope` and all that `edges` lead to, nearest first.
pub(super) fn closed<'s>(scope: ScopeId, edges: impl Fn(ScopeId) -> &'s [ScopeId]) -> Vec<ScopeId> {
    let mut found = vec![scope];
    let mut seen = std::collections::HashSet::from([scope]);
    let mut at = 0;
    while let Some(&one) = found.get(at) {
        found.extend(edges(one).iter().copied().filter(|&next| seen.insert(next)));
        at += 1;
    }
    found
}

fn level_of(scopes: &Scopes, scope: ScopeId) -> Option<Level> {
    scopes.rows.get(scope).map(|row| row.level)
}

/// The name of a scope.
pub(super) fn name_of<'n>(scopes: &Scopes, names: &'n Names, scope: ScopeId) -> &'n str {
    scopes.rows.get(scope).map_or("", |row| names.text(row.name))
}
