//! Scopes and lists of them.

use super::{Jagged, Name, NameIndex, Run};
use crate::terms::Level;
use crate::text::{IdVec, PrivilegeId, ScopeId, ScopeSetId};

/// Every scope and every list of scopes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scopes {
    /// A row for each scope.
    pub(crate) rows: IdVec<ScopeId, Scope>,
    /// Finds a scope by its name.
    pub(crate) index: NameIndex,
    /// Role privileges of which all are needed to open each scope.
    pub(crate) privileges: Jagged<PrivilegeId>,
    /// The scopes that each directly implies.
    pub(crate) implies: Jagged<ScopeId>,
    /// The scopes that directly imply each.
    pub(crate) implied_by: Jagged<ScopeId>,
    /// The shared vector of terms.
    pub(crate) terms: Vec<ScopeTerm>,
    /// The terms of each scope set.
    pub(crate) sets: IdVec<ScopeSetId, Run>,
    /// The distinct lists of scopes.
    pub(crate) lists: Vec<ScopeList>,
    /// The shared vector of bits: which scopes each stored list has.
    pub(crate) bits: Vec<u64>,
}

impl Scopes {
    /// How many words of bits hold one bit for each scope.
    pub(crate) fn words(&self) -> usize {
        self.rows.len().div_ceil(64)
    }

    /// The list with this number.
    #[inline]
    pub(crate) fn list(&self, id: ScopeListId) -> Option<&ScopeList> {
        self.lists.get(id.0 as usize)
    }
}

/// One scope.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope {
    /// Its name.
    pub(crate) name: Name,
    /// How far it reaches.
    pub(crate) level: Level,
}

/// The number of a list of scopes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ScopeListId(pub(crate) u32);

/// A list of scopes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ScopeList {
    /// What it lists, in [`Scopes::terms`].
    pub(crate) terms: Run,
    /// What else belongs to it.
    pub(crate) widening: Widening,
    /// Its bits in [`Scopes::bits`], unless they are not stored.
    pub(crate) bits: Run,
}

/// Which scopes belong to a list besides those that its terms match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Widening {
    /// None: the terms match the asked scopes themselves.
    Nothing,
    /// All that these imply: who is granted a scope holds what it implies.
    Implied,
    /// All that imply one of these: who takes a scope away takes away what implies it.
    Implying,
}

/// One entry of a list of scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ScopeTerm {
    /// One scope.
    Scope(ScopeId),
    /// Scopes of exactly this level.
    Level(Level),
    /// Scopes whose name matches, where `*` is any run of characters.
    Pattern(Name),
    /// Scopes in a set.
    Set(ScopeSetId),
}
