//! Reasons say something.

use super::Context;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::syntax::ast::{Item, ItemKind, Name};
use crate::text::Span;

declare_code! {
    /// A `because` that stands in for a reason.
    PLACEHOLDER_REASON = Lint, Warning, "placeholder-reason", "a reason that is blank or a placeholder such as \"todo\""
}

/// What people write to get past a question. Compared without case and signs: `N/A` is `na`.
const PLACEHOLDERS: [&str; 22] = [
    "asdf",
    "because",
    "dummy",
    "fixme",
    "foo",
    "later",
    "na",
    "none",
    "nothing",
    "placeholder",
    "reason",
    "tba",
    "tbc",
    "tbd",
    "temp",
    "test",
    "ticket",
    "tmp",
    "todo",
    "unknown",
    "wip",
    "xxx",
];
/// Words that make a placeholder of whatever follows them.
const OPENERS: [&str; 4] = ["fixme", "tba", "tbd", "todo"];

/// Of rules, exemptions, accepted widenings and exceptions.
pub(super) fn reasons_say_something(context: &Context<'_>, out: &mut Sink) {
    for item in context.trees.iter().flat_map(|tree| &tree.items) {
        for suppression in &item.suppressions {
            look(&suppression.because, suppression.span, out);
        }
        for because in reasons(item) {
            look(&because.text, because.span, out);
        }
    }
}

fn reasons(item: &Item) -> Vec<&Name> {
    match &item.kind {
        ItemKind::Rule(rule) => rule.clauses.because.iter().collect(),
        ItemKind::Accept(accept) => accept.clauses.because.iter().collect(),
        ItemKind::Account(account) => {
            account.exempts().filter_map(|rule| rule.clauses.because.as_ref()).collect()
        }
        _ => Vec::new(),
    }
}

fn look(reason: &str, place: Span, out: &mut Sink) {
    let message = if reason.trim().is_empty() {
        "this reason is blank".to_owned()
    } else if is_placeholder(reason) {
        format!("`{}` is no reason", reason.trim())
    } else {
        return;
    };
    let finding = Diagnostic::new(&PLACEHOLDER_REASON, place, message);
    out.push(finding.help("say what whoever reads it next year has to know; a ticket number is enough"));
}

/// Whether a reason is nothing but a placeholder or signs, or begins as one.
fn is_placeholder(reason: &str) -> bool {
    let mut words = reason.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return true };
    if OPENERS.contains(&first.to_lowercase().as_str()) {
        return true;
    }
    // No placeholder is as long as that.
    let letters = reason.chars().filter(|letter| letter.is_alphanumeric()).take(16);
    PLACEHOLDERS.contains(&letters.flat_map(char::to_lowercase).collect::<String>().as_str())
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn placeholders_are_told_from_reasons() {
        for text in ["todo", "TBD", "n/a", "...", "?", "TODO: ask legal", "xxx", "[fixme] later"] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in
            ["SEC-1", "test of the new phones", "none of these may record", "旧契約", "because of SEC-4"]
        {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
