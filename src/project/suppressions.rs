//! `# admit: allow CODE because "…"`: an exception for the item that follows it.

use std::collections::BTreeMap;

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Severity, Sink, Stage};
use crate::syntax::ast::{Item, Name, Suppression, SyntaxTree};
use crate::text::{Date, FileId, Span};

use super::codes;
use super::settings::{fixed_level, is_fixed, unknown_code};

declare_code! {
    /// An exception for a finding that does not occur.
    UNUSED_SUPPRESSION = Project, Warning, "unused-suppression", "an exception for a finding that does not occur there"
}

declare_code! {
    /// An exception for a finding that has ended.
    EXPIRED_SUPPRESSION = Project, Warning, "expired-suppression", "an exception for a finding whose last day has passed"
}

/// One code of one suppression, and whether it silenced anything.
struct Exception<'t> {
    item: &'t Item,
    suppression: &'t Suppression,
    code: &'t Name,
    stage: Stage,
    used: bool,
}

/// The exceptions of all files.
pub(super) struct Suppressions<'t> {
    /// In the order of text, so that those of one item stand together.
    by_file: BTreeMap<FileId, Vec<Exception<'t>>>,
}

impl<'t> Suppressions<'t> {
    /// Collects the exceptions that hold on `today`; without a day, all of them. What is wrong with one is reported.
    pub(super) fn collect(
        trees: impl Iterator<Item = &'t SyntaxTree>,
        today: Option<Date>,
        out: &mut Sink,
    ) -> Self {
        let mut by_file: BTreeMap<FileId, Vec<Exception<'t>>> = BTreeMap::new();
        for tree in trees {
            for item in &tree.items {
                for suppression in &item.suppressions {
                    if ended(suppression, today, out) {
                        continue;
                    }
                    for code in &suppression.codes {
                        if let Some(stage) = usable(code, out) {
                            let exceptions = by_file.entry(tree.file).or_default();
                            exceptions.push(Exception { item, suppression, code, stage, used: false });
                        }
                    }
                }
            }
        }
        Self { by_file }
    }

    /// The exception that silences the finding, the first of several.
    pub(super) fn silencer(&mut self, finding: &Diagnostic) -> Option<&'t Suppression> {
        let span = finding.primary.span;
        let exceptions = self.by_file.get_mut(&span.file)?;
        // Items do not overlap: only those of the last item that begins before the finding can hold it.
        let from = exceptions.partition_point(|exception| exception.item.span.end < span.end);
        let mut silencer = None;
        let around =
            exceptions.iter_mut().skip(from).take_while(|exception| exception.item.span.contains(span));
        for exception in around {
            if exception.code.text == finding.code.name {
                exception.used = true;
                silencer = silencer.or(Some(exception.suppression));
            }
        }
        silencer
    }

    /// Reports the exceptions that silenced nothing, and gives the comments of which no code did, in order. What lints would have found is
    /// known only where they ran (`linted`).
    pub(super) fn report_unused(self, linted: bool, out: &mut Sink) -> Vec<Span> {
        let mut comments: BTreeMap<Span, bool> = BTreeMap::new();
        let ran = |exception: &Exception<'_>| linted || exception.stage != Stage::Lint;
        let unused = |exception: &Exception<'_>| !exception.used && ran(exception);
        for exception in self.by_file.into_values().flatten() {
            let is_unused = unused(&exception);
            *comments.entry(exception.suppression.span).or_insert(true) &= is_unused;
            if !is_unused {
                continue;
            }
            let message = format!("`{}` does not occur in this item", exception.code.text);
            let finding = Diagnostic::new(&UNUSED_SUPPRESSION, exception.code.span, message);
            out.push(finding.help("remove the exception: it would hide a mistake made later"));
        }
        comments.into_iter().filter(|&(_, unused)| unused).map(|(comment, _)| comment).collect()
    }
}

/// Whether a suppression ended before `today`, which is reported.
fn ended(suppression: &Suppression, today: Option<Date>, out: &mut Sink) -> bool {
    let (Some(until), Some(today)) = (suppression.until, today) else { return false };
    if until >= today {
        return false;
    }
    let days = until.days_until(today);
    let ago = if days == 1 { "yesterday".to_owned() } else { format!("{days} days ago") };
    let message = format!("this exception ended on {until}, {ago}");
    let help = "mend what it allowed and take it away, or give it a later day";
    out.push(Diagnostic::new(&EXPIRED_SUPPRESSION, suppression.span, message).help(help));
    true
}

/// The stage of the findings of this name, if there are such and they may be allowed; else that is reported.
fn usable(name: &Name, out: &mut Sink) -> Option<Stage> {
    match codes().into_iter().find(|code| code.name == name.text) {
        None => {
            out.push(unknown_code(&name.text, name.span).severity(Severity::Warning));
            None
        }
        Some(code) if is_fixed(code) => {
            out.push(fixed_level(code, name.span));
            None
        }
        Some(code) => Some(code.stage),
    }
}
