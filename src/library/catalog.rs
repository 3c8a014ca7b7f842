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

/// A scope as it lies in the program: where its texts and lists start in those that all share, and how long they are.
pub(super) struct ScopeRow {
    pub(super) name: (u32, u16),
    pub(super) level: Level,
    pub(super) privileges: (u16, u8),
    pub(super) may_need: (u16, u8),
    pub(super) implies: (u16, u8),
    pub(super) implied_by: (u16, u8),
    pub(super) equivalents: (u16, u8),
    pub(super) summary: (u32, u16),
}

impl ScopeRow {
    fn name(&self) -> &'static str {
        text(self.name)
    }

    fn scope(&self) -> CatalogScope {
        CatalogScope {
            name: self.name(),
            level: self.level,
            privileges: part(tables::NAMED_PRIVILEGES, self.privileges),
            may_need: part(tables::NAMED_PRIVILEGES, self.may_need),
            implies: part(tables::LINKS, self.implies),
            implied_by: part(tables::LINKS, self.implied_by),
            equivalents: part(tables::LINKS, self.equivalents),
            summary: text(self.summary),
        }
    }
}

fn text((start, len): (u32, u16)) -> &'static str {
    let start = start as usize;
    tables::TEXT.get(start..start + usize::from(len)).unwrap_or_default()
}

fn part<T>(pool: &'static [T], (start, len): (u16, u8)) -> &'static [T] {
    let start = usize::from(start);
    pool.get(start..start + usize::from(len)).unwrap_or_default()
}

/// Every scope, sorted by name (by bytes): [`scopes`].
#[derive(Clone, Copy, Debug)]
pub struct Scopes(());

impl Scopes {
    /// How many there are.
    #[expect(clippy::len_without_is_empty, reason = "there are always some")]
    pub fn len(self) -> usize {
        tables::SCOPES.len()
    }

    /// The scope at a position.
    pub fn get(self, position: usize) -> Option<CatalogScope> {
        tables::SCOPES.get(position).map(ScopeRow::scope)
    }

    /// All of them.
    pub fn iter(self) -> impl ExactSizeIterator<Item = CatalogScope> {
        tables::SCOPES.iter().map(ScopeRow::scope)
    }
}

/// Every scope, sorted by name (by bytes).
pub fn scopes() -> Scopes {
    Scopes(())
}

/// The scope with this name.
pub fn scope(name: &str) -> Option<CatalogScope> {
    scopes().get(usize::from(scope_position(name)?))
}

/// The position in [`scopes`] of the scope with this name.
pub fn scope_position(name: &str) -> Option<u16> {
    let position = tables::SCOPES.binary_search_by(|row| row.name().cmp(name)).ok()?;
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
