//! Groups and users.

use super::closure::{Budget, Closure, Mark};
use super::lists::DistinctLists;
use super::naming::sorted;
use super::texts::Texts;
use crate::model::Model;
use crate::program::{
    Groups, Jagged, Name, NameIndex, Names, Principal, PrincipalId, Roles, Run, TimedRole, User, Users,
};
use crate::text::{GroupId, Id, IdVec, RoleId, UserId};

/// The groups of the model.
pub(super) fn groups(model: &Model, principals: &[Principal], texts: &mut Texts<'_>) -> Groups {
    let names = model.groups.iter().map(|group| texts.name(group.name)).collect();
    let nested = || {
        let groups = model.groups.enumerate();
        groups.flat_map(|(outer, group)| group.groups.iter().map(move |inner| (inner.id.index(), outer)))
    };
    let mut numbers: IdVec<GroupId, Option<PrincipalId>> = model.groups.iter().map(|_| None).collect();
    for (number, principal) in (0..).zip(principals) {
        if let Principal::Group(group) = principal
            && let Some(place) = numbers.get_mut(*group)
        {
            *place = Some(PrincipalId(number));
        }
    }
    Groups { names, principals: numbers, parents: Jagged::from_pairs(model.groups.len(), nested).sorted() }
}

/// The users of the model, each with what selects them. `rules` are the principals that rules name.
pub(super) fn users(
    model: &Model,
    principals: &[Principal],
    groups: &Groups,
    names: &Names,
    roles: &Roles,
    rules: &[PrincipalId],
    mut budget: Budget,
) -> Users {
    let mut users = Users {
        // The first names are the users' addresses.
        index: NameIndex::new(names, (0..short(model.users.len())).map(Name)),
        principals: principals.to_vec(),
        ..Users::default()
    };
    let mark = |group| groups.principals.get(GroupId::from_index(group)).copied().flatten();
    let closure = Closure::new(&groups.parents, mark, &mut budget);
    let mut lists = GroupLists::new(closure, budget);
    let direct = memberships(model);
    let mut role_lists = RoleLists::new(model, roles, rules);
    // Users whom rules name stand together, in the order of their ids.
    let is_user = |principal: &Principal| matches!(principal, Principal::User(_));
    let first = principals.iter().position(is_user).unwrap_or(principals.len());
    let mut named =
        (short(first)..).map(PrincipalId).zip(principals.get(first..).unwrap_or_default()).peekable();
    users.rows.reserve(model.users.len());
    users.groups.reserve(model.users.len());
    for user in model.users.rows.ids() {
        let list = lists.intern(direct.get(user.index()), &mut users.selected_by);
        let own = named.next_if(|(_, principal)| **principal == Principal::User(user)).map(|(own, _)| own);
        let closed = lists.closed.get(list).copied().unwrap_or_default();
        let selected_by = with_own(closed, own, &mut users.selected_by);
        let principals = selected_by.of(&users.selected_by);
        let (roles, timed) = if selected_by.is_stored() {
            role_lists.of(model, user, principals, &mut lists.budget)
        } else {
            (role_lists.stated(model, user), User::UNSTORED)
        };
        let filter = principals.iter().fold(0, |filter, principal| filter | principal.filter());
        let filter = if selected_by.is_stored() { filter } else { u64::MAX };
        users.rows.push(User { filter, selected_by, roles, timed });
        users.groups.push(short(list));
    }
    users.group_lists = lists.distinct.into_lists();
    users.role_lists = role_lists.always.into_lists();
    users.timed_lists = role_lists.timed.into_lists();
    users
}

/// The users of the model with nothing that could be walked instead: for a question or two, looking at everybody would take longer.
pub(super) fn walked_users(model: &Model, principals: &[Principal], roles: &Roles) -> Users {
    let role_lists = RoleLists::new(model, roles, &[]);
    let row = |user| User {
        filter: u64::MAX,
        selected_by: Run::UNSTORED,
        roles: role_lists.stated(model, user),
        timed: User::UNSTORED,
    };
    let count = model.users.len();
    Users {
        rows: model.users.rows.ids().map(row).collect(),
        index: NameIndex::unbuilt(count),
        principals: principals.to_vec(),
        selected_by: Vec::new(),
        group_lists: memberships(model).sorted(),
        groups: (0..short(count)).collect(),
        role_lists: role_lists.always.into_lists(),
        timed_lists: role_lists.timed.into_lists(),
    }
}

impl Mark for PrincipalId {
    fn number(self) -> usize {
        self.0 as usize
    }
}

/// The groups that each user is a direct member of: what the user's facts say and what the groups' lists say.
fn memberships(model: &Model) -> Jagged<GroupId> {
    let stated = || {
        let users = model.users.rows.ids();
        users.flat_map(|user| model.users.groups(user).iter().map(move |&group| (user.index(), group)))
    };
    let listed = || {
        let groups = model.groups.enumerate();
        groups.flat_map(|(id, group)| group.members.iter().map(move |member| (member.id.index(), id)))
    };
    Jagged::from_pairs(model.users.len(), || stated().chain(listed()))
}

