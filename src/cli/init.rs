//! `admit init [DIR]`

use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::exit::{Exit, Failure};
use super::man::{cannot, make_folder};
use super::output::write_file;
use super::repository::seen_from_root;
use super::session::{MESSAGES, Session};
use crate::diagnostics::quoted_list;
use crate::report::{Mark, counted, one_line};

/// Write a small working repository: policies, facts, tests, a CI workflow and a pre-commit hook
#[derive(Debug, clap::Args)]
#[command(after_help = "Nothing is overwritten: if a file is already there, nothing is written at all.\n\n\
                        Examples:\n  admit init app-policy && cd app-policy && admit check\n  admit init --ci gitlab")]
pub(super) struct Init {
    /// The folder; made if it is not there
    #[arg(value_name = "DIR", default_value = ".", hide_default_value = true, value_hint = clap::ValueHint::DirPath)]
    folder: PathBuf,
    /// Whose pipeline runs the check
    #[arg(long, value_enum, value_name = "WHOSE", default_value_t)]
    ci: Ci,
}

/// Whose pipeline a new repository gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Ci {
    /// A workflow for GitHub Actions
    #[default]
    Github,
    /// A pipeline for GitLab
    Gitlab,
    /// None
    None,
}

macro_rules! templates {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/templates/init/", $path)))),*]
    };
}

/// A file of a new repository: its path and its text.
type Template = (&'static str, &'static str);

/// The files that every new repository has.
const COMMON: &[Template] = templates![
    "admit.yaml",
    "policies/account.admit",
    "policies/apps.admit",
    "policies/tests.admit",
    "directory/users.csv",
    "catalog/apps.yaml",
    ".pre-commit-config.yaml",
];

impl Ci {
    fn templates(self) -> &'static [Template] {
        match self {
            Self::Github => templates![".github/workflows/policy.yml"],
            Self::Gitlab => templates![".gitlab-ci.yml"],
            Self::None => &[],
        }
    }
}

impl Init {
    pub(super) fn run(&self, session: &mut Session<'_, '_>) -> Result<Exit, Failure> {
        session.format("init", MESSAGES)?;
        let folder = session.world.folder.join(&self.folder);
        let templates: Vec<Template> = COMMON.iter().chain(self.ci.templates()).copied().collect();
        let taken: Vec<&str> = templates
            .iter()
            .map(|(path, _)| *path)
            .filter(|path| folder.join(path).symlink_metadata().is_ok())
            .collect();
        if !taken.is_empty() {
            return Err(Failure::invalid(format!("already there: {}", taken.join(", ")))
                .help("nothing was written; name another folder, or move these away"));
        }
        write_all(&folder, &templates)?;
        let here = self.folder == Path::new(".");
        let shown = if here { Path::new("") } else { &self.folder };
        for (path, _) in &templates {
            session.print(&format!("{}\n", one_line(&shown.join(path).to_string_lossy())))?;
        }
        let inside =
            if here { String::new() } else { format!("cd {} && ", one_line(&self.folder.to_string_lossy())) };
        session.say(&format!(
            "wrote {}; next: {inside}admit check && admit can kim@example.com install meeting-vault\n",
            counted(templates.len(), "file")
        ))?;
        if let Some(place) = place_in_repository(&folder, &session.world.folder) {
            let look = session.message_look();
            let files = at_root(&templates);
            let (work, them) = if files.len() == 1 { ("works", "it") } else { ("work", "them") };
            let (files, place) = (quoted_list(files, "and"), one_line(&place));
            session.say(&format!(
                "{} {files} only {work} at the root of the repository: move {them} there, and add `--project {place}` to every admit \
                 command in {them}\n",
                look.strong(Mark::Note, "help:")
            ))?;
        }
        Ok(Exit::Fine)
    }
}

/// Where a folder lies in its repository, if it lies in one and is not its root.
fn place_in_repository(folder: &Path, current: &Path) -> Option<String> {
    let real = folder.canonicalize().ok()?;
    let is_root = |folder: &Path| folder.join(".git").symlink_metadata().is_ok();
    real.ancestors().any(is_root).then(|| seen_from_root(&real, current)).filter(|place| !place.is_empty())
}

/// The files that are read at the root of a repository and nowhere else.
fn at_root(templates: &[Template]) -> Vec<&'static str> {
    templates.iter().map(|(path, _)| *path).filter(|path| path.starts_with('.')).collect()
}

/// Writes every file, or takes those away again that it wrote.
fn write_all(folder: &Path, templates: &[Template]) -> Result<(), Failure> {
    let mut written: Vec<PathBuf> = Vec::new();
    for (path, text) in templates {
        let path = folder.join(path);
        let result = make_folder(path.parent().unwrap_or(folder))
            .and_then(|()| write_file(&path, text.as_bytes(), false).map_err(|error| cannot(&path, &error)));
        if let Err(failure) = result {
            written.iter().for_each(|path| forget(path));
            return Err(failure);
        }
        written.push(path);
    }
    Ok(())
}

fn forget(path: &Path) {
    // The failure that led here is the one worth telling.
    let _: io::Result<()> = std::fs::remove_file(path);
}
