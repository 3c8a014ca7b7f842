//! Decisions with everything that explains them.

mod applied;
mod approvals;
mod facts;
mod giving;
mod judged;
mod people;
mod places;
mod reach;
mod scopes;
mod steps;
mod story;
mod words;

pub(super) use giving::{Giving, role_names, with_privilege};
pub(super) use judged::{Judged, Managed};
pub(super) use scopes::held;
pub(super) use steps::request_privileges;
pub(super) use story::Story;

use super::Evaluator;
use super::case::Case;
use crate::decision::{Action, Decision, Outcome, Question, Reason, SCHEMA};
use crate::program::Program;
use crate::text::{AppId, Date, UserId};

/// May the user install the app on that day, why, and if not, what is missing?
pub(super) fn install(evaluator: &mut Evaluator<'_>, user: UserId, app: AppId, at: Date) -> Decision {
    let judged = judge(evaluator, user, app, at, Managed::ByAnybody);
    let question = question(evaluator.program, Action::Install, Some(user), app, at);
    finish(evaluator, question, app, judged, Vec::new())
}

/// Judges every conjunct for the user.
pub(super) fn judge(
    evaluator: &mut Evaluator<'_>,
    user: UserId,
    app: AppId,
    at: Date,
    managed: Managed,
) -> Judged {
    let Evaluator { program, people, apps, giving, scopes, words, .. } = evaluator;
    let day = at.into();
    let (person, app) = (people.person(program, user, day), apps.app(program, app));
    let case = Case { program, day, person, app, scopes };
    judged::judge(&Story::new(case, *words), giving, managed)
}

/// The decision, with `first` before the reasons that were judged.
pub(super) fn finish(
    evaluator: &mut Evaluator<'_>,
    question: Question,
    app: AppId,
    judged: Judged,
    mut first: Vec<Reason>,
) -> Decision {
    let Judged { reasons, grounds, refused_at_consent, path } = judged;
    first.extend(reasons);
    let reasons = first;
    let outcome = if reasons.is_empty() { Outcome::Allow } else { Outcome::Deny };
    let next_steps = path.map_or(Vec::new(), |path| path.steps(evaluator, app, question.at.into()));
    let grounds = if reasons.is_empty() { grounds } else { Vec::new() };
    Decision { schema: SCHEMA, query: question, outcome, grounds, reasons, refused_at_consent, next_steps }
}

/// A question with its names.
pub(super) fn question(
    program: &Program,
    action: Action,
    user: Option<UserId>,
    app: AppId,
    at: Date,
) -> Question {
    Question {
        user: user.map(|user| program.user_name(user).to_owned()),
        action,
        app: program.app_name(app).to_owned(),
        scope: None,
        by: None,
        at,
    }
}
