//! `admit decide [FILE]`

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::args::Format;
use super::ask::{Asked, Unasked, action, meant};
use super::exit::{Exit, Failure};
use super::load::checked;
use super::session::Session;
use crate::decision::{Action, Outcome, SCHEMA};
use crate::eval::Evaluator;
use crate::program::Program;
use crate::project::reason;
use crate::report::counted;
use crate::text::Date;

/// A line with more bytes than this is no query.
const LONGEST_LINE: usize = 1024 * 1024;
const READ_AHEAD: usize = 256 * 1024;
/// After this many comparisons unknown names get no "did you mean" any more: a file of wrong names must not take hours.
const MOST_COMPARISONS: usize = 2_000_000;

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

/// A query as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
struct Query<'l> {
    #[serde(borrow, default)]
    user: Option<Text<'l>>,
    #[serde(borrow)]
    app: Text<'l>,
    #[serde(borrow, default)]
    action: Option<Text<'l>>,
    #[serde(borrow, default)]
    scope: Option<Text<'l>>,
    #[serde(borrow, default)]
    by: Option<Text<'l>>,
    #[serde(borrow, default)]
    at: Option<Text<'l>>,
}

/// A text that is borrowed from its line unless it has escapes (serde copies an `Option<Cow<str>>` always).
#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'l>(#[serde(borrow)] Cow<'l, str>);

/// The answer where only the outcome is wanted: a decision without what explains it.
#[derive(Serialize)]
struct Brief<'q> {
    schema: &'static str,
    query: Install<'q>,
    outcome: Outcome,
}

/// An install query as a decision repeats it.
#[derive(Serialize)]
struct Install<'q> {
    user: &'q str,
    action: Action,
    app: &'q str,
    at: &'q str,
}

/// The answer to a line that is no query.
#[derive(Serialize)]
struct Wrong<'m> {
    schema: &'static str,
    line: u64,
    message: &'m str,
}

impl Decide {
    pub(super) fn run(&self, session: &mut Session<'_, '_>) -> Result<Exit, Failure> {
        session.format("decide", &[Format::Jsonl, Format::Json])?;
        let streamed = self.open(session)?;
        let today = session.day();
        let project = match checked(session, &[])? {
            Ok(project) => project,
            Err(exit) => return Ok(exit),
        };
        let waits = streamed.is_none();
        let input: &mut dyn Read = match streamed {
            Some(ref file) => &mut &*file,
            None => &mut session.world.input,
        };
        let mut lines = Lines::new(input);
        let mut answers = Answers::new(&project.program, today, self.brief);
        let out = &mut session.world.out;
        loop {
            // Whoever sends a query and waits for its answer gets it before the next one is waited for.
            if waits && lines.would_wait() {
                out.flush()?;
            }
            let Some(line) = lines.next().map_err(|error| self.unreadable(&error))? else { break };
            answers.answer(line);
            out.write_all(&answers.text)?;
            if out.closed() {
                break;
            }
        }
        let wrong = answers.wrong;
        if wrong > 0 {
            session.say(&format!("{} no query, see their answers\n", are(wrong)))?;
        }
        Ok(if wrong > 0 { Exit::Invalid } else { Exit::Fine })
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

fn are(count: u64) -> String {
    let lines = counted(usize::try_from(count).unwrap_or(usize::MAX), "line");
    format!("{lines} {}", if count == 1 { "is" } else { "are" })
}

/// One line of the input.
struct Line<'l> {
    number: u64,
    /// Its bytes without the line break; `None`: too many.
    bytes: Option<&'l [u8]>,
}

/// Reads lines of bounded length.
struct Lines<R> {
    reader: BufReader<R>,
    buffer: Vec<u8>,
    number: u64,
}

impl<R: Read> Lines<R> {
    fn new(input: R) -> Self {
        Self { reader: BufReader::with_capacity(READ_AHEAD, input), buffer: Vec::new(), number: 0 }
    }

    /// Whether the next line may have to be waited for.
    fn would_wait(&self) -> bool {
        self.reader.buffer().is_empty()
    }

    /// The next line that is not empty.
    fn next(&mut self) -> std::io::Result<Option<Line<'_>>> {
        loop {
            self.buffer.clear();
            let limit = LONGEST_LINE as u64 + 1;
            let read = self.reader.by_ref().take(limit).read_until(b'\n', &mut self.buffer)?;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            let ends = self.buffer.last() == Some(&b'\n');
            if !ends && self.buffer.len() > LONGEST_LINE {
                self.reader.skip_until(b'\n')?;
                return Ok(Some(Line { number: self.number, bytes: None }));
            }
            if !self.buffer.trim_ascii().is_empty() {
                break;
            }
        }
        let bytes = self.buffer.trim_ascii();
        let bytes =
            if self.number == 1 { bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes) } else { bytes };
        Ok(Some(Line { number: self.number, bytes: Some(bytes) }))
    }
}

