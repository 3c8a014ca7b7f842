//! `admit codes`

use serde::Serialize;

use super::args::Format;
use super::exit::{Exit, Failure};
use super::session::Session;
use crate::diagnostics::{Code, Severity};
use crate::report::{Look, Mark};

/// List every code that a finding can have
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Formats: human, plain, json, markdown\n\n`admit explain CODE` prints the page of one."
)]
pub(super) struct Codes {}

/// A code as JSON.
#[derive(Serialize)]
pub(super) struct Row {
    name: &'static str,
    stage: &'static str,
    severity: &'static str,
    /// Whether it is reported only where `admit.yaml` gives it a level.
    opt_in: bool,
    summary: &'static str,
}

impl Row {
    pub(super) fn of(code: &'static Code) -> Self {
        Self {
            name: code.name,
            stage: code.stage.name(),
            severity: code.severity.name(),
            opt_in: code.opt_in,
            summary: code.summary,
        }
    }
}

/// Every code, by stage and then by name.
pub(super) fn all() -> Vec<&'static Code> {
    let mut codes = crate::project::codes();
    codes.sort_by_key(|code| (code.stage, code.name));
    codes
}

/// The severity that it usually has.
fn usual(code: &Code) -> &'static str {
    if code.opt_in { "off" } else { code.severity.name() }
}

impl Codes {
    pub(super) fn run(&self, session: &mut Session<'_, '_>) -> Result<Exit, Failure> {
        let offered = [Format::Human, Format::Plain, Format::Json, Format::Markdown];
        let format = session.format("codes", &offered)?;
        let codes = all();
        let text = match format {
            Format::Json => json(&codes)?,
            Format::Markdown => markdown(&codes),
            Format::Plain => {
                codes.iter().map(|code| format!("{code} {} {}\n", usual(code), code.summary)).collect()
            }
            _ => table(&codes, session.look()),
        };
        session.print(&text)?;
        Ok(Exit::Fine)
    }
}

fn json(codes: &[&'static Code]) -> Result<String, Failure> {
    let rows: Vec<Row> = codes.iter().map(|code| Row::of(code)).collect();
    let text = serde_json::to_string_pretty(&rows).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(text + "\n")
}

fn markdown(codes: &[&'static Code]) -> String {
    let head = "| code | severity | what is wrong |\n| --- | --- | --- |\n".to_owned();
    let row = |code: &&Code| {
        format!("| [`{code}`](codes/{}.md) | {} | {} |\n", code.name, usual(code), code.summary)
    };
    head + &codes.iter().map(row).collect::<String>()
}

fn table(codes: &[&'static Code], look: Look) -> String {
    let widest = codes.iter().map(|code| code.to_string().len()).max().unwrap_or(0);
    let row = |code: &&Code| {
        let mark = match code.severity {
            _ if code.opt_in => Mark::Note,
            Severity::Error => Mark::Bad,
            Severity::Warning => Mark::Warning,
            Severity::Advice => Mark::Note,
        };
        let name = format!("{:widest$}", code.to_string());
        let severity = look.marked(mark, &format!("{:7}", usual(code)));
        format!("{}  {severity}  {}\n", look.bold(&name), code.summary)
    };
    codes.iter().map(row).collect()
}
