//! The last word on each finding: exceptions in the policies, then the levels of the settings.

use crate::diagnostics::{Diagnostic, Severity, Sink, Stage, Suppressed};
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
    let mut reported = Sink::new();
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
    let mut useless = Sink::new();
    let unused = suppressions.report_unused(linted, &mut useless);
    useless.into_sorted().into_iter().filter_map(|finding| with_level(finding, config)).for_each(|finding| {
        reported.push(finding);
    });
    Settled { reported: reported.into_sorted(), suppressed, unused }
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
