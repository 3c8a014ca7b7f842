//! `admit can …`

use std::borrow::Cow;

use super::args::Format;
use super::ask::{Asked, Unasked, action, meant, unknown_scope};
use super::exit::{Exit, Failure};
use super::load::{Project, Questions, checked};
use super::session::Session;
use crate::decision::{Action, Decision, Outcome};
use crate::eval::Evaluator;
use crate::program::Program;
use crate::report::{Human, Mark, plain};
use crate::text::Date;

/// Answer one question and say why
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "admit can [OPTIONS] <USER> install <APP>\n       \
                      admit can [OPTIONS] <USER> approve <APP>\n       \
                      admit can [OPTIONS] <ADMIN> add <APP> for <USER>\n       \
                      admit can [OPTIONS] <APP> use <SCOPE> [for <USER>]",
    after_help = "Formats: human, plain, json\n\n\
                  Examples:\n  \
                  admit can ana@x.example install deal-sync\n  \
                  admit can ana@x.example install deal-sync --at 2027-01-01 --explain\n  \
                  admit can lee@x.example install crm --assume 'user lee@x.example { groups x }'\n  \
                  admit can deal-sync use meeting:read for ana@x.example\n\n\
                  Exit codes: 0 allow, 3 deny, 2 for a policy with errors or a user or app that exists nowhere"
)]
pub(super) struct Can {
    /// The question
    #[arg(value_name = "QUESTION", required = true, num_args = 1..)]
    words: Vec<String>,
    /// Facts laid over the project for this question alone: `user …`, `app …` or `developer …` as in a policy file
    #[arg(long, value_name = "ITEM")]
    assume: Vec<String>,
    /// Show near misses, every ground and every name
    #[arg(long)]
    explain: bool,
}

impl Can {
    pub(super) fn run(&self, session: &mut Session<'_, '_>) -> Result<Exit, Failure> {
        let format = session.format("can", &[Format::Human, Format::Plain, Format::Json])?;
        let asked = self.question(session.day())?;
        let project = match checked(session, &self.assume, Questions::Few)? {
            Ok(project) => project,
            Err(exit) => return Ok(exit),
        };
        let program = project.program;
        let decision =
            asked.answer(&mut Evaluator::new(program), program).map_err(|why| refusal(&why, program))?;
        let text = self.shown(session, &project, &decision, format)?;
        session.print(&text)?;
        if let Some(unknown) = asked.scope.and_then(|scope| unknown_scope(&scope, program)) {
            let look = session.message_look();
            session.say(&format!("{} {unknown}\n", look.strong(Mark::Warning, "warning:")))?;
        }
        Ok(match decision.outcome {
            Outcome::Allow => Exit::Fine,
            Outcome::Deny => Exit::Deny,
        })
    }

    fn shown(
        &self,
        session: &Session<'_, '_>,
        project: &Project,
        decision: &Decision,
        format: Format,
    ) -> Result<String, Failure> {
        Ok(match format {
            Format::Json => {
                serde_json::to_string(decision).map_err(|error| Failure::Internal(error.to_string()))? + "\n"
            }
            Format::Plain => plain::decision(decision, self.explain),
            _ => Human::new(project.sources, session.look()).decision(
                decision,
                session.globals.at.is_some(),
                self.explain,
            ),
        })
    }

    fn question(&self, at: Date) -> Result<Asked<'_>, Failure> {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let known = words.get(1).and_then(|word| action(word));
        let asked = |action, app| Asked::new(action, Cow::Borrowed(app), at);
        Ok(match (known, words.as_slice()) {
            (Some(action @ (Action::Install | Action::Approve)), &[user, _, app]) => {
                Asked { user: Some(user.into()), ..asked(action, app) }
            }
            (Some(Action::Add), &[by, _, app, "for", user]) => {
                Asked { user: Some(user.into()), by: Some(by.into()), ..asked(Action::Add, app) }
            }
            (Some(Action::Use), &[app, _, scope]) => {
                Asked { scope: Some(scope.into()), ..asked(Action::Use, app) }
            }
            (Some(Action::Use), &[app, _, scope, "for", user]) => {
                Asked { user: Some(user.into()), scope: Some(scope.into()), ..asked(Action::Use, app) }
            }
            (known, _) => return Err(misasked(known, &words)),
        })
    }
}

/// The words make no question.
fn misasked(known: Option<Action>, words: &[&str]) -> Failure {
    let form = match known {
        Some(Action::Install) => "admit can USER install APP",
        Some(Action::Approve) => "admit can USER approve APP",
        Some(Action::Add) => "admit can ADMIN add APP for USER",
        Some(Action::Use) => "admit can APP use SCOPE [for USER]",
        None => {
            let verb = words.get(1).copied().unwrap_or_default();
            let forms = "a question is `USER install APP`, `USER approve APP`, `ADMIN add APP for USER` or \
                         `APP use SCOPE [for USER]`";
            return if verb.is_empty() {
                Failure::invalid("the question is incomplete").help(forms)
            } else {
                Failure::invalid(format!("`{verb}` asks nothing"))
                    .help(meant(verb).unwrap_or_else(|| forms.to_owned()))
            };
        }
    };
    Failure::invalid(format!("`{}` is no question", words.join(" "))).help(format!("write `{form}`"))
}

/// A user or app exists nowhere.
fn refusal(why: &Unasked, program: &Program) -> Failure {
    let near = why.nearest(program);
    let help = match why {
        Unasked::NoApp(app) => {
            let stub = format!(
                "to add it, put this under `apps:` in a file of the catalogue:\n  - id: {app}\n    developer: …\n    \
                 listing: listed\n    stage: published\n    managed_by: user\n    scopes: […]"
            );
            Some(near.map_or(stub.clone(), |near| format!("{near}\n{stub}")))
        }
        Unasked::NoUser(email) if !email.contains('@') => {
            Some(near.unwrap_or_else(|| "people are named by their e-mail addresses".to_owned()))
        }
        Unasked::NoUser(email) => {
            let how = format!(
                "to add the person, put a row for `{email}` into a file of the directory, or ask what would be with \
                 `--assume 'user {email} {{ }}'`"
            );
            Some(near.map_or(how.clone(), |near| format!("{near}\n{how}")))
        }
        Unasked::Lacks { .. } => near,
    };
    let failure = Failure::invalid(why.to_string());
    match help {
        Some(help) => failure.help(help),
        None => failure,
    }
}
