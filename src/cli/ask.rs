//! Questions with names as people write them, and their answers.

use std::borrow::Cow;
use std::fmt;

use crate::decision::{Action, Decision};
use crate::diagnostics::{nearest, nearest_of, quoted_list};
use crate::eval::Evaluator;
use crate::program::Program;
use crate::text::{AppId, Date, UserId};

/// A question whose names are not looked up yet. `by` is who acts (`add`), `scope` what is used (`use`).
#[derive(Clone, Debug)]
pub(super) struct Asked<'q> {
    pub(super) action: Action,
    pub(super) user: Option<Cow<'q, str>>,
    pub(super) app: Cow<'q, str>,
    pub(super) scope: Option<Cow<'q, str>>,
    pub(super) by: Option<Cow<'q, str>>,
    pub(super) at: Date,
}

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unasked {
    /// A user that exists nowhere.
    NoUser(String),
    /// An app that exists nowhere.
    NoApp(String),
    /// A part that this action needs.
    Lacks { action: &'static str, part: &'static str },
}

impl<'q> Asked<'q> {
    /// A question about an app, without the parts that only some actions need.
    pub(super) fn new(action: Action, app: Cow<'q, str>, at: Date) -> Self {
        Self { action, user: None, app, scope: None, by: None, at }
    }

    /// The decision.
    ///
    /// # Errors
    /// Where a user or app exists nowhere, or the question lacks a part.
    pub(super) fn answer(
        &self,
        evaluator: &mut Evaluator<'_>,
        program: &Program,
    ) -> Result<Decision, Unasked> {
        match self.action {
            Action::Install => {
                let (user, app) = self.subjects(program)?;
                Ok(evaluator.explain_install(user, app, self.at))
            }
            Action::Approve => {
                let (user, app) = self.subjects(program)?;
                Ok(evaluator.approve(user, app, self.at))
            }
            Action::Add => {
                let by = self.by.as_deref().ok_or(self.lacks("by"))?;
                let (user, app) = self.subjects(program)?;
                Ok(evaluator.add(find(by, program)?, user, app, self.at))
            }
            Action::Use => {
                let app = self.app(program)?;
                let scope = self.scope.as_deref().ok_or(self.lacks("scope"))?;
                let user = self.user.as_deref().map(|user| find(user, program)).transpose()?;
                Ok(evaluator.use_scope(app, scope, user, self.at))
            }
        }
    }

    /// The user and the app.
    pub(super) fn subjects(&self, program: &Program) -> Result<(UserId, AppId), Unasked> {
        Ok((self.user(program)?, self.app(program)?))
    }

    fn app(&self, program: &Program) -> Result<AppId, Unasked> {
        program.app(&self.app).ok_or_else(|| Unasked::NoApp(self.app.to_string()))
    }

    fn user(&self, program: &Program) -> Result<UserId, Unasked> {
        find(self.user.as_deref().ok_or(self.lacks("user"))?, program)
    }

    fn lacks(&self, part: &'static str) -> Unasked {
        Unasked::Lacks { action: word(self.action), part }
    }
}

/// What to say of a scope that is asked about and that nothing names: mostly it is misspelled.
pub(super) fn unknown_scope(scope: &str, program: &Program) -> Option<String> {
    if program.scope(scope).is_some() {
        return None;
    }
    let names = program.scopes.rows.ids().map(|scope| program.scope_name(scope));
    let near = did_you_mean(nearest_of(scope, names, 1)).map(|near| format!("; {near}")).unwrap_or_default();
    Some(format!("nothing here names the scope `{scope}`{near}"))
}

fn find(email: &str, program: &Program) -> Result<UserId, Unasked> {
    program.user(email).ok_or_else(|| Unasked::NoUser(email.to_owned()))
}

/// The word for an action, in questions and in JSON.
pub(super) fn word(action: Action) -> &'static str {
    match action {
        Action::Install => "install",
        Action::Approve => "approve",
        Action::Add => "add",
        Action::Use => "use",
    }
}

/// The action that a word names.
pub(super) fn action(word: &str) -> Option<Action> {
    [Action::Install, Action::Approve, Action::Add, Action::Use]
        .into_iter()
        .find(|&action| self::word(action) == word)
}

/// "did you mean `install`?" for a word that names no action.
pub(super) fn meant(word: &str) -> Option<String> {
    did_you_mean(nearest_of(word, ["install", "approve", "add", "use"], 3))
}

impl Unasked {
    /// "did you mean …?" from the names that exist, if any is near.
    pub(super) fn nearest(&self, program: &Program) -> Option<String> {
        match self {
            Self::NoUser(email) => {
                let email = email.to_lowercase();
                if !email.contains('@') {
                    let of_name = |address: &&str| address.split('@').next() == Some(email.as_str());
                    let all = program.users().map(|user| program.user_name(user));
                    return did_you_mean(all.filter(of_name).take(3).collect());
                }
                let mut near = nearest_of(&email, program.users().map(|user| program.user_name(user)), 3);
                near.retain(|other| is_near(&email, other));
                did_you_mean(near)
            }
            Self::NoApp(app) => {
                did_you_mean(nearest_of(app, program.apps().map(|app| program.app_name(app)), 3))
            }
            Self::Lacks { .. } => None,
        }
    }

    /// How many names [`Self::nearest`] compares.
    pub(super) fn candidates(&self, program: &Program) -> usize {
        match self {
            Self::NoUser(_) => program.users().len(),
            Self::NoApp(_) => program.apps().len(),
            Self::Lacks { .. } => 0,
        }
    }
}

/// Whether two addresses are near each other before or after the `@`, and the same on the other side: what all share says nothing.
fn is_near(one: &str, other: &str) -> bool {
    let (Some((local, domain)), Some((other_local, other_domain))) =
        (one.rsplit_once('@'), other.rsplit_once('@'))
    else {
        return true;
    };
    let near = |one: &str, other: &str| nearest(one, [other]).is_some();
    (domain == other_domain && near(local, other_local))
        || (local == other_local && near(domain, other_domain))
}

fn did_you_mean(near: Vec<&str>) -> Option<String> {
    (!near.is_empty()).then(|| format!("did you mean {}?", quoted_list(near, "or")))
}

impl fmt::Display for Unasked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoUser(email) => write!(f, "no user `{email}`"),
            Self::NoApp(app) => write!(f, "no app `{app}`"),
            Self::Lacks { action, part } => write!(f, "the question `{action}` needs `{part}`"),
        }
    }
}
