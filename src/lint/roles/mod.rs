//! Roles, who holds them and who is given them.

mod already_inherited;
mod needless_grant;
mod no_default_role;
mod redundant_extends;
mod role_catches_more;
mod several_roles;
mod unheld_role;

pub(super) use already_inherited::ALREADY_INHERITED;
pub(super) use needless_grant::NEEDLESS_GRANT;
pub(super) use no_default_role::NO_DEFAULT_ROLE;
pub(super) use redundant_extends::REDUNDANT_EXTENDS;
pub(super) use role_catches_more::ROLE_CATCHES_MORE;
pub(super) use several_roles::SEVERAL_ROLES;
pub(super) use unheld_role::UNHELD_ROLE;

use rustc_hash::FxHashSet;

use super::Context;
use super::membership::Membership;
use crate::diagnostics::Sink;
use crate::model::{Model, Origin};
use crate::text::{Id, RoleId};

/// A set of roles.
pub(super) type Roles = FxHashSet<RoleId>;

pub(super) fn lint(context: &Context<'_>, members: &Membership<'_>, out: &mut Sink) {
    context.walk(&REDUNDANT_EXTENDS, members, out, redundant_extends::nothing_is_extended_twice);
    context.walk(&ALREADY_INHERITED, members, out, already_inherited::roles_state_only_what_they_add);
    context.walk(&NEEDLESS_GRANT, members, out, needless_grant::grants_give_something);
    context.walk(&ROLE_CATCHES_MORE, members, out, role_catches_more::roles_mean_whom_they_say);
    let Some(holders) = Holders::of(context) else { return };
    if context.asks_for(&UNHELD_ROLE) {
        unheld_role::somebody_has_each_role(context, &holders, out);
    }
    context.run(&SEVERAL_ROLES, out, several_roles::nobody_has_two);
    context.run(&NO_DEFAULT_ROLE, out, no_default_role::everybody_has_one);
}

/// What a role extends, directly or not; not itself.
pub(super) fn extended(model: &Model, role: RoleId) -> Roles {
    let mut found = Roles::default();
    let mut rest = vec![role];
    while let Some(one) = rest.pop() {
        let inner = model.roles.get(one).map_or(&[][..], |role| role.extends.as_slice());
        rest.extend(inner.iter().map(|extended| extended.id).filter(|&next| found.insert(next)));
    }
    found.remove(&role);
    found
}

/// How many users have each role outright on some day, by facts or grants.
pub(super) struct Holders(Vec<usize>);

impl Holders {
    /// `None` where no user is described, so that nobody knows who has what.
    pub(super) fn of(context: &Context<'_>) -> Option<Self> {
        let (model, users) = (context.model, &context.program.users);
        if !model.users.rows.iter().any(|user| user.origin == Origin::Described) {
            return None;
        }
        // Users share their lists, so the lists are counted and then the roles in them.
        let mut always = vec![0; users.role_lists.len()];
        let mut timed = vec![0; users.timed_lists.len()];
        let count = |counts: &mut Vec<usize>, list: u32| {
            if let Some(count) = counts.get_mut(list as usize) {
                *count += 1;
            }
        };
        for user in users.rows.iter() {
            count(&mut always, user.roles);
            // Where the timed roles of some are not stored, any role may be theirs.
            if user.timed == crate::program::User::UNSTORED {
                return None;
            }
            count(&mut timed, user.timed);
        }
        let mut holders = vec![0; model.roles.len()];
        let mut add = |role: RoleId, count: usize| {
            if let Some(holders) = holders.get_mut(role.index()) {
                *holders += count;
            }
        };
        for (list, &count) in always.iter().enumerate() {
            users.role_lists.get(list).iter().for_each(|&role| add(role, count));
        }
        for (list, &count) in timed.iter().enumerate() {
            users.timed_lists.get(list).iter().for_each(|timed| add(timed.role, count));
        }
        Some(Self(holders))
    }

    /// How many have the role itself. Whoever has it by facts and by a grant counts twice.
    pub(super) fn count(&self, role: RoleId) -> usize {
        self.0.get(role.index()).copied().unwrap_or(0)
    }
}

/// The names of roles in backticks, with `and`.
pub(super) fn names(model: &Model, roles: impl IntoIterator<Item = RoleId>) -> String {
    let names = roles.into_iter().map(|role| model.name(model.roles.at(role).name));
    crate::diagnostics::quoted_list(names, "and")
}
