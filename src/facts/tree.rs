//! A small YAML file as a tree, for settings.

use rustc_hash::FxHashMap;

use super::event::{Event, Source, Stopped};
use super::findings::Findings;
use super::record::ScalarShape;
use super::yaml::Yaml;
use crate::diagnostics::{Code, Sink};
use crate::text::{FileId, Span};

/// A value with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind,
}

/// The kinds of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// `null`, `~` or nothing.
    Null,
    /// A scalar: its text and whether it stands in quotes.
    Scalar(String, bool),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file. No key stands twice (that was reported, and the first one stands).
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// Its value.
    pub value: Node,
}

/// How deep a tree may be; settings nest three deep.
const DEEPEST: u32 = 16;

/// Reads a YAML text of one document. Broken syntax is reported with the code `malformed`; `None`: there is no value.
pub fn read_tree(file: FileId, text: &str, malformed: &'static Code, out: &mut Sink) -> Option<Node> {
    let mut findings = Findings::new(file, text, malformed, out);
    let mut source = Yaml::new(file, text);
    let (event, span) = source.next(&mut findings).ok()?;
    if matches!(event, Event::End) {
        return None;
    }
    let node = node(&mut source, event, span, 0, &mut findings).ok()?;
    if let Ok((event, span)) = source.next(&mut findings)
        && !matches!(event, Event::End)
    {
        findings.malformed(span, "a second document begins here", Some("settings are one document".into()));
    }
    Some(node)
}

fn node<'t>(
    source: &mut Yaml<'t>,
    event: Event<'t>,
    span: Span,
    depth: u32,
    findings: &mut Findings<'_>,
) -> Result<Node, Stopped> {
    if depth >= DEEPEST {
        findings.malformed(span, "this is nested too deep", None);
        return Err(Stopped);
    }
    match event {
        Event::Null | Event::End | Event::MapEnd | Event::ListEnd => Ok(Node { span, kind: NodeKind::Null }),
        Event::Scalar(text, shape) => {
            let kind = NodeKind::Scalar(text.into_owned(), shape == ScalarShape::Quoted);
            Ok(Node { span, kind })
        }
        Event::ListStart => {
            let mut nodes: Vec<Node> = Vec::new();
            loop {
                let (event, place) = source.next(findings)?;
                if matches!(event, Event::ListEnd | Event::End) {
                    let span = ended(span, place, nodes.last().map(|node| node.span));
                    return Ok(Node { span, kind: NodeKind::List(nodes) });
                }
                nodes.push(node(source, event, place, depth + 1, findings)?);
            }
        }
        Event::MapStart => map(source, span, depth, findings),
    }
}

fn map(source: &mut Yaml<'_>, span: Span, depth: u32, findings: &mut Findings<'_>) -> Result<Node, Stopped> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut places: FxHashMap<String, Span> = FxHashMap::default();
    loop {
        let (event, key_span) = source.next(findings)?;
        let key = match event {
            Event::MapEnd | Event::End => {
                let last = entries.last().map(|entry| entry.key_span.to(entry.value.span));
                let span = ended(span, key_span, last);
                return Ok(Node { span, kind: NodeKind::Map(entries) });
            }
            Event::Scalar(key, _) => Some(key.into_owned()),
            other => {
                let place = source.skip(&other, key_span, findings)?;
                findings.malformed(
                    place,
                    "this is not a key",
                    Some("a key is a word such as `policies`".into()),
                );
                None
            }
        };
        let (event, place) = source.next(findings)?;
        let mut value = node(source, event, place, depth + 1, findings)?;
        let Some(key) = key else { continue };
        if value.span.is_empty() {
            value.span = key_span;
        }
        if let Some(&first) = places.get(&key) {
            findings.duplicate_key(&key, first, key_span);
        } else {
            places.insert(key.clone(), key_span);
            entries.push(Entry { key, key_span, value });
        }
    }
}

/// The span of a list or map that began at `start`: to its closing sign, else to its last part.
fn ended(start: Span, end: Span, last: Option<Span>) -> Span {
    let end = if end.is_empty() { last.unwrap_or(start) } else { end };
    Span { end: end.end.max(start.end), ..start }
}
