//! Everything that policies declare matters to some rule, test or clause.

use rustc_hash::FxHashSet;

use super::Context;
use crate::declare_code;
use crate::diagnostics::{Code, Diagnostic, Sink, quoted_list};
use crate::graph::{EdgeKind, Node, NodeKind};
use crate::model::{
    AppSelectorKind, Condition, GivenEntity, Model, PrincipalKind, ScopeTermKind, SetTerms, Test,
};
use crate::text::Span;

declare_code! {
    /// A role that nobody has and nothing names.
    UNUSED_ROLE = Lint, Warning, "unused-role", "a role that nobody has and nothing names"
}

declare_code! {
    /// A group of the policies that nothing names.
    UNUSED_GROUP = Lint, Warning, "unused-group", "a group of the policies that no rule and no test names"
}

declare_code! {
    /// An allowlist that nothing names.
    UNUSED_ALLOWLIST = Lint, Warning, "unused-allowlist", "an allowlist that no rule and no test names"
}

declare_code! {
    /// A scope set that nothing names.
    UNUSED_SCOPE_SET = Lint, Warning, "unused-scope-set", "a scope set that no rule, role or test names"
}

declare_code! {
    /// A developer of the policies who makes no app and whom nothing names.
    UNUSED_DEVELOPER = Lint, Warning, "unused-developer", "a developer who makes no app and whom nothing names"
}

/// The codes of what is unused.
pub(super) static CODES: [&Code; 5] =
    [&UNUSED_ROLE, &UNUSED_GROUP, &UNUSED_ALLOWLIST, &UNUSED_SCOPE_SET, &UNUSED_DEVELOPER];

type Nodes = FxHashSet<Node>;

/// What only unused things name is told with them.
pub(super) fn everything_is_used(context: &Context<'_>, out: &mut Sink) {
    let used: Nodes =
        context.graph.reachable_by(roots(context), |kind| kind != EdgeKind::MemberOf).into_iter().collect();
    let unused = |node: &Node| !used.contains(node) && declared(context, *node).is_some();
    for node in context.graph.nodes().filter(unused) {
        let Some((code, span)) = declared(context, node) else { continue };
        let by_unused =
            |from: Node| from != node && !used.contains(&from) && declared(context, from).is_some();
        if context.graph.edges_to(node).into_iter().any(|(_, from)| by_unused(from)) {
            continue;
        }
        let along = along(context, node, &unused);
        let along: Vec<&str> = along.into_iter().filter_map(|other| name(context.model, other)).collect();
        if let Some(name) = name(context.model, node) {
            out.push(unused_thing(code, node.kind(), name, span, &along));
        }
    }
}

/// The unused things of the same kind that an unused one leads to.
fn along(context: &Context<'_>, node: Node, unused: &impl Fn(&Node) -> bool) -> Vec<Node> {
    let mut seen: Nodes = [node].into_iter().collect();
    let mut rest = vec![node];
    let mut found = Vec::new();
    while let Some(at) = rest.pop() {
        let next = context.graph.edges_from(at).into_iter().map(|(_, next)| next);
        for next in next.filter(|next| next.kind() == node.kind() && unused(next)) {
            if seen.insert(next) {
                found.push(next);
                rest.push(next);
            }
        }
    }
    found.sort_unstable();
    found
}

/// The code for a thing that the project's own policies declare, and where they do.
fn declared(context: &Context<'_>, node: Node) -> Option<(&'static Code, Span)> {
    let model = context.model;
    let (code, span) = match node {
        Node::Role(id) => (&UNUSED_ROLE, model.roles.get(id)?.span),
        // A group that only users' own facts name is declared nowhere.
        Node::Group(id) => (&UNUSED_GROUP, model.groups.get(id).filter(|group| group.declared)?.span),
        Node::Allowlist(id) => (&UNUSED_ALLOWLIST, model.allowlists.get(id)?.span),
        Node::ScopeSet(id) => (&UNUSED_SCOPE_SET, model.scope_sets.get(id)?.span),
        Node::Developer(id) => (&UNUSED_DEVELOPER, model.developers.get(id)?.span?),
        _ => return None,
    };
    context.is_own(span).then_some((code, span))
}

fn name(model: &Model, node: Node) -> Option<&str> {
    let symbol = match node {
        Node::Role(id) => model.roles.get(id)?.name,
        Node::Group(id) => model.groups.get(id)?.name,
        Node::Allowlist(id) => model.allowlists.get(id)?.name,
        Node::ScopeSet(id) => model.scope_sets.get(id)?.name,
        Node::Developer(id) => model.developers.get(id)?.name,
        _ => return None,
    };
    Some(model.name(symbol))
}

