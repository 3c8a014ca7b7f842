//! Users, and what rules select people by.

use super::{Jagged, Name, NameIndex, Run};
use crate::text::{GroupId, IdVec, RoleId, UserId};

/// What a rule selects people by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Principal {
    /// Every user.
    Everyone,
    /// Members of a group, nested ones included.
    Group(GroupId),
    /// One user.
    User(UserId),
    /// Users who have this role.
    Role(RoleId),
}

/// The number of a principal that some rule or condition names. Roles have the highest numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct PrincipalId(pub(crate) u32);

impl PrincipalId {
    /// Every user; always there.
    pub(crate) const EVERYONE: Self = Self(0);
}

/// Every user.
#[derive(Clone, Debug, Default)]
pub(crate) struct Users {
    /// A row for each. The e-mail address of a user is the name with the number of the user's id.
    pub(crate) rows: IdVec<UserId, User>,
    /// Finds a user by e-mail address in lower case.
    pub(crate) index: NameIndex,
    /// All numbered principals in ascending order.
    pub(crate) principals: Vec<Principal>,
    /// The shared vector of users' principals.
    pub(crate) selected_by: Vec<PrincipalId>,
    /// The distinct lists of groups that users are direct members of, each sorted.
    pub(crate) group_lists: Jagged<GroupId>,
    /// The distinct lists of roles that facts give, the default role's among them, each sorted.
    pub(crate) role_lists: Jagged<RoleId>,
}

impl Users {
    /// The number of a principal, if some rule or condition names it.
    pub(crate) fn principal_id(&self, principal: Principal) -> Option<PrincipalId> {
        let at = self.principals.binary_search(&principal).ok()?;
        u32::try_from(at).ok().map(PrincipalId)
    }

    /// The principal with this number.
    pub(crate) fn principal(&self, id: PrincipalId) -> Principal {
        self.principals.get(id.0 as usize).copied().unwrap_or(Principal::Everyone)
    }
}

/// One user.
#[derive(Clone, Copy, Debug)]
pub(crate) struct User {
    /// The numbered principals, roles aside, that select the user: sorted, in [`Users::selected_by`].
    pub(crate) selected_by: Run,
    /// Where the user's roles come from.
    pub(crate) roles: RoleSource,
    /// Which of [`Users::group_lists`] holds the groups that the user is a direct member of.
    pub(crate) groups: u32,
}

/// The list of roles that facts give a user, and whether some grant may give more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RoleSource(u32);

impl RoleSource {
    const GRANTS: u32 = 1 << 31;

    /// The list with this number, with or without grants.
    pub(crate) fn new(list: usize, may_have_grants: bool) -> Self {
        let list = u32::try_from(list).unwrap_or(u32::MAX) & !Self::GRANTS;
        Self(if may_have_grants { list | Self::GRANTS } else { list })
    }

    /// Which of [`Users::role_lists`] the facts give.
    #[inline]
    pub(crate) fn list(self) -> usize {
        (self.0 & !Self::GRANTS) as usize
    }

    /// Whether some grant selects the user on some day (or that is not known).
    #[inline]
    pub(crate) fn may_have_grants(self) -> bool {
        self.0 & Self::GRANTS != 0
    }
}

/// Every group.
#[derive(Clone, Debug, Default)]
pub(crate) struct Groups {
    /// Their names.
    pub(crate) names: IdVec<GroupId, Name>,
    /// The groups that list each, sorted: its members are their members too.
    pub(crate) parents: Jagged<GroupId>,
}
