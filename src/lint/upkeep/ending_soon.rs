//! What ends soon is announced.

use std::collections::BTreeSet;

use super::{Context, own_rules, words};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::text::{Date, Span};

declare_code! {
    /// A rule or accepted widening whose last day is near.
    ENDING_SOON = Lint, Advice, "ending-soon", "a rule that ends within the window of `expiry-window`"
}

/// `told` are the heads of grants whose end is told to those who lose by it.
pub(super) fn what_ends_is_announced(context: &Context<'_>, told: &BTreeSet<Span>, out: &mut Sink) {
    let last = context.settings.expiry_window.after(context.today);
    let soon = |until: Date| context.today <= until && until <= last;
    for rule in own_rules(context).filter(|rule| !told.contains(&rule.head)) {
        if let (Some(until), Some(place)) = (rule.period.until, rule.period.until_span)
            && soon(until)
        {
            let owner = rule.owner.map(|(owner, _)| context.model.name(owner));
            out.push(ending_soon(context, &words::this(context, rule), owner, until, place));
        }
    }
    for accept in context.model.accepts.iter().filter(|accept| context.is_own(accept.span)) {
        if soon(accept.until) {
            let owner = Some(context.model.name(accept.owner));
            out.push(ending_soon(context, "this accepted widening", owner, accept.until, accept.until_span));
        }
    }
}

fn ending_soon(
    context: &Context<'_>,
    what: &str,
    owner: Option<&str>,
    until: Date,
    place: Span,
) -> Diagnostic {
    let message = format!("{what} ends {}, on {until}", words::when(until, context.today));
    let asked = match owner {
        Some(owner) => format!("`{owner}` answers for it"),
        None => "nobody is named who answers for it".to_owned(),
    };
    Diagnostic::new(&ENDING_SOON, place, message)
        .label("its last day")
        .help(format!("{asked}: renew it with a later day, or let it end"))
}
