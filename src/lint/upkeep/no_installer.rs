//! Somebody can add what users may not.

use super::Context;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::eval::Evaluator;
use crate::model::App;
use crate::terms::ManagedBy;

declare_code! {
    /// An account with admin-managed apps that nobody can add.
    NO_INSTALLER = Lint, Warning, "no-installer", "an account in which nobody can add the admin-managed apps"
}

pub(super) fn somebody_can_install(context: &Context<'_>, out: &mut Sink) {
    let model = context.model;
    let managed = |app: &&App| app.managed_by == Some(ManagedBy::Admin);
    let Some(app) = model.apps.iter().find(managed) else { return };
    let Some((_, place)) = model.account.name else { return };
    if !model.users.is_empty() && Evaluator::new(context.program).installers_on(context.today).is_empty() {
        let count = model.apps.iter().filter(managed).count();
        let others = if count > 1 { format!(" and {} more", count - 1) } else { String::new() };
        let message = format!(
            "nobody can add admin-managed apps on {}: `{}`{others}",
            context.today,
            model.name(app.name)
        );
        let finding =
            Diagnostic::new(&NO_INSTALLER, place, message).related(app.span, "an admin-managed app");
        out.push(
            finding.help("give somebody what `installers` names; without that clause, `MarketPlace:Edit`"),
        );
    }
}
