//! `admit completions SHELL`

use clap::CommandFactory;

use super::args::{Cli, CompletionShell};
use super::exit::{Exit, Failure};
use super::session::{MESSAGES, Session};

/// Print the completions of a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
                        admit completions bash > ~/.local/share/bash-completion/completions/admit\n  \
                        admit completions zsh > ~/.zfunc/_admit\n  \
                        admit completions fish > ~/.config/fish/completions/admit.fish")]
pub(super) struct Completions {
    /// Which shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: CompletionShell,
}

impl Completions {
    pub(super) fn run(&self, session: &mut Session<'_, '_>) -> Result<Exit, Failure> {
        session.format("completions", MESSAGES)?;
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "admit", &mut script);
        session.print(&String::from_utf8_lossy(&script))?;
        Ok(Exit::Fine)
    }
}
