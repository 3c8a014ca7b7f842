//! `admit schema [NAME]`

use serde::Serialize;

use super::args::Format;
use super::exit::{Exit, Failure};
use super::session::Session;
use crate::diagnostics::{nearest_of, quoted_list};
use crate::report::{SCHEMAS, Schema as Published};

/// Print the JSON schema of an output, or list all of them
#[derive(Debug, clap::Args)]
#[command(after_help = "Formats of the list: human, plain, json\n\n\
                        Example:\n  admit schema decision > decision.schema.json")]
pub(super) struct Schema {
    /// Which; all are listed if left out
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

/// A schema in the list.
#[derive(Serialize)]
struct Row {
    name: &'static str,
    id: &'static str,
    summary: &'static str,
}

impl Schema {
    pub(super) fn run(&self, session: &mut Session<'_, '_>) -> Result<Exit, Failure> {
        let format = session.format("schema", &[Format::Human, Format::Plain, Format::Json])?;
        let text = match &self.name {
            Some(name) => find(name)?.text.to_owned(),
            None => list(format, session)?,
        };
        session.print(&text)?;
        Ok(Exit::Fine)
    }
}

fn list(format: Format, session: &Session<'_, '_>) -> Result<String, Failure> {
    let widest = SCHEMAS.iter().map(|schema| schema.name.len()).max().unwrap_or(0);
    Ok(match format {
        Format::Json => {
            let row = |schema: &Published| Row { name: schema.name, id: schema.id, summary: schema.summary };
            let rows: Vec<Row> = SCHEMAS.iter().map(row).collect();
            let text =
                serde_json::to_string_pretty(&rows).map_err(|error| Failure::Internal(error.to_string()))?;
            text + "\n"
        }
        Format::Plain => SCHEMAS
            .iter()
            .map(|schema| format!("{} {} {}\n", schema.name, schema.id, schema.summary))
            .collect(),
        _ => {
            let look = session.look();
            let row = |schema: &Published| {
                format!("{}  {}\n", look.bold(&format!("{:widest$}", schema.name)), schema.summary)
            };
            SCHEMAS.iter().map(row).collect()
        }
    })
}

fn find(name: &str) -> Result<&'static Published, Failure> {
    SCHEMAS.iter().find(|schema| schema.name == name).ok_or_else(|| {
        let near = nearest_of(name, SCHEMAS.iter().map(|schema| schema.name), 3);
        let help = if near.is_empty() {
            "`admit schema` lists all of them".to_owned()
        } else {
            format!("did you mean {}?", quoted_list(near, "or"))
        };
        Failure::invalid(format!("no schema `{name}`")).help(help)
    })
}
