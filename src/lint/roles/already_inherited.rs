//! A role states only what it adds to the roles that it extends.

use std::collections::VecDeque;
use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Fix, Sink};
use crate::lint::lists::covered_scope::{covers, expanded};
use crate::lint::membership::Membership;
use crate::lint::{Context, entry};
use crate::model::{Role, ScopeTermKind};
use crate::text::{Id, PrivilegeId, RoleId, ScopeId, Span};

declare_code! {
    /// A privilege or scope that an extended role gives already.
    ALREADY_INHERITED = Lint, Warning, "already-inherited", "a privilege or scope that an extended role gives already"
}

/// What a role states.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Stated {
    Privilege(PrivilegeId),
    Scope(ScopeTermKind),
}

/// What a role states, each with its place.
fn entries(role: &Role) -> impl Iterator<Item = (Stated, Span)> {
    let privileges =
        role.privileges.iter().map(|privilege| (Stated::Privilege(privilege.id), privilege.span));
    privileges.chain(role.scopes.iter().map(|term| (Stated::Scope(term.kind), term.span)))
}

pub(super) fn roles_state_only_what_they_add(
    context: &Context<'_>,
    members: &Membership<'_>,
    out: &mut Sink,
) {
    let model = context.model;
    let mut stated: FxHashMap<Stated, usize> = FxHashMap::default();
    for (entry, _) in model.roles.iter().flat_map(entries) {
        *stated.entry(entry).or_default() += 1;
    }
    let mut given =
        Given { context, stated: FxHashSet::default(), wide: Vec::new(), by: FxHashMap::default() };
    for term in model.roles.iter().flat_map(|role| &role.scopes) {
        if given.stated.insert(term.kind) && !matches!(term.kind, ScopeTermKind::Scope(_)) {
            given.wide.push(term.kind);
        }
    }
    for role in model.roles.iter().filter(|role| !role.extends.is_empty() && context.is_own(role.span)) {
        // By what lower roles may state, the entries that it gives. What one role alone states is inherited by none.
        let mut sought: FxHashMap<Stated, Vec<Span>> = FxHashMap::default();
        for (entry, span) in entries(role) {
            if stated.get(&entry) > Some(&1) {
                sought.entry(entry).or_default().push(span);
            }
            if let Stated::Scope(kind) = entry {
                let Some(by) = given.by(kind, members) else { return };
                by.iter().for_each(|&by| sought.entry(Stated::Scope(by)).or_default().push(span));
            }
        }
        let mut told: FxHashSet<Span> = FxHashSet::default();
        let mut next: VecDeque<RoleId> = role.extends.iter().map(|role| role.id).collect();
        let mut seen: FxHashSet<RoleId> = next.iter().copied().collect();
        while let Some(below) = next.pop_front().filter(|_| !sought.is_empty()) {
            let below = model.roles.at(below);
            if !members.spend(below.privileges.len() + below.scopes.len() + below.extends.len() + 1) {
                return;
            }
            for (entry, by) in entries(below) {
                for span in sought.remove(&entry).into_iter().flatten().filter(|&span| told.insert(span)) {
                    out.push(already_inherited(context, span, below, by));
                }
            }
            next.extend(below.extends.iter().map(|role| role.id).filter(|&role| seen.insert(role)));
        }
    }
}

/// Which other entries that roles state give all that an entry gives, whatever scopes there are.
struct Given<'a> {
    context: &'a Context<'a>,
    /// All that roles state.
    stated: FxHashSet<ScopeTermKind>,
    /// Those that may match several scopes.
    wide: Vec<ScopeTermKind>,
    by: FxHashMap<ScopeTermKind, Vec<ScopeTermKind>>,
}

impl Given<'_> {
    /// `None`: not looked into.
    fn by(&mut self, kind: ScopeTermKind, members: &Membership<'_>) -> Option<&[ScopeTermKind]> {
        let Self { context, stated, wide, by } = self;
        if let Entry::Vacant(vacant) = by.entry(kind) {
            let model = context.model;
            // What gives one of these gives the entry; of a set, every part has to be given.
            let parts: Vec<Vec<ScopeTermKind>> = expanded(model, kind)
                .into_iter()
                .filter_map(|part| match part {
                    ScopeTermKind::Scope(scope) => Some(implying(context, scope)),
                    ScopeTermKind::Set(_) => None,
                    other => Some(vec![other]),
                })
                .collect();
            let size: usize = parts.iter().map(Vec::len).sum();
            let mut found: Vec<ScopeTermKind> = match parts.as_slice() {
                [part] => part.iter().copied().filter(|one| *one != kind && stated.contains(one)).collect(),
                _ => Vec::new(),
            };
            for &wide in wide.iter().filter(|&&wide| wide != kind) {
                let all = expanded(model, wide);
                if !members.spend(all.len().saturating_mul(size) + 1) {
                    return None;
                }
                let gives = |narrow: &ScopeTermKind| all.iter().any(|&one| covers(model, one, *narrow));
                if !parts.is_empty() && parts.iter().all(|part| part.iter().any(gives)) {
                    found.push(wide);
                }
            }
            vacant.insert(found);
        }
        by.get(&kind).map(Vec::as_slice)
    }
}

/// The scope and those that imply it, directly or not: whoever is given one of them has it.
fn implying(context: &Context<'_>, scope: ScopeId) -> Vec<ScopeTermKind> {
    let implied_by = &context.program.scopes.implied_by;
    let mut found = vec![scope];
    let mut seen: FxHashSet<ScopeId> = found.iter().copied().collect();
    let mut at = 0;
    while let Some(&one) = found.get(at) {
        found.extend(implied_by.get(one.index()).iter().copied().filter(|&wider| seen.insert(wider)));
        at += 1;
    }
    found.into_iter().map(ScopeTermKind::Scope).collect()
}

fn already_inherited(context: &Context<'_>, span: Span, by: &Role, place: Span) -> Diagnostic {
    let (text, other) = (context.sources.slice(span), context.model.name(by.name));
    let fix = entry::without(context.sources, span)
        .map(|edit| Fix::keeping(format!("leave `{text}` out"), vec![edit]));
    let how = match context.sources.slice(place) {
        same if same == text => String::new(),
        wide => format!(" by `{wide}`"),
    };
    Diagnostic::new(
        &ALREADY_INHERITED,
        span,
        format!("role `{other}`, which this one extends, gives `{text}` already"),
    )
    .label("nothing is added by this")
    .related(by.span, format!("gives it{how}"))
    .help("leave it out")
    .maybe_fix(fix)
}
