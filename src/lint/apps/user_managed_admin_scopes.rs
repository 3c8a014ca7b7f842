//! What reaches the whole account is added by its admins.

use super::{and_more, of_level};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::Context;
use crate::terms::{Level, ManagedBy};

declare_code! {
    /// An app that users add themselves and that asks for admin-level scopes.
    USER_MANAGED_ADMIN_SCOPES = Lint, Warning, "user-managed-admin-scopes", "a user-managed app that asks for scopes of admin level"
}

pub(super) fn admins_add_what_reaches_the_account(context: &Context<'_>, out: &mut Sink) {
    let model = context.model;
    for app in model.apps.iter().filter(|app| app.managed_by == Some(ManagedBy::User)) {
        if let Some(scopes) = of_level(model, app, Level::Admin) {
            let name = model.name(app.name);
            let message = format!("`{name}` is managed by each user and asks for scopes of admin level");
            let finding = Diagnostic::new(&USER_MANAGED_ADMIN_SCOPES, app.span, message)
                .label(format!("asks for {}", and_more(scopes)));
            out.push(finding.help(
                "if an admin adds it for the account, say `managed-by admin`; else look at its scopes again",
            ));
        }
    }
}
