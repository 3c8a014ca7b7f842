//! The files that were read, and places in them.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::columns::{self, Columns, Units};

/// A file of a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// The position of the file in its source map, from 0 up.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A run of bytes in one file: `start` is its first byte, `end` the first byte after it.
///
/// Both lie on character boundaries of that file. Nothing that people wrote is without a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file it lies in.
    pub file: FileId,
    /// Byte offset of its first byte.
    pub start: u32,
    /// Byte offset just after its last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`. Offsets beyond 4 GiB saturate; no such file is ever read.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let offset = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        Self { file, start: offset(start), end: offset(end) }
    }
    /// The smallest span over both; `other` lies in the same file.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
    /// How many bytes it covers.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }
    /// Whether it is a place between two bytes.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
    /// Whether `other` lies within it.
    pub fn contains(self, other: Self) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
}

/// A place as people count: both from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// Line number, from 1.
    pub line: u32,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: u32,
}

/// A file's name and text, with an index of its lines that is built when first asked for.
#[derive(Debug, Default)]
pub struct SourceFile {
    path: String,
    text: Cow<'static, str>,
    /// The offset at which each line starts.
    lines: OnceLock<Vec<u32>>,
    /// Where columns of long lines are counted from.
    columns: OnceLock<Columns>,
}

impl SourceFile {
    /// The path as it is shown: relative to the project, with `/` between folders.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The offset at which each line starts. The first is 0; a line ends with LF, CR LF or the file.
    pub fn line_starts(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let after_breaks = memchr::memchr_iter(b'\n', self.text.as_bytes())
                .map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX));
            std::iter::once(0).chain(after_breaks).collect()
        })
    }

    /// Whether the text is built into the program: it is in no file that people could open.
    pub fn is_built_in(&self) -> bool {
        matches!(&self.text, Cow::Borrowed(text) if !text.is_empty())
    }

    /// The place of a byte offset; an offset beyond the text is the place after its last character.
    pub fn location(&self, offset: u32) -> Location {
        let (line, before) = self.within_line(offset);
        Location { line, column: before.chars.saturating_add(1) }
    }

    /// The same with the column in units of UTF-16, as editors and code scanners count.
    pub fn utf16_location(&self, offset: u32) -> Location {
        let (line, before) = self.within_line(offset);
        Location { line, column: before.utf16.saturating_add(1) }
    }

    /// The line of an offset, from 1, and what stands before it there.
    fn within_line(&self, offset: u32) -> (u32, Units) {
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start <= offset).saturating_sub(1);
        let start = starts.get(line).copied().unwrap_or(0) as usize;
        let end = (offset as usize).min(self.text.len());
        let columns = || self.columns.get_or_init(|| Columns::of(&self.text));
        let before = columns::between(&self.text, start, end, columns);
        (u32::try_from(line + 1).unwrap_or(u32::MAX), before)
    }
}

/// Every file of a run, in the order they were added.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// A map without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file. `path` is shown as it is; texts built into the program cost nothing to add.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Cow<'static, str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile { path: path.into(), text: text.into(), ..SourceFile::default() });
        id
    }

    /// The file with this id.
    #[expect(clippy::indexing_slicing, reason = "a FileId is only made by the map that holds its file")]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.index()]
    }

    /// All files with their ids, in the order they were added.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files
            .iter()
            .enumerate()
            .map(|(index, file)| (FileId(u32::try_from(index).unwrap_or(u32::MAX)), file))
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.file(span.file).text().get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Where a span starts.
    pub fn start(&self, span: Span) -> Location {
        self.file(span.file).location(span.start)
    }

    /// Where a span ends: the place just after its last character.
    pub fn end(&self, span: Span) -> Location {
        self.file(span.file).location(span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let mut sources = SourceMap::new();
        let file = sources.add("a.admit", "über\r\nb\n");
        let at = |offset| sources.file(file).location(offset);
        assert_eq!(at(0), Location { line: 1, column: 1 });
        assert_eq!(at(2), Location { line: 1, column: 2 }); // after the two bytes of `ü`
        assert_eq!(at(7), Location { line: 2, column: 1 });
        assert_eq!(at(9), Location { line: 3, column: 1 });
        assert_eq!(at(99), Location { line: 3, column: 1 });
        assert_eq!(sources.slice(Span::new(file, 0, 5)), "über");
    }

    #[test]
    fn editors_count_some_characters_twice() {
        let mut sources = SourceMap::new();
        let file = sources.add("a.admit", "é😀x");
        let file = sources.file(file);
        assert_eq!(file.location(6), Location { line: 1, column: 3 });
        assert_eq!(file.utf16_location(6), Location { line: 1, column: 4 });
    }
}
