//! Layer 2: policy text to syntax tree.
//!
//! A file is scanned once for comments and nesting ([`scan`]), then read item by item ([`mod@read`]): pest parses one item with
//! `grammar/admit.pest` and [`lower`] makes the tree of it. An item that does not fit is explained in the language's own words
//! ([`explain`]), and reading goes on where [`resume`] says. Large files are read in pieces on several threads ([`pieces`]); what comes
//! out is the same.

pub mod ast;

mod attach;
mod cursor;
mod directive;
mod explain;
mod grammar;
mod kept;
mod lower;
mod outline;
mod part;
mod pieces;
mod read;
mod recover;
mod resume;
mod scan;
mod words;

pub use outline::{Outline, Part, PartKind};
pub use part::{Selection, parse_apps, parse_condition, parse_people};
pub(crate) use words::item_meant;

use ast::{Comment, Entity, ItemKind, SyntaxTree};
use kept::Kept;

use crate::diagnostics::{Code, Diagnostic, Sink, TOO_MANY_ERRORS};
use crate::text::FileId;

/// Every code this module raises.
pub static CODES: &[&Code] = &[
    &TOO_MANY_ERRORS,
    &directive::BAD_DIRECTIVE,
    &explain::EMPTY_LIST,
    &explain::MISSING_COMMA,
    &explain::NESTING_TOO_DEEP,
    &explain::ODD_CHARACTER,
    &explain::STRAY_BRACE,
    &explain::UNCLOSED_BRACKET,
    &explain::UNEXPECTED_TEXT,
    &explain::UNKNOWN_CLAUSE,
    &explain::UNKNOWN_ITEM,
    &explain::UNQUOTED_TEXT,
    &explain::UNSUPPORTED_OPERATOR,
    &explain::UNTERMINATED_STRING,
    &lower::BAD_ADDRESS,
    &lower::BAD_ATTRIBUTE_PATH,
    &lower::BAD_DATE,
    &lower::BAD_ESCAPE,
    &lower::BARE_APPS,
    &lower::MISPLACED_CLAUSE,
    &lower::MISSING_CLAUSE,
    &lower::MIXED_AND_OR,
    &lower::REPEATED_CLAUSE,
    &recover::UNCLOSED_BLOCK,
];

/// The syntax tree of a policy file. What cannot be read is reported and left out.
pub fn parse(file: FileId, text: &str, out: &mut Sink) -> SyntaxTree {
    let (items, comments, has_errors) = read(file, text, out);
    SyntaxTree { file, items, comments, has_errors }
}

/// The outline of each item of a policy file, for those who lay it out. `None`: something in it cannot be read, and was reported.
pub fn outlines(file: FileId, text: &str, out: &mut Sink) -> Option<Vec<Outline>> {
    let (outlines, _, has_errors) = read(file, text, out);
    (!has_errors).then_some(outlines)
}

/// The items of a file, its comments, and whether something is wrong with it.
fn read<K: Kept>(file: FileId, text: &str, out: &mut Sink) -> (Vec<K>, Vec<Comment>, bool) {
    let start = text_start(text);
    let scan = scan::scan(file, text, start, pieces::PIECE);
    let (mut items, mut found) = pieces::read(file, text, start, &scan);
    attach::attach(file, text, &scan.comments, &mut items, &mut found);
    let has_errors = found.has_errors();
    report(found, out);
    (items, scan.comments, has_errors)
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

/// How many findings of one file are told at most.
const MOST_FINDINGS: usize = 200;

/// Hands on the first findings of a file, in the order of the text, and says how many more there are.
fn report(found: Sink, out: &mut Sink) {
    let mut found = found.into_sorted().into_iter();
    for diagnostic in found.by_ref().take(MOST_FINDINGS) {
        out.push(diagnostic);
    }
    if let Some(next) = found.next() {
        let more = 1 + found.count();
        let message = format!("{more} more mistakes in this file are not shown");
        let diagnostic = Diagnostic::new(&TOO_MANY_ERRORS, next.primary.span, message);
        out.push(
            diagnostic
                .help("mend the ones above first; if this is no policy file, leave it out of `policies`"),
        );
    }
}

/// The offset after the byte order mark that some editors write.
fn text_start(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}
