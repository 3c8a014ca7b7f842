//! One run of one command: what was asked for in general, and where to write.

use std::io::{self, Write};

use super::args::{Asked, Format, Globals};
use super::exit::Failure;
use super::world::World;
use crate::report::{Look, Mark, visible};
use crate::text::Date;

/// The formats of a command whose result is a file or a script, and of whose formats only messages know.
pub(super) const MESSAGES: &[Format] = &[Format::Human, Format::Plain, Format::Json];

/// One run of one command.
pub(super) struct Session<'s, 'w> {
    /// The outside.
    pub(super) world: &'s mut World<'w>,
    /// The flags that every command takes.
    pub(super) globals: Globals,
}

impl<'s, 'w> Session<'s, 'w> {
    pub(super) fn new(world: &'s mut World<'w>, globals: Globals) -> Self {
        Self { world, globals }
    }

    /// How to draw results.
    pub(super) fn look(&self) -> Look {
        self.world.look(self.globals.color, false)
    }

    /// How to draw messages.
    pub(super) fn message_look(&self) -> Look {
        self.world.look(self.globals.color, true)
    }

    /// The day to judge by.
    pub(super) fn day(&self) -> Date {
        self.globals.at.unwrap_or_else(|| (self.world.today)())
    }

    /// The format asked for, if `command` has it; the first of `offered` where none is asked for.
    pub(super) fn format(&self, command: &str, offered: &[Format]) -> Result<Format, Failure> {
        let first = offered.first().copied().unwrap_or(Format::Human);
        let asked = match &self.globals.format {
            None => return Ok(first),
            Some(Asked::Format(format)) if offered.contains(format) => return Ok(*format),
            Some(asked) => asked,
        };
        let names: Vec<&str> = offered.iter().map(|format| format.name()).collect();
        Err(Failure::invalid(format!("`{command}` has no format `{}`", asked.name()))
            .help(format!("it has {}", crate::diagnostics::quoted_list(names, "and"))))
    }

    /// The format of findings that are messages.
    pub(super) fn message_format(&self) -> Format {
        match self.globals.format {
            Some(Asked::Format(format @ (Format::Plain | Format::Json))) => format,
            _ => Format::Human,
        }
    }

    /// Writes a result.
    pub(super) fn print(&mut self, text: &str) -> io::Result<()> {
        self.world.out.write_all(text.as_bytes())
    }

    /// Writes a message, unless the run is quiet. What was printed before is seen before it.
    pub(super) fn say(&mut self, text: &str) -> io::Result<()> {
        if self.globals.quiet { Ok(()) } else { self.insist(text) }
    }

    /// Writes a message.
    pub(super) fn insist(&mut self, text: &str) -> io::Result<()> {
        self.world.out.flush()?;
        self.tell(text)
    }

    fn tell(&mut self, text: &str) -> io::Result<()> {
        self.world.err.write_all(text.as_bytes())?;
        self.world.err.flush()
    }

    /// Says why the command stopped.
    pub(super) fn fail(&mut self, failure: &Failure) -> io::Result<()> {
        let look = self.message_look();
        let text = failure.to_string();
        let mut said = format!("{} {}\n", look.strong(Mark::Bad, "error:"), visible(&text));
        if let Failure::Invalid { help: Some(help), .. } = failure {
            said.push_str(&format!("{} {}\n", look.strong(Mark::Note, "help:"), visible(help)));
        }
        // It may be the output that cannot be written.
        let _ = self.world.out.flush();
        self.tell(&said)
    }
}
