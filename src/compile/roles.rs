//! Roles and grants.

use super::closure::transposed;
use super::naming::Named;
use super::scopes::ScopeLists;
use super::texts::Texts;
use crate::model::Model;
use crate::program::{Grant, Jagged, Role, Roles, RuleEffect, Rules, TimedRole, Widening};

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
