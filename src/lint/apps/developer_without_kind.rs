//! It is known of every developer whether they are one's own, where that decides.

use fixedbitset::FixedBitSet;

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::Context;
use crate::lint::unused_attribute::subjects;
use crate::model::{App, AppSelectorKind, Model, Subject};
use crate::terms::{Listing, Stage};
use crate::text::{Id, Span};

declare_code! {
    /// A developer of unknown kind where that leaves decisions unknown.
    DEVELOPER_WITHOUT_KIND = Lint, Warning, "developer-without-kind", "a developer of unknown kind, where that leaves decisions unknown"
}

pub(super) fn kinds_that_decide_are_there(context: &Context<'_>, out: &mut Sink) {
    let model = context.model;
    let rule = asks_for_kind(model);
    let mut told = FixedBitSet::with_capacity(model.developers.len());
    for app in model.apps.iter() {
        let Some(id) = app.developer.map(|developer| developer.id) else { continue };
        let Some(developer) = model.developers.get(id).filter(|developer| developer.kind.is_none()) else {
            continue;
        };
        let why = if needs_kind(app) { None } else { rule };
        if (needs_kind(app) || rule.is_some())
            && let Some(span) = developer.span
            && !told.put(id.index())
        {
            out.push(developer_without_kind(context, span, model.name(developer.name), app, why));
        }
    }
}

/// Whether an app is available only if its developer is one's own.
fn needs_kind(app: &App) -> bool {
    matches!(app.stage, Some(Stage::Private | Stage::Development))
}

/// The rule that first asks for kinds of developers.
fn asks_for_kind(model: &Model) -> Option<Span> {
    let asks = |rule: &&crate::model::Rule| {
        let apps = rule.apps.iter().flat_map(|apps| apps.include.iter().chain(&apps.except));
        let mut found = apps.into_iter().any(|entry| entry.kind == AppSelectorKind::Internal);
        rule.condition.iter().for_each(|condition| {
            subjects(condition, &mut |subject, _| found |= subject == Subject::AppDeveloperKind);
        });
        found
    };
    model.rules.iter().find(asks).map(|rule| rule.head)
}

fn developer_without_kind(
    context: &Context<'_>,
    span: Span,
    name: &str,
    app: &App,
    rule: Option<Span>,
) -> Diagnostic {
    let of = context.model.name(app.name);
    let finding = Diagnostic::new(
        &DEVELOPER_WITHOUT_KIND,
        span,
        format!("it is not known of what kind developer `{name}` is"),
    );
    let finding = match (rule, app.stage, app.listing) {
        (Some(rule), ..) => finding
            .label(format!("its `{of}`, for one, may be an internal app or not"))
            .related(rule, "this asks for it"),
        (None, Some(stage), Some(Listing::Unlisted)) => {
            finding.label(format!("its `{of}` ({stage}) is available only if the developer is internal"))
        }
        _ => finding.label(format!("whether its `{of}` is available depends on it")),
    };
    finding.help("state its `kind`: zoom, internal or third-party")
}
