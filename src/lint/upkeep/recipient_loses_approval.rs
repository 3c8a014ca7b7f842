//! Recipients of requests go on being able to decide them.

use std::collections::BTreeSet;

use super::people::Approvers;
use super::{Context, words};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::{Effect, Notify, Ref, Rule};
use crate::text::{Date, UserId};

declare_code! {
    /// A recipient who cannot approve today, or soon cannot.
    RECIPIENT_LOSES_APPROVAL = Lint, Warning, "recipient-loses-approval", "a recipient of requests who cannot approve now, or soon cannot"
}

/// Looks at today and at each day of the window on which a grant begins or ends. (Who can approve on no day at all is an error.)
pub(super) fn recipients_go_on_approving(
    context: &Context<'_>,
    approvers: &mut Approvers<'_>,
    out: &mut Sink,
) {
    let Some(Notify::Recipients(recipients)) = &context.model.account.notify else { return };
    let days = turning_days(context);
    for recipient in recipients.iter().filter(|recipient| context.is_own(recipient.span)) {
        if let Some(&day) = days.iter().find(|&&day| !approvers.can(recipient.id, day)) {
            out.push(loses_approval(context, recipient, day));
        }
    }
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

fn loses_approval(context: &Context<'_>, recipient: &Ref<UserId>, day: Date) -> Diagnostic {
    let email = context.program.user_name(recipient.id);
    let message = if day == context.today {
        format!("`{email}` is told about requests but cannot approve apps on {day}")
    } else {
        let when = words::when(day, context.today);
        format!("`{email}` is told about requests but cannot approve apps from {day}, {when}")
    };
    let finding = Diagnostic::new(&RECIPIENT_LOSES_APPROVAL, recipient.span, message)
        .help("renew the grant that gives them `MarketPlace:Edit`, or tell somebody else");
    match ending_before(context, day) {
        Some(grant) => finding.related(grant.period.until_span.unwrap_or(grant.head), "this grant ends"),
        None => finding,
    }
}

/// The grant that ends right before the day, if it is the only one.
fn ending_before<'a>(context: &Context<'a>, day: Date) -> Option<&'a Rule> {
    let mut ending = context.model.rules.iter().filter(|rule| {
        matches!(rule.effect, Effect::Grant { .. }) && rule.period.until == Some(day.plus_days(-1))
    });
    let grant = ending.next()?;
    ending.next().is_none().then_some(grant)
}
