//! Layer 4: what depends on what.
//!
//! Nodes are the things of a model, edges say how one leads to another and which text made it so. The graph is held by petgraph, which
//! nothing outside this module names.

mod build;
mod cycle;
mod node;
mod picture;
mod relation;
mod walk;

use petgraph::graph::DiGraph;

pub use cycle::{Cycle, Hop};
pub use node::{Edge, EdgeKind, Node, NodeKind};
pub use picture::{Picture, PictureEdge, PictureNode};

use crate::model::Model;
use crate::text::{AllowlistId, GroupId, RoleId, ScopeSetId};

/// The dependency graph of a model.
#[derive(Clone, Debug)]
pub struct Graph {
    graph: DiGraph<Node, Edge>,
    index: build::Index,
    cycles: Vec<Cycle>,
    order: Order,
}

/// Orders in which closures are computed: whatever a thing is made of stands before it. Members of a cycle stand side by side.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// Roles after those they extend.
    pub roles: Vec<RoleId>,
    /// Groups after the groups in their lists.
    pub groups: Vec<GroupId>,
    /// Allowlists after the allowlists in them.
    pub allowlists: Vec<AllowlistId>,
    /// Scope sets after the sets in them.
    pub scope_sets: Vec<ScopeSetId>,
}

impl Graph {
    /// The graph of a model.
    pub fn build(model: &Model) -> Self {
        let (graph, index) = build::build(model);
        let (cycles, order) = relation::analyse(model);
        Self { graph, index, cycles, order }
    }

    /// Every cycle of roles, groups, allowlists and scope sets: for each knot of them one shortest way around, in a fixed order.
    pub fn cycles(&self) -> &[Cycle] {
        &self.cycles
    }

    /// The orders in which closures are computed.
    pub fn order(&self) -> &Order {
        &self.order
    }

    /// How many nodes and edges there are.
    pub fn size(&self) -> (usize, usize) {
        (self.graph.node_count(), self.graph.edge_count())
    }
}
