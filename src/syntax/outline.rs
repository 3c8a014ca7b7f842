//! Where the parts of an item start, for those who lay it out.

use pest::iterators::Pair;

use super::grammar::{self, Rule};
use super::scan::skip_trivia;
use crate::text::Span;

/// A part of an item that may stand on a line of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The offset of its first byte in the file.
    pub start: u32,
    /// What it is.
    pub kind: PartKind,
}

/// What a part of an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A field, clause of a block, section, `given` or assertion: one of the things between braces that no comma separates.
    Entry,
    /// A clause of a rule or assertion, with its place in the order in which clauses are written (from 0: `on`, the people, `when`,
    /// `reviewed`, `starting`, `until`, `owner`, `id`, `because`, and `with` of an assertion).
    Clause(u8),
    /// The first value of a clause or field that lists several: a list that does not fit stands below what it belongs to.
    List,
    /// `except`, or `<` between the values of an attribute: a long line may go on with it below.
    Continuation,
    /// `and` or `or` in a condition, `install` or `gain` between people and apps: where one side of it ends.
    Connective,
}

/// An item as those see it who lay it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outline {
    /// From its first word to the end of its last clause.
    pub span: Span,
    /// Its parts, in the order of their places.
    pub parts: Vec<Part>,
    /// The exemptions of an account, in the order of their places.
    pub(super) exemptions: Vec<Span>,
}

/// The parts of an item of a text that begins at offset `base` of its file.
pub(super) fn outline(item: Pair<'_, Rule>, base: usize) -> Vec<Part> {
    let mut parts = Vec::new();
    collect(item, base, &mut parts);
    parts
}

/// Adds what `pair` holds. Pairs nest as deep as parentheses may, which is bounded.
fn collect(pair: Pair<'_, Rule>, base: usize, parts: &mut Vec<Part>) {
    let (outer, text) = (pair.as_rule(), pair.get_input());
    let first = first_value(outer);
    for (at, inner) in grammar::parts(pair).enumerate() {
        let (rule, span) = (inner.as_rule(), inner.as_span());
        if let Some(kind) = if first == Some(at) { Some(PartKind::List) } else { kind(rule) } {
            parts.push(part(base + span.start(), kind));
        }
        collect(inner, base, parts);
        if rule == Rule::people && matches!(outer, Rule::assertion | Rule::accept) {
            parts.push(part(base + skip_trivia(text.as_bytes(), span.end()), PartKind::Connective));
        }
    }
}

fn part(start: usize, kind: PartKind) -> Part {
    // No file is as long as 4 GiB.
    Part { start: u32::try_from(start).unwrap_or(u32::MAX), kind }
}

/// Which pair within a list of values is the first value.
fn first_value(rule: Rule) -> Option<usize> {
    match rule {
        Rule::privileges | Rule::scopes | Rule::reviewed | Rule::notify | Rule::installers | Rule::with => {
            Some(0)
        }
        Rule::field => Some(1),
        _ => None,
    }
}

fn kind(rule: Rule) -> Option<PartKind> {
    Some(match rule {
        Rule::field
        | Rule::privileges
        | Rule::scopes
        | Rule::section
        | Rule::approval
        | Rule::exempt
        | Rule::notify
        | Rule::default_role
        | Rule::installers
        | Rule::requests_via
        | Rule::sub_accounts
        | Rule::given
        | Rule::assertion => PartKind::Entry,
        Rule::on_apps => PartKind::Clause(0),
        Rule::for_people | Rule::to_people | Rule::from_people => PartKind::Clause(1),
        Rule::when => PartKind::Clause(2),
        Rule::reviewed => PartKind::Clause(3),
        Rule::starting => PartKind::Clause(4),
        Rule::until => PartKind::Clause(5),
        Rule::owner => PartKind::Clause(6),
        Rule::id => PartKind::Clause(7),
        Rule::because => PartKind::Clause(8),
        Rule::with => PartKind::Clause(9),
        Rule::except_people | Rule::except_apps | Rule::lower => PartKind::Continuation,
        Rule::and | Rule::or => PartKind::Connective,
        _ => return None,
    })
}
