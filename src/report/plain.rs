//! Findings and decisions one fact a line, without colour or drawing: for screen readers and grep.

use std::fmt::Write;

pub use super::decision::plain as decision;
use super::one_line;
use crate::diagnostics::Diagnostic;
use crate::text::{SourceMap, Span};

/// A finding: `SEVERITY CODE FILE:LINE:COLUMN MESSAGE`, then indented lines: `label`, `related FILE:LINE:COLUMN` and `help`.
///
/// Ends with a line break. Line breaks and tabs within a text become spaces.
pub fn finding(finding: &Diagnostic, sources: &SourceMap) -> String {
    let mut out = format!(
        "{} {} {} {}\n",
        finding.severity.name(),
        finding.code,
        place(finding.primary.span, sources),
        one_line(&finding.message)
    );
    let mut fact = |name: &str, text: &str| {
        // Writing to a string does not fail.
        let _ = writeln!(out, "  {name} {}", one_line(text));
    };
    if !finding.primary.text.is_empty() {
        fact("label:", &finding.primary.text);
    }
    for label in &finding.related {
        let text = format!("{} {}", place(label.span, sources), label.text);
        fact("related:", text.trim_end());
    }
    if let Some(help) = &finding.help {
        fact("help:", help);
    }
    out
}

fn place(span: Span, sources: &SourceMap) -> String {
    let at = sources.start(span);
    format!("{}:{}:{}", one_line(sources.file(span.file).path()), at.line, at.column)
}
