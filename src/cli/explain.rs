//! `admit explain CODE`

use super::args::Format;
use super::codes::{Row, all};
use super::exit::{Exit, Failure};
use super::session::Session;
use crate::diagnostics::{Code, nearest_of, quoted_list};
use crate::project::{code, stage_and_name};
use crate::report::{self, Look};

/// Print the page of a code: what is wrong, why it matters, how to mend it
#[derive(Debug, clap::Args)]
#[command(after_help = "Formats: human, plain, json, markdown\n\n\
                        Examples:\n  admit explain unknown-role\n  admit explain resolve/unknown-role --format markdown")]
pub(super) struct Explain {
    /// The code, as `unknown-role` or `resolve/unknown-role`
    #[arg(value_name = "CODE")]
    code: String,
}

impl Explain {
    pub(super) fn run(&self, session: &mut Session<'_, '_>) -> Result<Exit, Failure> {
        let offered = [Format::Human, Format::Plain, Format::Json, Format::Markdown];
        let format = session.format("explain", &offered)?;
        let code = self.find()?;
        let text = match format {
            Format::Markdown => code.page.to_owned(),
            Format::Json => {
                let page = serde_json::json!({ "code": Row::of(code), "page": code.page });
                format!("{page}\n")
            }
            Format::Plain => report::page(code.page, Look { color: false, unicode: false, ..session.look() }),
            _ => report::page(code.page, session.look()),
        };
        session.print(&text)?;
        Ok(Exit::Fine)
    }

    fn find(&self) -> Result<&'static Code, Failure> {
        if let Some(code) = code(&self.code) {
            return Ok(code);
        }
        let (_, name) = stage_and_name(&self.code);
        let near = nearest_of(name, all().into_iter().map(|code| code.name), 3);
        let help = if near.is_empty() {
            "`admit codes` lists all of them".to_owned()
        } else {
            format!("did you mean {}?", quoted_list(near, "or"))
        };
        Err(Failure::invalid(format!("no code `{}`", self.code)).help(help))
    }
}
