//! What leads where.

use fixedbitset::FixedBitSet;
use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::Graph;
use super::node::{Edge, EdgeKind, Node};

impl Graph {
    /// Every node, in a fixed order.
    pub fn nodes(&self) -> impl Iterator<Item = Node> + '_ {
        self.graph.node_weights().copied()
    }

    /// Whether the graph has this node.
    pub fn contains(&self, node: Node) -> bool {
        self.index.get(node).is_some()
    }

    /// The edges that start at a node, in the order they were made, with where they lead.
    pub fn edges_from(&self, node: Node) -> Vec<(Edge, Node)> {
        let Some(at) = self.index.get(node) else { return Vec::new() };
        let edges = self.graph.edges_directed(at, Direction::Outgoing);
        let mut found: Vec<(Edge, Node)> =
            edges.filter_map(|edge| Some((*edge.weight(), self.node(edge.target())?))).collect();
        found.reverse();
        found
    }

    /// The edges that lead to a node, in the order they were made, with where they start.
    pub fn edges_to(&self, node: Node) -> Vec<(Edge, Node)> {
        let Some(at) = self.index.get(node) else { return Vec::new() };
        let edges = self.graph.edges_directed(at, Direction::Incoming);
        let mut found: Vec<(Edge, Node)> =
            edges.filter_map(|edge| Some((*edge.weight(), self.node(edge.source())?))).collect();
        found.reverse();
        found
    }

    /// Everything that any of these nodes leads to, in any number of steps, themselves included.
    pub fn reachable_from(&self, roots: impl IntoIterator<Item = Node>) -> Vec<Node> {
        self.reachable_by(roots, |_| true)
    }

    /// The same along edges of some kinds only.
    pub fn reachable_by(
        &self,
        roots: impl IntoIterator<Item = Node>,
        follow: impl Fn(EdgeKind) -> bool,
    ) -> Vec<Node> {
        let seen = self.reach(roots, follow);
        self.nodes_in(&seen).collect()
    }

    /// What the account, the rules and the tests lead to in no number of steps: nothing that is decided depends on it.
    pub fn unreached(&self) -> Vec<Node> {
        let roots = self.nodes().filter(|node| matches!(node, Node::Account | Node::Rule(_) | Node::Test(_)));
        let mut seen = self.reach(roots, |_| true);
        seen.toggle_range(..);
        self.nodes_in(&seen).collect()
    }

    fn reach(&self, roots: impl IntoIterator<Item = Node>, follow: impl Fn(EdgeKind) -> bool) -> FixedBitSet {
        let mut seen = FixedBitSet::with_capacity(self.graph.node_count());
        let mut stack: Vec<NodeIndex> = roots.into_iter().filter_map(|root| self.index.get(root)).collect();
        while let Some(at) = stack.pop() {
            if !seen.put(at.index()) {
                let edges = self.graph.edges(at).filter(|edge| follow(edge.weight().kind));
                stack.extend(edges.map(|edge| edge.target()).filter(|next| !seen.contains(next.index())));
            }
        }
        seen
    }

    fn nodes_in<'s>(&'s self, seen: &'s FixedBitSet) -> impl Iterator<Item = Node> + 's {
        seen.ones().filter_map(|at| self.node(NodeIndex::new(at)))
    }

    /// The nodes at most `depth` steps from `focus`, along edges or against them, in the order of the graph.
    pub(super) fn around(&self, focus: Node, depth: usize) -> FixedBitSet {
        let mut seen = FixedBitSet::with_capacity(self.graph.node_count());
        let mut ring: Vec<NodeIndex> = self.index.get(focus).into_iter().collect();
        for at in &ring {
            seen.insert(at.index());
        }
        for _ in 0..depth {
            let mut next = Vec::new();
            for &at in &ring {
                next.extend(self.graph.neighbors_undirected(at).filter(|near| !seen.put(near.index())));
            }
            if next.is_empty() {
                break;
            }
            ring = next;
        }
        seen
    }

    pub(super) fn node(&self, at: NodeIndex) -> Option<Node> {
        self.graph.node_weight(at).copied()
    }
}
