//! The header row: which columns there are, and what the rows are.

use std::borrow::Cow;

use super::cells::{Cell, Cells};
use super::kind_of;
use crate::facts::Section;
use crate::facts::findings::Findings;
use crate::facts::record::{RecordKind, same_key};
use crate::text::Span;

/// A column.
pub(super) struct Column<'t> {
    /// Its name.
    pub(super) name: Cow<'t, str>,
    /// Where the name stands.
    pub(super) span: Span,
    /// It has no name or that of another; its cells count for nothing.
    pub(super) unusable: bool,
}

/// The header of a file.
pub(super) struct Header<'t> {
    /// What its rows are.
    pub(super) kind: RecordKind,
    /// All of it.
    pub(super) span: Span,
    /// Its columns.
    pub(super) columns: Vec<Column<'t>>,
}

impl<'t> Header<'t> {
    /// Reads the header. `None`: the file is empty, or the rows mean nothing under this header, which is reported.
    pub(super) fn read(cells: &mut Cells<'t>, section: Section, findings: &mut Findings<'_>) -> Option<Self> {
        if !cells.next_row() {
            return None;
        }
        let start = cells.position();
        let mut columns: Vec<Column<'t>> = Vec::new();
        let mut names = Names::default();
        while let Some(cell) = cells.next_cell(findings) {
            if let Some(at) = memchr::memchr(b'\r', cell.text.as_bytes()) {
                lone_return(&cell, at, findings);
                return None;
            }
            let unusable = unusable(&cell, &mut names, findings);
            columns.push(Column { name: cell.text, span: cell.span, unusable });
        }
        let span = cells.row_span(start);
        let has = |key: &str| columns.iter().any(|column| same_key(&column.name, key));
        let Some(kind) = kind_of(section, has) else {
            unknown_rows(&columns, span, section, findings);
            return None;
        };
        Some(Self { kind, span, columns })
    }
}

/// Reports a file whose rows do not end as rows do: all of it would be its header, and nobody would be in it.
fn lone_return(cell: &Cell<'_>, at: usize, findings: &mut Findings<'_>) {
    let start = cell.span.start as usize + usize::from(cell.verbatim.unwrap_or(0)) + at;
    let place = Span::new(cell.span.file, start, start);
    let help = "save it with rows that end in LF or CR LF";
    findings.bad_header(place, "a carriage return alone ends no row", help);
}

/// The names so far, `_` written as `-`, with their places.
type Names = std::collections::BTreeMap<String, Span>;

/// Whether a column has no name, or one that another has; both are reported.
fn unusable(cell: &Cell<'_>, names: &mut Names, findings: &mut Findings<'_>) -> bool {
    if cell.text.is_empty() {
        // A span at the empty cell: there is nothing in it.
        findings.bad_header(cell.span, "this column has no name", "name it, or remove the column");
        return true;
    }
    let name = cell.text.replace('_', "-");
    if let Some(&first) = names.get(&name) {
        findings.duplicate_key(&cell.text, first, cell.span);
        return true;
    }
    names.insert(name, cell.span);
    false
}

/// Reports a header that does not say what the rows are.
fn unknown_rows(columns: &[Column<'_>], span: Span, section: Section, findings: &mut Findings<'_>) {
    let key = match section {
        Section::Directory => "`email` (users) or `id` (groups)",
        Section::Catalog => "`id` (apps, or developers if there is a column `kind`) or `scope` (scopes)",
    };
    let whole = columns.first().map_or("", |column| &*column.name);
    let help = if columns.len() == 1 && whole.contains([';', '\t', '|']) {
        "cells are separated by `,`; `;` joins several values in a cell".to_owned()
    } else if columns.iter().any(|column| column.name.contains('@')) {
        "the first row names the columns, such as `email,role,groups`".to_owned()
    } else {
        format!("the first row names the columns, one of them {key}")
    };
    let message = format!("no column says what the rows of this {} file are", section.name());
    findings.bad_header(span, message, help);
}
