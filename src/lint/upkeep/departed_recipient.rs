//! Recipients of requests are there.

use super::{Context, people};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::Notify;

declare_code! {
    /// A recipient whom the directory does not describe.
    DEPARTED_RECIPIENT = Lint, Warning, "departed-recipient", "a recipient of requests of whom the directory knows nothing"
}

pub(super) fn recipients_are_there(context: &Context<'_>, out: &mut Sink) {
    let Some(Notify::Recipients(recipients)) = &context.model.account.notify else { return };
    if !people::has_directory(context) {
        return;
    }
    for recipient in recipients.iter().filter(|recipient| context.is_own(recipient.span)) {
        if people::has_departed(context, recipient.id) {
            let email = context.program.user_name(recipient.id);
            let message = format!("requests are sent to `{email}`, whom the directory does not describe");
            let finding = Diagnostic::new(&DEPARTED_RECIPIENT, recipient.span, message);
            out.push(finding.help("only a group's list still names them: name somebody who is there"));
        }
    }
}
