//! No app is named beside a developer, allowlist or kind of apps that covers it.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Fix, Sink};
use crate::lint::membership::Membership;
use crate::lint::{Context, entry};
use crate::model::{AppSelector, AppSelectorKind as Kind, Model};
use crate::terms::{DeveloperKind, Listing};
use crate::text::Span;

use super::{DUPLICATE_ENTRY, walk};

declare_code! {
    /// Apps that are named although another entry of the same list covers them.
    COVERED_APP = Lint, Advice, "covered-app", "apps that are named although the same list covers them"
}

/// What a list selects, each with the position of the entry that does.
pub(super) type Selected = FxHashMap<Kind, usize>;

pub(super) fn no_app_is_named_that_is_covered(
    context: &Context<'_>,
    members: &Membership<'_>,
    out: &mut Sink,
) {
    walk::apps(context, |list| {
        if list.len() > 1
            && let Some(selected) = selected(context.model, members, list)
        {
            in_list(context, list, &selected, out);
        }
    });
}

fn in_list(context: &Context<'_>, list: &[AppSelector], selected: &Selected, out: &mut Sink) {
    for (at, entry) in list.iter().enumerate() {
        // By the policies alone, an allowlist that holds the same; else by what the facts say of the app or developer.
        let by_policy =
            [Kind::All, entry.kind].into_iter().find_map(|kind| Some((kind, *selected.get(&kind)?)));
        let by_facts = || {
            wider(context.model, entry.kind).into_iter().find_map(|kind| Some((kind, *selected.get(&kind)?)))
        };
        let found = by_policy.filter(|(_, by)| *by != at && !is_same(list, at, *by));
        let (by, fixed) = match found {
            Some((_, by)) => (by, true),
            None => match by_facts().filter(|(_, by)| *by != at) {
                Some((_, by)) => (by, false),
                None => continue,
            },
        };
        if let Some(by) = list.get(by) {
            out.push(covered(context, entry.span, by.span, fixed));
        }
    }
}

/// Whether two entries are the same, which is a flaw of its own.
fn is_same(list: &[AppSelector], one: usize, other: usize) -> bool {
    list.get(one).map(|entry| entry.kind) == list.get(other).map(|entry| entry.kind)
}

/// Everything that a list names, and what the allowlists in it name; `None`: not looked into.
pub(super) fn selected(model: &Model, members: &Membership<'_>, list: &[AppSelector]) -> Option<Selected> {
    let mut selected = Selected::default();
    let mut rest: Vec<(Kind, usize)> = Vec::new();
    for (at, entry) in list.iter().enumerate() {
        if let Kind::InAllowlist(inner) = entry.kind {
            rest.extend(model.allowlists.at(inner).selectors.iter().map(|inner| (inner.kind, at)));
        }
        // What is named outright is found under its own position, unless an allowlist holds it too.
        selected.entry(entry.kind).or_insert(at);
    }
    let mut seen: FxHashSet<Kind> = FxHashSet::default();
    while let Some((kind, at)) = rest.pop() {
        if !seen.insert(kind) {
            continue;
        }
        selected.insert(kind, at);
        if let Kind::InAllowlist(inner) = kind {
            let inner = &model.allowlists.at(inner).selectors;
            if !members.spend(inner.len()) {
                return None;
            }
            rest.extend(inner.iter().map(|inner| (inner.kind, at)));
        }
    }
    Some(selected)
}

/// The kinds of entries that select all that this one does, by the facts.
pub(super) fn wider(model: &Model, kind: Kind) -> Vec<Kind> {
    let mut wider = Vec::new();
    let developer = match kind {
        Kind::App(app) => {
            // Apps that only the `given` of a test knows have no row here.
            let Some(app) = model.apps.get(app) else { return wider };
            wider.extend(app.listing.map(|listing| match listing {
                Listing::Listed => Kind::Listed,
                Listing::Unlisted => Kind::Unlisted,
            }));
            app.developer.map(|developer| developer.id)
        }
        Kind::ByDeveloper(developer) => Some(developer),
        _ => None,
    };
    if let Some(developer) = developer {
        if matches!(kind, Kind::App(_)) {
            wider.push(Kind::ByDeveloper(developer));
        }
        if model.developers.get(developer).is_some_and(|one| one.kind == Some(DeveloperKind::Internal)) {
            wider.push(Kind::Internal);
        }
    }
    wider
}

fn covered(context: &Context<'_>, span: Span, by: Span, keeps_decisions: bool) -> Diagnostic {
    let (text, other) = (context.sources.slice(span), context.sources.slice(by));
    let fix = entry::without(context.sources, span).map(|edit| Fix {
        text: format!("leave `{text}` out"),
        edits: vec![edit],
        keeps_decisions,
    });
    let help = match keeps_decisions {
        true => "leave it out",
        false => "leave it out, unless it should stay when the catalogue changes",
    };
    Diagnostic::new(&COVERED_APP, span, format!("`{text}` is covered by `{other}` in the same list"))
        .label("selected already")
        .related(by, "covers it")
        .help(help)
        .maybe_fix(fix)
        .unless_told(&DUPLICATE_ENTRY, span)
}
