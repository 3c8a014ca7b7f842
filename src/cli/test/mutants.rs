//! Changes that no test notices, for people and one fact a line.

use std::collections::HashSet;

use super::{Ran, words};
use crate::census::Difference;
use crate::decision::Outcome;
use crate::report::{Human, Mark, one_line};
use crate::suite::Mutants;

/// People are shown so many.
const MOST: usize = 50;

pub(super) fn human(mutants: &Mutants, human: &Human<'_>, out: &mut String) {
    let mut told = HashSet::new();
    for (mutant, changed) in mutants.missed().take(MOST) {
        let message = format!("no test notices {}", mutant.change.text);
        let label = said(&changed.difference);
        out.push('\n');
        out.push_str(&human.message(Mark::Bad, &message, mutant.span(), &label, None));
        if !told.insert(&changed.test) {
            let first = changed.test.lines().next().unwrap_or_default();
            out.push_str(&format!("  The same test as above would: {}\n", first.trim_end_matches(" {")));
            continue;
        }
        out.push_str("  This test would:\n\n");
        for line in changed.test.lines() {
            out.push_str(&format!("    {line}\n"));
        }
    }
    let more = mutants.missed().count().saturating_sub(MOST);
    if more > 0 {
        out.push_str(&format!("\n… and {more} more; `--format plain` shows all\n"));
    }
}

/// What differs: who may what from when on, as things are and with the change.
pub(super) fn said(difference: &Difference) -> String {
    let Difference { user, app, day, before, .. } = difference;
    let (now, then) = match before {
        Some(Outcome::Allow) => ("may", "could not"),
        _ => ("may not", "could"),
    };
    format!("on {day}, `{user}` {now} install `{app}`, and {then} with the change")
}

pub(super) fn plain(ran: &Ran<'_>, mutants: &Mutants, out: &mut String) {
    for (mutant, changed) in mutants.missed() {
        let place = words::place(ran.sources, mutant.span());
        out.push_str(&format!(
            "missed {place} {} {}\n",
            mutant.change.kind.name(),
            one_line(&mutant.change.text)
        ));
        out.push_str(&format!("  changes: {}\n", one_line(&said(&changed.difference))));
        let test: Vec<&str> = changed.test.split_whitespace().collect();
        out.push_str(&format!("  test: {}\n", test.join(" ")));
    }
}
