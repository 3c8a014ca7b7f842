//! Roles and grants of them.

use fixedbitset::FixedBitSet;

use super::{Jagged, Name, PrincipalId, Run, ScopeListId, TimedRole};
use crate::text::{Id, IdVec, PrivilegeId, RoleId};

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
    /// These roles and all that they extend, sorted.
    pub(crate) fn closed(&self, direct: impl IntoIterator<Item = RoleId>) -> Vec<RoleId> {
        let mut seen = FixedBitSet::with_capacity(self.rows.len());
        let mut rest: Vec<RoleId> = direct.into_iter().collect();
        let mut roles = Vec::new();
        while let Some(role) = rest.pop() {
            if role.index() < seen.len() && !seen.put(role.index()) {
                roles.push(role);
                rest.extend(self.extends.get(role.index()));
            }
        }
        roles.sort_unstable();
        roles
    }

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
