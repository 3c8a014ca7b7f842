//! Roles, and who may come to have them.

use super::naming::Named;
use super::scopes::ScopeLists;
use super::texts::Texts;
use crate::model::{Effect, Model};
use crate::program::{Day, Grant, Jagged, Names, Role, Roles, Users, Widening};
use crate::text::{Id, RoleId, UserId};

/// The roles and the grants of the model.
pub(super) fn roles<'m>(
    model: &'m Model,
    named: &Named,
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
    for (id, rule) in model.rules.enumerate() {
        let Effect::Grant { role: Some(role) } = rule.effect else { continue };
        let grant = Grant {
            role,
            rule: id,
            first: rule.period.starting.map_or(Day::ALWAYS_WAS, Day::from),
            last: rule.period.until.map_or(Day::ALWAYS_WILL_BE, Day::from),
        };
        let (people, _) = named.people(rule.people.as_ref());
        grants.extend(people.into_iter().map(|principal| (principal.0 as usize, grant)));
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
    let lists: Vec<bool> =
        (0..users.role_lists.len()).map(|list| users.role_lists.get(list).iter().any(gives)).collect();
    let granted: Vec<bool> = (0..roles.grants.len())
        .map(|principal| roles.grants.get(principal).iter().any(|grant| gives(&grant.role)))
        .collect();
    let any_granted = granted.contains(&true);
    let mut holders: Vec<UserId> = users
        .rows
        .enumerate()
        .filter(|(_, user)| {
            lists.get(user.roles.list()).copied().unwrap_or(false)
                || any_granted && user.roles.may_have_grants() && {
                    let mut principals = user.selected_by.of(&users.selected_by).iter();
                    !user.selected_by.is_stored()
                        || principals.any(|one| granted.get(one.0 as usize).copied().unwrap_or(false))
                }
        })
        .map(|(id, _)| id)
        .collect();
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
