//! Somebody can approve.

use super::Context;
use super::people::Approvers;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};

declare_code! {
    /// An account in which apps need approval that nobody can give.
    NO_APPROVER = Lint, Warning, "no-approver", "an account in which nobody can approve the apps that need it"
}

/// Where users are known at all. (A repository of policies whose directory lies elsewhere knows none.)
pub(super) fn somebody_can_approve(context: &Context<'_>, approvers: &mut Approvers<'_>, out: &mut Sink) {
    let account = &context.model.account;
    let required = [&account.listed, &account.unlisted]
        .into_iter()
        .any(|section| section.approval_required == Some(true));
    let Some((_, place)) = account.name else { return };
    if required && !context.model.users.is_empty() && !approvers.any(context.today) {
        let message = format!("apps need approval, and nobody can approve on {}", context.today);
        let finding = Diagnostic::new(&NO_APPROVER, place, message);
        out.push(
            finding.help("give somebody a role with `MarketPlace:Edit`, such as `grant admin to ADDRESS`"),
        );
    }
}
