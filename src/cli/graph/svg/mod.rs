//! The graph as a picture.

mod layout;

use std::fmt::Write;

use layout::{HEIGHT, Layout, MARGIN, Place, layout};

use super::draw::color;
use crate::graph::{Picture, PictureEdge, PictureNode};

/// The most nodes that a picture shows: what is larger, nobody can read.
pub(super) const MOST_NODES: usize = 600;
/// The most edges whose kind is written beside them; with more it is shown on hovering alone.
const MOST_LABELS: usize = 120;
/// Longer names are cut in a box and whole on hovering.
const MOST_CHARACTERS: usize = 42;
/// About how wide a character is.
const CHARACTER: f64 = 7.2;

/// A picture that needs nothing else: no script, no font, no style sheet. Its bytes depend on the graph alone.
pub(super) fn svg(picture: &Picture) -> String {
    let widths: Vec<f64> = picture.nodes.iter().map(|node| width(&node.name, node.kind.name())).collect();
    let layout = layout(picture, &widths);
    let mut out = head(&layout);
    for edge in &picture.edges {
        arrow(&mut out, edge, &layout, picture.edges.len() <= MOST_LABELS);
    }
    for (node, place) in picture.nodes.iter().zip(&layout.places) {
        card(&mut out, node, *place);
    }
    out.push_str("</svg>\n");
    out
}

fn head(layout: &Layout) -> String {
    let (width, height) = (layout.width.ceil(), layout.height.ceil().max(2.0 * MARGIN));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"sans-serif\" role=\"img\" aria-label=\"dependency graph\">\n\
         <defs><marker id=\"to\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">\
         <path d=\"M0 0 L8 4 L0 8 z\" fill=\"#57606a\"/></marker></defs>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
    )
}

/// How wide the box of a name is.
fn width(name: &str, kind: &str) -> f64 {
    let characters = name.chars().count().min(MOST_CHARACTERS).max(kind.len());
    characters as f64 * CHARACTER + 20.0
}

fn card(out: &mut String, node: &PictureNode, place: Place) {
    let (x, y) = (place.x, place.y);
    let middle = x + place.width / 2.0;
    // Writing to a string does not fail.
    let _ = writeln!(
        out,
        "<g><title>{}</title><rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{HEIGHT}\" rx=\"5\" fill=\"{}\" stroke=\"#8c959f\"/>\
         <text x=\"{middle:.1}\" y=\"{:.1}\" font-size=\"10\" fill=\"#57606a\" text-anchor=\"middle\">{}</text>\
         <text x=\"{middle:.1}\" y=\"{:.1}\" font-size=\"13\" fill=\"#1f2328\" text-anchor=\"middle\">{}</text></g>",
        escaped(&node.id),
        place.width,
        color(node.kind),
        y + 14.0,
        node.kind,
        y + 30.0,
        escaped(&cut(&node.name)),
    );
}

fn arrow(out: &mut String, edge: &PictureEdge, layout: &Layout, labelled: bool) {
    let (Some(from), Some(to)) = (layout.places.get(edge.from), layout.places.get(edge.to)) else { return };
    let (y1, y2) = (from.y + HEIGHT / 2.0, to.y + HEIGHT / 2.0);
    // To the right where the graph leads there, else around from side to side.
    let forward = from.x + from.width <= to.x;
    let (x1, x2) = if forward { (from.x + from.width, to.x) } else { (from.x, to.x + to.width) };
    let bend = if forward { (x2 - x1) / 2.0 } else { -48.0 };
    let _ = write!(
        out,
        "<path d=\"M{x1:.1} {y1:.1} C{:.1} {y1:.1} {:.1} {y2:.1} {x2:.1} {y2:.1}\" fill=\"none\" stroke=\"#57606a\" \
         stroke-opacity=\"0.7\" marker-end=\"url(#to)\"><title>{}</title></path>",
        x1 + bend,
        x2 - bend,
        edge.kind,
    );
    if labelled {
        let (x, y) = ((x1 + x2) / 2.0, (y1 + y2) / 2.0 - 3.0);
        let _ = write!(
            out,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"9\" fill=\"#57606a\" stroke=\"#ffffff\" \
             stroke-width=\"3\" paint-order=\"stroke\" text-anchor=\"middle\">{}</text>",
            edge.kind
        );
    }
    out.push('\n');
}

/// A name as far as its box has room.
fn cut(name: &str) -> String {
    if name.chars().count() <= MOST_CHARACTERS {
        return name.to_owned();
    }
    name.chars().take(MOST_CHARACTERS - 1).chain(['…']).collect()
}

/// Text as XML has it: characters that XML cannot hold are replaced.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other if other.is_control() => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}
