//! `admit fmt`

mod outcome;
mod targets;

use std::io::Read;
use std::path::{Path, PathBuf};

use super::args::Format;
use super::difference::difference;
use super::exit::{Exit, Failure};
use super::findings::{self, Stream};
use super::man::cannot;
use super::rewrite::{MARK, Rewrite, has_mark};
use super::session::Session;
use crate::diagnostics::{Diagnostic, Severity, Sink};
use crate::format::format;
use crate::project::{DiskFiles, policy_of, read_policy, reason};
use crate::report::{Mark, counted};
use crate::text::SourceMap;

use outcome::{FileReport, Outcome};
use targets::{Target, targets};

/// Lay out policy files in the one way
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Only the layout changes: the meaning, every name and every comment stay. A file that cannot be read as a policy is left as \
                  it is.\n\n\
                  Formats: human, plain, json\n\n\
                  Examples:\n  admit fmt\n  admit fmt --check --diff\n  admit fmt policies/contractors.admit\n  admit fmt - < draft.admit\n\n\
                  Exit codes: 0 fine, 1 with `--check` or `--diff`: a file would change, 2 a file could not be read"
)]
pub(super) struct Fmt {
    /// Files and folders; else every policy file of the project. `-` lays out standard input
    #[arg(value_name = "PATH", value_hint = clap::ValueHint::AnyPath)]
    paths: Vec<PathBuf>,
    /// Write nothing; end with exit code 1 if a file would change
    #[arg(long)]
    check: bool,
    /// Write nothing; show what would change, and end with exit code 1 if something would
    #[arg(long)]
    diff: bool,
}

impl Fmt {
    pub(super) fn run(&self, session: &mut Session<'_, '_>) -> Result<Exit, Failure> {
        let shown = session.format("fmt", &[Format::Human, Format::Plain, Format::Json])?;
        if self.paths.iter().any(|path| path.as_os_str() == "-") {
            if shown == Format::Json {
                return Err(Failure::invalid("`fmt -` writes a policy, and no JSON")
                    .help("leave out `--format json`"));
            }
            return self.standard_input(session);
        }
        if let Some(path) = self.paths.iter().find(|path| is_no_policy(&session.world.folder.join(path))) {
            return Err(Failure::invalid(format!("`{}` is no policy file", path.display()))
                .help("policy files end with `.admit`; `admit fmt -` lays out standard input"));
        }
        let (mut sources, mut out) = (SourceMap::new(), Sink::new());
        let targets = targets(session, &self.paths, &mut sources, &mut out)?;
        let (mut reports, mut unwritten) = (Vec::new(), Vec::new());
        for target in targets {
            reports.push(self.file(target, &mut sources, &mut out, &mut unwritten));
        }
        let found = out.into_sorted();
        let wrong = errors(&found);
        findings::show(session, &wrong, &sources, session.message_format(), Stream::Messages)?;
        for failure in &unwritten {
            session.fail(failure)?;
        }
        let broken = !wrong.is_empty() || !unwritten.is_empty();
        if shown == Format::Json {
            session.print(&outcome::json(&reports)?)?;
        } else {
            for report in &reports {
                session.print(&report.lines(self.writes()))?;
            }
            let summary = summary(&reports, self.writes());
            let look = session.message_look();
            let mark = if broken { Mark::Bad } else { Mark::Good };
            session.say(&format!("{}\n", look.strong(mark, &summary)))?;
        }
        let changes = reports.iter().any(|report| report.outcome == Outcome::Changed);
        Ok(match (broken, changes && !self.writes()) {
            (true, _) => Exit::Invalid,
            (_, true) => Exit::Findings,
            _ => Exit::Fine,
        })
    }

    fn writes(&self) -> bool {
        !self.check && !self.diff
    }

