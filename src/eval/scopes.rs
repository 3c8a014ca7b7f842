//! Whether a scope belongs to a list.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::case::Case;
use super::role_sets::{has_bit, set_bit};
use crate::program::{Jagged, Names, Program, Run, ScopeList, ScopeListId, ScopeTerm, Scopes, Widening};
use crate::terms::{Level, pattern_matches};
use crate::text::{Id, ScopeId, ScopeSetId};

impl Case<'_> {
    /// Whether a scope belongs to a list, what the list is widened by included.
    #[inline]
    pub(crate) fn belongs(&self, list: ScopeListId, scope: ScopeId) -> bool {
        self.scopes.belongs(self.program, list, scope)
    }

    /// Whether the user's roles give the scope, withholds aside.
    #[inline]
    pub(crate) fn gives(&self, scope: ScopeId) -> bool {
        self.person.roles.gives(self.program, self.scopes, scope)
    }
}

/// What is kept between questions about lists of scopes that the program does not store.
///
/// Such lists come from deeply nested sets. Walking them down anew for each rule would take as many steps as there are rules times sets, so
/// the sets that hold a scope are found upwards from it, once for all lists.
#[derive(Debug, Default)]
pub(super) struct ScopeRoom {
    /// The sets that directly hold each set.
    holders: OnceCell<Jagged<ScopeSetId>>,
    held: RefCell<FastMap<(ScopeId, Widening), Held>>,
    /// By set, the position of the nearest candidate that it or a set in it holds; [`NONE`]: none.
    nearest: RefCell<FastMap<(ScopeId, Widening), Vec<u32>>>,
}

type FastMap<K, V> = HashMap<K, V, FxBuildHasher>;

/// No candidate.
const NONE: u32 = u32::MAX;

impl ScopeRoom {
    /// How many bytes each of the two maps keeps at most; beyond it everything is forgotten.
    const ROOM: usize = 1 << 26;

    /// Whether a scope belongs to a list, what the list is widened by included.
    #[inline]
    pub(super) fn belongs(&self, program: &Program, list: ScopeListId, scope: ScopeId) -> bool {
        let Some(list) = program.scopes.list(list) else { return false };
        if list.bits.is_stored() {
            return has_bit(list.bits.of(&program.scopes.bits), scope.index());
        }
        self.is_among(program, list, scope)
    }

    fn is_among(&self, program: &Program, list: &ScopeList, scope: ScopeId) -> bool {
        let (scopes, names) = (&program.scopes, &program.names);
        let terms = list.terms.of(&scopes.terms);
        let is_set = |term: &ScopeTerm| matches!(term, ScopeTerm::Set(_));
        if list.widening == Widening::Nothing && !terms.iter().any(is_set) {
            return terms.iter().any(|&term| matches(scopes, names, term, scope));
        }
        self.with_held(program, scope, list.widening, |held| {
            terms.iter().any(|&term| match term {
                ScopeTerm::Set(set) => has_bit(&held.sets, set.index()),
                term => held.candidates.position(scopes, names, term).is_some(),
            })
        })
    }

    /// The scope through which `scope` belongs to the list: itself, or what it implies or is implied by, as the list is widened.
    pub(super) fn first_match(&self, program: &Program, list: &ScopeList, scope: ScopeId) -> Option<ScopeId> {
        let (scopes, names) = (&program.scopes, &program.names);
        let key = (scope, list.widening);
        self.with_held(program, scope, list.widening, |held| {
            let mut nearest = self.nearest.borrow_mut();
            if nearest.len() * scopes.sets.len() * 4 > Self::ROOM {
                nearest.clear();
            }
            let of_sets = nearest.entry(key).or_insert_with(|| held.candidates.of_sets(program, self));
            let position = |&term: &ScopeTerm| match term {
                ScopeTerm::Set(set) => of_sets.get(set.index()).copied().filter(|&at| at != NONE),
                term => held.candidates.position(scopes, names, term),
            };
            let best = list.terms.of(&scopes.terms).iter().filter_map(position).min()?;
            held.candidates.scopes.get(best as usize).copied()
        })
    }

