//! Whether two programs decide alike.

use super::classes::{Key, Looks, firsts};
use super::days::turning_points_about;
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
    compare_within(before, after, from, None, &mut questions).unwrap_or_default()
}

/// The same with so many questions at most, which become fewer: a user, an app and a day of each class are one. Where there are `parts`, only
/// whether their users may have their apps is compared, day by day in each part.
///
/// # Errors
/// Where that are too few; none is asked then.
pub(crate) fn compare_within(
    before: &Program,
    after: &Program,
    from: Date,
    parts: Option<&[(Vec<UserId>, Vec<AppId>)]>,
    questions: &mut u64,
) -> Result<Option<Difference>, TooMany> {
    if let Some(only) = only_in_one(before, after, from) {
        return Ok(Some(only));
    }
    let mut both = Both::of(before, after);
    let pairs: Vec<Pairs> = match parts {
        Some(parts) => parts.iter().map(|(users, apps)| both.pairs(users, apps)).collect(),
        None => vec![both.pairs(&before.users().collect::<Vec<_>>(), &before.apps().collect::<Vec<_>>())],
    };
    let days: Vec<Vec<Date>> = pairs.iter().map(|pairs| both.days(pairs, from)).collect();
    for (pairs, days) in pairs.iter().zip(&days) {
        let count = [pairs.users.len(), pairs.apps.len(), days.len()];
        let count = count.into_iter().fold(1_u64, |all, many| all.saturating_mul(many as u64));
        *questions = questions.checked_sub(count).ok_or(TooMany)?;
    }
    Ok(pairs.iter().zip(&days).find_map(|(pairs, days)| both.first_difference(pairs, days)))
}

/// There are more questions than may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooMany;

/// Two programs, and those who are asked by them.
struct Both<'p> {
    before: &'p Program,
    after: &'p Program,
    looks: (Looks<'p>, Looks<'p>),
    evaluators: (Evaluator<'p>, Evaluator<'p>),
}

/// Users and apps that both programs know, one of each class.
struct Pairs {
    users: Vec<(UserId, UserId)>,
    apps: Vec<(AppId, AppId)>,
}

impl<'p> Both<'p> {
    fn of(before: &'p Program, after: &'p Program) -> Self {
        let looks = (Looks::of(before), Looks::of(after));
        let evaluators = (Evaluator::new(before), Evaluator::new(after));
        Self { before, after, looks, evaluators }
    }

    fn pairs(&mut self, users: &[UserId], apps: &[AppId]) -> Pairs {
        let Self { before, after, looks, evaluators } = self;
        let users = users.iter().filter_map(|&user| Some((user, after.user(before.user_name(user))?)));
        let users = firsts(users, |(one, other)| {
            let mut key = Key::new();
            looks.0.add_user(&mut evaluators.0, one, &mut key);
            looks.1.add_user(&mut evaluators.1, other, &mut key);
            key
        });
        let apps = apps.iter().filter_map(|&app| Some((app, after.app(before.app_name(app))?)));
        let apps = firsts(apps, |(one, other)| {
            let mut key = Key::new();
            looks.0.add_app(&mut evaluators.0, one, &mut key);
            looks.1.add_app(&mut evaluators.1, other, &mut key);
            key
        });
        Pairs { users, apps }
    }

    /// The days on which something may change about the apps, sorted.
    fn days(&mut self, pairs: &Pairs, from: Date) -> Vec<Date> {
        let Self { before, after, evaluators, .. } = self;
        let apps = pairs.apps.iter();
        let mut days = turning_points_about(before, &mut evaluators.0, apps.clone().map(|app| app.0), from);
        days.extend(turning_points_about(after, &mut evaluators.1, apps.map(|app| app.1), from));
        days.sort_unstable();
        days.dedup();
        days
    }

    fn first_difference(&mut self, pairs: &Pairs, days: &[Date]) -> Option<Difference> {
        let evaluators = &mut self.evaluators;
        for &day in days {
            for &(app, other_app) in &pairs.apps {
                for &(user, other_user) in &pairs.users {
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

/// A user or app that only one of the two knows, with an app or user that it can be asked with there.
fn only_in_one(before: &Program, after: &Program, day: Date) -> Option<Difference> {
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

/// A user and an app of `one`, either of which `other` does not know.
fn only_in_first(one: &Program, other: &Program) -> Option<(UserId, AppId)> {
    let user = one.users().find(|&user| other.user(one.user_name(user)).is_none());
    let app = one.apps().find(|&app| other.app(one.app_name(app)).is_none());
    if user.is_none() && app.is_none() {
        return None;
    }
    Some((user.or_else(|| one.users().next())?, app.or_else(|| one.apps().next())?))
}
