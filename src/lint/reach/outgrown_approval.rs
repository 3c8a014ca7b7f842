//! Apps ask for no more than what was reviewed.

use super::Reach;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, quoted_list};
use crate::model::{Effect, Rule};
use crate::text::{AppId, Id, RuleId, UserId};

declare_code! {
    /// An approval of an app that asks for scopes that were not reviewed, and for which it therefore does not hold.
    OUTGROWN_APPROVAL = Lint, Warning, "outgrown-approval", "an approval of an app that asks for more than was reviewed"
}

/// Whether the app is known to ask for a scope that the approval does not list.
pub(super) fn asks_for_more(reach: &Reach<'_, '_>, id: RuleId, app: AppId) -> bool {
    let is_reviewed = reach.census.program().rules.rows.get(id).is_some_and(|row| row.scopes.is_some());
    is_reviewed
        && reach.census.ask(UserId::from_index(0), app, |case| {
            case.scopes_known() && case.rule(id).is_some_and(|row| !case.is_reviewed(row))
        })
}

/// `outgrown` are the apps that ask for more, of `all`.
pub(super) fn all_is_reviewed(
    reach: &Reach<'_, '_>,
    id: RuleId,
    rule: &Rule,
    outgrown: &[AppId],
    all: usize,
) -> Option<Diagnostic> {
    let first = *outgrown.first()?;
    let program = reach.census.program();
    let unreviewed: Vec<&str> = reach.census.ask(UserId::from_index(0), first, |case| {
        let list = case.rule(id).and_then(|row| row.scopes);
        let more = case.asked().filter(|&scope| list.is_some_and(|list| !case.belongs(list, scope)));
        more.map(|scope| program.scope_name(scope)).collect()
    });
    let name = program.app_name(first);
    let message = match outgrown.len() {
        1 => format!("`{name}` asks for more than was reviewed"),
        count => format!("{count} apps ask for more than was reviewed, `{name}` for one"),
    };
    let Effect::Approve { reviewed: Some(reviewed) } = &rule.effect else { return None };
    let span = match (reviewed.first(), reviewed.last()) {
        (Some(first), Some(last)) => first.span.to(last.span),
        _ => rule.head,
    };
    let scopes = if unreviewed.len() == 1 { "scope" } else { "scopes" };
    let label = format!("without {scopes} {}", quoted_list(&unreviewed, "and"));
    let holds = if all == 1 {
        "the approval does not hold for it"
    } else {
        "the approval does not hold for such apps"
    };
    let found = Diagnostic::new(&OUTGROWN_APPROVAL, span, message).label(label);
    let app = reach.context.model.apps.at(first);
    Some(
        found.related(app.span, holds).help("review what it asks for now and add it, or remove the approval"),
    )
}
