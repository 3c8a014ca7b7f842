//! `admit man DIR`

use std::path::{Path, PathBuf};

use clap::CommandFactory;
use clap_mangen::Man as Page;

use super::args::Cli;
use super::exit::{Exit, Failure};
use super::output::write_file;
use super::session::{MESSAGES, Session};
use crate::project::reason;
use crate::report::{counted, one_line};

/// Write the manual pages into a folder
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  admit man ~/.local/share/man/man1")]
pub(super) struct Man {
    /// The folder; pages that are already there are replaced
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    folder: PathBuf,
}

impl Man {
    pub(super) fn run(&self, session: &mut Session<'_, '_>) -> Result<Exit, Failure> {
        session.format("man", MESSAGES)?;
        let folder = session.world.folder.join(&self.folder);
        make_folder(&folder)?;
        let mut command = Cli::command();
        command.build();
        let mut pages = vec![command.clone().display_name("admit")];
        pages.extend(command.get_subcommands().cloned());
        let count = pages.len();
        for page in pages {
            let page = Page::new(page);
            let mut text = Vec::new();
            page.render(&mut text)?;
            let path = folder.join(page.get_filename());
            write_file(&path, &text, true).map_err(|error| cannot(&path, &error))?;
        }
        session.say(&format!(
            "wrote {} to {}\n",
            counted(count, "page"),
            one_line(&folder.to_string_lossy())
        ))?;
        Ok(Exit::Fine)
    }
}

/// Makes a folder and those above it, if they are not there.
pub(super) fn make_folder(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| cannot(folder, &error))
}

/// Something cannot be written to: for the person who named it to mend.
pub(super) fn cannot(path: &Path, error: &std::io::Error) -> Failure {
    Failure::invalid(format!("cannot write `{}`: {}", path.display(), reason(error)))
}
