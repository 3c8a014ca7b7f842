//! One finding as a result.

use super::Chosen;
use super::log::{
    ArtifactChange, ArtifactLocation, Content, Fingerprints, Fix, Location, PhysicalLocation, Replacement,
    ResultOf, Suppression, Text,
};
use super::message;
use crate::diagnostics::{self, Diagnostic, Edit, Label, Severity, Suppressed};
use crate::report::region::Region;
use crate::report::uri::uri;
use crate::text::{FileId, Span};

/// GitHub shows so many related places of a result.
const MOST_RELATED: usize = 100;

/// The level of a severity.
pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

impl<'d> Chosen<'d> {
    pub(super) fn result(&self, finding: &'d Diagnostic, suppressed: Option<&'d Suppressed>) -> ResultOf<'d> {
        let sources = self.results.sources;
        let related = || finding.related.iter().take(MOST_RELATED);
        let (told, linked): (Vec<&Label>, Vec<&Label>) =
            related().partition(|label| self.results.is_built_in(label.span));
        let told: Vec<String> = told.into_iter().map(|label| self.told(label)).collect();
        let primary = finding.primary.span;
        ResultOf {
            rule_id: finding.code.name,
            rule_index: self.rule(finding.code),
            level: level(finding.severity),
            message: Text { text: message::of(finding, &linked, &told) },
            locations: [self.location(primary.file, Region::tight(primary, sources))],
            related_locations: (linked.iter().enumerate())
                .map(|(index, label)| self.related(index + 1, label))
                .collect(),
            partial_fingerprints: self
                .fingerprint(primary)
                .map(|fingerprint| Fingerprints { line: fingerprint.to_string() }),
            fixes: finding.fix.iter().map(|fix| self.fix(fix)).collect(),
            suppressions: suppressed.into_iter().map(|kept| self.suppression(kept)).collect(),
        }
    }

    fn location(&self, file: FileId, region: Region) -> Location {
        let artifact_location = self.artifact(file);
        Location {
            id: None,
            physical_location: PhysicalLocation { artifact_location, region },
            message: None,
        }
    }

    fn artifact(&self, file: FileId) -> ArtifactLocation {
        let path = self.results.path(file);
        if path.starts_with('/') {
            return ArtifactLocation { uri: format!("file://{}", uri(&path)), uri_base_id: None };
        }
        ArtifactLocation { uri: uri(&path), uri_base_id: Some("%SRCROOT%") }
    }

    fn whole(&self, span: Span) -> Location {
        self.location(span.file, Region::of(span, self.results.sources))
    }

    fn related(&self, id: usize, label: &Label) -> Location {
        let text = message::related(label).to_owned();
        Location { id: Some(id), message: Some(Text { text }), ..self.whole(label.span) }
    }

    /// A place in a text that comes with admit, which nothing can link to.
    fn told(&self, label: &Label) -> String {
        let (path, at) =
            (self.results.sources.file(label.span.file).path(), self.results.sources.start(label.span));
        format!("{} (bundled {path}:{})", message::related(label), at.line)
    }

    fn fix(&self, fix: &'d diagnostics::Fix) -> Fix<'d> {
        let mut changes: Vec<(FileId, Vec<Replacement<'d>>)> = Vec::new();
        for Edit { span, text } in &fix.edits {
            let replacement = Replacement {
                deleted_region: Region::of(*span, self.results.sources),
                inserted_content: Content { text },
            };
            match changes.iter_mut().find(|(file, _)| *file == span.file) {
                Some((_, replacements)) => replacements.push(replacement),
                None => changes.push((span.file, vec![replacement])),
            }
        }
        let change =
            |(file, replacements)| ArtifactChange { artifact_location: self.artifact(file), replacements };
        Fix {
            description: Text { text: fix.text.clone() },
            artifact_changes: changes.into_iter().map(change).collect(),
        }
    }

    fn suppression(&self, kept: &'d Suppressed) -> Suppression<'d> {
        Suppression {
            kind: "inSource",
            status: "accepted",
            justification: &kept.because,
            location: self.whole(kept.comment),
        }
    }
}
