//! CSV: a header row, then a record on each row, and every bad row reported.
//!
//! Cells are separated by `,`; several values in a cell by `;`; `none` is the empty list and an empty cell is left out. A cell in double
//! quotes may hold commas, line breaks and doubled quotes; quotes say nothing about the type of a value, since programs that write CSV put
//! them where they like. Space around a cell or value does not count.

mod cells;
mod header;

use std::borrow::Cow;

use super::Section;
use super::builder::Builder;
use super::findings::Findings;
use super::record::{Field, RecordKind, Scalar, ScalarShape, Taker, Value};
use crate::text::{FileId, Span};
use cells::{Cell, Cells};
use header::{Column, Header};

/// Reads a file.
pub(super) fn read<'t>(
    file: FileId,
    text: &'t str,
    section: Section,
    records: &mut dyn Taker<'t>,
    findings: &mut Findings<'_>,
) {
    let mut cells = Cells::new(file, text);
    let Some(header) = Header::read(&mut cells, section, findings) else { return };
    let mut rows = Rows { cells, builder: Builder::default() };
    while rows.cells.next_row() {
        rows.row(&header, section, records, findings);
    }
}

struct Rows<'t> {
    cells: Cells<'t>,
    builder: Builder<'t>,
}

impl<'t> Rows<'t> {
    /// One row. With too few or too many cells, those that stand under a column count.
    fn row(
        &mut self,
        header: &Header<'t>,
        section: Section,
        records: &mut dyn Taker<'t>,
        findings: &mut Findings<'_>,
    ) {
        let start = self.cells.position();
        self.builder.begin();
        let mut count = 0;
        let mut beyond: Option<Span> = None;
        while let Some(cell) = self.cells.next_cell(findings) {
            match header.columns.get(count) {
                Some(column) => self.field(column, cell),
                None => beyond = Some(beyond.map_or(cell.span, |span| span.to(cell.span))),
            }
            count += 1;
        }
        let span = self.cells.row_span(start);
        if count != header.columns.len() {
            findings.bad_row(beyond.unwrap_or(span), header.span, count, header.columns.len());
        }
        self.builder.finish(Some(header.kind), section, span, records, findings);
    }

    #[inline]
    fn field(&mut self, column: &Column<'t>, cell: Cell<'t>) {
        if cell.text.is_empty() || column.unusable {
            return;
        }
        let span = cell.span;
        let value = if cell.text == "none" {
            let mark = self.builder.mark();
            self.builder.list_since(mark)
        } else if cell.text.as_bytes().contains(&b';') {
            self.list(cell)
        } else {
            let at = self.builder.mark();
            self.builder.scalar(Scalar { text: cell.text, shape: ScalarShape::Bare, span });
            Value::One(at)
        };
        self.builder.push(Field { key: column.name.clone(), key_span: column.span, span, value });
    }

    /// The values of a cell, joined by `;`. An empty one counts for nothing, so that a final `;` makes a list of one.
    fn list(&mut self, cell: Cell<'t>) -> Value {
        let mark = self.builder.mark();
        let Cell { text, span, verbatim } = cell;
        let first = span.start as usize + usize::from(verbatim.unwrap_or(0));
        let mut add = |part: Cow<'t, str>, offset: usize| {
            if !part.is_empty() {
                let span = match verbatim {
                    Some(_) => Span::new(span.file, first + offset, first + offset + part.len()),
                    None => span,
                };
                self.builder.scalar(Scalar { text: part, shape: ScalarShape::Bare, span });
            }
        };
        match text {
            Cow::Borrowed(text) => {
                parts(text).for_each(|(offset, part)| add(Cow::Borrowed(part), offset));
            }
            Cow::Owned(text) => {
                parts(&text).for_each(|(offset, part)| add(Cow::Owned(part.to_owned()), offset));
            }
        }
        self.builder.list_since(mark)
    }
}

/// The values in a cell with their offsets, without the space around them.
fn parts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    let ends = memchr::memchr_iter(b';', text.as_bytes()).chain(std::iter::once(text.len()));
    ends.map(move |end| {
        let raw = text.get(start..end).unwrap_or("");
        let part = raw.trim_ascii_start();
        let offset = start + (raw.len() - part.len());
        start = end + 1;
        (offset, part.trim_ascii_end())
    })
}

/// What a row of a file with these columns is; `None`: no column says so.
fn kind_of(section: Section, has: impl Fn(&str) -> bool) -> Option<RecordKind> {
    let key = match section {
        Section::Directory => has("email") || has("id"),
        Section::Catalog => has("id") || has("scope"),
    };
    key.then(|| RecordKind::of_names(section, has))
}
