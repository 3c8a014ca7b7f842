//! Comments that belong to items: documentation and suppressions.

use compact_str::CompactString;

use super::ast::{Comment, CommentKind};
use super::directive;
use super::kept::{Attached, Kept};
use super::scan::skip_trivia;
use crate::diagnostics::Sink;
use crate::text::FileId;

/// Gives each item the comments between the item before it and itself, and the directives before the exemptions in it. A directive that
/// stands elsewhere is reported.
pub(super) fn attach<K: Kept>(
    file: FileId,
    text: &str,
    comments: &[Comment],
    items: &mut [K],
    out: &mut Sink,
) {
    let mut comments = comments.iter().peekable();
    // After a syntax error the item that a directive was for may be one that could not be read.
    let whole = !out.has_errors();
    // What follows the last comments that stood within an item.
    let mut next = 0;
    for item in items {
        let span = item.span();
        while let Some(comment) = comments.next_if(|comment| comment.span.start < span.start) {
            match comment.kind {
                CommentKind::Doc => item.comment(Attached::Doc(doc_text(text, *comment))),
                CommentKind::Directive if !stands_alone(text, *comment) => misplaced(*comment, whole, out),
                CommentKind::Directive => {
                    if let Some(suppression) = directive::read(file, text, *comment, span, out) {
                        item.comment(Attached::Suppression(suppression));
                    }
                }
                CommentKind::Plain => {}
            }
        }
        while let Some(comment) = comments.next_if(|comment| comment.span.start < span.end) {
            if comment.kind != CommentKind::Directive {
                continue;
            }
            if next <= comment.span.start as usize {
                next = skip_trivia(text.as_bytes(), comment.span.end as usize);
            }
            match item.exemption_at(next).filter(|_| stands_alone(text, *comment)) {
                Some(exemption) => {
                    if let Some(suppression) = directive::read(file, text, *comment, exemption, out) {
                        item.comment(Attached::Suppression(suppression));
                    }
                }
                None => misplaced(*comment, whole, out),
            }
        }
    }
    for comment in comments {
        misplaced(*comment, whole, out);
    }
}

/// Whether nothing stands before the comment on its line: behind an item it would be taken to be about that.
fn stands_alone(text: &str, comment: Comment) -> bool {
    let before = text.get(..comment.span.start as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.trim_start_matches('\u{feff}').trim().is_empty()
}

fn misplaced(comment: Comment, whole: bool, out: &mut Sink) {
    if whole && comment.kind == CommentKind::Directive {
        out.push(directive::misplaced(comment));
    }
}

/// The text of a `##` comment without the marks and the blank after them.
fn doc_text(text: &str, comment: Comment) -> CompactString {
    let span = comment.span;
    let content = text.get(span.start as usize + 2..span.end as usize).unwrap_or("");
    CompactString::new(content.strip_prefix(' ').unwrap_or(content).trim_end())
}
