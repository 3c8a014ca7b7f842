//! `admit suppressions`

mod list;

use super::args::Format;
use super::exit::{Exit, Failure};
use super::load::linted;
use super::session::Session;
use crate::project::{Exception, ExceptionState, register};
use crate::report::counted;
use crate::text::{Date, Length};

/// List every exception: suppression comments, waivers and accepted widenings, with owner, reason and end
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exceptions are sorted by their end. A waiver without an owner is answered for by the owner of the rule it lifts\n\n\
                  Formats: human, plain, json (admit.exceptions/1), csv\n\n\
                  Examples:\n  admit suppressions\n  admit suppressions --within 30d\n  admit suppressions --ended --exit-code\n  \
                  admit suppressions --format csv > exceptions.csv\n\n\
                  Exit codes: 0 listed, 1 something is listed and `--exit-code` is given, 2 the policy has errors"
)]
pub(super) struct Suppressions {
    /// Only those that have ended
    #[arg(long, conflicts_with = "within")]
    ended: bool,
    /// Only those that hold or will hold, and end within this time: 30d, 6w, 3m, 1y
    #[arg(long, value_name = "TIME", value_parser = length)]
    within: Option<Length>,
    /// End with exit code 1 if anything is listed
    #[arg(long)]
    exit_code: bool,
}

fn length(text: &str) -> Result<Length, String> {
    Length::parse(text).ok_or_else(|| format!("write {}", Length::FORM.replace('`', "")))
}

impl Suppressions {
    pub(super) fn run(&self, session: &mut Session<'_, '_>) -> Result<Exit, Failure> {
        let offered = [Format::Human, Format::Plain, Format::Json, Format::Csv];
        let format = session.format("suppressions", &offered)?;
        let project = linted(session)?;
        if project.analysis.checked().is_none() {
            return project.refuse(session);
        }
        let today = session.day();
        let mut exceptions = register(project.analysis, today);
        exceptions.retain(|exception| self.wants(exception, today));
        let sources = project.sources();
        let text = match format {
            Format::Json => list::json(&exceptions, today, sources)?,
            Format::Csv => list::csv(&exceptions, today, sources)?,
            Format::Plain => list::plain(&exceptions, today, sources),
            _ => list::human(&exceptions, today, sources, session.look()),
        };
        session.print(&text)?;
        session.say(&format!("{}\n", summary(&exceptions)))?;
        Ok(if self.exit_code && !exceptions.is_empty() { Exit::Findings } else { Exit::Fine })
    }

    fn wants(&self, exception: &Exception, today: Date) -> bool {
        let ended = exception.state == ExceptionState::Ended;
        if self.ended {
            return ended;
        }
        self.within
            .is_none_or(|within| !ended && exception.until.is_some_and(|until| until <= within.after(today)))
    }
}

/// `9 exceptions: 7 active, 1 ends soon, 1 unused`.
fn summary(exceptions: &[Exception]) -> String {
    let count = |state| exceptions.iter().filter(|exception| exception.state == state).count();
    let states: Vec<String> = ExceptionState::ALL
        .into_iter()
        .filter(|&state| count(state) > 0)
        .map(|state| format!("{} {}", count(state), list::words(state)))
        .collect();
    let all = if exceptions.is_empty() {
        "no exceptions".to_owned()
    } else {
        counted(exceptions.len(), "exception")
    };
    if states.is_empty() { all } else { format!("{all}: {}", states.join(", ")) }
}
