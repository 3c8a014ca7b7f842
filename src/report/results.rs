//! What a check found, for machines that look at a whole repository.

use crate::diagnostics::{Diagnostic, Severity, Suppressed};
use crate::text::{FileId, SourceMap, Span};

/// What a check found, with what it takes to say where in a repository that is.
#[derive(Clone, Copy)]
pub struct Results<'d> {
    /// What is reported, in order.
    pub findings: &'d [&'d Diagnostic],
    /// What exceptions silence, in order.
    pub suppressed: &'d [&'d Suppressed],
    /// The files that all of it is about.
    pub sources: &'d SourceMap,
    /// The project's folder as seen from the root of the repository, with `/` between folders; empty: it is the root.
    pub folder: &'d str,
}

impl Results<'_> {
    /// A file as seen from the root of the repository, with `/` between folders. What lies outside of it begins with `../`.
    pub fn path(&self, file: FileId) -> String {
        seen_from_root(self.folder, self.sources.file(file).path())
    }

    /// Whether a place is in no file that people could open.
    pub(super) fn is_built_in(&self, span: Span) -> bool {
        self.sources.file(span.file).is_built_in()
    }
}

/// A file of a project in `folder` as seen from the root of the repository, with `/` between folders. What lies outside of it begins with
/// `../`.
pub fn seen_from_root(folder: &str, shown: &str) -> String {
    if shown.starts_with('/') {
        return shown.to_owned();
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(shown.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|&last| last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// At most `most` findings: all in their order, or, where they are too many, errors before warnings before advice.
pub fn foremost<'d>(findings: &[&'d Diagnostic], most: usize) -> Vec<&'d Diagnostic> {
    if findings.len() <= most {
        return findings.to_vec();
    }
    let of = |severity| findings.iter().copied().filter(move |finding| finding.severity == severity);
    let [errors, warnings, advice] = [Severity::Error, Severity::Warning, Severity::Advice].map(of);
    errors.chain(warnings).chain(advice).take(most).collect()
}
