//! Whether a mutant decides something differently.

use crate::census::Difference;
use crate::eval::Evaluator;
use crate::program::Program;
use crate::text::{AppId, Date, UserId};

/// What may differ: these users, these apps, these days, each sorted.
pub(super) struct Touched {
    pub(super) users: Vec<UserId>,
    pub(super) apps: Vec<AppId>,
    pub(super) days: Vec<Date>,
}

/// Too much would have to be compared.
#[derive(Debug)]
pub(super) struct TooMuch;

impl Touched {
    /// The first install among them that two programs with the same users and apps decide differently, the earliest day first. Each that is
    /// compared takes a step.
    pub(super) fn first_difference(
        &self,
        before: &Program,
        after: &Program,
        mut steps: u64,
    ) -> Result<Option<Difference>, TooMuch> {
        let mut evaluators = (Evaluator::new(before), Evaluator::new(after));
        for &day in &self.days {
            for &app in &self.apps {
                for &user in &self.users {
                    steps = steps.checked_sub(1).ok_or(TooMuch)?;
                    let was = evaluators.0.install(user, app, day);
                    let is = evaluators.1.install(user, app, day);
                    if was != is {
                        let (user, app) =
                            (before.user_name(user).to_owned(), before.app_name(app).to_owned());
                        return Ok(Some(Difference { user, app, day, before: Some(was), after: Some(is) }));
                    }
                }
            }
        }
        Ok(None)
    }
}
