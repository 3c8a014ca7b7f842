//! The register of exceptions as text, JSON and CSV.

use std::fmt::Write;

use serde::Serialize;

use crate::cli::exit::Failure;
use crate::project::{Exception, ExceptionKind, ExceptionState};
use crate::report::{Look, Mark, one_line};
use crate::text::{Date, SourceMap};

/// Each exception with its reason under it.
pub(super) fn human(exceptions: &[Exception], today: Date, sources: &SourceMap, look: Look) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    for (at, exception) in exceptions.iter().enumerate() {
        let gap = if at == 0 { "" } else { "\n" };
        let state = look.strong(mark(exception.state), words(exception.state));
        let until = exception.until.map_or("no end".to_owned(), |until| {
            format!("until {until} ({})", left(today.days_until(until)))
        });
        let _ = writeln!(out, "{gap}{}", look.bold(&one_line(&what(exception))));
        let _ = writeln!(out, "  {state}, {until}");
        if let Some(owner) = &exception.owner {
            let of_rule = if exception.owner_of_rule { " (of the rule)" } else { "" };
            let _ = writeln!(out, "  owner {}{of_rule}", one_line(owner));
        }
        let _ = writeln!(out, "  because {}", one_line(&exception.because));
        let _ = writeln!(out, "  {}", look.dim(&one_line(&place(exception, sources))));
    }
    out
}

/// One exception a line.
pub(super) fn plain(exceptions: &[Exception], today: Date, sources: &SourceMap) -> String {
    let mut out = String::new();
    for exception in exceptions {
        let until = exception.until.map_or("without end".to_owned(), |until| {
            format!("until {until}, {}", left(today.days_until(until)))
        });
        let owner = exception.owner.as_ref().map_or(String::new(), |owner| format!(", owner {owner}"));
        let line = format!(
            "{}: {}: {}; {until}{owner}, because {}",
            place(exception, sources),
            exception.state.name(),
            what(exception),
            exception.because
        );
        let _ = writeln!(out, "{}", one_line(&line));
    }
    out
}

/// The state in words for people.
pub(super) fn words(state: ExceptionState) -> &'static str {
    match state {
        ExceptionState::Active => "active",
        ExceptionState::EndsSoon => "ends soon",
        ExceptionState::NotYet => "not yet",
        ExceptionState::Ended => "ended",
        ExceptionState::Unused => "unused",
    }
}

fn mark(state: ExceptionState) -> Mark {
    match state {
        ExceptionState::Active => Mark::Good,
        ExceptionState::NotYet => Mark::Note,
        ExceptionState::EndsSoon | ExceptionState::Unused => Mark::Warning,
        ExceptionState::Ended => Mark::Bad,
    }
}

/// `12 days left`, `the last day`, `3 days ago`.
fn left(days: i32) -> String {
    match days {
        0 => "the last day".to_owned(),
        1 => "1 day left".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("{days} days left"),
        days => format!("{} days ago", days.unsigned_abs()),
    }
}

/// The exception in a sentence.
fn what(exception: &Exception) -> String {
    let people = exception.people.as_deref().unwrap_or("everyone");
    match exception.kind {
        ExceptionKind::Suppression => format!("allow {}", exception.what),
        ExceptionKind::Waiver => {
            let on = exception.apps.as_ref().map_or(String::new(), |apps| format!(" on {apps}"));
            format!("waive {}{on} for {people}", exception.what)
        }
        ExceptionKind::Accept => {
            format!("accept {people} gain {}", exception.apps.as_deref().unwrap_or("all apps"))
        }
    }
}

fn place(exception: &Exception, sources: &SourceMap) -> String {
    let at = sources.start(exception.span);
    format!("{}:{}:{}", sources.file(exception.span.file).path(), at.line, at.column)
}

#[derive(Serialize)]
struct Json<'e> {
    schema: &'static str,
    /// The day by which states are judged.
    at: String,
    exceptions: Vec<Row<'e>>,
}

#[derive(Serialize)]
struct Row<'e> {
    kind: &'static str,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    codes: Option<Vec<&'e str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    apps: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<&'e str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'e str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    owner_of_rule: bool,
    because: &'e str,
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days_left: Option<i32>,
    file: &'e str,
    line: u32,
    column: u32,
}

impl<'e> Row<'e> {
    fn of(exception: &'e Exception, today: Date, sources: &'e SourceMap) -> Self {
        let at = sources.start(exception.span);
        let is = |kind| exception.kind == kind;
        Self {
            kind: exception.kind.name(),
            state: exception.state.name(),
            codes: is(ExceptionKind::Suppression).then(|| exception.what.split(", ").collect()),
            rule: is(ExceptionKind::Waiver).then_some(&exception.what),
            apps: exception.apps.as_deref(),
            people: exception.people.as_deref(),
            owner: exception.owner.as_deref(),
            owner_of_rule: exception.owner_of_rule,
            because: &exception.because,
            until: exception.until.map(|until| until.to_string()),
            days_left: exception.until.map(|until| today.days_until(until)),
            file: sources.file(exception.span.file).path(),
            line: at.line,
            column: at.column,
        }
    }
}

/// The JSON of schema `admit.exceptions/1`.
pub(super) fn json(exceptions: &[Exception], today: Date, sources: &SourceMap) -> Result<String, Failure> {
    let rows = exceptions.iter().map(|exception| Row::of(exception, today, sources)).collect();
    let json = Json { schema: "admit.exceptions/1", at: today.to_string(), exceptions: rows };
    let text = serde_json::to_string_pretty(&json).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(text + "\n")
}

/// A header and a row for each.
pub(super) fn csv(exceptions: &[Exception], today: Date, sources: &SourceMap) -> Result<String, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::Internal(error.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = ["state", "kind", "what", "owner", "until", "days_left", "because", "file", "line"];
    writer.write_record(header).map_err(|error| failed(&error))?;
    for exception in exceptions {
        let row = Row::of(exception, today, sources);
        let days = row.days_left.map_or(String::new(), |days| days.to_string());
        let what = what(exception);
        let line = row.line.to_string();
        let cells = [
            row.state,
            row.kind,
            &what,
            row.owner.unwrap_or_default(),
            row.until.as_deref().unwrap_or_default(),
            &days,
            row.because,
            row.file,
            &line,
        ];
        writer.write_record(cells.map(inert)).map_err(|error| failed(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(&error))?;
    String::from_utf8(bytes).map_err(|error| failed(&error))
}

/// A cell that no spreadsheet takes for a formula.
fn inert(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<i32>().is_err();
    if formula { format!("'{cell}") } else { cell.to_owned() }
}
