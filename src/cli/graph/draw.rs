//! The graph for programs that draw.

use std::fmt::Write;

use crate::graph::{NodeKind, Picture};

/// Graphviz.
pub(super) fn dot(picture: &Picture) -> String {
    let mut out =
        "digraph admit {\n  rankdir=LR;\n  node [shape=box, style=filled, fontname=\"sans-serif\"];\n  \
                   edge [fontname=\"sans-serif\", fontsize=10];\n"
            .to_owned();
    // Writing to a string does not fail.
    for (at, node) in picture.nodes.iter().enumerate() {
        let (label, color) = (quoted(&format!("{}\n{}", node.kind, node.name)), color(node.kind));
        let _ = writeln!(out, "  n{at} [label={label}, fillcolor=\"{color}\"];");
    }
    for edge in &picture.edges {
        let _ = writeln!(out, "  n{} -> n{} [label=\"{}\"];", edge.from, edge.to, edge.kind);
    }
    out.push_str("}\n");
    out
}

/// A string of Graphviz: only quotes, backslashes and line breaks have a meaning in it.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{escaped}\"")
}

/// A pale colour for each kind, readable under black text.
pub(super) fn color(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Account => "#ffffff",
        NodeKind::Role | NodeKind::Privilege => "#e6e0f4",
        NodeKind::Group | NodeKind::User => "#dcebf9",
        NodeKind::Developer | NodeKind::App | NodeKind::Allowlist => "#dff3e1",
        NodeKind::ScopeSet | NodeKind::Scope => "#fdf2d0",
        NodeKind::Rule => "#fbe0dc",
        NodeKind::Test => "#eeeeee",
    }
}

/// Mermaid.
pub(super) fn mermaid(picture: &Picture) -> String {
    let mut out = "flowchart LR\n".to_owned();
    for (at, node) in picture.nodes.iter().enumerate() {
        let _ = writeln!(out, "  n{at}[\"{} {}\"]", node.kind, entities(&node.name));
    }
    for edge in &picture.edges {
        let _ = writeln!(out, "  n{} -->|{}| n{}", edge.from, edge.kind, edge.to);
    }
    out
}

/// A label of Mermaid: everything that could mean something in it is written as an entity.
fn entities(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' | '-' | '_' | '.' | '@' | ':' | '/' | '+' => {
                out.push(character)
            }
            other => {
                let _ = write!(out, "#{};", u32::from(other));
            }
        }
    }
    out
}
