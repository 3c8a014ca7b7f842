//! What no test decides, for people and one fact a line.

use super::{Ran, words};
use crate::report::{Look, Mark};
use crate::suite::Coverage;

/// People are shown so many lines of a list.
const MOST_LINES: usize = 100;

pub(super) fn human(ran: &Ran<'_>, coverage: &Coverage, look: Look, out: &mut String) {
    let missed = rules(ran, coverage);
    let unseen = values(ran, coverage);
    let (rules, conditions) = if coverage.is_complete {
        ("no test fails without these rules:", "conditions that no test has seen both true and not:")
    } else {
        (
            "as far as was looked, no test fails without these rules:",
            "conditions that no test has seen both true and not, as far as was looked:",
        )
    };
    section(rules, &missed, look, out);
    section(conditions, &unseen, look, out);
}

fn section(title: &str, lines: &[(String, String)], look: Look, out: &mut String) {
    if lines.is_empty() {
        return;
    }
    let sign = if look.unicode { "⚠" } else { "!" };
    out.push_str(&format!("\n{} {}\n", look.strong(Mark::Warning, sign), look.bold(title)));
    for (place, text) in lines.iter().take(MOST_LINES) {
        out.push_str(&format!("  {} {text}\n", look.dim(place)));
    }
    let more = lines.len().saturating_sub(MOST_LINES);
    if more > 0 {
        out.push_str(&format!("  … and {more} more; `--format plain` shows all\n"));
    }
}

/// The rules that no test decides: where, and how they begin.
fn rules(ran: &Ran<'_>, coverage: &Coverage) -> Vec<(String, String)> {
    let missed = coverage.rules.iter().filter(|rule| rule.by.is_none());
    missed
        .map(|rule| (words::place(ran.sources, rule.head), words::written(ran.sources, rule.head)))
        .collect()
}

/// The conditions that lack a value: where, and which.
fn values(ran: &Ran<'_>, coverage: &Coverage) -> Vec<(String, String)> {
    let parts = coverage.conditions.iter().flat_map(|condition| condition.parts());
    parts
        .filter(|part| part.seen.count() < 2)
        .map(|part| {
            let text = format!("`{}` {}", words::written(ran.sources, part.span), words::unseen(part.seen));
            (words::place(ran.sources, part.span), text)
        })
        .collect()
}

pub(super) fn plain(ran: &Ran<'_>, coverage: &Coverage, out: &mut String) {
    for rule in &coverage.rules {
        let word = match rule.by {
            Some(_) => "decided",
            None if coverage.is_complete => "undecided",
            None => "unjudged",
        };
        let place = words::place(ran.sources, rule.head);
        out.push_str(&format!("{word} {place} {}\n", words::written(ran.sources, rule.head)));
    }
    for (place, text) in values(ran, coverage) {
        out.push_str(&format!("unseen {place} {text}\n"));
    }
    if !coverage.is_complete {
        out.push_str(&format!("incomplete coverage: {}\n", words::INCOMPLETE));
    }
}
