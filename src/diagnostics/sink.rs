//! Where stages put their findings.

use rustc_hash::FxHashMap;

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Severity, Stage};
use crate::text::{FileId, Span};

declare_code! {
    /// A file with more mistakes than are told.
    TOO_MANY_ERRORS = Syntax, Error, "too-many-errors", "a file with so many mistakes that only the first are shown"
}

/// How many mistakes of one kind are told of a file at most.
const MOST_OF_A_KIND: usize = 10_000;

/// The findings of one run. Stages take it as their last argument and only add to it.
#[derive(Debug, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
    /// How many mistakes of a kind there are in a file; `None`: they are not counted, and all are kept.
    kinds: Option<FxHashMap<(FileId, &'static str), Kind>>,
}

/// The mistakes of one kind in one file.
#[derive(Clone, Copy, Debug)]
struct Kind {
    /// How many are kept.
    kept: usize,
    /// How many are not.
    left_out: usize,
    /// The place of the first that is not.
    first: Span,
}

impl Sink {
    /// A sink without findings, which keeps all it gets.
    pub fn new() -> Self {
        Self::default()
    }
    /// A sink that keeps the first 10,000 of each kind in a file and counts the rest. That is about errors of the language
    /// alone: of these nothing can be silenced, so that what is left out changes no result.
    pub fn limited() -> Self {
        Self { kinds: Some(FxHashMap::default()), ..Self::default() }
    }
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if let Some(kinds) = &mut self.kinds
            && diagnostic.severity == Severity::Error
            && diagnostic.code.severity == Severity::Error
            && diagnostic.code.stage != Stage::Lint
        {
            let span = diagnostic.primary.span;
            let kind = kinds.entry((span.file, diagnostic.code.name)).or_insert(Kind {
                kept: 0,
                left_out: 0,
                first: span,
            });
            if kind.kept == MOST_OF_A_KIND {
                if kind.left_out == 0 {
                    kind.first = span;
                }
                kind.left_out += 1;
                return;
            }
            kind.kept += 1;
        }
        self.found.push(diagnostic);
    }
    /// Adds all findings of another sink that keeps all it gets.
    pub fn append(&mut self, other: Self) {
        if self.kinds.is_none() {
            self.found.reserve(other.found.len());
        }
        other.found.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }
    /// Leaves out the findings of codes that `keep` says no to.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.found.retain(|diagnostic| keep(diagnostic.code.name));
        self.kinds.iter_mut().for_each(|kinds| kinds.retain(|(_, name), _| keep(name)));
    }
    /// Whether any finding is an error so far.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
    /// The findings so far, in the order they were added.
    pub fn found(&self) -> &[Diagnostic] {
        &self.found
    }
    /// The findings in the fixed order: file, start, code, message; the same finding twice counts once. Where some were left out, one says
    /// how many.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        for ((_, name), kind) in self.kinds.into_iter().flatten().filter(|(_, kind)| kind.left_out > 0) {
            let more = kind.left_out;
            let (mistakes, are) = if more == 1 { ("mistake", "is") } else { ("mistakes", "are") };
            let message = format!("{more} more {mistakes} of the kind `{name}` in this file {are} not shown");
            let note = Diagnostic::new(&TOO_MANY_ERRORS, kind.first, message);
            self.found.push(note.help("mend those that are shown, and check again"));
        }
        self.found.sort_by(|a, b| {
            let key = |d: &Diagnostic| (d.primary.span.file, d.primary.span.start, d.code.name);
            key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
        });
        self.found.dedup();
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceMap;

    declare_code! {
        /// Some mistake.
        MISTAKE = Resolve, Error, "unknown-app", "a mistake"
    }

    #[test]
    fn of_many_mistakes_the_first_are_told_and_the_rest_counted() {
        let mut sources = SourceMap::new();
        let (one, other) = (sources.add("a.admit", "x"), sources.add("b.admit", "x"));
        let mut sink = Sink::limited();
        for at in 0..MOST_OF_A_KIND + 7 {
            let finding = Diagnostic::new(&MISTAKE, Span::new(one, 0, 1), format!("{at}"));
            sink.push(finding.clone().severity(Severity::Warning));
            sink.push(finding);
        }
        sink.push(Diagnostic::new(&MISTAKE, Span::new(other, 0, 1), "alone"));
        let found = sink.into_sorted();
        let notes: Vec<&str> = found
            .iter()
            .filter(|finding| *finding.code == TOO_MANY_ERRORS)
            .map(|note| note.message.as_str())
            .collect();
        assert_eq!(notes, ["7 more mistakes of the kind `unknown-app` in this file are not shown"]);
        assert_eq!(found.len(), 2 * MOST_OF_A_KIND + 7 + 2, "what may be silenced is all there");
    }
}
