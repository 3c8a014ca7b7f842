//! The findings about one fact file, and the codes they have.

use crate::declare_code;
use crate::diagnostics::{Code, Diagnostic, Sink, nearest, quoted_list};
use crate::text::{FileId, Span};

use super::Section;
use super::record::RecordKind;

declare_code! {
    /// Text that is not valid YAML, JSON or CSV.
    MALFORMED_FACTS = Facts, Error, "malformed-facts", "a fact file whose text is not valid YAML, JSON or CSV"
}
declare_code! {
    /// A file without any text.
    EMPTY_FACTS = Facts, Error, "empty-facts", "a fact file without any text"
}
declare_code! {
    /// A key that stands twice in one entry, list of lists or header.
    DUPLICATE_KEY = Facts, Error, "duplicate-key", "a key that stands twice in the same place of a fact file"
}
declare_code! {
    /// A list that a fact file of its section does not have.
    UNKNOWN_LIST = Facts, Error, "unknown-list", "a list that this fact file does not have"
}
declare_code! {
    /// A map, list or value where another of these belongs.
    WRONG_SHAPE = Facts, Error, "wrong-shape", "a map, list or value where a fact file has another of these"
}
declare_code! {
    /// A row of a CSV file with more or fewer cells than its header.
    BAD_ROW = Facts, Error, "bad-row", "a CSV row with more or fewer cells than the header"
}
declare_code! {
    /// The header of a CSV file does not say what its rows are.
    BAD_HEADER = Facts, Error, "bad-header", "a CSV header that does not say what the rows are"
}
declare_code! {
    /// YAML aliases that would repeat far more than the file says.
    TOO_MANY_ALIASES = Facts, Error, "too-many-aliases", "YAML aliases that repeat far more text than the file has"
}

/// How many findings one file may have.
const LIMIT: u32 = 200;

/// Takes the findings about one file, up to a limit.
pub(super) struct Findings<'o> {
    sink: &'o mut Sink,
    file: FileId,
    /// The length of the file's text.
    len: usize,
    malformed: &'static Code,
    left: u32,
}

impl<'o> Findings<'o> {
    /// Takes findings about `file`; broken syntax has the code `malformed`.
    pub(super) fn new(file: FileId, text: &str, malformed: &'static Code, sink: &'o mut Sink) -> Self {
        Self { sink, file, len: text.len(), malformed, left: LIMIT }
    }

    /// The sink behind it, for those who give the records their meaning.
    pub(super) fn sink(&mut self) -> &mut Sink {
        self.sink
    }

    /// A span of the file. Beyond its end there is nothing.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let end = end.min(self.len);
        Span::new(self.file, start.min(end), end)
    }

    /// Adds a finding, unless there were too many.
    pub(super) fn push(&mut self, finding: Diagnostic) {
        let Some(left) = self.left.checked_sub(1) else { return };
        self.left = left;
        let (code, span) = (finding.code, finding.primary.span);
        self.sink.push(finding);
        if left == 0 {
            let message = format!("this file has more than {LIMIT} problems, the rest is not shown");
            self.sink.push(Diagnostic::new(code, span, message));
        }
    }

    /// The text cannot be read at `span`.
    pub(super) fn malformed(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        self.push(Diagnostic::new(self.malformed, span, message).maybe_help(help));
    }

    /// There is no text at all: mostly the program that should have written it failed.
    pub(super) fn empty(&mut self) {
        let found = Diagnostic::new(&EMPTY_FACTS, self.span(0, 0), "this fact file is empty");
        self.push(found.help("write it again if it should hold something, or remove it"));
    }

    /// `key` stands at `second` though it stands at `first` already.
    pub(super) fn duplicate_key(&mut self, key: &str, first: Span, second: Span) {
        self.push(
            Diagnostic::new(&DUPLICATE_KEY, second, format!("`{key}` stands here twice"))
                .related(first, "it stands here already")
                .help("keep one of the two; `-` and `_` mean the same in keys"),
        );
    }

    /// `what` stands at `span` where `wanted` belongs.
    pub(super) fn wrong_shape(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::new(&WRONG_SHAPE, span, message).help(help));
    }

    /// A top-level key that names no list of the section.
    pub(super) fn unknown_list(&mut self, name: &str, span: Span, section: Section) {
        let lists = RecordKind::of_section(section).iter().map(|kind| kind.list_name());
        let help = match RecordKind::of_list(name) {
            Some(kind) => {
                format!("`{name}` belong in a file that `facts: {}:` names", kind.section().name())
            }
            None => match nearest(name, RecordKind::ALL.map(RecordKind::list_name)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("a {} file has {}", section.name(), quoted_list(lists, "and")),
            },
        };
        let message = format!("a {} file has no list `{name}`", section.name());
        self.push(Diagnostic::new(&UNKNOWN_LIST, span, message).help(help));
    }

    /// Aliases at `span` would repeat too much. Said whatever the number of findings: nothing more is read.
    pub(super) fn too_many_aliases(&mut self, span: Span) {
        let message = "the aliases in this file repeat far more text than the file has";
        self.sink.push(
            Diagnostic::new(&TOO_MANY_ALIASES, span, message)
                .label("this alias goes over the limit")
                .help("write the values out, or use fact files without aliases"),
        );
    }

    /// A problem with a CSV header.
    pub(super) fn bad_header(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::new(&BAD_HEADER, span, message).help(help));
    }

    /// A row of `cells` cells under a header of `columns` columns (at `header`).
    pub(super) fn bad_row(&mut self, span: Span, header: Span, cells: usize, columns: usize) {
        let message = format!("this row has {}, the header has {columns}", counted(cells, "cell"));
        let help = if cells > columns {
            "put a cell that holds `,` in double quotes, and join several values in a cell by `;`"
        } else {
            "a fact that is not known is an empty cell: two commas in a row"
        };
        let columns = counted(columns, "column");
        self.push(Diagnostic::new(&BAD_ROW, span, message).related(header, columns).help(help));
    }
}

/// `1 cell`, `2 cells`.
fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
