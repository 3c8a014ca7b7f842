//! What ends soon is announced.

use std::collections::BTreeSet;

use super::{Context, own_rules, words};
use crate::declare_code;
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::lint::reach::{
    BLOCKS_NOTHING, COVERED_APPROVAL, EXEMPTS_NOTHING, NEEDLESS_APPROVAL, TAKES_NOTHING, WAIVES_NOTHING,
};
use crate::lint::rules::{DUPLICATE_RULE, renewed};
use crate::model::Rule;
use crate::text::{Date, Span};

declare_code! {
    /// A rule or accepted widening whose last day is near.
    ENDING_SOON = Lint, Advice, "ending-soon", "a rule that ends within the window of `expiry-window`"
}

/// The lints that say of a whole rule that nothing would be lost without it.
static IDLE: [&Code; 7] = [
    &BLOCKS_NOTHING,
    &COVERED_APPROVAL,
    &DUPLICATE_RULE,
    &EXEMPTS_NOTHING,
    &NEEDLESS_APPROVAL,
    &TAKES_NOTHING,
    &WAIVES_NOTHING,
];

/// `told` are the heads of grants whose end is told to those who lose by it.
pub(super) fn what_ends_is_announced(context: &Context<'_>, told: &BTreeSet<Span>, out: &mut Sink) {
    let last = context.settings.expiry_window.after(context.today);
    let soon = |until: Date| context.today <= until && until <= last;
    let renewed = renewed(context, soon);
    let is_told = |rule: &Rule| told.contains(&rule.head) || renewed.contains(&rule.head);
    for rule in own_rules(context).filter(|rule| !is_told(rule)) {
        if let (Some(until), Some(place)) = (rule.period.until, rule.period.until_span)
            && soon(until)
        {
            let owner = rule.owner.map(|(owner, _)| context.model.name(owner));
            let found = ending_soon(context, &words::this(context, rule), owner, until, place);
            // Nobody renews what does nothing.
            out.push(IDLE.into_iter().fold(found, |found, code| found.unless_told(code, rule.head)));
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
