//! Places as machines count them.

use crate::text::{SourceMap, Span};

/// A place in a file: lines and columns from 1, columns in units of UTF-16, the end just after the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    pub(super) start_line: u32,
    pub(super) start_column: u32,
    pub(super) end_line: u32,
    pub(super) end_column: u32,
}

impl Region {
    /// The whole span.
    pub(super) fn of(span: Span, sources: &SourceMap) -> Self {
        let file = sources.file(span.file);
        let (start, end) = (file.utf16_location(span.start), file.utf16_location(span.end));
        Self {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }

    /// The span as far as its first line goes: a pull request shows what is said about a place only if every line of it was changed.
    pub(super) fn tight(span: Span, sources: &SourceMap) -> Self {
        let first = sources.slice(span).lines().next().unwrap_or_default();
        // What is all space is pointed at all the same.
        let first = Some(first.trim_end()).filter(|text| !text.is_empty()).unwrap_or(first);
        let start = span.start as usize;
        Self::of(Span::new(span.file, start, start + first.len()), sources)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tight_region_ends_with_its_first_line() {
        let mut sources = SourceMap::new();
        let file = sources.add("a.admit", "😀 group a  \r\n{ }\r\n");
        let span = Span::new(file, 5, 17);
        let whole = Region { start_line: 1, start_column: 4, end_line: 2, end_column: 2 };
        assert_eq!(Region::of(span, &sources), whole);
        assert_eq!(Region::tight(span, &sources), Region { end_line: 1, end_column: 11, ..whole });
        let empty = Region::tight(Span::new(file, 22, 22), &sources);
        assert_eq!(empty, Region { start_line: 3, start_column: 1, end_line: 3, end_column: 1 });
        let mut sources = SourceMap::new();
        let file = sources.add("b.admit", "a \u{2028} b");
        let space = Region::tight(Span::new(file, 2, 5), &sources);
        assert_eq!(space, Region { start_line: 1, start_column: 3, end_line: 1, end_column: 4 });
    }
}
