//! What stands after `except` takes something away.

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Fix, Sink};
use crate::lint::membership::Membership;
use crate::lint::{Context, entry};
use crate::model::{AppSelection, AppSelectorKind as Kind, Model, People, Principal, PrincipalKind};
use crate::terms::DeveloperKind;
use crate::text::{AppId, DeveloperId, Span};

use super::{DUPLICATE_ENTRY, covered_app, walk};

declare_code! {
    /// An `except` that takes nothing away.
    NEEDLESS_EXCEPTION = Lint, Warning, "needless-exception", "an `except` that takes nothing away"
}

/// A group, role, allowlist or developer after `except` is a guard for whoever joins it later, so only single people and apps are
/// looked at, and kinds of apps that can never meet.
pub(super) fn exceptions_take_something_away(
    context: &Context<'_>,
    members: &Membership<'_>,
    out: &mut Sink,
) {
    for people in walk::selections_of_people(context) {
        for entry in &people.except {
            if is_apart(members, people, entry) {
                out.push(needless_exception(context, entry.span));
            }
        }
    }
    for apps in walk::selections_of_apps(context).filter(|apps| !apps.except.is_empty()) {
        let Some(selected) = covered_app::selected(context.model, members, &apps.include) else { continue };
        for entry in &apps.except {
            let apart = match entry.kind {
                Kind::App(app) => app_is_apart(context.model, &selected, app),
                other => never_meets(context.model, apps, other),
            };
            if apart {
                out.push(needless_exception(context, entry.span));
            }
        }
    }
}

/// Whether the person is surely not among those who are selected.
fn is_apart(members: &Membership<'_>, people: &People, entry: &Principal) -> bool {
    let PrincipalKind::User(user) = entry.kind else { return false };
    people.include.iter().all(|include| match include.kind {
        PrincipalKind::User(other) => other != user,
        PrincipalKind::Group(group) => members.has(group, user) == Some(false),
        // Roles come and go with grants.
        PrincipalKind::Role(_) | PrincipalKind::Everyone => false,
    })
}

fn app_is_apart(model: &Model, selected: &covered_app::Selected, id: AppId) -> bool {
    let Some(app) = model.apps.get(id) else { return false };
    let kind = app.developer.map(|developer| model.developers.get(developer.id).and_then(|one| one.kind));
    let known = app.listing.is_some() && kind.flatten().is_some();
    let any = |kind: &Kind| selected.contains_key(kind);
    known
        && ![Kind::All, Kind::App(id)].iter().any(any)
        && !covered_app::wider(model, Kind::App(id)).iter().any(any)
}

/// Whether the include side names only kinds of apps of which none can be of this kind.
fn never_meets(model: &Model, apps: &AppSelection, except: Kind) -> bool {
    let external = |developer: DeveloperId| {
        let kind = model.developers.get(developer).and_then(|one| one.kind);
        kind.is_some_and(|kind| kind != DeveloperKind::Internal)
    };
    apps.include.iter().all(|include| match (include.kind, except) {
        (Kind::Listed, Kind::Unlisted) | (Kind::Unlisted, Kind::Listed) => true,
        (Kind::ByDeveloper(one), Kind::ByDeveloper(other)) => one != other,
        (Kind::Internal, Kind::ByDeveloper(developer)) | (Kind::ByDeveloper(developer), Kind::Internal) => {
            external(developer)
        }
        _ => false,
    })
}

fn needless_exception(context: &Context<'_>, span: Span) -> Diagnostic {
    let text = context.sources.slice(span);
    let edit =
        entry::without(context.sources, span).or_else(|| entry::without_exception(context.sources, span));
    let fix = edit.map(|edit| Fix::suggestion(format!("leave `{text}` out"), vec![edit]));
    Diagnostic::new(&NEEDLESS_EXCEPTION, span, format!("excepting `{text}` takes nothing away"))
        .label("not among what stands before `except`")
        .help("leave it out, or correct it: whoever wrote it meant to keep something away")
        .maybe_fix(fix)
        .unless_told(&DUPLICATE_ENTRY, span)
}
