//! The default roles and the curated scope sets, as `build.rs` read them.
//!
//! Places are byte offsets, first and one past the last, in the text of [`files`] that `file` names.

use super::tables;
use crate::terms::Level;

/// `role NAME extends … { privileges … scopes … }`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BakedRole {
    /// Its name.
    pub name: &'static str,
    /// The roles it extends.
    pub extends: &'static [BakedName],
    /// Its own privileges.
    pub privileges: &'static [BakedName],
    /// The scopes it grants itself.
    pub scopes: &'static [BakedTerm],
    /// The position in [`files`] of the file that declares it.
    pub file: usize,
    /// Where `role NAME` stands.
    pub head: (u32, u32),
}

/// `scope-set NAME { … }`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BakedScopeSet {
    /// Its name.
    pub name: &'static str,
    /// Its scopes.
    pub scopes: &'static [BakedTerm],
    /// The position in [`files`] of the file that declares it.
    pub file: usize,
    /// Where `scope-set NAME` stands.
    pub head: (u32, u32),
}

/// A name with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BakedName {
    /// The name.
    pub text: &'static str,
    /// Where it stands.
    pub place: (u32, u32),
}

/// An entry of a scope list with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BakedTerm {
    /// What it matches.
    pub kind: BakedTermKind,
    /// Where it stands.
    pub place: (u32, u32),
}

/// The kinds of entries of a scope list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BakedTermKind {
    /// One scope of the catalogue.
    Scope(&'static str),
    /// Scopes whose name matches, where `*` is any run of characters.
    Pattern(&'static str),
    /// Scopes of another set of the library.
    Set(&'static str),
    /// Scopes of exactly this level.
    Level(Level),
}

/// The texts that declare the roles and sets, with their paths as shown: findings and decisions point into them.
pub fn files() -> &'static [(&'static str, &'static str)] {
    // In the order of `POLICIES` in build.rs.
    &[
        ("zoom/roles.admit", include_str!("../../policies/zoom/roles.admit")),
        ("zoom/scope-sets.admit", include_str!("../../policies/zoom/scope-sets.admit")),
    ]
}

/// The default roles, in the order of their file: `member`, `admin`, `owner`.
pub fn roles() -> &'static [BakedRole] {
    tables::ROLES
}

/// The curated scope sets, in the order of their file.
pub fn scope_sets() -> &'static [BakedScopeSet] {
    tables::SCOPE_SETS
}
