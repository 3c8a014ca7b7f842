//! Whether two programs decide alike.

use super::classes::{Key, Looks, firsts};
use super::days::turning_points;
use crate::decision::Outcome;
use crate::eval::Evaluator;
use crate::program::Program;
use crate::text::{AppId, Date, UserId};

/// The first decision in which two programs differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The user's e-mail address.
    pub user: String,
    /// The app's id.
    pub app: String,
    /// The first day on which it differs.
    pub day: Date,
    /// What the first program answers; `None`: it does not know the user or the app.
    pub before: Option<Outcome>,
    /// What the second answers.
    pub after: Option<Outcome>,
}

/// The first install that `before` and `after` decide differently on some day from `from` on, the earliest day first and then in the order
/// of `before`'s apps and users; `None`: they decide every install alike for ever.
///
/// Users and apps are the same where their names are. One that only one of the two knows is a difference, if there is anything that could
/// be asked about it: it can be asked about there and not here.
pub fn compare(before: &Program, after: &Program, from: Date) -> Option<Difference> {
    let mut questions = u64::MAX;
    compare_within(before, after, from, &mut questions).unwrap_or_default()
}

/// The same with so many questions at most, which become fewer: a user, an app and a day of each class are one.
///
/// # Errors
/// Where that are too few; none is asked then.
pub(crate) fn compare_within(
    before: &Program,
    after: &Program,
    from: Date,
    questions: &mut u64,
) -> Result<Option<Difference>, TooMany> {
    let everything = Pairs::of(before, after);
    if let Some(only) = everything.only_in_one(from) {
        return Ok(Some(only));
    }
    let days = everything.days(from);
    let count = [everything.users.len(), everything.apps.len(), days.len()];
    let count = count.into_iter().fold(1_u64, |all, many| all.saturating_mul(many as u64));
    *questions = questions.checked_sub(count).ok_or(TooMany)?;
    Ok(everything.first_difference(days))
}

/// There are more questions than may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooMany;

/// What both programs know, a user and an app of each class.
struct Pairs<'p> {
    before: &'p Program,
    after: &'p Program,
    users: Vec<(UserId, UserId)>,
    apps: Vec<(AppId, AppId)>,
}

impl<'p> Pairs<'p> {
    fn of(before: &'p Program, after: &'p Program) -> Self {
        let looks = (Looks::of(before), Looks::of(after));
        let mut evaluators = (Evaluator::new(before), Evaluator::new(after));
        let users = before.users().filter_map(|user| Some((user, after.user(before.user_name(user))?)));
        let users = firsts(users, |(one, other)| {
            let mut key = Key::new();
            looks.0.add_user(&mut evaluators.0, one, &mut key);
            looks.1.add_user(&mut evaluators.1, other, &mut key);
            key
        });
        let apps = before.apps().filter_map(|app| Some((app, after.app(before.app_name(app))?)));
        let apps = firsts(apps, |(one, other)| {
            let mut key = Key::new();
            looks.0.add_app(&mut evaluators.0, one, &mut key);
            looks.1.add_app(&mut evaluators.1, other, &mut key);
            key
        });
        Self { before, after, users, apps }
    }

    /// A user or app that only one of the two knows, with an app or user that it can be asked with there.
    fn only_in_one(&self, day: Date) -> Option<Difference> {
        let (before, after) = (self.before, self.after);
        let lost = only_in_first(before, after).map(|(user, app)| {
            let outcome = Evaluator::new(before).install(user, app, day);
            (before.user_name(user), before.app_name(app), Some(outcome), None)
        });
        let found = lost.or_else(|| {
            only_in_first(after, before).map(|(user, app)| {
                let outcome = Evaluator::new(after).install(user, app, day);
                (after.user_name(user), after.app_name(app), None, Some(outcome))
            })
        });
        found.map(|(user, app, before, after)| Difference {
            user: user.to_owned(),
            app: app.to_owned(),
            day,
            before,
            after,
        })
    }

    /// The days on which something may change, sorted.
    fn days(&self, from: Date) -> Vec<Date> {
        let mut days = turning_points(self.before, from);
        days.extend(turning_points(self.after, from));
        days.sort_unstable();
        days.dedup();
        days
    }

    fn first_difference(&self, days: Vec<Date>) -> Option<Difference> {
        let mut evaluators = (Evaluator::new(self.before), Evaluator::new(self.after));
        for day in days {
            for &(app, other_app) in &self.apps {
                for &(user, other_user) in &self.users {
                    let before = evaluators.0.install(user, app, day);
                    let after = evaluators.1.install(other_user, other_app, day);
                    if before != after {
                        let (user, app) = (self.before.user_name(user), self.before.app_name(app));
                        return Some(Difference {
                            user: user.to_owned(),
                            app: app.to_owned(),
                            day,
                            before: Some(before),
                            after: Some(after),
                        });
                    }
                }
            }
        }
        None
    }
}

/// A user and an app of `one`, either of which `other` does not know.
fn only_in_first(one: &Program, other: &Program) -> Option<(UserId, AppId)> {
    let user = one.users().find(|&user| other.user(one.user_name(user)).is_none());
    let app = one.apps().find(|&app| other.app(one.app_name(app)).is_none());
    if user.is_none() && app.is_none() {
        return None;
    }
    Some((user.or_else(|| one.users().next())?, app.or_else(|| one.apps().next())?))
}
