//! Owners are there.

use super::{Context, EXPIRED_RULE, own_rules, people, words};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::Rule;
use crate::text::Span;

declare_code! {
    /// An owner whom the directory does not describe.
    DEPARTED_OWNER = Lint, Warning, "departed-owner", "an owner of whom the directory knows nothing any more"
}

pub(super) fn owners_are_there(context: &Context<'_>, out: &mut Sink) {
    if !people::has_directory(context) {
        return;
    }
    for rule in own_rules(context) {
        if let Some((owner, place)) = rule.owner
            && let Some(user) = context.model.user(context.model.name(owner))
            && people::has_departed(context, user)
        {
            out.push(departed_owner(context, rule, context.model.name(owner), place));
        }
    }
}

fn departed_owner(context: &Context<'_>, rule: &Rule, owner: &str, place: Span) -> Diagnostic {
    let what = words::this(context, rule);
    let message = format!("the directory does not describe `{owner}`, who answers for {what}");
    Diagnostic::new(&DEPARTED_OWNER, place, message)
        .help("only a group's list still names them: name somebody who is there, or describe them")
        .unless_told(&EXPIRED_RULE, rule.period.until_span.unwrap_or(rule.head))
}
