//! Roles and grants of them.

use super::{Day, Jagged, Name, ScopeListId};
use crate::text::{IdVec, PrivilegeId, RoleId, RuleId};

/// Every role.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roles {
    /// A row for each.
    pub(crate) rows: IdVec<RoleId, Role>,
    /// The roles that each extends.
    pub(crate) extends: Jagged<RoleId>,
    /// The roles that extend each.
    pub(crate) extended_by: Jagged<RoleId>,
    /// Each one's own privileges.
    pub(crate) privileges: Jagged<PrivilegeId>,
    /// Grants by the number of the principal that they name.
    pub(crate) grants: Jagged<Grant>,
}

/// One role.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Role {
    /// Its name.
    pub(crate) name: Name,
    /// The scopes it grants itself, with all that these imply.
    pub(crate) scopes: ScopeListId,
}

/// A grant of a role to a principal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grant {
    /// Which role.
    pub(crate) role: RoleId,
    /// The rule, which may except people.
    pub(crate) rule: RuleId,
    /// The first day.
    pub(crate) first: Day,
    /// The last day.
    pub(crate) last: Day,
}
