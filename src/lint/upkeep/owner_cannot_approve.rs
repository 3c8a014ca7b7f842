//! Owners of approvals can approve.

use super::people::{self, Approvers};
use super::{Context, own_rules, words};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::{Effect, Origin, Rule};

declare_code! {
    /// An owner of an approval or waiver who lacks `MarketPlace:Edit`.
    OWNER_CANNOT_APPROVE = Lint, Warning if asked, "owner-cannot-approve", "an approval or waiver whose owner lacks `MarketPlace:Edit`"
}

/// Where the console's own rule is to hold here too: who answers for an approval is someone who could give it.
pub(super) fn owners_can_approve(context: &Context<'_>, approvers: &mut Approvers<'_>, out: &mut Sink) {
    let gives = |rule: &&Rule| matches!(rule.effect, Effect::Approve { .. } | Effect::Waive { .. });
    for rule in own_rules(context).filter(gives) {
        let Some((owner, place)) = rule.owner else { continue };
        let owner = context.model.name(owner);
        let Some(user) = context.model.user(owner) else { continue };
        let known = context.model.users.rows.get(user).is_some_and(|row| row.origin != Origin::Named);
        let there = known && !(people::has_departed(context, user) && people::has_directory(context));
        if there && !approvers.can(user, context.today) {
            let what = words::this(context, rule);
            let message =
                format!("`{owner}` answers for {what} but cannot approve apps on {}", context.today);
            let finding = Diagnostic::new(&OWNER_CANNOT_APPROVE, place, message);
            out.push(
                finding.help("name an owner who has `MarketPlace:Edit`, or give them a role that has it"),
            );
        }
    }
}
