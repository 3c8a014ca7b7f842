//! Workflow commands: `::error file=…,line=…,endLine=…,col=…,endColumn=…,title=…::message`.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::diagnostics::{Diagnostic, Severity};
use crate::report::region::Region;
use crate::report::{Results, foremost, visible};
use crate::text::Span;

/// So many annotations are written. GitHub shows ten errors and ten warnings of a step; the rest is for whoever reads the log.
pub const MOST_ANNOTATIONS: usize = 200;

/// Writes an annotation for each finding, the most severe where there are more than [`MOST_ANNOTATIONS`], with a last one that counts the rest.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn annotations(results: &Results<'_>, out: &mut dyn Write) -> io::Result<()> {
    // GitHub drops what comes late, whatever it is.
    let mut chosen = foremost(results.findings, MOST_ANNOTATIONS);
    chosen.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    for finding in &chosen {
        out.write_all(of(finding, results).as_bytes())?;
    }
    let more = results.findings.len() - chosen.len();
    if more > 0 {
        let message = format!("{more} more findings are not shown; `admit check --format plain` shows all");
        out.write_all(annotation("notice", &[("title", "admit check")], &message).as_bytes())?;
    }
    Ok(())
}

/// A workflow command: `error`, `warning` or `notice`, with properties such as `file`, and a message that may have several lines. Ends with
/// a line break.
pub fn annotation(command: &str, properties: &[(&str, &str)], message: &str) -> String {
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();
    let gap = if properties.is_empty() { "" } else { " " };
    format!("::{command}{gap}{}::{}\n", properties.join(","), data(message))
}

/// An annotation at a place.
pub fn at(results: &Results<'_>, span: Span, command: &str, title: &str, message: &str) -> String {
    let Region { start_line, start_column, end_line, end_column } = Region::tight(span, results.sources);
    let path = results.path(span.file);
    let [line, end, column, end_column] =
        [start_line, end_line, start_column, end_column].map(|number| number.to_string());
    let properties = [
        ("file", path.as_str()),
        ("line", &line),
        ("endLine", &end),
        ("col", &column),
        ("endColumn", &end_column),
        ("title", title),
    ];
    annotation(command, &properties, message)
}

fn of(finding: &Diagnostic, results: &Results<'_>) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let title = finding.code.to_string();
    at(results, finding.primary.span, command, &title, &message(finding, results))
}

/// What is wrong, what is to be seen there, related places, and what to do: a line each.
fn message(finding: &Diagnostic, results: &Results<'_>) -> String {
    let mut lines = vec![finding.message.clone()];
    if !finding.primary.text.is_empty() {
        lines.push(finding.primary.text.clone());
    }
    for label in &finding.related {
        let line = results.sources.start(label.span).line;
        lines.push(format!("{}:{line} {}", results.path(label.span.file), label.text));
    }
    lines.extend(finding.help.iter().map(|help| format!("help: {help}")));
    lines.join("\n")
}

/// A message: what would end the command is escaped, and what the log would obey is gone.
fn data(text: &str) -> Cow<'_, str> {
    let text = visible(text);
    if !text.contains(['%', '\r', '\n']) {
        return text;
    }
    // The sign of the escapes itself comes first.
    Cow::Owned(text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A"))
}

/// The value of a property: also what would end it.
fn property(text: &str) -> Cow<'_, str> {
    let text = data(text);
    if text.contains([':', ',']) { Cow::Owned(text.replace(':', "%3A").replace(',', "%2C")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_people_write_ends_a_command_or_a_property() {
        let written =
            annotation("error", &[("file", "a,b:c%0A.admit"), ("line", "3")], "100 %\r\n::error::x");
        assert_eq!(written, "::error file=a%2Cb%3Ac%250A.admit,line=3::100 %25%0D%0A::error::x\n");
        assert_eq!(annotation("notice", &[], "x"), "::notice::x\n");
    }
}
