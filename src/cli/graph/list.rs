//! The graph as text and as JSON.

use std::fmt::Write;

use serde::Serialize;

use crate::cli::exit::Failure;
use crate::graph::{Picture, PictureEdge, PictureNode};
use crate::report::{Look, counted, one_line};
use crate::text::{SourceMap, Span};

/// Each thing with what it leads to, indented.
pub(super) fn human(picture: &Picture, sources: &SourceMap, look: Look) -> String {
    let mut leads: Vec<Vec<&PictureEdge>> = vec![Vec::new(); picture.nodes.len()];
    for edge in &picture.edges {
        if let Some(edges) = leads.get_mut(edge.from) {
            edges.push(edge);
        }
    }
    let mut out = String::new();
    // Writing to a string does not fail.
    for (node, edges) in picture.nodes.iter().zip(leads) {
        let place = node.span.map(|span| place(span, sources)).unwrap_or_default();
        let _ = writeln!(out, "{}  {}", look.bold(&one_line(&node.id)), look.dim(&one_line(&place)));
        for edge in edges {
            let to = picture.nodes.get(edge.to).map_or("", |node| &node.id);
            let _ = writeln!(out, "  {} {}", edge.kind, one_line(to));
        }
    }
    let (nodes, edges) = (counted(picture.nodes.len(), "node"), counted(picture.edges.len(), "edge"));
    let _ = writeln!(out, "{nodes}, {edges}");
    out
}

/// `node ID PLACE` and `edge FROM KIND TO PLACE`, a line each.
pub(super) fn plain(picture: &Picture, sources: &SourceMap) -> String {
    let mut out = String::new();
    for node in &picture.nodes {
        let place = node.span.map(|span| place(span, sources)).unwrap_or_default();
        let line = format!("node {} {place}", node.id);
        let _ = writeln!(out, "{}", one_line(line.trim_end()));
    }
    for edge in &picture.edges {
        let id = |at| picture.nodes.get(at).map_or("", |node: &PictureNode| &node.id);
        let line =
            format!("edge {} {} {} {}", id(edge.from), edge.kind, id(edge.to), place(edge.span, sources));
        let _ = writeln!(out, "{}", one_line(&line));
    }
    out
}

fn place(span: Span, sources: &SourceMap) -> String {
    let at = sources.start(span);
    format!("{}:{}:{}", sources.file(span.file).path(), at.line, at.column)
}

/// The JSON of schema `admit.graph/1`.
pub(super) fn json(picture: &Picture, sources: &SourceMap) -> Result<String, Failure> {
    let graph = Json {
        schema: "admit.graph/1",
        nodes: picture.nodes.iter().map(|node| JsonNode::of(node, sources)).collect(),
        edges: picture.edges.iter().filter_map(|edge| JsonEdge::of(edge, picture, sources)).collect(),
    };
    let text = serde_json::to_string_pretty(&graph).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(text + "\n")
}

#[derive(Serialize)]
struct Json<'p> {
    schema: &'static str,
    nodes: Vec<JsonNode<'p>>,
    edges: Vec<JsonEdge<'p>>,
}

#[derive(Serialize)]
struct JsonNode<'p> {
    id: &'p str,
    kind: &'static str,
    name: &'p str,
    #[serde(flatten)]
    place: Option<Place<'p>>,
}

#[derive(Serialize)]
struct JsonEdge<'p> {
    from: &'p str,
    to: &'p str,
    kind: &'static str,
    #[serde(flatten)]
    place: Place<'p>,
}

#[derive(Serialize)]
struct Place<'p> {
    file: &'p str,
    line: u32,
    column: u32,
}

impl<'p> Place<'p> {
    fn of(span: Span, sources: &'p SourceMap) -> Self {
        let at = sources.start(span);
        Self { file: sources.file(span.file).path(), line: at.line, column: at.column }
    }
}

impl<'p> JsonNode<'p> {
    fn of(node: &'p PictureNode, sources: &'p SourceMap) -> Self {
        let place = node.span.map(|span| Place::of(span, sources));
        Self { id: &node.id, kind: node.kind.name(), name: &node.name, place }
    }
}

impl<'p> JsonEdge<'p> {
    fn of(edge: &PictureEdge, picture: &'p Picture, sources: &'p SourceMap) -> Option<Self> {
        let id = |at: usize| picture.nodes.get(at).map(|node| node.id.as_str());
        Some(Self {
            from: id(edge.from)?,
            to: id(edge.to)?,
            kind: edge.kind.name(),
            place: Place::of(edge.span, sources),
        })
    }
}
