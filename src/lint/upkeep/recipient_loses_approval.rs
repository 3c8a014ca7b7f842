//! Recipients of requests go on being able to decide them.

use std::collections::BTreeSet;

use super::people::{Approvers, has_departed, has_directory};
use super::{Context, words};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::selection;
use crate::model::{Effect, Notify, Ref, Rule};
use crate::text::{Date, Span, UserId};

declare_code! {
    /// A recipient who cannot approve today, or soon cannot.
    RECIPIENT_LOSES_APPROVAL = Lint, Warning, "recipient-loses-approval", "a recipient of requests who cannot approve now, or soon cannot"
}

/// Looks at today and at each day of the window on which a grant begins or ends. (Who can approve on no day at all is an error, and who is
/// no longer there is told as that.) Returns the heads of grants whose end is told here.
pub(super) fn recipients_go_on_approving(
    context: &Context<'_>,
    approvers: &mut Approvers<'_>,
    out: &mut Sink,
) -> BTreeSet<Span> {
    let mut told = BTreeSet::new();
    let Some(Notify::Recipients(recipients)) = &context.model.account.notify else { return told };
    let days = turning_days(context);
    let has_directory = has_directory(context);
    for recipient in recipients.iter().filter(|recipient| context.is_own(recipient.span)) {
        if has_directory && has_departed(context, recipient.id) {
            continue;
        }
        if let Some(&day) = days.iter().find(|&&day| !approvers.can(recipient.id, day)) {
            let could = approvers.can(recipient.id, day.plus_days(-1));
            let grants = if could { ending_before(context, recipient.id, day) } else { Vec::new() };
            told.extend(grants.iter().map(|grant| grant.head));
            out.push(loses_approval(context, recipient, day, &grants));
        }
    }
    told
}

fn turning_days(context: &Context<'_>) -> BTreeSet<Date> {
    let last = context.settings.expiry_window.after(context.today);
    let grants = context.model.rules.iter().filter(|rule| matches!(rule.effect, Effect::Grant { .. }));
    let turns = grants.flat_map(|grant| {
        [grant.period.starting, grant.period.until.map(|day| day.plus_days(1))].into_iter().flatten()
    });
    let inside = turns.filter(|&day| context.today < day && day <= last);
    inside.chain([context.today]).collect()
}

fn loses_approval(context: &Context<'_>, recipient: &Ref<UserId>, day: Date, grants: &[&Rule]) -> Diagnostic {
    let email = context.program.user_name(recipient.id);
    let message = if day == context.today {
        format!("`{email}` is told about requests but cannot approve apps on {day}")
    } else {
        let when = words::when(day, context.today);
        format!("`{email}` is told about requests but cannot approve apps from {day}, {when}")
    };
    let finding = Diagnostic::new(&RECIPIENT_LOSES_APPROVAL, recipient.span, message)
        .help("renew the grant that gives them `MarketPlace:Edit`, or tell somebody else");
    grants.iter().fold(finding, |finding, grant| {
        finding.related(grant.period.until_span.unwrap_or(grant.head), "this grant ends")
    })
}

/// The grants to this user that end right before the day.
fn ending_before<'a>(context: &Context<'a>, user: UserId, day: Date) -> Vec<&'a Rule> {
    let ending = context.model.rules.iter().filter(|rule| {
        matches!(rule.effect, Effect::Grant { .. }) && rule.period.until == Some(day.plus_days(-1))
    });
    ending.filter(|rule| selection::has_user(context, rule, user)).collect()
}
