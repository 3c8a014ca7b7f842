//! The account.

use super::Name;
use crate::terms::Listing;
use crate::text::{PrivilegeId, RoleId, UserId};

/// The account.
#[derive(Clone, Debug, Default)]
pub(crate) struct Account {
    /// Whether listed apps need approval.
    pub(crate) listed_required: bool,
    /// Whether unlisted apps need approval.
    pub(crate) unlisted_required: bool,
    /// Who is told about requests.
    pub(crate) notify: Notify,
    /// Privileges of which any one makes a user an installer, in the order stated.
    pub(crate) installer_privileges: Vec<PrivilegeId>,
    /// Roles of which any one makes a user an installer, in the order stated.
    pub(crate) installer_roles: Vec<RoleId>,
    /// Where approvals are asked for.
    pub(crate) requests_via: Option<Name>,
    /// `MarketPlace:Edit`, the privilege of those who approve.
    pub(crate) approve_privilege: Option<PrivilegeId>,
}

impl Account {
    /// Whether apps of this section need approval.
    #[inline]
    pub(crate) fn requires_approval(&self, section: Listing) -> bool {
        match section {
            Listing::Listed => self.listed_required,
            Listing::Unlisted => self.unlisted_required,
        }
    }
}

/// Who is told about requests.
#[derive(Clone, Debug, Default)]
pub(crate) enum Notify {
    /// These users, in the order stated.
    Recipients(Vec<UserId>),
    /// Everyone who can approve.
    Automatically,
    /// Nobody.
    #[default]
    Nobody,
}
