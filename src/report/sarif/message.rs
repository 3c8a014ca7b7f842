//! The text of a result, with links to its related places.

use crate::diagnostics::{Diagnostic, Label};

/// What is wrong, what is to be seen there and what to do, a line each; then the related places. Those of `linked` are links to the related
/// locations, which count from 1; the others are told.
pub(super) fn of(finding: &Diagnostic, linked: &[&Label], told: &[String]) -> String {
    let mut lines = vec![sentence(&finding.message)];
    if !finding.primary.text.is_empty() {
        lines.push(sentence(&finding.primary.text));
    }
    if let Some(help) = &finding.help {
        lines.push(sentence(help));
    }
    for (index, label) in linked.iter().enumerate() {
        lines.push(format!("[{}]({})", link_text(label), index + 1));
    }
    lines.extend(told.iter().map(|text| literal(text)));
    lines.join("\n")
}

/// A text as a sentence: where room is short, only the first is shown.
fn sentence(text: &str) -> String {
    let end = if text.ends_with(['.', '?', '!', ':']) { "" } else { "." };
    format!("{}{end}", literal(text))
}

/// What is said about a related place.
pub(super) fn related(label: &Label) -> &str {
    if label.text.is_empty() { "see also" } else { &label.text }
}

fn link_text(label: &Label) -> String {
    related(label).replace('[', "\\[").replace(']', "\\]")
}

/// A text in which nothing is a link.
fn literal(text: &str) -> String {
    text.replace("](", "\\](")
}
