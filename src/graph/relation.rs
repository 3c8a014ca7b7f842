//! The four relations that may not go in circles: roles extend roles; groups, allowlists and scope sets hold their own kind.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use super::Order;
use super::cycle::{Cycle, shortest};
use super::node::Node;
use crate::model::{AppSelectorKind, Model, ScopeTermKind};
use crate::text::{Id, Span, Symbol};

/// One relation of things of one kind, by their numbers.
pub(super) struct Relation {
    /// The name of each thing.
    pub(super) names: Vec<Symbol>,
    /// From, to and the text that says so, in order of `from` and then of text.
    pub(super) edges: Vec<(u32, u32, Span)>,
}

/// The cycles and orders of all four relations.
pub(super) fn analyse(model: &Model) -> (Vec<Cycle>, Order) {
    let mut cycles = Vec::new();
    let order = Order {
        roles: ids(&roles(model), model, Node::Role, &mut cycles),
        groups: ids(&groups(model), model, Node::Group, &mut cycles),
        allowlists: ids(&allowlists(model), model, Node::Allowlist, &mut cycles),
        scope_sets: ids(&scope_sets(model), model, Node::ScopeSet, &mut cycles),
    };
    (cycles, order)
}

fn roles(model: &Model) -> Relation {
    let names = model.roles.iter().map(|role| role.name).collect();
    let mut edges = Vec::new();
    for (from, role) in (0..).zip(model.roles.iter()) {
        edges.extend(role.extends.iter().map(|to| (from, to.id.0, to.span)));
    }
    Relation { names, edges }
}

fn groups(model: &Model) -> Relation {
    let names = model.groups.iter().map(|group| group.name).collect();
    let mut edges = Vec::new();
    for (from, group) in (0..).zip(model.groups.iter()) {
        edges.extend(group.groups.iter().map(|to| (from, to.id.0, to.span)));
    }
    Relation { names, edges }
}

fn allowlists(model: &Model) -> Relation {
    let names = model.allowlists.iter().map(|list| list.name).collect();
    let mut edges = Vec::new();
    for (from, list) in (0..).zip(model.allowlists.iter()) {
        edges.extend(list.selectors.iter().filter_map(|selector| match selector.kind {
            AppSelectorKind::InAllowlist(to) => Some((from, to.0, selector.span)),
            _ => None,
        }));
    }
    Relation { names, edges }
}

fn scope_sets(model: &Model) -> Relation {
    let names = model.scope_sets.iter().map(|set| set.name).collect();
    let mut edges = Vec::new();
    for (from, set) in (0..).zip(model.scope_sets.iter()) {
        edges.extend(set.terms.iter().filter_map(|term| match term.kind {
            ScopeTermKind::Set(to) => Some((from, to.0, term.span)),
            _ => None,
        }));
    }
    Relation { names, edges }
}

/// The order of one relation; its cycles are added to `cycles`.
fn ids<I: Id>(relation: &Relation, model: &Model, node: fn(I) -> Node, cycles: &mut Vec<Cycle>) -> Vec<I> {
    let count = relation.names.len();
    if relation.edges.is_empty() {
        return (0..count).map(I::from_index).collect();
    }
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(count, relation.edges.len());
    for _ in 0..count {
        graph.add_node(());
    }
    for &(from, to, _) in &relation.edges {
        graph.add_edge(from.into(), to.into(), ());
    }
    // Kosaraju's way is iterative in petgraph, and gives what a thing leads to before the thing itself.
    let knots = kosaraju_scc(&graph);
    let mut order = Vec::with_capacity(count);
    let mut found = Vec::new();
    for knot in &knots {
        order.extend(knot.iter().map(|node| I::from_index(node.index())));
        let members: Vec<u32> =
            knot.iter().map(|node| u32::try_from(node.index()).unwrap_or(u32::MAX)).collect();
        found.extend(shortest(relation, &members, model, |at| node(I::from_index(at as usize))));
    }
    found.sort_by_key(|cycle| cycle.hops.first().map(|hop| hop.span));
    cycles.append(&mut found);
    order
}
