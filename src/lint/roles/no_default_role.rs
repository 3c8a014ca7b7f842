//! Nobody is without a role.

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::Context;
use crate::model::Origin;

declare_code! {
    /// Users whose facts name no role, in an account without a default one.
    NO_DEFAULT_ROLE = Lint, Warning, "no-default-role", "users without a role, in an account without a default one"
}

pub(super) fn everybody_has_one(context: &Context<'_>, out: &mut Sink) {
    let account = &context.model.account;
    if account.default_role.is_some() {
        return;
    }
    let bare = |user: &&crate::model::User| user.origin == Origin::Described && user.roles.is_none();
    let mut without = context.model.users.rows.iter().filter(bare);
    let (Some(first), Some(place)) = (without.next(), account.stated) else { return };
    let count = without.count() + 1;
    let user = context.model.name(first.email);
    let (subject, whose) = match count {
        1 => (format!("`{user}` has no role"), "whose"),
        _ => (format!("{count} users, `{user}` for one, have no role"), "their"),
    };
    let finding =
        Diagnostic::new(&NO_DEFAULT_ROLE, place, format!("{subject}: the account names no default one"))
            .related(first.span, format!("{whose} facts name none"));
    out.push(finding.help("add `default role member` to the account: without a role nobody holds any scope"));
}
