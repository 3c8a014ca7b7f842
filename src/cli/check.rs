//! `admit check [PATH…]`

use std::path::PathBuf;

use clap::ValueEnum;

use super::args::Format;
use super::exit::{Exit, Failure};
use super::findings::{self, Stream};
use super::load::{Analysed, linted};
use super::session::Session;
use crate::diagnostics::Diagnostic;
use crate::report::{Counts, Mark, counted};

/// Check the whole project and show what is wrong
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The whole project is always checked, and the exit code is about all of it; paths only choose which findings \
                        are shown.\n\n\
                        Formats: human, plain, json\n\n\
                        Examples:\n  admit check\n  admit check policies/contractors.admit\n  admit check --format json --deny warnings\n\n\
                        Exit codes: 0 no errors, 1 a lint at level error (or a warning with `--deny warnings`), 2 the policy has errors"
)]
pub(super) struct Check {
    /// Show findings in these files and folders only
    #[arg(value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// End with exit code 1 if there are warnings
    #[arg(long, value_name = "warnings", value_enum, hide_possible_values = true)]
    deny: Option<Deny>,
}

/// What else makes a check fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings
    Warnings,
}

impl Check {
    pub(super) fn run(&self, session: &mut Session<'_, '_>) -> Result<Exit, Failure> {
        let format = session.format("check", &[Format::Human, Format::Plain, Format::Json])?;
        let project = linted(session)?;
        let wanted = self.wanted(session, &project)?;
        let shown: Vec<&Diagnostic> = project
            .findings()
            .iter()
            .filter(|finding| {
                let path = project.sources().file(finding.primary.span.file).path();
                wanted.is_empty() || wanted.iter().any(|wanted| within(path, wanted))
            })
            .collect();
        findings::show(session, &shown, project.sources(), format, Stream::Results)?;
        let gap = if format == Format::Human && !shown.is_empty() { "\n" } else { "" };
        session.say(&format!("{gap}{}\n", summary(session, &project, &shown)))?;
        Ok(findings::exit(project.findings(), self.deny.is_some()))
    }

    /// The paths as the project names them.
    fn wanted(&self, session: &Session<'_, '_>, project: &Analysed) -> Result<Vec<String>, Failure> {
        self.paths
            .iter()
            .map(|path| {
                let wanted = project
                    .name_of(&session.world.folder.join(path))
                    .filter(|wanted| project.sources().files().any(|(_, file)| within(file.path(), wanted)));
                wanted.ok_or_else(|| {
                    Failure::invalid(format!("`{}` has no file of the project", path.display()))
                        .help("`admit.yaml` says which files belong to it")
                })
            })
            .collect()
    }
}

/// Whether a file lies in a folder, or is it.
fn within(path: &str, wanted: &str) -> bool {
    wanted.is_empty()
        || path.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// `2 errors, 1 warning in 6 files`.
fn summary(session: &Session<'_, '_>, project: &Analysed, shown: &[&Diagnostic]) -> String {
    let counts = Counts::of(project.findings());
    let mark = match counts {
        Counts { errors: 1.., .. } => Mark::Bad,
        Counts { warnings: 1.., .. } => Mark::Warning,
        _ => Mark::Good,
    };
    let hidden = counts.all() - shown.len();
    let hidden = if hidden > 0 { format!(", {hidden} of them elsewhere") } else { String::new() };
    let counts = session.message_look().strong(mark, &counts.to_string());
    format!("{counts} in {}{hidden}", counted(project.files(), "file"))
}
