//! A role states only what it adds to the roles that it extends.

use rustc_hash::FxHashMap;

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Fix, Sink};
use crate::lint::{Context, entry};
use crate::model::{Role, ScopeTermKind};
use crate::text::{PrivilegeId, RoleId, Span};

use super::extended;

declare_code! {
    /// A privilege or scope that an extended role gives already.
    ALREADY_INHERITED = Lint, Warning, "already-inherited", "a privilege or scope that an extended role gives already"
}

/// What a role gives, each with the role that gives it.
#[derive(Default)]
struct Given {
    privileges: FxHashMap<PrivilegeId, RoleId>,
    scopes: FxHashMap<ScopeTermKind, RoleId>,
}

pub(super) fn roles_state_only_what_they_add(context: &Context<'_>, out: &mut Sink) {
    let model = context.model;
    for (id, role) in model.roles.enumerate().filter(|(_, role)| context.is_own(role.span)) {
        let given = given(context, id);
        for privilege in &role.privileges {
            if let Some(&by) = given.privileges.get(&privilege.id) {
                out.push(already_inherited(context, privilege.span, model.roles.at(by)));
            }
        }
        for term in &role.scopes {
            if let Some(&by) = given.scopes.get(&term.kind) {
                out.push(already_inherited(context, term.span, model.roles.at(by)));
            }
        }
    }
}

/// What the roles that a role extends give.
fn given(context: &Context<'_>, role: RoleId) -> Given {
    let mut given = Given::default();
    let mut below: Vec<RoleId> = extended(context.model, role).into_iter().collect();
    below.sort_unstable();
    for role in below {
        let row = context.model.roles.at(role);
        for privilege in &row.privileges {
            given.privileges.entry(privilege.id).or_insert(role);
        }
        for term in &row.scopes {
            given.scopes.entry(term.kind).or_insert(role);
        }
    }
    given
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
