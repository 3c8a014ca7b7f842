//! No scope is named beside a pattern, level or set that matches it.

use rustc_hash::FxHashSet;

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Fix, Sink};
use crate::lint::membership::Membership;
use crate::lint::{Context, entry};
use crate::model::{Model, ScopeTerm, ScopeTermKind as Kind};
use crate::terms::pattern_matches;
use crate::text::Span;

use super::{DUPLICATE_ENTRY, walk};

declare_code! {
    /// A scope that is named although another entry of the same list matches it.
    COVERED_SCOPE = Lint, Warning, "covered-scope", "scopes that are named although the same list matches them"
}

pub(super) fn no_scope_is_named_that_is_covered(
    context: &Context<'_>,
    members: &Membership<'_>,
    out: &mut Sink,
) {
    walk::scopes(context, |list| {
        if list.len() > 1 {
            in_list(context, members, list, out);
        }
    });
}

fn in_list(context: &Context<'_>, members: &Membership<'_>, list: &[ScopeTerm], out: &mut Sink) {
    let model = context.model;
    // Only these match more than one scope.
    let wide: Vec<(usize, &ScopeTerm, Vec<Kind>)> = list
        .iter()
        .enumerate()
        .filter(|(_, term)| !matches!(term.kind, Kind::Scope(_)))
        .map(|(at, term)| (at, term, expanded(model, term.kind)))
        .collect();
    let size: usize = wide.iter().map(|(_, _, kinds)| kinds.len()).sum();
    if wide.is_empty() || !members.spend(size.saturating_mul(list.len())) {
        return;
    }
    for (at, term) in list.iter().enumerate() {
        let by = wide.iter().find(|(other, by, kinds)| {
            // Of two that match the same, as `*a*` and `**a*` do, the first stays.
            *other != at
                && by.kind != term.kind
                && kinds.iter().any(|&kind| covers(model, kind, term.kind))
                && (*other < at || !covers(model, term.kind, by.kind))
        });
        if let Some((_, by, _)) = by {
            out.push(covered(context, term.span, by.span));
        }
    }
}

/// The entry itself, or all that a set holds, with the sets in it.
pub(in crate::lint) fn expanded(model: &Model, kind: Kind) -> Vec<Kind> {
    let mut found = vec![kind];
    let mut seen: FxHashSet<Kind> = [kind].into_iter().collect();
    let mut at = 0;
    while let Some(&one) = found.get(at) {
        if let Kind::Set(set) = one {
            let inner = model.scope_sets.at(set).terms.iter().map(|term| term.kind);
            found.extend(inner.filter(|&kind| seen.insert(kind)));
        }
        at += 1;
    }
    found
}

/// Whether `wide` matches all that `narrow` does, whatever scopes there are. Sets are looked into before.
pub(in crate::lint) fn covers(model: &Model, wide: Kind, narrow: Kind) -> bool {
    let scope = |scope| model.name(model.scopes.at(scope).name);
    match (wide, narrow) {
        (Kind::Pattern(wide), Kind::Scope(narrow)) => pattern_matches(model.name(wide), scope(narrow)),
        // What matches a pattern's own text matches all that comes of its stars.
        (Kind::Pattern(wide), Kind::Pattern(narrow)) => pattern_matches(model.name(wide), model.name(narrow)),
        (Kind::Pattern(wide), Kind::Level(_)) => model.name(wide).bytes().all(|byte| byte == b'*'),
        (Kind::Level(level), Kind::Scope(narrow)) => {
            let narrow = model.scopes.at(narrow);
            narrow.known && narrow.level == level
        }
        (wide, narrow) => wide == narrow,
    }
}

fn covered(context: &Context<'_>, span: Span, by: Span) -> Diagnostic {
    let (text, other) = (context.sources.slice(span), context.sources.slice(by));
    let fix = entry::without(context.sources, span)
        .map(|edit| Fix::keeping(format!("leave `{text}` out"), vec![edit]));
    Diagnostic::new(&COVERED_SCOPE, span, format!("`{text}` is covered by `{other}` in the same list"))
        .label("matched already")
        .related(by, "matches it")
        .help("leave it out")
        .maybe_fix(fix)
        .unless_told(&DUPLICATE_ENTRY, span)
}
