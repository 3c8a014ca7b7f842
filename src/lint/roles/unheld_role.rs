//! Somebody has each role that policies speak of.

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::graph::{EdgeKind, Node};
use crate::lint::Context;
use crate::text::{Id, RoleId, Span};

use super::{Holders, extended};

declare_code! {
    /// A role that is spoken of and that nobody has.
    UNHELD_ROLE = Lint, Warning, "unheld-role", "a role that policies speak of and nobody has"
}

/// A role that only other roles extend is a part of them, and one that nothing names is unused: neither is told here.
pub(super) fn somebody_has_each_role(context: &Context<'_>, holders: &Holders, out: &mut Sink) {
    let model = context.model;
    let mut held = vec![false; model.roles.len()];
    for role in model.roles.ids().filter(|&role| holders.count(role) > 0) {
        for one in extended(model, role).into_iter().chain([role]) {
            held.iter_mut().skip(one.index()).take(1).for_each(|held| *held = true);
        }
    }
    for (role, row) in model.roles.enumerate() {
        if context.is_own(row.span)
            && held.get(role.index()) == Some(&false)
            && let Some(place) = named_at(context, role)
        {
            out.push(unheld_role(model.name(row.name), row.span, place));
        }
    }
}

/// Where a rule, a test or the account speaks of the role; a grant gives it, which other lints look at.
fn named_at(context: &Context<'_>, role: RoleId) -> Option<Span> {
    let edges = context.graph.edges_to(Node::Role(role));
    let named =
        edges.iter().find(|(edge, from)| edge.kind == EdgeKind::Selects && !matches!(from, Node::Role(_)));
    named.map(|(edge, _)| edge.span)
}

fn unheld_role(name: &str, span: Span, place: Span) -> Diagnostic {
    Diagnostic::new(&UNHELD_ROLE, span, format!("nobody has role `{name}`"))
        .label("no facts, no grant and no default give it")
        .related(place, "what is said about it here is about nobody")
        .help("grant it, or correct the name: facts must use this one")
}
