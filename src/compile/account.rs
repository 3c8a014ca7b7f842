//! The account.

use super::roles::holders;
use super::texts::Texts;
use crate::model::{self, Model};
use crate::program::{Account, Groups, Notify, Roles, Users};
use crate::text::{Id, PrivilegeId, RoleId};

/// The account of the model.
pub(super) fn account(
    model: &Model,
    texts: &mut Texts<'_>,
    users: &Users,
    groups: &Groups,
    roles: &Roles,
) -> Account {
    let account = &model.account;
    let installer_privileges: Vec<PrivilegeId> =
        account.installer_privileges.iter().map(|privilege| privilege.id).collect();
    let installer_roles: Vec<RoleId> = account.installer_roles.iter().map(|role| role.id).collect();
    let has = |role: RoleId, wanted: &[PrivilegeId]| {
        roles.privileges.get(role.index()).iter().any(|privilege| wanted.contains(privilege))
    };
    let approving: Vec<PrivilegeId> = account.approve_privilege.into_iter().collect();
    let approvers = holders(users, groups, roles, texts.names(), |role| has(role, &approving));
    let installers = if installer_privileges == approving && installer_roles.is_empty() {
        approvers.clone()
    } else {
        holders(users, groups, roles, texts.names(), |role| {
            installer_roles.contains(&role) || has(role, &installer_privileges)
        })
    };
    let notify = match &account.notify {
        Some(model::Notify::Recipients(users)) => {
            Notify::Recipients(users.iter().map(|user| user.id).collect())
        }
        Some(model::Notify::Automatically) => Notify::Automatically,
        Some(model::Notify::Nobody) | None => Notify::Nobody,
    };
    Account {
        // A section that was not stated was reported; no checked project has one.
        listed_required: account.listed.approval_required.unwrap_or(true),
        unlisted_required: account.unlisted.approval_required.unwrap_or(true),
        notify,
        installer_privileges,
        installer_roles,
        requests_via: account.requests_via.map(|via| texts.name(via)),
        approve_privilege: account.approve_privilege,
        approvers,
        installers,
    }
}
