//! What reaches the whole account is added by its admins.

use super::{and_more, asked};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::Context;
use crate::terms::{Level, ManagedBy};

declare_code! {
    /// An app that users add themselves and that asks for admin-level or master-level scopes.
    USER_MANAGED_ADMIN_SCOPES = Lint, Warning, "user-managed-admin-scopes", "a user-managed app that asks for scopes of admin or master level"
}

/// Where there are no sub-accounts, that an app asks for scopes of master level is told by another lint.
pub(super) fn admins_add_what_reaches_the_account(context: &Context<'_>, out: &mut Sink) {
    let model = context.model;
    let reaches_more = |level: Level| match level {
        Level::User => false,
        Level::Admin => true,
        Level::Master => model.account.sub_accounts == Some(true),
    };
    for app in model.apps.iter().filter(|app| app.managed_by == Some(ManagedBy::User)) {
        let scopes = asked(app).map(|scope| model.scopes.at(scope.id));
        let mut reaching = scopes.filter(|scope| reaches_more(scope.level));
        let Some(first) = reaching.next() else { continue };
        let (name, level) = (model.name(app.name), first.level);
        let message = format!("`{name}` is managed by each user and asks for scopes of {level} level");
        let scopes = (model.name(first.name), reaching.count() + 1);
        let finding = Diagnostic::new(&USER_MANAGED_ADMIN_SCOPES, app.span, message)
            .label(format!("asks for {}", and_more(scopes)));
        out.push(finding.help(
            "if an admin adds it for the account, say `managed-by admin`; else look at its scopes again",
        ));
    }
}