/// Makes the answers, one at a time in `text`.
struct Answers<'p> {
    program: &'p Program,
    evaluator: Evaluator<'p>,
    today: Date,
    brief: bool,
    /// The day that was last asked about, as text: mostly it is the same again.
    day: (Date, String),
    comparisons: usize,
    wrong: u64,
    text: Vec<u8>,
}

impl<'p> Answers<'p> {
    fn new(program: &'p Program, today: Date, brief: bool) -> Self {
        let evaluator = Evaluator::new(program);
        let day = (today, today.to_string());
        Self { program, evaluator, today, brief, day, comparisons: 0, wrong: 0, text: Vec::new() }
    }

    fn answer(&mut self, line: Line<'_>) {
        self.text.clear();
        let answered = match line.bytes {
            Some(bytes) => self.decide(bytes),
            None => Err(format!("the line has more than {LONGEST_LINE} bytes")),
        };
        if let Err(message) = answered {
            self.wrong += 1;
            self.text.clear();
            let wrong = Wrong { schema: "admit.error/1", line: line.number, message: &message };
            // Writing plain texts and numbers to memory does not fail.
            let _ = serde_json::to_writer(&mut self.text, &wrong);
        }
        self.text.push(b'\n');
    }

    fn decide(&mut self, bytes: &[u8]) -> Result<(), String> {
        // To serde an array of the same values in the same order would be one too.
        if bytes.first() == Some(&b'[') {
            return Err("not a query: expected an object".to_owned());
        }
        let query: Query<'_> = serde_json::from_slice(bytes).map_err(|error| not_a_query(&error))?;
        let asked = self.asked(query)?;
        if self.brief && asked.action == Action::Install {
            return self.outcome(&asked).map_err(|why| self.unasked(&why));
        }
        let mut decision =
            asked.answer(&mut self.evaluator, self.program).map_err(|why| self.unasked(&why))?;
        if self.brief {
            decision.grounds.clear();
            decision.reasons.clear();
            decision.refused_at_consent.clear();
            decision.next_steps.clear();
        }
        serde_json::to_writer(&mut self.text, &decision).map_err(|error| error.to_string())
    }

    fn outcome(&mut self, asked: &Asked<'_>) -> Result<(), Unasked> {
        let (user, app) = asked.subjects(self.program)?;
        if self.day.0 != asked.at {
            self.day = (asked.at, asked.at.to_string());
        }
        let outcome = self.evaluator.install(user, app, asked.at);
        let query = Install {
            user: self.program.user_name(user),
            action: Action::Install,
            app: self.program.app_name(app),
            at: &self.day.1,
        };
        // Writing plain texts to memory does not fail.
        let _ = serde_json::to_writer(&mut self.text, &Brief { schema: SCHEMA, query, outcome });
        Ok(())
    }

    fn asked<'l>(&self, query: Query<'l>) -> Result<Asked<'l>, String> {
        let action = match &query.action {
            None => Action::Install,
            Some(Text(word)) => action(word).ok_or_else(|| {
                let meant = meant(word).map(|meant| format!("; {meant}")).unwrap_or_default();
                format!("no action `{word}`{meant}")
            })?,
        };
        let at = match &query.at {
            None => self.today,
            Some(Text(day)) => {
                Date::parse(day).map_err(|_| format!("`{day}` is no day of the form YYYY-MM-DD"))?
            }
        };
        let own = |text: Option<Text<'l>>| text.map(|Text(text)| text);
        Ok(Asked {
            action,
            user: own(query.user),
            app: query.app.0,
            scope: own(query.scope),
            by: own(query.by),
            at,
        })
    }

    fn unasked(&mut self, why: &Unasked) -> String {
        self.comparisons = self.comparisons.saturating_add(why.candidates(self.program));
        let near = if self.comparisons <= MOST_COMPARISONS { why.nearest(self.program) } else { None };
        match near {
            Some(near) => format!("{why}; {near}"),
            None => why.to_string(),
        }
    }
}

fn not_a_query(error: &serde_json::Error) -> String {
    if !error.is_data() {
        return format!("not a query: not JSON (column {})", error.column());
    }
    let text = error.to_string();
    // There is one line, and its number stands beside the message.
    let what = text.split(" at line ").next().unwrap_or(&text);
    format!("not a query: {what} (column {})", error.column())
}
