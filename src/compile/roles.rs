//! Roles, and who may come to have them.

use super::closure::transposed;
use super::naming::Named;
use super::scopes::ScopeLists;
use super::texts::Texts;
use crate::model::Model;
use crate::program::{
    Grant, Groups, Jagged, Names, Principal, Role, Roles, RuleEffect, Rules, TimedRole, User, Users, Widening,
};
use crate::text::{GroupId, Id, RoleId, UserId};

/// The roles and the grants of the model.
pub(super) fn roles<'m>(
    model: &'m Model,
    named: &Named,
    rules: &Rules,
    texts: &mut Texts<'m>,
    scopes: &mut ScopeLists<'m>,
) -> Roles {
    let mut roles = Roles::default();
    for role in model.roles.iter() {
        let list = scopes.list(&role.scopes, Widening::Implied, texts);
        roles.rows.push(Role { name: texts.name(role.name), scopes: list });
        roles.extends.push(role.extends.iter().map(|extended| extended.id));
        roles.privileges.push(role.privileges.iter().map(|privilege| privilege.id));
    }
    roles.extended_by = transposed(&roles.extends);
    let mut grants: Vec<(usize, Grant)> = Vec::new();
    for (rule, text) in rules.texts.enumerate() {
        let (RuleEffect::Grant(role), Some(row)) = (text.effect, rules.rows.get(rule)) else { continue };
        let role = TimedRole { role, first: row.first, last: row.last };
        let grant = Grant { role, except: row.people_except };
        let people = text.people.of(&rules.principals);
        grants.extend(people.iter().map(|principal| (principal.0 as usize, grant)));
    }
    roles.grants = Jagged::from_pairs(named.principals.len(), || grants.iter().copied());
    roles
}

/// The users who on some day have a role that is `wanted` or extends one that is, sorted by e-mail address; others may stand among them.
pub(super) fn holders(
    users: &Users,
    groups: &Groups,
    roles: &Roles,
    names: &Names,
    wanted: impl Fn(RoleId) -> bool,
) -> Vec<UserId> {
    let wanted = extending(roles, wanted);
    let gives = |role: &RoleId| wanted.get(role.index()).copied().unwrap_or(false);
    let always: Vec<bool> =
        (0..users.role_lists.len()).map(|list| users.role_lists.get(list).iter().any(gives)).collect();
    let timed: Vec<bool> = (0..users.timed_lists.len())
        .map(|list| users.timed_lists.get(list).iter().any(|timed| gives(&timed.role)))
        .collect();
    let granted = |principal: Principal| {
        let grants = users.principal_id(principal).map(|id| roles.grants.get(id.0 as usize));
        grants.unwrap_or_default().iter().any(|grant| gives(&grant.role.role))
    };
    let everyone = granted(Principal::Everyone);
    let within = within(groups, |group| granted(Principal::Group(group)));
    let in_group = |group: &GroupId| within.get(group.index()).copied().unwrap_or(false);
    let may_hold = |id: UserId, user: &User| {
        always.get(user.roles as usize).copied().unwrap_or(false)
            || match user.timed {
                User::UNSTORED => {
                    everyone || granted(Principal::User(id)) || users.direct_groups(id).iter().any(in_group)
                }
                list => timed.get(list as usize).copied().unwrap_or(false),
            }
    };
    let holders = users.rows.enumerate().filter(|(id, user)| may_hold(*id, user));
    let mut holders: Vec<UserId> = holders.map(|(id, _)| id).collect();
    let email = |user: &UserId| names.text(crate::program::Name(user.0));
    holders.sort_unstable_by(|a, b| email(a).cmp(email(b)));
    holders
}

/// By the number of each group whether it is `wanted` or lies, directly or not, in one that is.
fn within(groups: &Groups, wanted: impl Fn(GroupId) -> bool) -> Vec<bool> {
    let inner = transposed(&groups.parents);
    spread(groups.names.ids().map(wanted).collect(), &inner)
}

/// By the number of each role whether it is `wanted` or extends, directly or not, one that is.
fn extending(roles: &Roles, wanted: impl Fn(RoleId) -> bool) -> Vec<bool> {
    spread(roles.rows.ids().map(wanted).collect(), &roles.extended_by)
}

/// Marks everything that what is marked leads to.
fn spread<I: Id>(mut marks: Vec<bool>, edges: &Jagged<I>) -> Vec<bool> {
    let mut rest: Vec<usize> = (0..).zip(&marks).filter(|(_, mark)| **mark).map(|(at, _)| at).collect();
    while let Some(at) = rest.pop() {
        for next in edges.get(at) {
            if let Some(place) = marks.get_mut(next.index()).filter(|place| !**place) {
                *place = true;
                rest.push(next.index());
            }
        }
    }
    marks
}
