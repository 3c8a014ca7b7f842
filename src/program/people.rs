//! Users, and what rules select people by.

use super::{Day, Jagged, Name, NameIndex, Run};
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

    /// One of 64 bits. A list of principals whose bits do not hold this one does not hold the principal.
    #[inline]
    pub(crate) fn filter(self) -> u64 {
        1 << (self.0.wrapping_mul(0x9E37_79B9) >> 26)
    }
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
    /// By user, which of these are the groups that the user is a direct member of.
    pub(crate) groups: Vec<u32>,
    /// The distinct lists of roles that users have on every day, each sorted.
    pub(crate) role_lists: Jagged<RoleId>,
    /// The distinct lists of roles that users have on some days besides, each sorted. The first is empty.
    pub(crate) timed_lists: Jagged<TimedRole>,
}

impl Users {
    /// The number of a principal, if some rule or condition names it.
    pub(crate) fn principal_id(&self, principal: Principal) -> Option<PrincipalId> {
        let at = self.principals.binary_search(&principal).ok()?;
        u32::try_from(at).ok().map(PrincipalId)
    }

    /// The groups that a user is a direct member of, sorted.
    pub(crate) fn direct_groups(&self, user: UserId) -> &[GroupId] {
        use crate::text::Id;
        self.groups.get(user.index()).map_or(&[], |&list| self.group_lists.get(list as usize))
    }

    /// The principal with this number.
    pub(crate) fn principal(&self, id: PrincipalId) -> Principal {
        self.principals.get(id.0 as usize).copied().unwrap_or(Principal::Everyone)
    }
}

/// One user: what every question about them needs, in little room.
#[derive(Clone, Copy, Debug)]
pub(crate) struct User {
    /// The bits of the numbered principals, roles aside, that select the user; all bits where these are not stored.
    pub(crate) filter: u64,
    /// These principals: sorted, in [`Users::selected_by`].
    pub(crate) selected_by: Run,
    /// Which of [`Users::role_lists`] the user has on every day, by facts and by grants without end.
    pub(crate) roles: u32,
    /// Which of [`Users::timed_lists`] the user has besides; [`User::UNSTORED`]: grants were not looked at when the program was made.
    pub(crate) timed: u32,
}

impl User {
    /// Stands for timed roles that are found anew for each question.
    pub(crate) const UNSTORED: u32 = u32::MAX;
}

/// A role on the days from `first` to `last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TimedRole {
    /// Which role.
    pub(crate) role: RoleId,
    /// The first day.
    pub(crate) first: Day,
    /// The last day.
    pub(crate) last: Day,
}

impl TimedRole {
    /// Whether it has neither a first nor a last day.
    pub(crate) fn is_always(&self) -> bool {
        (self.first, self.last) == (Day::ALWAYS_WAS, Day::ALWAYS_WILL_BE)
    }

    /// Whether `day` is among its days.
    #[inline]
    pub(crate) fn is_on(&self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }
}

/// Every group.
#[derive(Clone, Debug, Default)]
pub(crate) struct Groups {
    /// Their names.
    pub(crate) names: IdVec<GroupId, Name>,
    /// The groups that list each, sorted: its members are their members too.
    pub(crate) parents: Jagged<GroupId>,
    /// The number of each that some rule or condition names.
    pub(crate) principals: IdVec<GroupId, Option<PrincipalId>>,
}
