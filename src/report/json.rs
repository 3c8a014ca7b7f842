//! Findings as JSON.

use serde::ser::{Serialize, SerializeSeq, Serializer};

use crate::diagnostics::{Diagnostic, Label};
use crate::text::{SourceMap, Span};

/// Findings as an array of objects, in their order.
///
/// Each has `code` (the plain name), `severity`, `message`, `help` (or null), `label` (what is to be seen at
/// the place, if there is more to say), `file`, `line`, `column`, `end_line`, `end_column` and
/// `related`: objects with `message` and the same five keys of place; and, where a change would mend it, `fix` with a `text` that says what it
/// does, `keeps_decisions` and `edits`, each the new `text` and the place it is put in. Lines and columns count from 1, columns in characters; the end is
/// the place after the last character.
pub struct Findings<'d> {
    /// The findings.
    pub findings: &'d [&'d Diagnostic],
    /// The files they are about.
    pub sources: &'d SourceMap,
}

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut array = serializer.serialize_seq(Some(self.findings.len()))?;
        for finding in self.findings {
            array.serialize_element(&Finding::of(finding, self.sources))?;
        }
        array.end()
    }
}

#[derive(serde::Serialize)]
struct Finding<'d> {
    code: &'static str,
    severity: &'static str,
    message: &'d str,
    help: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'d str>,
    #[serde(flatten)]
    place: Place<'d>,
    related: Vec<Related<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'d>>,
}

#[derive(serde::Serialize)]
struct Fix<'d> {
    text: &'d str,
    keeps_decisions: bool,
    edits: Vec<Edit<'d>>,
}

#[derive(serde::Serialize)]
struct Edit<'d> {
    text: &'d str,
    #[serde(flatten)]
    place: Place<'d>,
}

#[derive(serde::Serialize)]
struct Related<'d> {
    message: &'d str,
    #[serde(flatten)]
    place: Place<'d>,
}

#[derive(serde::Serialize)]
struct Place<'d> {
    file: &'d str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

impl<'d> Finding<'d> {
    fn of(finding: &'d Diagnostic, sources: &'d SourceMap) -> Self {
        let related =
            |label: &'d Label| Related { message: &label.text, place: Place::of(label.span, sources) };
        Self {
            code: finding.code.name,
            severity: finding.severity.name(),
            message: &finding.message,
            help: finding.help.as_deref(),
            label: Some(&*finding.primary.text).filter(|text| !text.is_empty()),
            place: Place::of(finding.primary.span, sources),
            related: finding.related.iter().map(related).collect(),
            fix: finding.fix.as_ref().map(|fix| Fix {
                text: &fix.text,
                keeps_decisions: fix.keeps_decisions,
                edits: fix
                    .edits
                    .iter()
                    .map(|edit| Edit { text: &edit.text, place: Place::of(edit.span, sources) })
                    .collect(),
            }),
        }
    }
}

impl<'d> Place<'d> {
    fn of(span: Span, sources: &'d SourceMap) -> Self {
        let (start, end) = (sources.start(span), sources.end(span));
        Self {
            file: sources.file(span.file).path(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}
