//! Scopes and lists of them.

use crate::terms::Level;
use crate::text::{PrivilegeId, ScopeId, ScopeSetId, Span, Symbol};

/// A scope that an app may ask for.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Its name.
    pub name: Symbol,
    /// Where the project describes it, or else what first named it or a scope that implies it or is implied by it.
    pub span: Span,
    /// How far it reaches.
    pub level: Level,
    /// Role privileges of which all are needed to open it by privileges; none listed: only a role that grants it opens it.
    pub privileges: Vec<PrivilegeId>,
    /// Role privileges that some of its operations may need besides.
    pub may_need: Vec<PrivilegeId>,
    /// Scopes that it directly implies.
    pub implies: Vec<ScopeId>,
    /// Scopes of the other style that open the same operations.
    pub equivalents: Vec<Symbol>,
    /// Whether a catalogue (the library's or the project's) knows it.
    pub known: bool,
    /// What it is for; empty where no catalogue says.
    pub summary: Option<Symbol>,
}

/// A named set of scopes.
#[derive(Clone, Debug)]
pub struct ScopeSet {
    /// Its name.
    pub name: Symbol,
    /// Where it is declared.
    pub span: Span,
    /// Its scopes.
    pub terms: Vec<ScopeTerm>,
}

/// One entry of a scope list with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeTerm {
    /// Where it stands.
    pub span: Span,
    /// What it matches.
    pub kind: ScopeTermKind,
}

/// The kinds of entries of a scope list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScopeTermKind {
    /// One scope.
    Scope(ScopeId),
    /// Scopes whose name matches, where `*` is any run of characters, `:` included.
    Pattern(Symbol),
    /// Scopes in a set.
    Set(ScopeSetId),
    /// Scopes of exactly this level.
    Level(Level),
}
