//! What all formats say in the same words.

use crate::model::AssertionKind;
use crate::report::{counted, one_line};
use crate::suite::{AppNames, AssertionResult, Coverage, Failure, Mutants, Seen};
use crate::text::{SourceMap, Span};

/// `policies/tests.admit:3:1`
pub(super) fn place(sources: &SourceMap, span: Span) -> String {
    let at = sources.start(span);
    format!("{}:{}:{}", one_line(sources.file(span.file).path()), at.line, at.column)
}

/// What is written at a span, on one line and not too long.
pub(super) fn written(sources: &SourceMap, span: Span) -> String {
    const MOST: usize = 100;
    let text = sources.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let text = one_line(&text).into_owned();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// What is wrong, in a line.
pub(super) fn failure(result: &AssertionResult<'_>, failure: &Failure) -> String {
    let all = counted(usize::try_from(result.pairs).unwrap_or(usize::MAX), "install");
    match failure {
        Failure::NoSuchUsers(users) => {
            let plural = if users.len() == 1 { "no such user" } else { "no such users" };
            format!("{plural}: {}", listed(users, users.len() as u64))
        }
        Failure::Vacuous(nothing) => format!("{}, so nothing is proved", nothing.text()),
        Failure::Denied { pairs, .. } => format!("{pairs} of {all} {} denied", are(*pairs)),
        Failure::NotDenied { allowed, otherwise, lacking, .. } => {
            let codes: Vec<&str> = lacking.iter().map(|code| code.name()).collect();
            let codes = crate::diagnostics::quoted_list(codes, "and");
            match (allowed, otherwise) {
                (_, 0) => format!("{allowed} of {all} {} allowed", are(*allowed)),
                (0, _) => format!("{otherwise} of {all} {} denied without {codes}", are(*otherwise)),
                _ => format!(
                    "{allowed} of {all} {} allowed, and {otherwise} denied without {codes}",
                    are(*allowed)
                ),
            }
        }
        Failure::Differs { missing, extra, .. } => {
            let many = |apps: &[AppNames]| apps.iter().map(|app| app.count).sum::<u64>();
            let missing = many(missing);
            let extra = many(extra);
            match (missing, extra) {
                (_, 0) => format!("{missing} of {all} {} missing", are(missing)),
                (0, _) => format!("{extra} of {all} {} too many", are(extra)),
                _ => format!("of {all}, {missing} {} missing and {extra} too many", are(missing)),
            }
        }
    }
}

fn are(count: u64) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

/// Names in backticks, and how many more there are.
pub(super) fn listed(names: &[String], count: u64) -> String {
    const MOST: usize = 6;
    let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{}`", one_line(name))).collect();
    let more = count.saturating_sub(shown.len() as u64);
    match more {
        0 => shown.join(", "),
        _ => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The word that an assertion begins with.
pub(super) fn verb(kind: &AssertionKind) -> &'static str {
    match kind {
        AssertionKind::Allow => "allow",
        AssertionKind::Deny(_) => "deny",
        AssertionKind::Only => "only",
    }
}

/// How many percent of the rules the tests decide. Without rules, all.
pub(super) fn percent(coverage: &Coverage) -> f64 {
    share(coverage.decided(), coverage.rules.len())
}

/// How many percent of the values of conditions were seen. Without conditions, all.
pub(super) fn conditions_percent(coverage: &Coverage) -> f64 {
    let (seen, all) = coverage.values();
    share(seen, all)
}

/// `part` of `all` in percent, rounded down to a tenth, so that less than all is never 100.
#[expect(clippy::cast_precision_loss, reason = "so many rules would not fit in memory")]
pub(super) fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 100.0 } else { (part as f64 * 1000.0 / all as f64).floor() / 10.0 }
}

/// What is said of coverage for which not everything was looked at.
pub(super) const INCOMPLETE: &str =
    "the tests look at too much for all of it to be judged: what was not counts as not covered, and may be";

/// `12 of 17 rules (70.5 %), 9 of 14 values of conditions`
pub(super) fn covered(coverage: &Coverage) -> String {
    let rules = coverage.rules.len();
    let mut text = format!("{} of {} ({} %)", coverage.decided(), counted(rules, "rule"), percent(coverage));
    let (seen, all) = coverage.values();
    if all > 0 {
        text.push_str(&format!(
            ", {seen} of {all} values of conditions ({} %)",
            conditions_percent(coverage)
        ));
    }
    if !coverage.is_complete {
        text.push_str(&format!("; {INCOMPLETE}"));
    }
    text
}

/// What a condition never was.
pub(super) fn unseen(seen: Seen) -> &'static str {
    match (seen.held, seen.failed) {
        (false, false) => "is never looked at",
        (false, true) => "is never true",
        (true, false) => "is always true",
        (true, true) => "was both true and not",
    }
}

/// `40 tried: 30 noticed, 4 missed, 6 change no decision`
pub(super) fn tried(mutants: &Mutants) -> String {
    let mut text = format!(
        "{} tried: {} noticed, {} missed",
        mutants.tried.len(),
        mutants.noticed(),
        mutants.missed().count()
    );
    match mutants.equivalent() {
        0 => {}
        1 => text.push_str(", 1 changes no decision"),
        several => text.push_str(&format!(", {several} change no decision")),
    }
    match mutants.unjudged() {
        0 => {}
        many => text.push_str(&format!(
            "; {many} not judged: too much would have to be compared, and fewer changes (`--limit`) leave more time for each"
        )),
    }
    match mutants.left_out {
        0 => {}
        many if mutants.is_limited => text.push_str(&format!("; {many} left out by `--limit`")),
        many => text.push_str(&format!(
            "; {many} left out, as all would take very long: `--limit N` tries N of them"
        )),
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{covered, tried};
    use crate::suite::{Change, ChangeKind, Coverage, Fate, Mutant, Mutants};
    use crate::text::{RuleId, SourceMap, Span};

    #[test]
    fn what_was_not_judged_is_said() {
        let coverage = |is_complete| Coverage { rules: Vec::new(), conditions: Vec::new(), is_complete };
        assert_eq!(covered(&coverage(true)), "0 of 0 rules (100 %)");
        assert_eq!(
            covered(&coverage(false)),
            "0 of 0 rules (100 %); the tests look at too much for all of it to be judged: what was not counts as not covered, and may be"
        );
    }

    #[test]
    fn changes_that_were_left_out_or_not_judged_are_counted() {
        let span = Span::new(SourceMap::new().add("a.admit", ""), 0, 0);
        let mutant = |fate| Mutant {
            rule: RuleId(0),
            change: Change { kind: ChangeKind::Remove, span, text: "the rule left out".to_owned() },
            fate,
        };
        let mutants = |left_out, is_limited| Mutants {
            tried: vec![mutant(Fate::Noticed(0)), mutant(Fate::Unjudged), mutant(Fate::Unjudged)],
            left_out,
            is_limited,
        };
        let not_judged = "3 tried: 1 noticed, 0 missed; 2 not judged: too much would have to be compared, and fewer changes \
                          (`--limit`) leave more time for each";
        assert_eq!(tried(&mutants(0, false)), not_judged);
        assert_eq!(tried(&mutants(7, true)), format!("{not_judged}; 7 left out by `--limit`"));
        assert_eq!(
            tried(&mutants(7, false)),
            format!("{not_judged}; 7 left out, as all would take very long: `--limit N` tries N of them")
        );
    }
}
