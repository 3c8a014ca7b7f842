//! A part of the graph as plain data, for those who draw it.

use fixedbitset::FixedBitSet;
use petgraph::visit::EdgeRef;

use super::Graph;
use super::node::{EdgeKind, Node, NodeKind};
use crate::model::Model;
use crate::text::{Id, RuleId, SourceMap, Span};

/// Nodes and the edges between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// The nodes.
    pub nodes: Vec<PictureNode>,
    /// The edges, whose ends are positions in `nodes`.
    pub edges: Vec<PictureEdge>,
}

/// A node of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureNode {
    /// Kind and name, such as `app:deal-sync`: what `focus` takes.
    pub id: String,
    /// What kind of thing it is.
    pub kind: NodeKind,
    /// Its name; for a rule without an id its keyword and place.
    pub name: String,
    /// Where it is declared or described, if anywhere.
    pub span: Option<Span>,
}

/// An edge of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureEdge {
    /// The position of the node where it starts.
    pub from: usize,
    /// The position of the node where it ends.
    pub to: usize,
    /// How one leads to the other.
    pub kind: EdgeKind,
    /// The text that made it.
    pub span: Span,
}

impl Graph {
    /// All of the graph.
    pub fn picture(&self, model: &Model, sources: &SourceMap) -> Picture {
        let mut all = FixedBitSet::with_capacity(self.graph.node_count());
        all.insert_range(..);
        self.part(&all, model, sources)
    }

    /// The part of the graph at most `depth` steps from `focus`, along edges or against them.
    pub fn neighbourhood(&self, focus: Node, depth: usize, model: &Model, sources: &SourceMap) -> Picture {
        self.part(&self.around(focus, depth), model, sources)
    }

    /// The node that `KIND:NAME` names; without a kind, the first node with this name.
    pub fn find(&self, text: &str, model: &Model, sources: &SourceMap) -> Option<Node> {
        if let Some((kind, name)) = text.split_once(':')
            && let Some(kind) = NodeKind::ALL.iter().find(|known| known.name() == kind)
        {
            return self.nodes().find(|&node| node.kind() == *kind && name_of(node, model, sources) == name);
        }
        self.nodes().find(|&node| name_of(node, model, sources) == text)
    }

    fn part(&self, nodes: &FixedBitSet, model: &Model, sources: &SourceMap) -> Picture {
        let mut positions = vec![usize::MAX; self.graph.node_count()];
        let mut picture = Picture::default();
        for at in nodes.ones() {
            let Some(node) = self.node(petgraph::graph::NodeIndex::new(at)) else { continue };
            if let Some(position) = positions.get_mut(at) {
                *position = picture.nodes.len();
            }
            picture.nodes.push(picture_node(node, model, sources));
        }
        let position = |at: usize| positions.get(at).copied().filter(|&position| position != usize::MAX);
        for edge in self.graph.edge_references() {
            if let (Some(from), Some(to)) = (position(edge.source().index()), position(edge.target().index()))
            {
                let weight = edge.weight();
                picture.edges.push(PictureEdge { from, to, kind: weight.kind, span: weight.span });
            }
        }
        picture
    }
}

fn picture_node(node: Node, model: &Model, sources: &SourceMap) -> PictureNode {
    let name = name_of(node, model, sources);
    PictureNode {
        id: format!("{}:{name}", node.kind()),
        kind: node.kind(),
        name,
        span: place_of(node, model),
    }
}

/// The name of a node.
pub(super) fn name_of(node: Node, model: &Model, sources: &SourceMap) -> String {
    let symbol = match node {
        Node::Account => match model.account.name {
            Some((name, _)) => name,
            None => return "account".to_owned(),
        },
        Node::Role(id) => model.roles.at(id).name,
        Node::Group(id) => model.groups.at(id).name,
        Node::User(id) => model.users.rows.at(id).email,
        Node::Developer(id) => model.developers.at(id).name,
        Node::App(id) => model.apps.at(id).name,
        Node::Allowlist(id) => model.allowlists.at(id).name,
        Node::ScopeSet(id) => model.scope_sets.at(id).name,
        Node::Scope(id) => model.scopes.at(id).name,
        Node::Privilege(id) => *model.privileges.at(id),
        Node::Rule(id) => match model.rules.at(id).id {
            Some((name, _)) => name,
            None => return place_name(id, model, sources),
        },
        Node::Test(at) => match model.tests.get(at as usize) {
            Some(test) => test.name,
            None => return String::new(),
        },
    };
    model.name(symbol).to_owned()
}

/// The name of a rule without an id: its file and line, and its column where another rule starts on that line.
fn place_name(id: RuleId, model: &Model, sources: &SourceMap) -> String {
    let head = model.rules.at(id).head;
    let start = sources.start(head);
    // Rules are in the order of files and then of text: whoever shares the line stands right before or after.
    let neighbours = [id.index().checked_sub(1), id.index().checked_add(1)].into_iter().flatten();
    let shares = |at: usize| {
        let other = model.rules.get(RuleId::from_index(at)).map(|rule| rule.head);
        other.is_some_and(|other| other.file == head.file && sources.start(other).line == start.line)
    };
    let path = sources.file(head.file).path();
    if neighbours.into_iter().any(shares) {
        format!("{path}:{}:{}", start.line, start.column)
    } else {
        format!("{path}:{}", start.line)
    }
}

/// Where a node is declared or described.
fn place_of(node: Node, model: &Model) -> Option<Span> {
    match node {
        Node::Account => model.account.name.map(|(_, span)| span).or(model.account.stated),
        Node::Role(id) => Some(model.roles.at(id).span),
        Node::Group(id) => Some(model.groups.at(id).span),
        Node::User(id) => Some(model.users.rows.at(id).span),
        Node::Developer(id) => model.developers.at(id).span,
        Node::App(id) => Some(model.apps.at(id).span),
        Node::Allowlist(id) => Some(model.allowlists.at(id).span),
        Node::ScopeSet(id) => Some(model.scope_sets.at(id).span),
        Node::Scope(id) => Some(model.scopes.at(id).span),
        Node::Privilege(_) => None,
        Node::Rule(id) => Some(model.rules.at(id).head),
        Node::Test(at) => model.tests.get(at as usize).map(|test| test.name_span),
    }
}