/// The distinct lists of direct groups, and the principals that each makes.
struct GroupLists {
    closure: Closure<PrincipalId>,
    distinct: DistinctLists<GroupId>,
    /// For each list the principals, in the shared vector.
    closed: Vec<Run>,
    budget: Budget,
    /// The list at hand …
    groups: Vec<GroupId>,
    /// … and its principals.
    principals: Vec<PrincipalId>,
}

impl GroupLists {
    fn new(closure: Closure<PrincipalId>, budget: Budget) -> Self {
        let distinct = DistinctLists::new();
        Self { closure, distinct, closed: Vec::new(), budget, groups: Vec::new(), principals: Vec::new() }
    }

    /// The number of a list of direct groups.
    fn intern(&mut self, direct: &[GroupId], selected_by: &mut Vec<PrincipalId>) -> usize {
        let Self { closure, distinct, closed, budget, groups, principals } = self;
        groups.clear();
        groups.extend_from_slice(direct);
        groups.sort_unstable();
        groups.dedup();
        let list = distinct.intern(groups);
        if list == closed.len() {
            principals.clear();
            principals.push(PrincipalId::EVERYONE);
            let run = if closure.gather(groups.iter().map(|group| group.index()), principals, budget) {
                let start = selected_by.len();
                selected_by.extend_from_slice(principals);
                Run::since(start, selected_by)
            } else {
                Run::UNSTORED
            };
            closed.push(run);
        }
        list
    }
}

/// A list of principals with the user's own, where rules name the user. It has a higher number than any group's.
fn with_own(closed: Run, own: Option<PrincipalId>, selected_by: &mut Vec<PrincipalId>) -> Run {
    match own {
        Some(own) if closed.is_stored() => {
            let start = selected_by.len();
            selected_by.extend_from_within(closed.start()..closed.start() + closed.len());
            selected_by.push(own);
            Run::since(start, selected_by)
        }
        _ => closed,
    }
}

/// The distinct lists of roles that users have.
struct RoleLists<'m> {
    roles: &'m Roles,
    /// The principals that rules name.
    rules: &'m [PrincipalId],
    always: DistinctLists<RoleId>,
    timed: DistinctLists<TimedRole>,
    /// The number of each of the model's lists.
    numbers: Vec<u32>,
    /// The list of those whose facts name no role.
    default: u32,
    /// The roles of the user at hand.
    all: Vec<RoleId>,
    /// Those of them that have days.
    dated: Vec<TimedRole>,
}

impl<'m> RoleLists<'m> {
    fn new(model: &Model, roles: &'m Roles, rules: &'m [PrincipalId]) -> Self {
        let (mut always, mut timed) = (DistinctLists::new(), DistinctLists::new());
        timed.intern(&[]);
        let default: Vec<RoleId> = model.account.default_role.iter().map(|role| role.id).collect();
        let default = short(always.intern(&default));
        let lists = model.users.role_lists.iter();
        let numbers = lists.map(|list| short(always.intern(&sorted(list.clone())))).collect();
        Self { roles, rules, always, timed, numbers, default, all: Vec::new(), dated: Vec::new() }
    }

    /// The list that facts give.
    fn stated(&self, model: &Model, user: UserId) -> u32 {
        let list = model.users.rows.get(user).and_then(|row| row.roles);
        list.and_then(|list| self.numbers.get(list.0 as usize).copied()).unwrap_or(self.default)
    }

    /// The lists of roles that a user has on every day and on some days, by facts and grants.
    fn of(
        &mut self,
        model: &Model,
        user: UserId,
        selected_by: &[PrincipalId],
        budget: &mut Budget,
    ) -> (u32, u32) {
        let stated = self.stated(model, user);
        let grants: usize =
            selected_by.iter().map(|principal| self.roles.grants.get(principal.0 as usize).len()).sum();
        if grants == 0 {
            return (stated, 0);
        }
        if !budget.take(grants) {
            return (stated, User::UNSTORED);
        }
        let Self { always, timed, all, dated, .. } = self;
        all.clear();
        dated.clear();
        for role in self.roles.granted(selected_by, self.rules) {
            if role.is_always() { all.push(role.role) } else { dated.push(role) }
        }
        if !all.is_empty() {
            all.extend_from_slice(always.lists().get(stated as usize));
            all.sort_unstable();
            all.dedup();
        }
        let list = if all.is_empty() { stated } else { short(always.intern(all)) };
        let roles = always.lists().get(list as usize);
        dated.retain(|role| roles.binary_search(&role.role).is_err());
        dated.sort_unstable();
        dated.dedup();
        (list, short(timed.intern(dated)))
    }
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
