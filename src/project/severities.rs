//! The last word on each finding: exceptions in the policies, then the levels of the settings.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostics::{Code, Diagnostic, Severity, Sink, Stage, Suppressed};
use crate::syntax::ast::SyntaxTree;
use crate::text::{Date, Span};

use super::config::{Config, Level};
use super::suppressions::Suppressions;

/// The findings of a project after the last word.
pub(super) struct Settled {
    /// Those that are reported, in order.
    pub(super) reported: Vec<Diagnostic>,
    /// Those that exceptions silence, in order.
    pub(super) suppressed: Vec<Suppressed>,
    /// The comments that silence nothing, in order.
    pub(super) unused: Vec<Span>,
}

/// Applies exceptions and levels to all findings and puts them in order. `linted`: whether the lints ran, so that an exception for one that
/// silenced nothing is known to be unused.
pub(super) fn settle<'t>(
    mut found: Sink,
    config: &Config,
    trees: impl Iterator<Item = &'t SyntaxTree>,
    today: Option<Date>,
    linted: bool,
) -> Settled {
    let mut suppressions = Suppressions::collect(trees, today, &mut found);
    let mut reported = Vec::new();
    let mut suppressed = Vec::new();
    for finding in found.into_sorted() {
        // An error of the language stays one, whatever the code's usual severity.
        if finding.severity == Severity::Error && finding.code.stage != Stage::Lint {
            reported.push(finding);
            continue;
        }
        let silencer = suppressions.silencer(&finding);
        let Some(finding) = with_level(finding, config) else { continue };
        match silencer {
            None => reported.push(finding),
            Some(by) => suppressed.push(Suppressed {
                finding,
                comment: by.span,
                because: by.because.to_string(),
                until: by.until,
            }),
        }
    }
    once(&mut reported);
    let mut useless = Sink::new();
    let unused = suppressions.report_unused(linted, &mut useless);
    let useless = useless.into_sorted().into_iter().filter_map(|finding| with_level(finding, config));
    let mut all = Sink::new();
    reported.into_iter().chain(useless).for_each(|finding| all.push(finding));
    Settled { reported: all.into_sorted(), suppressed, unused }
}

/// Leaves out what another finding tells better. One that counts for more is never left out for one that counts for less.
fn once(reported: &mut Vec<Diagnostic>) {
    let better = reported.iter().flat_map(|finding| &finding.better);
    let better: FxHashSet<(&str, Span)> = better.map(|&(code, place)| (code.name, place)).collect();
    if better.is_empty() {
        return;
    }
    let mut told: FxHashMap<(&str, Span), Severity> = FxHashMap::default();
    for finding in &*reported {
        let key = (finding.code.name, finding.primary.span);
        if better.contains(&key) {
            let most = told.entry(key).or_insert(finding.severity);
            *most = finding.severity.max(*most);
        }
    }
    reported.retain(|finding| {
        let is_told = |&(code, place): &(&'static Code, Span)| {
            told.get(&(code.name, place)).is_some_and(|severity| *severity >= finding.severity)
        };
        !finding.better.iter().any(is_told)
    });
}

/// A finding at the level that the settings give it; `None`: off.
fn with_level(finding: Diagnostic, config: &Config) -> Option<Diagnostic> {
    if config.is_off(finding.code) {
        return None;
    }
    match config.levels.get(finding.code.name) {
        Some(Level::Report(severity)) => Some(finding.severity(*severity)),
        _ => Some(finding),
    }
}
