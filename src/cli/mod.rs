//! Layer 10: the `admit` command. With `project` the only place that reads files, the environment and the clock, and the only one that
//! prints. One file for each subcommand: its flags and what it does.

mod args;
mod ask;
mod can;
mod check;
mod codes;
mod completions;
mod decide;
mod difference;
mod exit;
mod explain;
mod findings;
mod fmt;
mod graph;
mod init;
mod load;
mod man;
mod mending;
mod output;
mod owners;
mod repository;
mod rewrite;
mod schema;
mod session;
mod step_summary;
mod suppressions;
mod test;
mod world;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};

pub use exit::Exit;
use exit::Failure;
pub use output::Out;
pub use world::{Terminal, Variables, World};

use crate::diagnostics::nearest;
use crate::project::reason;
use crate::report::Mark;
use args::{Cli, ColorWhen, Command};
use session::Session;

/// The whole program: reads the real arguments and writes to the real streams.
pub fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| internal_error(&panic.to_string())));
    match World::real() {
        Ok(mut world) => run(std::env::args_os(), &mut world).into(),
        Err(error) => {
            let mut err = std::io::stderr().lock();
            let _ = writeln!(err, "error: the current folder cannot be found: {}", reason(&error));
            let _ = writeln!(err, "help: go to a folder that is there");
            Exit::Invalid.into()
        }
    }
}

/// Runs the command that `args` (the first is the program's own name) asks for.
pub fn run<I, T>(args: I, world: &mut World<'_>) -> Exit
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    let exit = match parse(args, world) {
        Ok(cli) => dispatch(cli, world),
        Err(exit) => exit,
    };
    // What cannot be written cannot be reported either.
    if world.flush().is_ok() { exit } else { Exit::Internal }
}

fn parse<I, T>(args: I, world: &mut World<'_>) -> Result<Cli, Exit>
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    let look = world.look(ColorWhen::Auto, false);
    let parsed = Cli::command().term_width(look.width).try_get_matches_from(args);
    parsed.and_then(|matches| Cli::from_arg_matches(&matches)).map_err(nearest_only).map_err(|error| {
        let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
        let text = error.render();
        let color = world.look(ColorWhen::Auto, !asked).color;
        let text = if color { text.ansi().to_string() } else { text.to_string() };
        let stream = if asked { &mut world.out } else { &mut world.err };
        match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
            Ok(()) if asked => Exit::Fine,
            Ok(()) => Exit::Invalid,
            Err(error) => {
                let failure = Failure::from(error);
                let word = world.look(ColorWhen::Auto, true).strong(Mark::Bad, "error:");
                // It may be these very messages that cannot be written.
                let _ = writeln!(world.err, "{word} {failure}");
                failure.exit()
            }
        }
    })
}

/// Of several commands that may be meant keeps the nearest: the first of clap's list need not be.
fn nearest_only(mut error: clap::Error) -> clap::Error {
    if let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand)
        && let Some(ContextValue::Strings(offered)) = error.get(ContextKind::SuggestedSubcommand)
        && let Some(near) = nearest(word, offered.iter().map(String::as_str))
    {
        let near = ContextValue::Strings(vec![near.to_owned()]);
        error.insert(ContextKind::SuggestedSubcommand, near);
    }
    error
}

fn dispatch(cli: Cli, world: &mut World<'_>) -> Exit {
    let mut session = Session::new(world, cli.globals);
    let ended = match cli.command {
        Command::Init(command) => command.run(&mut session),
        Command::Check(command) => command.run(&mut session),
        Command::Fmt(command) => command.run(&mut session),
        Command::Can(command) => command.run(&mut session),
        Command::Decide(command) => command.run(&mut session),
        Command::Test(command) => command.run(&mut session),
        Command::Graph(command) => command.run(&mut session),
        Command::Suppressions(command) => command.run(&mut session),
        Command::Owners(command) => command.run(&mut session),
        Command::Explain(command) => command.run(&mut session),
        Command::Codes(command) => command.run(&mut session),
        Command::Schema(command) => command.run(&mut session),
        Command::Completions(command) => command.run(&mut session),
        Command::Man(command) => command.run(&mut session),
    };
    // What still waits to be written is a part of the answer.
    let ended = ended.and_then(|exit| Ok(session.world.out.flush().map(|()| exit)?));
    ended.unwrap_or_else(|failure| {
        // Where even this cannot be written, the exit code still says it.
        let _ = session.fail(&failure);
        failure.exit()
    })
}

/// Says that admit itself failed, and ends the process: a half-finished answer must not look like one.
fn internal_error(what: &str) {
    let mut err = std::io::stderr().lock();
    let _ = writeln!(err, "error: internal error in admit, please report it\n{what}");
    #[expect(clippy::disallowed_methods, reason = "after a panic there is no way back to `main`")]
    std::process::exit(i32::from(Exit::Internal.code()));
}