/// What is used because it decides, is decided about, or is said in facts.
fn roots(context: &Context<'_>) -> Nodes {
    let model = context.model;
    let decides = |node: &Node| matches!(node, Node::Account | Node::Rule(_) | Node::Test(_));
    let mut roots: Nodes = context.graph.nodes().filter(decides).collect();
    roots.extend(model.users.role_lists.iter().flatten().map(|&role| Node::Role(role)));
    let makers = model.apps.iter().filter_map(|app| app.developer);
    roots.extend(makers.map(|developer| Node::Developer(developer.id)));
    let accepts = model.accepts.iter().map(|accept| (Some(&accept.people), Some(&accept.apps)));
    let terms = model.terms.iter().map(|term| (term.people.as_ref(), term.apps.as_ref()));
    for (people, apps) in accepts.chain(terms) {
        for entry in people.into_iter().flat_map(|people| people.include.iter().chain(&people.except)) {
            roots.extend(match entry.kind {
                PrincipalKind::Group(group) => Some(Node::Group(group)),
                PrincipalKind::Role(role) => Some(Node::Role(role)),
                PrincipalKind::User(_) | PrincipalKind::Everyone => None,
            });
        }
        for entry in apps.into_iter().flat_map(|apps| apps.include.iter().chain(&apps.except)) {
            roots.extend(match entry.kind {
                AppSelectorKind::ByDeveloper(developer) => Some(Node::Developer(developer)),
                AppSelectorKind::InAllowlist(list) => Some(Node::Allowlist(list)),
                _ => None,
            });
        }
    }
    model.terms.iter().filter_map(|term| term.condition.as_ref()).for_each(|condition| {
        sets(condition, &mut roots);
    });
    let given = model.tests.iter().flat_map(|test| &test.given);
    given.for_each(|entity| roots.extend(named_in(model, entity)));
    roots
}

/// The scope sets that a condition about apps names. The parser's nesting limit bounds the recursion.
fn sets(condition: &Condition, roots: &mut Nodes) {
    match condition {
        Condition::And(parts) | Condition::Or(parts) => parts.iter().for_each(|part| sets(part, roots)),
        Condition::Not(part) => sets(part, roots),
        Condition::Test { test: Test::AnyIn(terms) | Test::AllIn(terms) | Test::Contains(terms), .. } => {
            let SetTerms::Scopes(terms) = terms else { return };
            roots.extend(terms.iter().filter_map(|term| match term.kind {
                ScopeTermKind::Set(set) => Some(Node::ScopeSet(set)),
                _ => None,
            }));
        }
        Condition::Test { .. } | Condition::Invalid => {}
    }
}

/// The roles, groups and developers that a `given` names.
fn named_in<'m>(model: &'m Model, entity: &'m GivenEntity) -> impl Iterator<Item = Node> + 'm {
    entity.fields.iter().flat_map(move |field| {
        field.values.iter().filter_map(move |value| match field.key.text.as_str() {
            "role" | "roles" => model.role(&value.name.text).map(Node::Role),
            "groups" => model.group(&value.name.text).map(Node::Group),
            "developer" => model.developer(&value.name.text).map(Node::Developer),
            _ => None,
        })
    })
}

fn unused_thing(code: &'static Code, kind: NodeKind, name: &str, span: Span, along: &[&str]) -> Diagnostic {
    const SHOWN: usize = 5;
    let kind = match kind {
        NodeKind::ScopeSet => "scope set",
        other => other.name(),
    };
    let nothing = match code.name {
        "unused-role" => "nobody has it, and no rule, test or clause of the account names it",
        "unused-developer" => "no app is by this developer, and no rule or test names it",
        "unused-scope-set" => "no rule, role or test names it",
        _ => "no rule and no test names it",
    };
    let help = match along {
        [] => "remove it, or use it where it was meant".to_owned(),
        _ => {
            let more = along.len().saturating_sub(SHOWN);
            let shown = quoted_list(along.iter().take(SHOWN), "and");
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!(
                "remove it together with {shown}{more}, which nothing else names, or use it where it was meant"
            )
        }
    };
    Diagnostic::new(code, span, format!("{kind} `{name}` is unused")).label(nothing).help(help)
}
