//! `admit decide [FILE]`

mod answers;
mod lines;
mod workers;

use std::io::{Read, Write};
use std::path::PathBuf;

use answers::Answers;
use lines::Lines;
use workers::{Chunk, Workers};

use super::args::Format;
use super::exit::{Exit, Failure};
use super::load::{Questions, checked};
use super::output::Out;
use super::session::Session;
use crate::project::reason;
use crate::report::counted;

/// Answer many questions, one JSON decision a line, in order, as they come
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A line is {\"user\":\"…\",\"app\":\"…\"}, with \"action\" (install, approve, add, use), \"at\" (a day), \
                        \"by\" (who adds) and \"scope\" (what is used) where they matter. A line that is no query gives \
                        {\"schema\":\"admit.error/1\",\"line\":N,\"message\":\"…\"} in its place, and the exit code is 2.\n\n\
                        Format: jsonl\n\n\
                        Example:\n  echo '{\"user\":\"ana@x.example\",\"app\":\"deal-sync\"}' | admit decide"
)]
pub(super) struct Decide {
    /// The queries; standard input if left out, or `-`
    #[arg(value_name = "FILE.jsonl", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// Answer with the outcome alone, without grounds and reasons: many times as fast
    #[arg(long)]
    brief: bool,
}

impl Decide {
    pub(super) fn run(&self, session: &mut Session<'_, '_>) -> Result<Exit, Failure> {
        session.format("decide", &[Format::Jsonl, Format::Json])?;
        let streamed = self.open(session)?;
        let today = session.day();
        let project = match checked(session, &[], Questions::Many)? {
            Ok(project) => project,
            Err(exit) => return Ok(exit),
        };
        let answers = || Answers::new(project.program, today, self.brief);
        let wrong = match streamed {
            Some(file) => self.answer_file(Lines::new(file), &answers, &mut session.world.out)?,
            None => {
                let mut lines = Lines::new(&mut session.world.input);
                self.answer_as_they_come(&mut lines, answers(), &mut session.world.out)?
            }
        };
        if wrong > 0 {
            session.say(&format!("{}\n", unanswered(wrong)))?;
        }
        Ok(if wrong > 0 { Exit::Invalid } else { Exit::Fine })
    }

    /// Whoever sends a query and waits for its answer gets it before the next one is waited for.
    fn answer_as_they_come(
        &self,
        lines: &mut Lines<impl Read>,
        mut answers: Answers<'_>,
        out: &mut Out<'_>,
    ) -> Result<u64, Failure> {
        loop {
            if lines.would_wait() {
                out.flush()?;
            }
            let Some(line) = lines.next().map_err(|error| self.unreadable(&error))? else { break };
            answers.answer(line);
            out.write_all(&answers.text)?;
            if out.closed() {
                break;
            }
        }
        Ok(answers.wrong)
    }

    /// A file is there at once: its lines are answered on two threads, and the answers written in order.
    fn answer_file<'p>(
        &self,
        mut lines: Lines<std::fs::File>,
        answers: &(impl Fn() -> Answers<'p> + Sync),
        out: &mut Out<'_>,
    ) -> Result<u64, Failure> {
        std::thread::scope(|scope| {
            let mut workers = Workers::start(scope, answers);
            let mut wrong = 0;
            let mut chunk = workers.chunk();
            let mut write = |workers: &mut Workers<'_>, chunk: Chunk| -> Result<bool, Failure> {
                wrong += chunk.wrong;
                out.write_all(&chunk.answers)?;
                workers.reuse(chunk);
                Ok(out.closed())
            };
            let mut closed = false;
            while !closed {
                let Some(line) = lines.next().map_err(|error| self.unreadable(&error))? else { break };
                if chunk.add(&line) {
                    workers.send(chunk);
                    chunk = workers.chunk();
                    if workers.are_busy()
                        && let Some(done) = workers.receive()
                    {
                        closed = write(&mut workers, done)?;
                    }
                }
            }
            workers.send(chunk);
            while !closed && let Some(done) = workers.receive() {
                closed = write(&mut workers, done)?;
            }
            workers.finish();
            Ok(wrong)
        })
    }

    fn open(&self, session: &Session<'_, '_>) -> Result<Option<std::fs::File>, Failure> {
        let Some(path) = self.file.as_deref().filter(|path| *path != std::path::Path::new("-")) else {
            return Ok(None);
        };
        #[expect(clippy::disallowed_methods, reason = "queries are streamed, not read whole")]
        let file = std::fs::File::open(session.world.folder.join(path));
        file.map(Some).map_err(|error| self.unreadable(&error))
    }

    fn unreadable(&self, error: &std::io::Error) -> Failure {
        let name = self.file.as_ref().map_or("standard input".into(), |path| path.display().to_string());
        Failure::invalid(format!("cannot read `{name}`: {}", reason(error)))
    }
}

/// How many lines were no query, or asked about nobody or nothing.
fn unanswered(count: u64) -> String {
    let lines = counted(usize::try_from(count).unwrap_or(usize::MAX), "line");
    let answers = if count == 1 { "its answer says" } else { "their answers say" };
    format!("{lines} could not be answered; {answers} why")
}
