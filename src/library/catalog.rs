//! The scopes and privileges of the Zoom App Marketplace.

use super::tables;
use crate::terms::Level;

/// A scope of the bundled catalogue. `policies/zoom/README.md` says where each fact comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CatalogScope {
    /// Its name, an opaque key.
    pub name: &'static str,
    /// How far it reaches.
    pub level: Level,
    /// Role privileges of which all are needed to open it by privileges; none: only a role that grants it opens it.
    pub privileges: &'static [&'static str],
    /// Role privileges that some of its operations need besides.
    pub may_need: &'static [&'static str],
    /// Scopes that it directly implies, as positions in [`scopes`].
    pub implies: &'static [u16],
    /// Scopes that directly imply it, as positions in [`scopes`].
    pub implied_by: &'static [u16],
    /// Scopes of the other style (classic or granular) that open some of the same operations, as positions in [`scopes`].
    pub equivalents: &'static [u16],
    /// What it is for, in a few words.
    pub summary: &'static str,
}

/// A privilege that an admin role can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CatalogPrivilege {
    /// Its name as Zoom writes it. Privileges are compared without case.
    pub name: &'static str,
    /// What it lets people do; empty where Zoom does not document it.
    pub meaning: &'static str,
}

/// Every scope, sorted by name (by bytes).
pub fn scopes() -> &'static [CatalogScope] {
    tables::SCOPES
}

/// The scope with this name.
pub fn scope(name: &str) -> Option<&'static CatalogScope> {
    scopes().get(usize::from(scope_position(name)?))
}

/// The position in [`scopes`] of the scope with this name.
pub fn scope_position(name: &str) -> Option<u16> {
    let position = scopes().binary_search_by(|scope| scope.name.cmp(name)).ok()?;
    u16::try_from(position).ok()
}

/// Every privilege, sorted by name without case. The set is open: Zoom has privileges that it documents nowhere.
pub fn privileges() -> &'static [CatalogPrivilege] {
    tables::PRIVILEGES
}

/// The privilege with this name, whatever its case.
pub fn privilege(name: &str) -> Option<&'static CatalogPrivilege> {
    let lower = |byte: u8| byte.to_ascii_lowercase();
    let order = |privilege: &CatalogPrivilege| privilege.name.bytes().map(lower).cmp(name.bytes().map(lower));
    privileges().get(privileges().binary_search_by(order).ok()?)
}
