//! The text of a result, with links to its related places.

use crate::diagnostics::{Diagnostic, Label};

/// What is wrong, what is to be seen there and what to do, a line each; then the related places. Those of `linked` are links to the related
/// locations, which count from 1; the others are told.
pub(super) fn of(finding: &Diagnostic, linked: &[&Label], told: &[String]) -> String {
    let said = [Some(&finding.message), Some(&finding.primary.text), finding.help.as_ref()];
    let said = said.into_iter().flatten().filter(|text| !text.is_empty());
    let said: Vec<String> = said.map(|text| sentence(text)).collect();
    let mut lines = vec![literal(&said.join("\n"), !linked.is_empty())];
    for (index, label) in linked.iter().enumerate() {
        lines.push(format!("[{}]({})", link_text(label), index + 1));
    }
    lines.extend(told.iter().map(|text| literal(text, false)));
    lines.join("\n")
}

/// A text as a sentence: where room is short, only the first is shown.
fn sentence(text: &str) -> String {
    let end = if text.ends_with(['.', '?', '!', ':']) { "" } else { "." };
    format!("{text}{end}")
}

/// What is said about a related place.
pub(super) fn related(label: &Label) -> &str {
    if label.text.is_empty() { "see also" } else { &label.text }
}

fn link_text(label: &Label) -> String {
    related(label).replace('[', "\\[").replace(']', "\\]")
}

/// A text in which nothing is a link: a bracket opens one if the next that closes stands before a parenthesis.
fn literal(text: &str, stands_before_links: bool) -> String {
    let (mut opens, mut next) = (stands_before_links, None);
    let mut reversed: Vec<char> = Vec::with_capacity(text.len());
    for character in text.chars().rev() {
        reversed.push(character);
        match character {
            ']' => opens = next == Some('('),
            '[' if opens => reversed.push('\\'),
            _ => {}
        }
        next = Some(character);
    }
    reversed.into_iter().rev().collect()
}
