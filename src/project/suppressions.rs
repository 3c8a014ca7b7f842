//! `# admit: allow CODE because "…"`: an exception for the item or exemption that follows it.

use std::collections::BTreeMap;

use crate::declare_code;
use crate::diagnostics::{Code, Diagnostic, Severity, Sink, Stage};
use crate::syntax::ast::{Item, Name, Suppression, SyntaxTree};
use crate::text::{Date, FileId, Span};

use super::codes::code;
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
    /// Where the code is written.
    place: Span,
    code: &'static Code,
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
                    for name in &suppression.codes {
                        if let Some(code) = usable(name, out) {
                            let exceptions = by_file.entry(tree.file).or_default();
                            let place = name.span;
                            exceptions.push(Exception { item, suppression, place, code, used: false });
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
            if exception.code == finding.code && exception.suppression.about.contains(span) {
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
        let ran = |exception: &Exception<'_>| linted || exception.code.stage != Stage::Lint;
        let unused = |exception: &Exception<'_>| !exception.used && ran(exception);
        for exception in self.by_file.into_values().flatten() {
            let is_unused = unused(&exception);
            *comments.entry(exception.suppression.span).or_insert(true) &= is_unused;
            if !is_unused {
                continue;
            }
            let of_item = exception.suppression.about == exception.item.span;
            let what = if of_item { "item" } else { "exemption" };
            let message = format!("`{}` does not occur in this {what}", exception.code.name);
            let finding = Diagnostic::new(&UNUSED_SUPPRESSION, exception.place, message);
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

/// The kind of findings of this name, if there is such a kind and it may be allowed; else that is reported.
fn usable(name: &Name, out: &mut Sink) -> Option<&'static Code> {
    match code(&name.text) {
        None => {
            out.push(unknown_code(&name.text, name.span).severity(Severity::Warning));
            None
        }
        Some(code) if is_fixed(code) => {
            out.push(fixed_level(code, name.span));
            None
        }
        Some(code) => Some(code),
    }
}