    fn with_held<T>(
        &self,
        program: &Program,
        scope: ScopeId,
        widening: Widening,
        then: impl FnOnce(&Held) -> T,
    ) -> T {
        let mut held = self.held.borrow_mut();
        if held.len() * (program.scopes.sets.len() / 8 + 128) > Self::ROOM {
            held.clear();
        }
        then(held.entry((scope, widening)).or_insert_with(|| {
            let candidates = Candidates::of(&program.scopes, scope, widening);
            let mut sets = vec![0; program.scopes.sets.len().div_ceil(64)];
            for (set, _) in (0..).zip(candidates.of_sets(program, self)).filter(|&(_, at)| at != NONE) {
                set_bit(&mut sets, set);
            }
            Held { candidates, sets }
        }))
    }
}

/// What holds a scope.
#[derive(Debug)]
struct Held {
    candidates: Candidates,
    /// A bit for each set.
    sets: Vec<u64>,
}

/// The scopes through which one scope belongs to lists, nearest first.
#[derive(Debug)]
struct Candidates {
    scopes: Vec<ScopeId>,
    positions: FastMap<ScopeId, u32>,
}

impl Candidates {
    fn of(scopes: &Scopes, scope: ScopeId, widening: Widening) -> Self {
        let found = match widening {
            Widening::Nothing => vec![scope],
            Widening::Implied => closed(scope, |one| scopes.implied_by.get(one.index())),
            Widening::Implying => closed(scope, |one| scopes.implies.get(one.index())),
        };
        let positions = found.iter().copied().zip(0..).collect();
        Self { scopes: found, positions }
    }

    /// The position of the nearest candidate that a term that is no set holds.
    fn position(&self, scopes: &Scopes, names: &Names, term: ScopeTerm) -> Option<u32> {
        if let ScopeTerm::Scope(scope) = term {
            return self.positions.get(&scope).copied();
        }
        let mut candidates = (0..).zip(&self.scopes);
        candidates.find(|&(_, &one)| matches(scopes, names, term, one)).map(|(at, _)| at)
    }

    /// By set, the position of the nearest candidate that it or a set in it holds.
    fn of_sets(&self, program: &Program, room: &ScopeRoom) -> Vec<u32> {
        let (scopes, names) = (&program.scopes, &program.names);
        let direct = |terms: &Run| {
            let terms = terms.of(&scopes.terms).iter();
            terms.filter_map(|&term| self.position(scopes, names, term)).min().unwrap_or(NONE)
        };
        let mut nearest: Vec<u32> = scopes.sets.iter().map(direct).collect();
        let holders = room.holders.get_or_init(|| holders(scopes));
        // What a set holds is held by the sets that hold it. The nearest candidates go first, so that no set is passed twice.
        let sets = nearest.iter().copied().zip(0..);
        let mut sets: Vec<(u32, usize)> = sets.filter(|&(position, _)| position != NONE).collect();
        sets.sort_unstable();
        for (position, set) in sets {
            let mut rest = vec![set];
            while let Some(set) = rest.pop() {
                for holder in holders.get(set) {
                    if let Some(best) = nearest.get_mut(holder.index()).filter(|best| **best > position) {
                        *best = position;
                        rest.push(holder.index());
                    }
                }
            }
        }
        nearest
    }
}

/// Whether a term that is no set holds a scope.
fn matches(scopes: &Scopes, names: &Names, term: ScopeTerm, scope: ScopeId) -> bool {
    match term {
        ScopeTerm::Scope(named) => named == scope,
        ScopeTerm::Level(level) => level_of(scopes, scope) == Some(level),
        ScopeTerm::Pattern(pattern) => pattern_matches(names.text(pattern), name_of(scopes, names, scope)),
        ScopeTerm::Set(_) => false,
    }
}

/// For each set those that directly hold it.
fn holders(scopes: &Scopes) -> Jagged<ScopeSetId> {
    let pairs = || {
        scopes.sets.enumerate().flat_map(|(holder, run)| {
            run.of(&scopes.terms).iter().filter_map(move |term| match term {
                ScopeTerm::Set(held) => Some((held.index(), holder)),
                _ => None,
            })
        })
    };
    Jagged::from_pairs(scopes.sets.len(), pairs)
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
