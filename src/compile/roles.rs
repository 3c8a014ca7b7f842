//! Roles, and who may come to have them.

use super::naming::Named;
use super::scopes::ScopeLists;
use super::texts::Texts;
use crate::model::Model;
use crate::program::{
    Grant, Jagged, Names, Role, Roles, RuleEffect, Rules, TimedRole, User, Users, Widening,
};
use crate::text::{Id, RoleId, UserId};

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
    roles.extended_by = super::closure::transposed(&roles.extends);
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
    let may_hold = |user: &User| {
        user.timed == User::UNSTORED
            || always.get(user.roles as usize).copied().unwrap_or(false)
            || timed.get(user.timed as usize).copied().unwrap_or(false)
    };
    let mut holders: Vec<UserId> =
        users.rows.enumerate().filter(|(_, user)| may_hold(user)).map(|(id, _)| id).collect();
    let email = |user: &UserId| names.text(crate::program::Name(user.0));
    holders.sort_unstable_by(|a, b| email(a).cmp(email(b)));
    holders
}

/// By the number of each role whether it is `wanted` or extends, directly or not, one that is.
fn extending(roles: &Roles, wanted: impl Fn(RoleId) -> bool) -> Vec<bool> {
    let mut found: Vec<bool> = roles.rows.ids().map(&wanted).collect();
    let mut rest: Vec<RoleId> = roles.rows.ids().filter(|&role| wanted(role)).collect();
    while let Some(role) = rest.pop() {
        for &next in roles.extended_by.get(role.index()) {
            if let Some(place) = found.get_mut(next.index()).filter(|place| !**place) {
                *place = true;
                rest.push(next);
            }
        }
    }
    found
}
