//! Comments that belong to items: documentation and suppressions.

use compact_str::CompactString;

use super::ast::{Comment, CommentKind, Item};

/// Gives each item the comments between the item before it and itself.
pub(super) fn attach(text: &str, comments: &[Comment], items: &mut [Item]) {
    let mut comments = comments.iter().peekable();
    for item in items {
        while let Some(comment) = comments.next_if(|comment| comment.span.start < item.span.start) {
            if comment.kind == CommentKind::Doc {
                item.docs.push(doc_text(text, *comment));
            }
        }
        while comments.next_if(|comment| comment.span.start < item.span.end).is_some() {}
    }
}

/// The text of a `##` comment without the marks and the blank after them.
fn doc_text(text: &str, comment: Comment) -> CompactString {
    let span = comment.span;
    let content = text.get(span.start as usize + 2..span.end as usize).unwrap_or("");
    CompactString::new(content.strip_prefix(' ').unwrap_or(content).trim_end())
}
