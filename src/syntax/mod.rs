//! Layer 2: policy text to syntax tree.
//!
//! A file is scanned once for comments and nesting ([`scan`]), then read item by item ([`read`]): pest parses one item with
//! `grammar/admit.pest` and [`lower`] makes the tree of it. An item that does not fit is explained in the language's own words
//! ([`explain`]), and reading goes on where [`resume`] says. Large files are read in pieces on several threads ([`pieces`]); what comes
//! out is the same.

pub mod ast;

mod attach;
mod cursor;
mod explain;
mod grammar;
mod lower;
mod pieces;
mod read;
mod resume;
mod scan;
mod words;

use ast::{Entity, ItemKind, SyntaxTree};

use crate::diagnostics::{Code, Sink};
use crate::text::FileId;

/// Every code this module raises.
pub static CODES: &[&Code] = &[
    &explain::UNEXPECTED_TEXT,
    &lower::BAD_ADDRESS,
    &lower::BAD_ATTRIBUTE_PATH,
    &lower::BAD_DATE,
    &lower::BAD_ESCAPE,
    &lower::BARE_APPS,
    &lower::MISPLACED_CLAUSE,
    &lower::MISSING_CLAUSE,
    &lower::MIXED_AND_OR,
    &lower::REPEATED_CLAUSE,
];

/// The syntax tree of a policy file. What cannot be read is reported and left out.
pub fn parse(file: FileId, text: &str, out: &mut Sink) -> SyntaxTree {
    let start = text_start(text);
    let scan = scan::scan(file, text, start, pieces::PIECE);
    let (mut items, found) = pieces::read(file, text, start, &scan);
    attach::attach(text, &scan.comments, &mut items);
    let has_errors = found.has_errors();
    out.append(found);
    SyntaxTree { file, items, comments: scan.comments, has_errors }
}

/// The entities of a text that holds any number of `user NAME { … }`, `app NAME { … }` and `developer NAME { … }` and nothing else.
pub fn parse_entities(file: FileId, text: &str, out: &mut Sink) -> Vec<Entity> {
    let tree = parse(file, text, out);
    let mut entities = Vec::new();
    for item in tree.items {
        match item.kind {
            ItemKind::Entity(entity) => entities.push(entity),
            _ => out.push(explain::messages::no_entity(item.head)),
        }
    }
    entities
}

/// The offset after the byte order mark that some editors write.
fn text_start(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}
