//! One pass over the bytes of a file before the grammar sees it: comments, what the grammar must not see, and places at which the file can
//! be cut for reading on several cores.
//!
//! A quoted text has no raw line break and a comment ends with its line, so whatever stands before a line, the line itself starts outside
//! of both. That is why a file can be cut at the start of a line.

use super::ast::{Comment, CommentKind};
use super::words;
use crate::text::{FileId, Span};

/// How deep parentheses may nest.
pub(super) const DEEPEST: usize = 64;

/// What the pass found.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Every comment in order.
    pub comments: Vec<Comment>,
    /// Offsets at which the grammar's text must end, in order: quotes without their partner, which it would look for on other lines, and
    /// opening parentheses that stand within [`DEEPEST`] others, which would cost it stack.
    ///
    /// The count of parentheses starts again at each brace, which no condition can contain, and at nothing else: it is never lower than
    /// the depth that the grammar would meet. It can be higher only after that many parentheses that nobody closed.
    pub barriers: Vec<usize>,
    /// Offsets at which an item starts a line outside of braces, about `piece` bytes apart.
    pub cuts: Vec<usize>,
}

/// The bytes at which the pass stops; all others are skipped.
static SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let marks = b"\"#(){}\n";
    let mut at = 0;
    while at < marks.len() {
        #[expect(clippy::indexing_slicing, reason = "evaluated while compiling")]
        {
            table[marks[at] as usize] = true;
        }
        at += 1;
    }
    table
};

/// Scans `text` from offset `start`. Cuts are sought every `piece` bytes.
pub(super) fn scan(file: FileId, text: &str, start: usize, piece: usize) -> Scan {
    let bytes = text.as_bytes();
    let mut found = Scan::default();
    let (mut parens, mut braces) = (0usize, 0usize);
    let mut next_cut = start.saturating_add(piece);
    let mut at = start;
    while let Some(offset) = position_of_special(bytes, at) {
        at = offset + 1;
        match bytes.get(offset) {
            Some(b'"') => {
                let (end, closed) = after_string(bytes, offset);
                at = end;
                if !closed {
                    found.barriers.push(offset);
                }
            }
            Some(b'#') => {
                at = line_end(bytes, offset);
                found.comments.push(comment(file, text, offset, at));
            }
            Some(b'(') => {
                parens += 1;
                if parens > DEEPEST {
                    found.barriers.push(offset);
                }
            }
            Some(b')') => parens = parens.saturating_sub(1),
            Some(b'{') => (braces, parens) = (braces + 1, 0),
            Some(b'}') => (braces, parens) = (braces.saturating_sub(1), 0),
            _ if at >= next_cut && braces == 0 && parens == 0 && is_cut(text, at) => {
                found.cuts.push(at);
                next_cut = at.saturating_add(piece);
            }
            _ => {}
        }
    }
    found
}

fn position_of_special(bytes: &[u8], from: usize) -> Option<usize> {
    let special = |byte: &u8| SPECIAL.get(usize::from(*byte)).copied().unwrap_or(false);
    bytes.get(from..)?.iter().position(special).map(|at| from + at)
}

/// Whether an item seems to start at `at`, the start of a line. A wrong guess costs time, never the right answer.
fn is_cut(text: &str, at: usize) -> bool {
    words::item_at(text, at).is_some()
        && text
            .get(..at)
            .is_some_and(|before| !before.trim_end_matches([' ', '\t', '\r', '\n']).ends_with(','))
}

/// The text from `at` up to the next barrier.
pub(super) fn before_barrier<'t>(text: &'t str, barriers: &[usize], at: usize) -> &'t str {
    let next = barriers.partition_point(|&barrier| barrier < at);
    let end = barriers.get(next).copied().unwrap_or(text.len());
    text.get(at..end).unwrap_or("")
}

/// The offset after the string whose opening quote is at `open`, and whether it has a closing quote: without one, it ends with its line.
pub(super) fn after_string(bytes: &[u8], open: usize) -> (usize, bool) {
    let mut at = open + 1;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(offset) = memchr::memchr3(b'"', b'\\', b'\n', rest) else { return (bytes.len(), false) };
        at += offset;
        match bytes.get(at) {
            Some(b'"') => return (at + 1, true),
            Some(b'\\') if bytes.get(at + 1) != Some(&b'\n') => at += 2,
            Some(b'\\') => return (at + 1, false),
            _ => return (at, false),
        }
    }
}

/// The offset of the line break that ends the line of `at`, or the end of the text.
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    memchr::memchr(b'\n', rest).map_or(bytes.len(), |offset| at + offset)
}

/// The comment from `start` to the end of its line at `end`.
fn comment(file: FileId, text: &str, start: usize, end: usize) -> Comment {
    let content = text.get(start..end).unwrap_or("");
    let content = content.strip_suffix('\r').unwrap_or(content);
    let kind = if is_directive(content) {
        CommentKind::Directive
    } else if content.starts_with("##") && !content.starts_with("###") {
        CommentKind::Doc
    } else {
        CommentKind::Plain
    };
    Comment { span: Span::new(file, start, start + content.len()), kind }
}

fn is_directive(comment: &str) -> bool {
    let inner = comment.trim_start_matches('#').trim_start_matches([' ', '\t']);
    comment.starts_with('#')
        && !comment.starts_with("##")
        && inner
            .strip_prefix("admit")
            .is_some_and(|rest| rest.trim_start_matches([' ', '\t']).starts_with(':'))
}

/// The offset of the next byte at or after `at` that is neither blank nor in a comment.
pub(super) fn skip_trivia(bytes: &[u8], mut at: usize) -> usize {
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\n' | b'\t' | b'\r') => at += 1,
            Some(b'#') => at = line_end(bytes, at),
            _ => return at,
        }
    }
}

/// The offset of the first line that starts at or after `at`, or of the end of the text.
pub(super) fn line_start(bytes: &[u8], at: usize) -> usize {
    (line_end(bytes, at) + 1).min(bytes.len())
}

/// How many blanks the line of `at` starts with.
pub(super) fn indentation(text: &str, at: usize) -> usize {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let start = memchr::memrchr(b'\n', before).map_or(0, |line_break| line_break + 1);
    let line = text.as_bytes().get(start..).unwrap_or_default();
    line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// Whether only blanks stand between `at` and the start of its line.
pub(super) fn starts_line(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(..at).unwrap_or_default();
    let last = before.iter().rposition(|byte| !matches!(byte, b' ' | b'\t'));
    match last {
        None => true,
        Some(last) => before.get(last) == Some(&b'\n') || before.get(..=last) == Some("\u{feff}".as_bytes()),
    }
}
