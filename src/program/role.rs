//! Roles and grants of them.

use super::{Jagged, Name, PrincipalId, Run, ScopeListId, TimedRole};
use crate::text::{IdVec, PrivilegeId, RoleId};

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

impl Roles {
    /// The roles that grants ever give to someone whom these sorted principals select, in no order. `named` is the shared vector of
    /// principals that rules name.
    pub(crate) fn granted<'a>(
        &'a self,
        selected_by: &'a [PrincipalId],
        named: &'a [PrincipalId],
    ) -> impl Iterator<Item = TimedRole> + 'a {
        let gives =
            |grant: &&Grant| !grant.except.of(named).iter().any(|one| selected_by.binary_search(one).is_ok());
        let grants = selected_by.iter().flat_map(|principal| self.grants.get(principal.0 as usize));
        grants.filter(gives).map(|grant| grant.role)
    }
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
    /// Which role, on which days.
    pub(crate) role: TimedRole,
    /// Whom the grant excepts, in [`Rules::principals`](super::Rules::principals). Grants name no roles.
    pub(crate) except: Run,
}
