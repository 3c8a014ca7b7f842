//! `admit check [PATH…]`

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::args::Format;
use super::exit::{Exit, Failure};
use super::findings::{self, Stream};
use super::load::{Analysed, linted};
use super::mending::{self, Mending};
use super::session::Session;
use super::step_summary;
use crate::diagnostics::{Diagnostic, Severity, Suppressed, nearest};
use crate::project::RootKind;
use crate::report::junit::{self, Meaning};
use crate::report::{self, Counts, Mark, Results, github, gitlab, sarif};
use crate::text::FileId;

/// Check the whole project and show what is wrong
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The whole project is always checked, and the exit code is about all of it; paths only choose which findings \
                        are shown.\n\n\
                        Formats: human, plain, json, sarif (code scanners), github (annotations, and a summary where \
                        GITHUB_STEP_SUMMARY names a file), gitlab (code quality), junit. The last four name files as seen from the \
                        root of the repository\n\n\
                        Examples:\n  admit check\n  admit check policies/contractors.admit\n  \
                        admit check --format json --deny warnings\n  admit check --format sarif > admit.sarif\n  \
                        admit check --diff && admit check --fix\n\n\
                        Exit codes: 0 no errors, 1 a lint at level error (or a warning with `--deny warnings`; with `--diff`, \
                        something to mend), 2 the policy has errors"
)]
pub(super) struct Check {
    /// Show findings in these files and folders only
    #[arg(value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// End with exit code 1 if there are warnings
    #[arg(long, value_name = "warnings", value_enum, hide_possible_values = true)]
    deny: Option<Deny>,
    /// Mend what can be mended without changing a decision, then show the rest
    #[arg(long)]
    fix: bool,
    /// Mend by suggestions too, which may change decisions
    #[arg(long)]
    fix_unsafe: bool,
    /// Show what would be mended as a unified difference, and write nothing
    #[arg(long)]
    diff: bool,
    /// Append a summary in Markdown to this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    summary: Option<PathBuf>,
}

/// What `check` can write, the first unless another is asked for.
const FORMATS: &[Format] = &[
    Format::Human,
    Format::Plain,
    Format::Json,
    Format::Sarif,
    Format::Github,
    Format::Gitlab,
    Format::Junit,
];

/// What else makes a check fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings
    Warnings,
}

impl Check {
    pub(super) fn run(&self, session: &mut Session<'_, '_>) -> Result<Exit, Failure> {
        let format = session.format("check", FORMATS)?;
        let mut project = linted(session)?;
        let wanted = self.wanted(session, &project)?;
        if self.fix || self.fix_unsafe || self.diff {
            let in_wanted =
                |path: &str| wanted.is_empty() || wanted.iter().any(|wanted| within(path, wanted));
            let asked = Mending { suggestions: self.fix_unsafe, diff: self.diff, file: &in_wanted };
            project = match mending::mend(session, project, &asked)? {
                Ok(project) => project,
                Err(exit) => return Ok(exit),
            };
        }
        let is_wanted = |finding: &Diagnostic| {
            let path = project.sources().file(finding.primary.span.file).path();
            wanted.is_empty() || wanted.iter().any(|wanted| within(path, wanted))
        };
        let shown: Vec<&Diagnostic> =
            project.findings().iter().filter(|finding| is_wanted(finding)).collect();
        let suppressed: Vec<&Suppressed> =
            project.analysis.suppressed.iter().filter(|kept| is_wanted(&kept.finding)).collect();
        let folder = project.folder_in_repository(session);
        let results = Results {
            findings: &shown,
            suppressed: &suppressed,
            sources: project.sources(),
            folder: &folder,
        };
        self.write(session, &project, &results, &wanted, format)?;
        let counts = Counts::of(project.findings());
        let (counted, place) = counted(counts, &project, shown.len());
        if let Some(path) = step_summary::target(session, self.summary.as_deref(), format) {
            let title = format!("admit check {folder}");
            let source = step_summary::source(session);
            let text =
                github::summary(&results, title.trim_end(), &format!("{counted}{place}"), source.as_deref());
            step_summary::append(&path, &text)?;
        }
        let gap = if format == Format::Human && !shown.is_empty() { "\n" } else { "" };
        let counted = session.message_look().strong(mark(counts), &counted);
        session.say(&format!("{gap}{counted}{place}\n"))?;
        Ok(findings::exit(project.findings(), project.analysis.checked().is_some(), self.deny.is_some()))
    }

