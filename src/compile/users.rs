//! Groups and users.

use super::closure::{Budget, Closure};
use super::lists::DistinctLists;
use super::naming::sorted;
use super::texts::Texts;
use crate::model::Model;
use crate::program::{
    Groups, Jagged, NameIndex, Principal, PrincipalId, RoleSource, Roles, Run, User, Users,
};
use crate::text::{GroupId, Id, RoleId, UserId};

/// The groups of the model.
pub(super) fn groups(model: &Model, texts: &mut Texts<'_>) -> Groups {
    let names = model.groups.iter().map(|group| texts.name(group.name)).collect();
    let nested = || {
        let groups = model.groups.enumerate();
        groups.flat_map(|(outer, group)| group.groups.iter().map(move |inner| (inner.id.index(), outer)))
    };
    Groups { names, parents: sorted_lists(&Jagged::from_pairs(model.groups.len(), nested)) }
}

/// The users of the model, each with what selects them.
pub(super) fn users(
    model: &Model,
    principals: &[Principal],
    groups: &Groups,
    roles: &Roles,
    mut budget: Budget,
) -> Users {
    let mut users = Users {
        index: NameIndex::new(
            model.users.len(),
            (0..).zip(model.users.rows.iter().map(|user| model.name(user.email))),
        ),
        principals: principals.to_vec(),
        ..Users::default()
    };
    let mark = |group| users.principal_id(Principal::Group(GroupId::from_index(group)));
    let closure = Closure::new(&groups.parents, mark, &mut budget);
    let mut lists = GroupLists { closure, distinct: DistinctLists::new(), closed: Vec::new(), budget };
    let direct = memberships(model);
    let role_lists = RoleLists::new(model);
    users.rows.reserve(model.users.len());
    for user in model.users.rows.ids() {
        let list = lists.intern(direct.get(user.index()), &mut users.selected_by);
        let own = users.principal_id(Principal::User(user));
        let closed = lists.closed.get(list).copied().unwrap_or_default();
        let selected_by = with_own(closed, own, &mut users.selected_by);
        let granted = |principal: &PrincipalId| !roles.grants.get(principal.0 as usize).is_empty();
        let may_have_grants =
            !selected_by.is_stored() || selected_by.of(&users.selected_by).iter().any(granted);
        let roles = RoleSource::new(role_lists.of(model, user), may_have_grants);
        users.rows.push(User { selected_by, roles, groups: u32::try_from(list).unwrap_or(u32::MAX) });
    }
    users.group_lists = lists.distinct.into_lists();
    users.role_lists = role_lists.distinct.into_lists();
    users
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

/// The same lists, each sorted and with every item once.
fn sorted_lists(lists: &Jagged<GroupId>) -> Jagged<GroupId> {
    let mut made = Jagged::new();
    for list in 0..lists.len() {
        made.push(sorted(lists.get(list).to_vec()));
    }
    made
}

/// The distinct lists of direct groups, and the principals that each makes.
struct GroupLists {
    closure: Closure<PrincipalId>,
    distinct: DistinctLists<GroupId>,
    /// For each list the principals, in the shared vector.
    closed: Vec<Run>,
    budget: Budget,
}

impl GroupLists {
    /// The number of a list of direct groups.
    fn intern(&mut self, direct: &[GroupId], selected_by: &mut Vec<PrincipalId>) -> usize {
        let list = self.distinct.intern(&sorted(direct.to_vec()));
        if list == self.closed.len() {
            let mut principals = vec![PrincipalId::EVERYONE];
            let groups = direct.iter().map(|group| group.index());
            let run = if self.closure.gather(groups, &mut principals, &mut self.budget) {
                let start = selected_by.len();
                selected_by.extend(principals);
                Run::since(start, selected_by)
            } else {
                Run::UNSTORED
            };
            self.closed.push(run);
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

/// The distinct lists of roles that facts give.
struct RoleLists {
    distinct: DistinctLists<RoleId>,
    /// The number of each of the model's lists.
    numbers: Vec<usize>,
    /// The list of those whose facts name no role.
    default: usize,
}

impl RoleLists {
    fn new(model: &Model) -> Self {
        let mut distinct = DistinctLists::new();
        let default: Vec<RoleId> = model.account.default_role.iter().map(|role| role.id).collect();
        let default = distinct.intern(&default);
        let lists = model.users.role_lists.iter();
        let numbers = lists.map(|list| distinct.intern(&sorted(list.clone()))).collect();
        Self { distinct, numbers, default }
    }

    fn of(&self, model: &Model, user: UserId) -> usize {
        let list = model.users.rows.get(user).and_then(|row| row.roles);
        list.and_then(|list| self.numbers.get(list.0 as usize).copied()).unwrap_or(self.default)
    }
}
