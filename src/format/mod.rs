//! Layer 3: one layout for policy files.
//!
//! A file is laid out item by item from its tokens; which of them start a clause, a field or the like is what the grammar says
//! ([`Outline`](crate::syntax::Outline)). Nothing is added, left out or put in another order, with two exceptions that no meaning hangs
//! on: the comma after the last entry of a list, and the order of a rule's clauses where no comment stands among them. Comments stay
//! where they are: before what they stood before, or at the end of the line of what they stood behind.

mod layout;
mod tokens;
mod writer;

use layout::Layout;
use tokens::Lexer;
use writer::Writer;

use crate::diagnostics::Sink;
use crate::syntax::outlines;
use crate::text::FileId;

/// The text of a policy file in the one layout, or `None` where the text cannot be read as a policy; what is wrong with it is then in
/// `out`, with places in `file`.
///
/// Line breaks are those of the file's first line, and a byte order mark stays.
pub fn format(file: FileId, text: &str, out: &mut Sink) -> Option<String> {
    let outlines = outlines(file, text, out)?;
    let start = if text.starts_with(MARK) { MARK.len_utf8() } else { 0 };
    let mut writer = Writer::new(text.len() + text.len() / 8);
    let mut lexer = Lexer::new(text, start);
    let mut tokens = Vec::new();
    for outline in &outlines {
        let beside = lexer.item(outline, &mut tokens);
        Layout::new(&tokens).write(&mut writer);
        if let Some(comment) = beside {
            writer.comment_beside(comment);
        }
    }
    writer.comments(&lexer.rest(), true);
    Some(finished(writer.finish(), text))
}

/// The byte order mark that some editors write.
const MARK: char = '\u{feff}';

/// The text with the line breaks and the byte order mark of the original.
fn finished(laid_out: String, original: &str) -> String {
    let line_break = memchr::memchr(b'\n', original.as_bytes());
    let windows =
        line_break.is_some_and(|at| original.as_bytes().get(..at).is_some_and(|line| line.ends_with(b"\r")));
    let laid_out = if windows { laid_out.replace('\n', "\r\n") } else { laid_out };
    if original.starts_with(MARK) { format!("{MARK}{laid_out}") } else { laid_out }
}
