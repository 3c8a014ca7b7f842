//! From the folder someone stands in to an analysed project, or a program to ask.

use std::path::{Component, Path, PathBuf};

use super::args::Format;
use super::exit::{Exit, Failure};
use super::findings::{self, Stream};
use super::repository;
use super::session::Session;
use crate::compile::{Room, compile, compile_within};
use crate::diagnostics::{Diagnostic, Severity};
use crate::program::Program;
use crate::project::{self, Analysis, DiskFiles, Options, Root};
use crate::report::{Counts, Mark};
use crate::text::SourceMap;

/// A project that was read and analysed.
pub(super) struct Analysed {
    pub(super) root: Root,
    /// It lasts as long as the process: giving back a million small pieces one by one would take longer than many an answer.
    pub(super) analysis: &'static Analysis,
}

/// A project that can be asked.
pub(super) struct Project {
    pub(super) sources: &'static SourceMap,
    pub(super) program: &'static Program,
}

/// How much a project will be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Questions {
    /// One or two.
    Few,
    /// So many that it pays to look at everybody once.
    Many,
}

impl Analysed {
    /// A project as it was analysed.
    pub(super) fn new(analysis: Analysis, root: Root) -> Self {
        Self { root, analysis: Box::leak(Box::new(analysis)) }
    }

    /// The files and the libraries' texts.
    pub(super) fn sources(&self) -> &SourceMap {
        &self.analysis.sources
    }

    /// Everything found, in order.
    pub(super) fn findings(&self) -> &[Diagnostic] {
        &self.analysis.diagnostics
    }

    /// How many policy and fact files it has.
    pub(super) fn files(&self) -> usize {
        self.analysis.trees.len() + self.analysis.facts.len()
    }

    /// The project's folder as seen from the root of the repository it lies in; empty: it is the root.
    pub(super) fn folder_in_repository(&self, session: &Session<'_, '_>) -> String {
        repository::seen_from_root(&self.root.folder, &session.world.folder)
    }

    /// The name that the project has for an absolute path, if it lies in the project's folder. The folder itself has the empty name.
    pub(super) fn name_of(&self, path: &Path) -> Option<String> {
        let inside = |path: &Path, folder: &Path| path.strip_prefix(folder).ok().map(Path::to_owned);
        let real = |path: &Path| path.canonicalize().ok();
        let name = inside(&straight(path), &straight(&self.root.folder))
            .or_else(|| inside(&real(path)?, &real(&self.root.folder)?))?;
        let parts: Vec<String> =
            name.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
        Some(parts.join("/"))
    }

    /// Shows the warnings about what is assumed: nobody else reads it, and a typo there makes the answer one to another question.
    fn doubt(&self, session: &mut Session<'_, '_>) -> Result<(), Failure> {
        let of_it =
            |finding: &&Diagnostic| self.sources().file(finding.primary.span.file).path() == project::ASSUMED;
        let doubts: Vec<&Diagnostic> = self.findings().iter().filter(of_it).collect();
        findings::show(session, &doubts, self.sources(), session.message_format(), Stream::Messages)?;
        Ok(())
    }

    /// Shows the errors as messages, and says that they are in the way.
    pub(super) fn refuse(&self, session: &mut Session<'_, '_>) -> Result<Exit, Failure> {
        let errors: Vec<&Diagnostic> =
            self.findings().iter().filter(|finding| finding.severity == Severity::Error).collect();
        let format = session.message_format();
        findings::show(session, &errors, self.sources(), format, Stream::Messages)?;
        let look = session.message_look();
        let counts = Counts::of(errors.iter().copied()).to_string();
        let text =
            format!("{}; nothing is decided before they are mended\n", look.strong(Mark::Bad, &counts));
        // In JSON there is only the array.
        if format != Format::Json {
            session.say(&text)?;
        }
        Ok(Exit::Invalid)
    }
}

/// `path` without `.` and `..`, as far as its text goes.
fn straight(path: &Path) -> PathBuf {
    let mut straight = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                straight.pop();
            }
            other => straight.push(other),
        }
    }
    straight
}

/// Reads and analyses the project that the flags name, or the one around the current folder.
pub(super) fn analyse(session: &Session<'_, '_>, assume: &[String]) -> Result<Analysed, Failure> {
    let options = Options { assume: assume.to_vec(), today: Some(session.day()), lint: false };
    analyse_with(session, &options)
}

/// Reads, analyses and lints the project.
pub(super) fn linted(session: &Session<'_, '_>) -> Result<Analysed, Failure> {
    let options = Options { assume: Vec::new(), today: Some(session.day()), lint: true };
    analyse_with(session, &options)
}

fn analyse_with(session: &Session<'_, '_>, options: &Options) -> Result<Analysed, Failure> {
    let folder = &session.world.folder;
    let root = match &session.globals.project {
        Some(path) => Root::at(&DiskFiles, &folder.join(path)),
        None => Root::find(&DiskFiles, folder),
    };
    let root = root.map_err(|none| Failure::invalid(none.message).help(none.help))?;
    Ok(Analysed::new(project::analyse(&DiskFiles, &root, options), root))
}

/// Reads and compiles the project; where the language is violated shows why, and how the run ends.
pub(super) fn checked(
    session: &mut Session<'_, '_>,
    assume: &[String],
    questions: Questions,
) -> Result<Result<Project, Exit>, Failure> {
    let project = analyse(session, assume)?;
    let Some(checked) = project.analysis.checked() else {
        return Ok(Err(project.refuse(session)?));
    };
    if !assume.is_empty() {
        project.doubt(session)?;
    }
    let sources = &project.analysis.sources;
    let program = match questions {
        Questions::Few => compile_within(checked, sources, Room::FEW_QUESTIONS),
        Questions::Many => compile(checked, sources),
    };
    Ok(Ok(Project { sources, program: Box::leak(Box::new(program)) }))
}
