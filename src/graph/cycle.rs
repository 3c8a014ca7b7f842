//! A way around a knot of things that lead to each other.

use std::collections::VecDeque;

use hashbrown::{HashMap, HashSet};
use rustc_hash::FxBuildHasher;

use super::node::Node;
use super::relation::Relation;
use crate::model::Model;
use crate::text::Span;

/// A shortest way around: each hop starts where the one before it ends, and the last ends where the first starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// The hops, at least one.
    pub hops: Vec<Hop>,
}

/// One step of a cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Where it starts.
    pub from: Node,
    /// Where it ends.
    pub to: Node,
    /// The text that makes the step.
    pub span: Span,
}

/// A shortest way around the knot `members` from its first member by name; `None` if it is a single thing that does not hold itself.
pub(super) fn shortest(
    relation: &Relation,
    members: &[u32],
    model: &Model,
    node: impl Fn(u32) -> Node,
) -> Option<Cycle> {
    let name = |&at: &u32| relation.names.get(at as usize).map(|&name| model.name(name));
    let start = *members.iter().min_by_key(|at| name(at))?;
    let inside: HashSet<u32, FxBuildHasher> = members.iter().copied().collect();
    // How each member was first reached, breadth first.
    let mut reached: HashMap<u32, (u32, Span), FxBuildHasher> = HashMap::default();
    let mut queue = VecDeque::from([start]);
    while let Some(from) = queue.pop_front() {
        for &(_, to, span) in edges_of(relation, from) {
            if inside.contains(&to) && !reached.contains_key(&to) {
                reached.insert(to, (from, span));
                queue.push_back(to);
            }
        }
        if reached.contains_key(&start) {
            return Some(way_back(&reached, start, node));
        }
    }
    None
}

/// The edges that start at a thing.
fn edges_of(relation: &Relation, from: u32) -> &[(u32, u32, Span)] {
    let start = relation.edges.partition_point(|&(at, ..)| at < from);
    let end = relation.edges.partition_point(|&(at, ..)| at <= from);
    relation.edges.get(start..end).unwrap_or_default()
}

fn way_back(
    reached: &HashMap<u32, (u32, Span), FxBuildHasher>,
    start: u32,
    node: impl Fn(u32) -> Node,
) -> Cycle {
    let mut hops = Vec::new();
    let mut at = start;
    while let Some(&(from, span)) = reached.get(&at) {
        hops.push(Hop { from: node(from), to: node(at), span });
        at = from;
        if at == start {
            break;
        }
    }
    hops.reverse();
    Cycle { hops }
}
