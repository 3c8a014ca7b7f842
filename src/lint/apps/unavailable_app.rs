//! Apps that rules let people have are there to be added.

use super::named::Named;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::Context;
use crate::model::App;
use crate::terms::{DeveloperKind, Stage};
use crate::text::{AppId, Date, Span};

declare_code! {
    /// An app that a rule lets people have and that nobody can add.
    UNAVAILABLE_APP = Lint, Warning, "unavailable-app", "an app that a rule lets people have and that nobody can add"
}

/// Only apps that an approval, exemption or waiver names, itself or by an allowlist: such a rule is about that app.
pub(super) fn apps_can_be_added(context: &Context<'_>, named: &Named<'_>, out: &mut Sink) {
    for (id, _) in context.model.apps.enumerate().filter(|(_, app)| is_unavailable(context, app)) {
        if let Some((span, rule)) = named.at(id) {
            out.push(unavailable_app(context, id, span, rule.effect.name()));
        }
    }
}

/// Whether it is known that nobody can add the app today, nor ever until its facts change.
pub(in crate::lint) fn is_unavailable(context: &Context<'_>, app: &App) -> bool {
    let developer = app.developer.and_then(|developer| context.model.developers.get(developer.id));
    let of_others =
        developer.and_then(|developer| developer.kind).is_some_and(|kind| kind != DeveloperKind::Internal);
    of_others
        && match app.stage {
            Some(Stage::Beta) => app.beta_until.is_some_and(|last| last < context.today),
            Some(Stage::Development | Stage::Private) => true,
            Some(Stage::Published) | None => false,
        }
}

fn unavailable_app(context: &Context<'_>, id: AppId, span: Span, rule: &str) -> Diagnostic {
    let app = context.model.apps.at(id);
    let name = context.model.name(app.name);
    let ended: Option<Date> = app.beta_until.filter(|_| app.stage == Some(Stage::Beta));
    let (why, help) = match (app.stage, ended) {
        (Some(Stage::Development), _) => (
            "it is in development, and by another company".to_owned(),
            "take it out until it is published; if it is your own, say so in its developer's `kind`",
        ),
        (_, Some(last)) => (
            format!("its beta ended on {last}"),
            "state its new stage in its facts once it is published, or take it out: whoever has it keeps it",
        ),
        _ => (
            "it is private to another company".to_owned(),
            "take it out; if it is your own, say so in its developer's `kind`",
        ),
    };
    Diagnostic::new(&UNAVAILABLE_APP, span, format!("nobody can add `{name}`: {why}"))
        .label(format!("so this `{rule}` helps nobody to it"))
        .related(app.span, "described here")
        .help(help)
}
