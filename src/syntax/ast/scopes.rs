//! Lists of scopes.

use super::Name;
use crate::terms::Level;
use crate::text::Span;

/// One entry of a scope list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeTerm {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ScopeTermKind,
}

/// The kinds of entries of a scope list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScopeTermKind {
    /// A scope by name. A quoted text with `*` is a scope too, never a pattern.
    Scope(Name),
    /// A bare word with `*`, which stands for any run of characters.
    Pattern(Name),
    /// `set NAME`
    Set(Name),
    /// `user-level`, `admin-level` or `master-level`
    Level(Level),
}
