//! What reaches nobody but its user needs no admin.

use super::asked;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::Context;
use crate::terms::{Level, ManagedBy};

declare_code! {
    /// An app that admins add and that asks for user-level scopes only.
    ADMIN_MANAGED_USER_SCOPES = Lint, Advice, "admin-managed-user-scopes", "an admin-managed app that asks for scopes of user level only"
}

pub(super) fn users_add_what_reaches_only_them(context: &Context<'_>, out: &mut Sink) {
    let model = context.model;
    let managed = model.apps.iter().filter(|app| app.managed_by == Some(ManagedBy::Admin));
    for app in managed.filter(|app| app.scopes.is_some()) {
        // An unknown scope's level is a guess.
        let of_user =
            |id| Some(model.scopes.at(id)).is_some_and(|scope| scope.known && scope.level == Level::User);
        if asked(app).next().is_some() && asked(app).all(|scope| of_user(scope.id)) {
            let name = model.name(app.name);
            let message = format!("`{name}` is managed by admins and asks for scopes of user level only");
            let finding = Diagnostic::new(&ADMIN_MANAGED_USER_SCOPES, app.span, message)
                .label("reaches nothing but the data of who adds it");
            out.push(finding.help("if each user adds it, say `managed-by user`"));
        }
    }
}
