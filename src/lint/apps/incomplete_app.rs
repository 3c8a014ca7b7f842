//! Whoever approves an app says what is to be known of it.

use super::named::Named;
use super::unavailable_app::is_unavailable;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink, quoted_list};
use crate::lint::Context;
use crate::model::{App, Model};
use crate::terms::{DeveloperKind, Stage};
use crate::text::{AppId, Span};

declare_code! {
    /// An app that a rule lets people have and of which facts are missing that decide.
    INCOMPLETE_APP = Lint, Warning, "incomplete-app", "an app that a rule lets people have, with facts missing that decide"
}

/// Only apps that an approval, exemption or waiver names, or an allowlist of one: with a fact missing they stay denied all the same.
pub(super) fn facts_that_decide_are_there(context: &Context<'_>, named: &Named<'_>, out: &mut Sink) {
    for (id, app) in context.model.apps.enumerate() {
        // With whatever else, nobody can add it.
        if is_unavailable(context, app) {
            continue;
        }
        let missing = missing(context.model, app);
        if let Some((span, rule)) = named.at(id).filter(|_| !missing.is_empty()) {
            out.push(incomplete_app(context, id, &missing, span, rule.effect.name()));
        }
    }
}

/// The facts without which it is not known whether anybody may have the app.
fn missing(model: &Model, app: &App) -> Vec<&'static str> {
    let kind =
        app.developer.and_then(|developer| model.developers.get(developer.id)).and_then(|one| one.kind);
    let beta =
        app.stage == Some(Stage::Beta) && app.beta_until.is_none() && kind != Some(DeveloperKind::Internal);
    let facts = [
        // Apps of one's own are available at any stage.
        (app.stage.is_none() && kind != Some(DeveloperKind::Internal), "stage"),
        (app.listing.is_none(), "listing"),
        (app.managed_by.is_none(), "managed-by"),
        (app.scopes.is_none(), "scopes"),
        (beta, "beta-until"),
    ];
    facts.into_iter().filter(|(missing, _)| *missing).map(|(_, name)| name).collect()
}

fn incomplete_app(context: &Context<'_>, id: AppId, facts: &[&str], span: Span, rule: &str) -> Diagnostic {
    let app = context.model.apps.at(id);
    let name = context.model.name(app.name);
    // Whoever may add apps that admins manage may add it in any case.
    let nobody = if facts == ["managed-by"] { "only installers may get" } else { "nobody gets" };
    let are = if facts.len() == 1 { "is" } else { "are" };
    let facts = quoted_list(facts, "and");
    let message = format!("{nobody} `{name}` by this: its {facts} {are} not known");
    Diagnostic::new(&INCOMPLETE_APP, span, message)
        .label(format!("this `{rule}` cannot help while a fact is missing"))
        .related(app.span, "described here")
        .help(format!("add {facts} to the app's facts"))
}
