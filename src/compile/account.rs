//! The account.

use super::texts::Texts;
use crate::model::{self, Model};
use crate::program::{Account, Notify};

/// The account of the model.
pub(super) fn account(model: &Model, texts: &mut Texts<'_>) -> Account {
    let account = &model.account;
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
        installer_privileges: account.installer_privileges.iter().map(|privilege| privilege.id).collect(),
        installer_roles: account.installer_roles.iter().map(|role| role.id).collect(),
        requests_via: account.requests_via.map(|via| texts.name(via)),
        approve_privilege: account.approve_privilege,
    }
}
