//! `admit owners`

mod codeowners;
mod files;

use std::path::{Path, PathBuf};

use super::args::Format;
use super::exit::{Exit, Failure};
use super::load::analyse;
use super::output::write_file;
use super::session::Session;
use crate::project::{DiskFiles, FileSystem, ReadError, reason};
use crate::report::{Mark, one_line};
use files::OwnedFile;

/// Write a CODEOWNERS file: who answers for the rules of a policy file reviews changes to it
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each policy file is owned by the owners of its rules and accepted widenings. In a file that is there already only \
                  the lines between `# admit owners: begin` and `# admit owners: end` are replaced; the rest is yours\n\n\
                  Formats: human (CODEOWNERS), plain, json (admit.owners/1)\n\n\
                  Examples:\n  admit owners\n  admit owners -o .github/CODEOWNERS --default @acme/it\n  \
                  admit owners -o .github/CODEOWNERS --check\n\n\
                  Exit codes: 0 written, or up to date; 1 with `--check`: the file is out of date; 2 the policy has errors, or the file is not \
                  admit's to write"
)]
pub(super) struct Owners {
    /// Write to this file, at once and whole [default: standard output]
    #[arg(long, short, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Write nothing, and end with exit code 1 if the file does not say this
    #[arg(long, requires = "output")]
    check: bool,
    /// Who owns everything in the project that no rule's owner does: an e-mail address, `@user` or `@group/team`
    #[arg(long, value_name = "OWNER", value_parser = owner)]
    default: Vec<String>,
}

/// An owner as CODEOWNERS has them.
fn owner(text: &str) -> Result<String, String> {
    let word = |text: &str, more: &str| {
        let fits =
            |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter) || more.contains(letter);
        text.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_')
            && text.chars().all(fits)
    };
    let is_owner = match text.split_once('@') {
        Some(("", name)) => name.split('/').all(|part| word(part, "")),
        Some((local, domain)) => word(local, "+") && word(domain, ""),
        None => false,
    };
    if is_owner {
        Ok(text.to_owned())
    } else {
        Err("write an e-mail address, @user or @group/team".to_owned())
    }
}

impl Owners {
    pub(super) fn run(&self, session: &mut Session<'_, '_>) -> Result<Exit, Failure> {
        let format = session.format("owners", &[Format::Human, Format::Plain, Format::Json])?;
        let project = analyse(session, &[])?;
        if project.analysis.checked().is_none() {
            return project.refuse(session);
        }
        let folder = project.folder_in_repository(session);
        let files = files::files(project.analysis, &folder);
        if format == Format::Json {
            if self.output.is_some() {
                return Err(Failure::invalid("`--output` writes CODEOWNERS, not JSON")
                    .help("leave out `--format json`, or send the output to a file"));
            }
            session.print(&files::json(&files)?)?;
            return Ok(Exit::Fine);
        }
        let block = codeowners::block(&files, &folder, &self.default);
        self.warn_about_odd_names(session, &files)?;
        match &self.output {
            None => {
                session.print(&block)?;
                if files.iter().all(|file| file.owners.is_empty()) {
                    session.say(
                        "no rule names an owner: add `owner ADDRESS` to those that somebody answers for\n",
                    )?;
                }
            }
            Some(path) => return self.update(session, path, &block),
        }
        Ok(Exit::Fine)
    }

    /// Says of which files nothing is said.
    fn warn_about_odd_names(
        &self,
        session: &mut Session<'_, '_>,
        files: &[OwnedFile],
    ) -> Result<(), Failure> {
        let look = session.message_look();
        for file in files.iter().filter(|file| !file.owners.is_empty() && codeowners::is_odd(&file.path)) {
            session.insist(&format!(
                "{} `{}` is left out and stays without its owners: no line of the file can hold its name; rename it\n",
                look.strong(Mark::Warning, "warning:"),
                one_line(&file.path)
            ))?;
        }
        Ok(())
    }

    fn update(&self, session: &mut Session<'_, '_>, path: &Path, block: &str) -> Result<Exit, Failure> {
        let shown = path.to_string_lossy();
        let shown = one_line(&shown);
        let full = session.world.folder.join(path);
        let there = read(&full).map_err(|why| Failure::invalid(format!("cannot read `{shown}`: {why}")))?;
        let Some(text) = codeowners::placed(there.as_deref(), block) else {
            return Err(Failure::invalid(format!("`{shown}` has lines that admit did not write")).help(
                format!(
                    "put `{}` and `{}` on two lines where admit's block belongs",
                    codeowners::BEGIN,
                    codeowners::END
                ),
            ));
        };
        let current = there.as_deref() == Some(text.as_str());
        if self.check && !current {
            session.say(&format!("`{shown}` is out of date: run `admit owners -o {shown}`\n"))?;
            return Ok(Exit::Findings);
        }
        if current {
            session.say(&format!("`{shown}` is up to date\n"))?;
            return Ok(Exit::Fine);
        }
        write_file(&full, text.as_bytes(), true)
            .map_err(|error| Failure::invalid(format!("cannot write `{shown}`: {}", reason(&error))))?;
        session.say(&format!("wrote `{shown}`\n"))?;
        Ok(Exit::Fine)
    }
}

/// A CODEOWNERS file that GitHub reads has at most 3 MiB.
const MOST: u64 = 3 << 20;

/// The text of a file, if it is there; else why it cannot be read.
fn read(path: &Path) -> Result<Option<String>, String> {
    match DiskFiles.read(path, MOST) {
        Ok(bytes) => String::from_utf8(bytes).map(Some).map_err(|_| "it is not UTF-8 text".to_owned()),
        Err(ReadError::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(ReadError::Io(error)) => Err(reason(&error)),
        Err(ReadError::TooLarge(_)) => Err("it has more than 3 MiB".to_owned()),
    }
}