    fn write(
        &self,
        session: &mut Session<'_, '_>,
        project: &Analysed,
        results: &Results<'_>,
        wanted: &[String],
        format: Format,
    ) -> io::Result<()> {
        let out = &mut session.world.out;
        match format {
            Format::Sarif => sarif::write(results, &only(project, wanted), out),
            Format::Github => github::annotations(results, out),
            Format::Gitlab => gitlab::write(results, out),
            Format::Junit => {
                let (trees, facts) = (&project.analysis.trees, &project.analysis.facts);
                let files: Vec<FileId> =
                    trees.iter().map(|tree| tree.file).chain(facts.iter().map(|fact| fact.file)).collect();
                let denied = self.deny.is_some();
                let meaning = |finding: &Diagnostic| match finding.severity {
                    Severity::Error => Meaning::Fails,
                    Severity::Warning if denied => Meaning::Fails,
                    Severity::Warning | Severity::Advice => Meaning::Passes,
                };
                junit::findings("admit check", results, &files, &meaning, out)
            }
            _ => findings::show(session, results.findings, results.sources, format, Stream::Results),
        }
    }

    /// The paths as the project names them.
    fn wanted(&self, session: &Session<'_, '_>, project: &Analysed) -> Result<Vec<String>, Failure> {
        self.paths
            .iter()
            .map(|path| {
                let wanted = project
                    .name_of(&session.world.folder.join(path))
                    .filter(|wanted| project.sources().files().any(|(_, file)| within(file.path(), wanted)));
                wanted.ok_or_else(|| not_of_the_project(session, project, path))
            })
            .collect()
    }
}

/// The files and folders that the findings are about, each once and in order; none: they are about the whole of a folder.
fn only(project: &Analysed, wanted: &[String]) -> BTreeSet<String> {
    let file = match &project.root.kind {
        RootKind::File(name) => Some(name.clone()),
        RootKind::Settings(_) | RootKind::Policies => None,
    };
    let whole = wanted.iter().any(String::is_empty);
    let wanted = wanted.iter().filter(|_| !whole).cloned();
    wanted.chain(file).collect()
}

/// A path that was asked for shows nothing of the project.
fn not_of_the_project(session: &Session<'_, '_>, project: &Analysed, path: &Path) -> Failure {
    let shown = path.display();
    let full = session.world.folder.join(path);
    if full.exists() {
        return Failure::invalid(format!("`{shown}` has no file of the project"))
            .help("`admit.yaml` says which files belong to it");
    }
    let failure = Failure::invalid(format!("there is no `{shown}` here"));
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let files: BTreeMap<String, &str> =
        project.sources().files().map(|(_, file)| (name(file.path()), file.path())).collect();
    let near = nearest(&name(&shown.to_string()), files.keys().map(String::as_str));
    match near.and_then(|near| files.get(near)) {
        Some(near) => failure.help(format!("did you mean the project's `{near}`?")),
        None => failure.help("paths are those from the current folder"),
    }
}

/// Whether a file lies in a folder, or is it.
fn within(path: &str, wanted: &str) -> bool {
    wanted.is_empty()
        || path.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The counts of all findings, and where: `2 errors, 1 warning` and ` in 6 files`, if any file could be read.
fn counted(counts: Counts, project: &Analysed, shown: usize) -> (String, String) {
    let place = match project.files() {
        0 => String::new(),
        files => format!(" in {}", report::counted(files, "file")),
    };
    let hidden = counts.all() - shown;
    let hidden = if hidden > 0 { format!(", {hidden} of them elsewhere") } else { String::new() };
    (counts.to_string(), format!("{place}{hidden}"))
}

/// The mark of the worst.
fn mark(counts: Counts) -> Mark {
    match counts {
        Counts { errors: 1.., .. } => Mark::Bad,
        Counts { warnings: 1.., .. } => Mark::Warning,
        _ => Mark::Good,
    }
}
