//! Nobody is without a role.

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::Context;
use crate::model::{Origin, User};
use crate::program::{self, Day};

declare_code! {
    /// Users whose facts name no role and whom no grant gives one, in an account without a default one.
    NO_DEFAULT_ROLE = Lint, Warning, "no-default-role", "users without a role, in an account without a default one"
}

pub(super) fn everybody_has_one(context: &Context<'_>, out: &mut Sink) {
    let account = &context.model.account;
    if account.default_role.is_some() {
        return;
    }
    // Users share their lists of roles. A grant without an end is in those that hold on every day.
    let users = &context.program.users;
    let day = Day::from(context.today);
    let has_granted: Vec<bool> = (0..users.timed_lists.len())
        .map(|list| users.timed_lists.get(list).iter().any(|role| role.first <= day && day <= role.last))
        .collect();
    let is_bare = |&(user, row): &(&User, &program::User)| {
        user.origin == Origin::Described
            && user.roles.is_none()
            && users.role_lists.get(row.roles as usize).is_empty()
            && has_granted.get(row.timed as usize) == Some(&false)
    };
    let rows = context.model.users.rows.iter().zip(users.rows.iter());
    let mut without = rows.filter(is_bare).map(|(user, _)| user);
    let (Some(first), Some(place)) = (without.next(), account.stated) else { return };
    let count = without.count() + 1;
    let user = context.model.name(first.email);
    let (subject, whose) = match count {
        1 => (format!("`{user}` has no role"), "whose"),
        _ => (format!("{count} users, `{user}` for one, have no role"), "their"),
    };
    let finding =
        Diagnostic::new(&NO_DEFAULT_ROLE, place, format!("{subject}: the account names no default one"))
            .related(first.span, format!("{whose} facts name none, and no grant gives one"));
    out.push(finding.help("add `default role member` to the account: without a role nobody holds any scope"));
}
