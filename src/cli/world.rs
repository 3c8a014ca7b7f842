//! Everything outside the program that a command may touch, so that a run can be watched in a test.

use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;

use super::output::Out;
use crate::report::Look;
use crate::text::Date;

/// The outside of one run.
pub struct World<'w> {
    /// Standard input.
    pub input: Box<dyn Read + 'w>,
    /// Standard output.
    pub out: Out<'w>,
    /// Standard error.
    pub err: Out<'w>,
    /// The current folder.
    pub folder: PathBuf,
    /// Looks up an environment variable.
    pub variable: Variables<'w>,
    /// The day it is (UTC), asked for only where no day is given.
    pub today: Box<dyn Fn() -> Date + 'w>,
    /// What is a terminal.
    pub terminal: Terminal,
}

/// Looks up an environment variable by its name.
pub type Variables<'w> = Box<dyn Fn(&str) -> Option<String> + 'w>;

/// Which streams are terminals, and how wide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terminal {
    /// Standard output is one.
    pub out: bool,
    /// Standard error is one.
    pub err: bool,
    /// The columns it has; `None`: not known.
    pub width: Option<usize>,
}

/// Text wider than this is hard to read, however wide the terminal.
const WIDEST: usize = 110;
/// Files and pipes have no width.
const USUAL_WIDTH: usize = 80;

impl World<'static> {
    /// The real one.
    ///
    /// # Errors
    /// Where the current folder is gone.
    pub fn real() -> io::Result<Self> {
        #[expect(clippy::disallowed_methods, reason = "this is the door to the environment")]
        let (folder, variable) = (std::env::current_dir()?, |name: &str| std::env::var(name).ok());
        #[expect(clippy::disallowed_methods, reason = "this is the door to the clock")]
        let today = || Date::from(jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date());
        let terminal = Terminal {
            out: io::stdout().is_terminal(),
            err: io::stderr().is_terminal(),
            width: terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)),
        };
        Ok(Self {
            input: Box::new(io::stdin()),
            // Old Windows consoles need colours translated; elsewhere this passes bytes on.
            out: Out::new(anstream::AutoStream::always(io::stdout())),
            err: Out::new(anstream::AutoStream::always(io::stderr())),
            folder,
            variable: Box::new(variable),
            today: Box::new(today),
            terminal,
        })
    }
}

impl World<'_> {
    /// How to draw on standard output, or on standard error.
    pub(super) fn look(&self, when: super::args::ColorWhen, on_error: bool) -> Look {
        let terminal = if on_error { self.terminal.err } else { self.terminal.out };
        let width = if terminal { self.terminal.width.unwrap_or(USUAL_WIDTH) } else { USUAL_WIDTH };
        Look { color: self.color(when, terminal), unicode: self.unicode(), width: width.clamp(40, WIDEST) }
    }

    /// <https://no-color.org> and <https://bixense.com/clicolors>: a flag wins, then NO_COLOR, then CLICOLOR_FORCE, then the terminal.
    fn color(&self, when: super::args::ColorWhen, terminal: bool) -> bool {
        let set = |name| (self.variable)(name).filter(|value| !value.is_empty());
        match when {
            super::args::ColorWhen::Always => true,
            super::args::ColorWhen::Never => false,
            super::args::ColorWhen::Auto if set("NO_COLOR").is_some() => false,
            super::args::ColorWhen::Auto if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
            super::args::ColorWhen::Auto => {
                terminal
                    && set("CLICOLOR").is_none_or(|value| value != "0")
                    && set("TERM").is_none_or(|value| value != "dumb")
            }
        }
    }

    /// Frames are drawn in ASCII where the locale says that it has nothing else.
    fn unicode(&self) -> bool {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .into_iter()
            .find_map(|name| (self.variable)(name).filter(|value| !value.is_empty()));
        locale.is_none_or(|locale| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        })
    }

    /// Writes out everything that waits.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()?;
        self.err.flush()
    }
}
