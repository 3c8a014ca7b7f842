//! From a line to its answer.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::lines::{LONGEST_LINE, Line};
use crate::cli::ask::{Asked, Unasked, action, meant};
use crate::decision::{Action, Outcome, SCHEMA};
use crate::eval::Evaluator;
use crate::program::Program;
use crate::text::Date;

/// After this many comparisons unknown names get no "did you mean" any more: a file of wrong names must not take hours.
const MOST_COMPARISONS: usize = 2_000_000;

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

/// The answer to a line that is no query.
#[derive(Serialize)]
struct Wrong<'m> {
    schema: &'static str,
    line: u64,
    message: &'m str,
}

/// Makes the answers, one at a time in `text`.
pub(super) struct Answers<'p> {
    program: &'p Program,
    evaluator: Evaluator<'p>,
    today: Date,
    brief: bool,
    /// The day that was last asked about, as text: mostly it is the same again.
    day: (Date, String),
    comparisons: usize,
    /// How many lines were no query so far.
    pub(super) wrong: u64,
    /// The last answer, with its line break.
    pub(super) text: Vec<u8>,
}

impl<'p> Answers<'p> {
    pub(super) fn new(program: &'p Program, today: Date, brief: bool) -> Self {
        let evaluator = Evaluator::for_machines(program);
        let day = (today, today.to_string());
        Self { program, evaluator, today, brief, day, comparisons: 0, wrong: 0, text: Vec::new() }
    }

    /// Answers a line.
    pub(super) fn answer(&mut self, line: Line<'_>) {
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
        // Looking at the whole line is sooner done than looking at each of its texts.
        let query: Result<Query<'_>, _> = match std::str::from_utf8(bytes) {
            Ok(line) => serde_json::from_str(line),
            Err(_) => serde_json::from_slice(bytes),
        };
        let query = query.map_err(|error| not_a_query(&error))?;
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

    /// A decision without what explains it, written piece by piece: what is the same in each takes no time.
    fn outcome(&mut self, asked: &Asked<'_>) -> Result<(), Unasked> {
        let (user, app) = asked.subjects(self.program)?;
        if self.day.0 != asked.at {
            self.day = (asked.at, asked.at.to_string());
        }
        let outcome = match self.evaluator.install(user, app, asked.at) {
            Outcome::Allow => "allow",
            Outcome::Deny => "deny",
        };
        let text = &mut self.text;
        let mut put = |literal: &str, name: &str| {
            text.extend_from_slice(literal.as_bytes());
            // Writing a text to memory does not fail.
            let _ = serde_json::to_writer(&mut *text, name);
        };
        put("{\"schema\":", SCHEMA);
        put(",\"query\":{\"user\":", self.program.user_name(user));
        put(",\"action\":\"install\",\"app\":", self.program.app_name(app));
        put(",\"at\":", &self.day.1);
        put("},\"outcome\":", outcome);
        text.push(b'}');
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
