//! A role states only what it adds to the roles that it extends.

use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Fix, Sink};
use crate::lint::{Context, entry};
use crate::model::{Role, ScopeTermKind};
use crate::text::{PrivilegeId, RoleId, Span};

declare_code! {
    /// A privilege or scope that an extended role gives already.
    ALREADY_INHERITED = Lint, Warning, "already-inherited", "a privilege or scope that an extended role gives already"
}

/// What a role states.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Entry {
    Privilege(PrivilegeId),
    Scope(ScopeTermKind),
}

/// What a role states, each with its place.
fn entries(role: &Role) -> impl Iterator<Item = (Entry, Span)> {
    let privileges = role.privileges.iter().map(|privilege| (Entry::Privilege(privilege.id), privilege.span));
    privileges.chain(role.scopes.iter().map(|term| (Entry::Scope(term.kind), term.span)))
}

pub(super) fn roles_state_only_what_they_add(context: &Context<'_>, out: &mut Sink) {
    let model = context.model;
    let mut stated: FxHashMap<Entry, usize> = FxHashMap::default();
    for (entry, _) in model.roles.iter().flat_map(entries) {
        *stated.entry(entry).or_default() += 1;
    }
    for role in model.roles.iter().filter(|role| context.is_own(role.span)) {
        // What one role alone states is inherited by none.
        let mut repeated: FxHashMap<Entry, Vec<Span>> = FxHashMap::default();
        for (entry, span) in entries(role).filter(|(entry, _)| stated.get(entry) > Some(&1)) {
            repeated.entry(entry).or_default().push(span);
        }
        let mut next: VecDeque<RoleId> = role.extends.iter().map(|role| role.id).collect();
        let mut seen: FxHashSet<RoleId> = next.iter().copied().collect();
        while let Some(below) = next.pop_front().filter(|_| !repeated.is_empty()) {
            let below = model.roles.at(below);
            for (entry, _) in entries(below) {
                for span in repeated.remove(&entry).into_iter().flatten() {
                    out.push(already_inherited(context, span, below));
                }
            }
            next.extend(below.extends.iter().map(|role| role.id).filter(|&role| seen.insert(role)));
        }
    }
}

fn already_inherited(context: &Context<'_>, span: Span, by: &Role) -> Diagnostic {
    let (text, other) = (context.sources.slice(span), context.model.name(by.name));
    let fix = entry::without(context.sources, span)
        .map(|edit| Fix::keeping(format!("leave `{text}` out"), vec![edit]));
    Diagnostic::new(
        &ALREADY_INHERITED,
        span,
        format!("role `{other}`, which this one extends, gives `{text}` already"),
    )
    .label("nothing is added by this")
    .related(by.span, "gives it")
    .help("leave it out")
    .maybe_fix(fix)
}
