//! Accepted widenings that have ended are taken away.

use super::{Context, words};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};

declare_code! {
    /// An `accept` whose last day has passed.
    EXPIRED_ACCEPT = Lint, Warning, "expired-accept", "an accepted widening that has ended"
}

pub(super) fn accepted_widenings_last(context: &Context<'_>, out: &mut Sink) {
    let own = context.model.accepts.iter().filter(|accept| context.is_own(accept.span));
    for accept in own.filter(|accept| accept.until < context.today) {
        let ago = words::when(accept.until, context.today);
        let message = format!("this accepted widening ended on {}, {ago}", accept.until);
        let finding = Diagnostic::new(&EXPIRED_ACCEPT, accept.until_span, message).label("its last day");
        out.push(finding.help("take it away: changes are compared with what was decided since"));
    }
}
