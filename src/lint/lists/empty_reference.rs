//! What a list names holds something.

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::lint::Context;
use crate::model::{AppSelectorKind, Origin, PrincipalKind, ScopeTermKind};
use crate::text::{GroupId, Id, Span};

use super::walk;

declare_code! {
    /// A group, allowlist or scope set that is named and holds nothing.
    EMPTY_REFERENCE = Lint, Warning, "empty-reference", "a group, allowlist or scope set that is named and holds nothing"
}

/// One finding for each empty thing, where it is first named.
pub(super) fn what_is_named_holds_something(context: &Context<'_>, out: &mut Sink) {
    let model = context.model;
    let order = context.graph.order();
    let mut groups = filled_groups(context);
    let mut lists = filled(&order.allowlists, model.allowlists.len(), |list| {
        let kinds = model.allowlists.at(list).selectors.iter().map(|one| one.kind);
        kinds
            .map(|kind| if let AppSelectorKind::InAllowlist(inner) = kind { Some(inner) } else { None })
            .collect()
    });
    let mut sets = filled(&order.scope_sets, model.scope_sets.len(), |set| {
        let kinds = model.scope_sets.at(set).terms.iter().map(|term| term.kind);
        kinds.map(|kind| if let ScopeTermKind::Set(inner) = kind { Some(inner) } else { None }).collect()
    });
    let mut report = |filled: &mut Vec<bool>, at: usize, span: Span, holds: &str| {
        // Marking it filled makes this its only finding.
        if filled.get(at) == Some(&false) {
            filled.iter_mut().skip(at).take(1).for_each(|filled| *filled = true);
            out.push(empty_reference(context, span, holds));
        }
    };
    for people in walk::selections_of_people(context) {
        // Where it is all that is named, nobody is selected, which other lints tell.
        let include = people.include.iter().filter(|_| people.include.len() > 1);
        for entry in include.chain(&people.except) {
            if let PrincipalKind::Group(group) = entry.kind {
                report(&mut groups, group.index(), entry.span, "has no members");
            }
        }
    }
    for apps in walk::selections_of_apps(context) {
        let include = apps.include.iter().filter(|_| apps.include.len() > 1);
        for entry in include.chain(&apps.except) {
            if let AppSelectorKind::InAllowlist(list) = entry.kind {
                report(&mut lists, list.index(), entry.span, "lists no apps");
            }
        }
    }
    walk::scopes(context, |terms| {
        for term in terms {
            if let ScopeTermKind::Set(set) = term.kind {
                report(&mut sets, set.index(), term.span, "holds no scopes");
            }
        }
    });
}

/// By the number of each group whether it has a member; without any described user all count as filled.
fn filled_groups(context: &Context<'_>) -> Vec<bool> {
    let (model, program) = (context.model, context.program);
    let count = model.groups.len();
    if !model.users.rows.iter().any(|user| user.origin == Origin::Described) {
        return vec![true; count];
    }
    let mut direct = vec![false; count];
    for user in program.users.rows.ids() {
        for group in program.users.direct_groups(user) {
            direct.iter_mut().skip(group.index()).take(1).for_each(|filled| *filled = true);
        }
    }
    filled(&context.graph.order().groups, count, |group: GroupId| {
        let own = direct.get(group.index()).copied().unwrap_or(true).then_some(None);
        let inner = model.groups.at(group).groups.iter().map(|inner| Some(inner.id));
        own.into_iter().chain(inner).collect()
    })
}

/// By the number of each thing whether it holds anything: an entry of another kind (`None`), or a thing of its own kind that does.
fn filled<I: Id>(order: &[I], count: usize, entries: impl Fn(I) -> Vec<Option<I>>) -> Vec<bool> {
    let mut filled = vec![false; count];
    // Whatever a thing is made of stands before it.
    for &one in order {
        let is_filled =
            |inner: &Option<I>| inner.is_none_or(|inner| filled.get(inner.index()) == Some(&true));
        let any = entries(one).iter().any(is_filled);
        filled.iter_mut().skip(one.index()).take(1).for_each(|filled| *filled = any);
    }
    filled
}

fn empty_reference(context: &Context<'_>, span: Span, holds: &str) -> Diagnostic {
    let text = context.sources.slice(span);
    Diagnostic::new(&EMPTY_REFERENCE, span, format!("`{text}` {holds}"))
        .label("selects nothing")
        .help("fill it, or leave it out here until there is something in it")
}
