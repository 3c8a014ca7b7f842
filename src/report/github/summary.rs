//! The summary of a step, in Markdown.

use std::borrow::Cow;
use std::fmt::Write;

use crate::diagnostics::{Diagnostic, Severity};
use crate::report::uri::uri;
use crate::report::{Counts, Results, foremost, visible};

/// So many findings are in the table: GitHub takes a summary of a mebibyte, and nobody reads that.
const MOST_ROWS: usize = 100;

/// So many characters of a text are shown: names can be as long as their file.
const MOST_OF_TEXT: usize = 400;

/// What a check found: a heading with `title` and `counted`, such as `2 errors in 6 files`, and a table of the findings, the most severe where
/// there are many. `source` is where files of the repository are shown, such as `https://github.example/o/r/blob/main`; places are
/// links if it is given.
pub fn summary(results: &Results<'_>, title: &str, counted: &str, source: Option<&str>) -> String {
    let counts = Counts::of(results.findings.iter().copied());
    let sign = match counts {
        Counts { errors: 1.., .. } => "❌",
        Counts { warnings: 1.., .. } => "⚠️",
        _ => "✅",
    };
    let mut out = format!("### {sign} {}: {}\n\n", inline(title), inline(counted));
    let rows = foremost(results.findings, MOST_ROWS);
    if !rows.is_empty() {
        out.push_str("| | where | what |\n| --- | --- | --- |\n");
        rows.iter().for_each(|finding| out.push_str(&row(finding, results, source)));
        out.push('\n');
    }
    let more = results.findings.len() - rows.len();
    // Writing to a string does not fail.
    if more > 0 {
        let _ = writeln!(out, "… and {more} more; `admit check --format plain` shows all.\n");
    }
    if !results.suppressed.is_empty() {
        let count = results.suppressed.len();
        let _ = writeln!(
            out,
            "{count} more {} allowed by an exception with a reason.\n",
            if count == 1 { "is" } else { "are" }
        );
    }
    out
}

fn row(finding: &Diagnostic, results: &Results<'_>, source: Option<&str>) -> String {
    let sign = match finding.severity {
        Severity::Error => "❌ error",
        Severity::Warning => "⚠️ warning",
        Severity::Advice => "ℹ️ advice",
    };
    let (path, line) =
        (results.path(finding.primary.span.file), results.sources.start(finding.primary.span).line);
    let place = code(&format!("{path}:{line}"));
    let place = match source {
        Some(source) => format!("[{place}]({source}/{}#L{line})", uri(&path)),
        None => place,
    };
    let help = finding.help.as_ref().map(|help| format!("<br>{}", inline(&short(help)))).unwrap_or_default();
    format!(
        "| {sign} | {place} | {}{help}<br><sub>{}</sub> |\n",
        inline(&short(&finding.message)),
        code(&finding.code.to_string())
    )
}

/// A text, cut where it is too long.
fn short(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MOST_OF_TEXT) {
        Some((end, _)) => Cow::Owned(format!("{} …", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// A text of a finding as Markdown that is safe anywhere, in a table too: what stands in backticks as code, all else as it is, on one line.
pub fn inline(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    // An odd backtick is one that somebody wrote in a name.
    if parts.len().is_multiple_of(2) {
        return entities(text);
    }
    let part = |(at, part): (usize, &&str)| if at.is_multiple_of(2) { entities(part) } else { code(part) };
    parts.iter().enumerate().map(part).collect()
}

/// A text as code.
fn code(text: &str) -> String {
    let plain = |character: char| !matches!(character, '`' | '|' | '\\' | '\n' | '\r');
    let text = &*visible(text);
    if !text.is_empty() && text.chars().all(plain) && text.trim() == text {
        format!("`{text}`")
    } else {
        format!("<code>{}</code>", entities(text))
    }
}

/// A text with everything that means something in Markdown or HTML written as an entity, and line breaks as such.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '\n' => out.push_str("<br>"),
            '<' | '>' | '&' | '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '!' | '@' => {
                let _ = write!(out, "&#{};", u32::from(character));
            }
            control if control.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_people_write_is_markdown() {
        assert_eq!(
            inline("no role `membr`: did you mean `a|b`?"),
            "no role `membr`: did you mean <code>a&#124;b</code>?"
        );
        assert_eq!(
            inline("an odd ` and *stars* | pipes\n# x"),
            "an odd &#96; and &#42;stars&#42; &#124; pipes<br>&#35; x"
        );
        assert_eq!(inline("`<script>` <script>"), "`<script>` &#60;script&#62;");
        assert_eq!(inline("`a\nb`"), "<code>a<br>b</code>");
    }
}
