//! Lints about upkeep: what ends, who answers for it, and who is there to decide.

mod departed_owner;
mod departed_recipient;
mod distant_date;
mod ending_soon;
mod expired_accept;
mod expired_rule;
mod missing_expiry;
mod missing_owner;
mod missing_reason;
mod no_approver;
mod no_installer;
mod owner_cannot_approve;
mod people;
mod placeholder_reason;
mod recipient_loses_approval;
mod self_approved;
mod words;

pub use departed_owner::DEPARTED_OWNER;
pub use departed_recipient::DEPARTED_RECIPIENT;
pub use distant_date::DISTANT_DATE;
pub use ending_soon::ENDING_SOON;
pub use expired_accept::EXPIRED_ACCEPT;
pub use expired_rule::EXPIRED_RULE;
pub use missing_expiry::MISSING_EXPIRY;
pub use missing_owner::MISSING_OWNER;
pub use missing_reason::MISSING_REASON;
pub use no_approver::NO_APPROVER;
pub use no_installer::NO_INSTALLER;
pub use owner_cannot_approve::OWNER_CANNOT_APPROVE;
pub use placeholder_reason::PLACEHOLDER_REASON;
pub use recipient_loses_approval::RECIPIENT_LOSES_APPROVAL;
pub use self_approved::SELF_APPROVED;

pub(super) use words::this;

use std::collections::BTreeSet;

use people::Approvers;

use super::Context;
use crate::diagnostics::Sink;
use crate::model::Rule;

pub(super) fn lint(context: &Context<'_>, out: &mut Sink) {
    let mut approvers = Approvers::new(context);
    // Each rule says why it is there, who answers for it, and until when.
    context.run(&MISSING_REASON, out, missing_reason::rules_say_why);
    context.run(&PLACEHOLDER_REASON, out, placeholder_reason::reasons_say_something);
    context.run(&MISSING_OWNER, out, missing_owner::rules_have_owners);
    context.run(&MISSING_EXPIRY, out, missing_expiry::what_lets_in_ends);
    // What has ended is taken away, and what ends soon is renewed in time.
    context.run(&EXPIRED_RULE, out, expired_rule::rules_are_in_force_or_will_be);
    context.run(&EXPIRED_ACCEPT, out, expired_accept::accepted_widenings_last);
    context.run(&DISTANT_DATE, out, distant_date::days_are_near);
    // Whoever answers for something is there, and can.
    context.run(&DEPARTED_OWNER, out, departed_owner::owners_are_there);
    if context.asks_for(&OWNER_CANNOT_APPROVE) {
        owner_cannot_approve::owners_can_approve(context, &mut approvers, out);
    }
    context.run(&SELF_APPROVED, out, self_approved::nobody_answers_for_their_own);
    context.run(&DEPARTED_RECIPIENT, out, departed_recipient::recipients_are_there);
    let told = if context.asks_for(&RECIPIENT_LOSES_APPROVAL) {
        recipient_loses_approval::recipients_go_on_approving(context, &mut approvers, out)
    } else {
        BTreeSet::new()
    };
    if context.asks_for(&ENDING_SOON) {
        ending_soon::what_ends_is_announced(context, &told, out);
    }
    // Somebody is there to decide, and to add what users may not.
    if context.asks_for(&NO_APPROVER) {
        no_approver::somebody_can_approve(context, &mut approvers, out);
    }
    context.run(&NO_INSTALLER, out, no_installer::somebody_can_install);
}

/// The project's own rules.
fn own_rules<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Rule> + use<'a> {
    let context = *context;
    context.model.rules.iter().filter(move |rule| context.is_own(rule.span))
}