    /// Lays out one file, and writes it unless only a look was asked for. What cannot be written goes to `unwritten`.
    fn file(
        &self,
        target: Target,
        sources: &mut SourceMap,
        out: &mut Sink,
        unwritten: &mut Vec<Failure>,
    ) -> FileReport {
        let Target { shown, path } = target;
        let report = |shown, outcome, diff| FileReport { file: shown, outcome, diff };
        let Some(file) = read_policy(&DiskFiles, &path, &shown, sources, out) else {
            return report(shown, Outcome::Broken, None);
        };
        let text = sources.file(file).text();
        let Some(laid_out) = format(file, text, out) else {
            return report(shown, Outcome::Broken, None);
        };
        if laid_out == text {
            return report(shown, Outcome::Unchanged, None);
        }
        let diff = self.diff.then(|| difference(&shown, has_mark(&path), text, &laid_out));
        if self.writes() {
            let rewritten = Rewrite::new(&path, text, &laid_out).and_then(Rewrite::finish);
            if let Err(error) = rewritten {
                unwritten.push(cannot(Path::new(&shown), &error));
                return report(shown, Outcome::Broken, None);
            }
        }
        report(shown, Outcome::Changed, diff)
    }

    /// Lays out standard input on standard output. Where it cannot be read as a policy nothing is printed.
    fn standard_input(&self, session: &mut Session<'_, '_>) -> Result<Exit, Failure> {
        if self.paths.len() > 1 {
            return Err(Failure::invalid("`-` stands alone: it means standard input"));
        }
        let mut bytes = Vec::new();
        let read = (&mut session.world.input).take(MOST_INPUT + 1).read_to_end(&mut bytes);
        read.map_err(|error| Failure::invalid(format!("cannot read standard input: {}", reason(&error))))?;
        if bytes.len() as u64 > MOST_INPUT {
            return Err(
                Failure::invalid("standard input has more than 64 MB").help("split the policy into files")
            );
        }
        let (mut sources, mut out) = (SourceMap::new(), Sink::new());
        let has_mark = bytes.starts_with(MARK.as_bytes());
        let file = policy_of(bytes, STANDARD_INPUT, &mut sources, &mut out);
        let text = file.map_or("", |file| sources.file(file).text());
        let laid_out = file.and_then(|file| format(file, text, &mut out));
        let found = out.into_sorted();
        let wrong = errors(&found);
        findings::show(session, &wrong, &sources, session.message_format(), Stream::Messages)?;
        let Some(laid_out) = laid_out else { return Ok(Exit::Invalid) };
        if self.diff {
            session.print(&difference(STANDARD_INPUT, has_mark, text, &laid_out))?;
        } else if !self.check {
            session.print(if has_mark { MARK } else { "" })?;
            session.print(&laid_out)?;
        }
        if self.writes() || laid_out == text {
            return Ok(Exit::Fine);
        }
        session.say(&format!("{STANDARD_INPUT} would change\n"))?;
        Ok(Exit::Findings)
    }
}

/// The name of standard input in messages.
const STANDARD_INPUT: &str = "<stdin>";
/// The most bytes read from standard input: as many as a policy file may have.
const MOST_INPUT: u64 = crate::project::POLICY_LIMIT;

/// What keeps files from being laid out.
fn errors(found: &[Diagnostic]) -> Vec<&Diagnostic> {
    found.iter().filter(|finding| finding.severity == Severity::Error).collect()
}

/// Whether a path is that of a file which no project would read as a policy.
fn is_no_policy(path: &Path) -> bool {
    path.is_file() && path.extension().is_none_or(|extension| extension != "admit")
}

/// `2 files laid out, 5 left as they were`.
fn summary(reports: &[FileReport], writes: bool) -> String {
    let said = [
        (Outcome::Changed, if writes { "laid out" } else { "would change" }),
        (Outcome::Unchanged, "already fine"),
        (Outcome::Broken, "with errors left alone"),
    ];
    let mut parts: Vec<String> = Vec::new();
    for (outcome, words) in said {
        let count = reports.iter().filter(|report| report.outcome == outcome).count();
        match count {
            0 => {}
            _ if parts.is_empty() => parts.push(format!("{} {words}", counted(count, "file"))),
            _ => parts.push(format!("{count} {words}")),
        }
    }
    if parts.is_empty() { "no policy files here".to_owned() } else { parts.join(", ") }
}
