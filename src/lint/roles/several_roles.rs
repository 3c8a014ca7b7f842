//! The facts give each user one role, as Zoom does.

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::Context;
use crate::text::{RoleId, UserId};

declare_code! {
    /// Users to whom the facts give several roles.
    SEVERAL_ROLES = Lint, Warning, "several-roles", "users to whom the facts give several roles"
}

/// One finding for all of them, as far as they are not allowed: it is one mistake of whatever writes the facts.
pub(super) fn nobody_has_two(context: &Context<'_>, out: &mut Sink) {
    let users = &context.model.users;
    let distinct = |roles: &[RoleId]| {
        let mut roles = roles.to_vec();
        roles.sort_unstable();
        roles.dedup();
        roles.len()
    };
    let several: Vec<bool> = users.role_lists.iter().map(|roles| distinct(roles) > 1).collect();
    if !several.contains(&true) {
        return;
    }
    let has = |(_, user): &(UserId, &crate::model::User)| {
        user.roles.is_some_and(|list| several.get(list.0 as usize) == Some(&true))
    };
    // Whoever is allowed is told alone, so that the others are told still.
    let allowing = context.allowing(&SEVERAL_ROLES);
    let is_allowed = |&(_, user): &(UserId, &crate::model::User)| {
        let at = allowing.partition_point(|item| (item.file, item.end) < (user.span.file, user.span.end));
        allowing.get(at).is_some_and(|item| item.contains(user.span))
    };
    let (allowed, others): (Vec<_>, Vec<_>) = users.rows.enumerate().filter(has).partition(is_allowed);
    for (user, _) in allowed {
        out.push(several_roles(context, user, 1));
    }
    if let Some(&(first, _)) = others.first() {
        out.push(several_roles(context, first, others.len()));
    }
}

fn several_roles(context: &Context<'_>, first: UserId, count: usize) -> Diagnostic {
    let user = context.program.user_name(first);
    let roles = context.model.users.stated_roles(first).unwrap_or_default();
    let roles = super::names(context.model, roles.iter().copied());
    let message = match count {
        1 => format!("`{user}` has several roles by the facts"),
        _ => format!("{count} users have several roles by the facts"),
    };
    Diagnostic::new(&SEVERAL_ROLES, context.model.users.rows.at(first).span, message)
        .label(format!("`{user}` has {roles}"))
        .help("Zoom gives each user one role: state that one, and give others by `grant`")
}
