//! What an assertion looks at: pairs of users and apps, and of each what the assertion sees.

use super::classes::Class;
use super::scene::{Ask, Scene};
use crate::decision::Outcome;
use crate::eval::Evaluator;
use crate::model::AssertionKind;
use crate::text::{AppId, UserId};

/// The users and the apps that an assertion looks at, before `when` narrows the pairs.
pub(super) struct Looked<'s> {
    /// The users that are selected; for `only` everybody.
    pub(super) users: Vec<(std::borrow::Cow<'s, Class<UserId>>, bool)>,
    pub(super) apps: Vec<&'s Class<AppId>>,
}

impl<'s> Looked<'s> {
    /// How many users and apps are looked through to find them.
    pub(super) fn cost(scene: &Scene<'_, '_>, ask: &Ask<'_>) -> u64 {
        let users = if ask.names_users() { ask.assertion.people.include.len() } else { scene.users().len() };
        (users + scene.apps().len()) as u64
    }

    /// What the assertion looks at. With each class of users whether they are selected, which only `only` sees to be false.
    pub(super) fn of(scene: &'s Scene<'_, '_>, evaluator: &mut Evaluator<'_>, ask: &Ask<'_>) -> Self {
        let only = ask.assertion.kind == AssertionKind::Only;
        let mut selected = |user| evaluator.rule_selects_user(ask.rule, user, ask.day);
        let users = if ask.names_users() {
            let mut named: Vec<UserId> = ask.assertion.people.users().collect();
            named.sort_unstable();
            named.dedup();
            named.retain(|&user| selected(user));
            named.into_iter().map(|user| (std::borrow::Cow::Owned(Class::of_one(user)), true)).collect()
        } else {
            let all = scene.users().iter();
            let judged = all.map(|class| (std::borrow::Cow::Borrowed(class), selected(class.first)));
            judged.filter(|&(_, selected)| only || selected).collect()
        };
        Self { users, apps: Self::apps(scene, evaluator, ask) }
    }

    /// The apps that the assertion looks at.
    pub(super) fn apps(
        scene: &'s Scene<'_, '_>,
        evaluator: &mut Evaluator<'_>,
        ask: &Ask<'_>,
    ) -> Vec<&'s Class<AppId>> {
        // A `deny` is about what may be meant too, as it is with its condition.
        let may = matches!(ask.assertion.kind, AssertionKind::Deny(_));
        let mut selects = |app: AppId| evaluator.rule_selects_app(ask.rule, app, ask.day).unwrap_or(may);
        scene.apps().iter().filter(|class| selects(class.first)).collect()
    }
}

/// Whether `when` leaves the pair.
pub(super) fn is_meant(evaluator: &mut Evaluator<'_>, ask: &Ask<'_>, user: UserId, app: AppId) -> bool {
    let may = matches!(ask.assertion.kind, AssertionKind::Deny(_));
    ask.assertion.condition.is_none() || evaluator.rule_condition(ask.rule, user, app, ask.day).unwrap_or(may)
}

/// What an assertion sees of a pair that it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// The user may install the app.
    Allowed,
    /// The user may not, and every reason that is asked for is there.
    Denied,
    /// The user may not, for other reasons than those asked for.
    DeniedOtherwise,
}

/// What the assertion sees of a pair.
pub(super) fn sight(evaluator: &mut Evaluator<'_>, ask: &Ask<'_>, user: UserId, app: AppId) -> Sight {
    if evaluator.install(user, app, ask.day) == Outcome::Allow {
        return Sight::Allowed;
    }
    match &ask.assertion.kind {
        AssertionKind::Deny(with)
            if !with.iter().all(|&code| evaluator.denied_for(code, user, app, ask.day)) =>
        {
            Sight::DeniedOtherwise
        }
        _ => Sight::Denied,
    }
}

/// Whether the assertion holds of a pair of which it sees this; `selected`: the user is one of those it names.
pub(super) fn fits(ask: &Ask<'_>, selected: bool, sight: Sight) -> bool {
    match &ask.assertion.kind {
        AssertionKind::Allow => sight == Sight::Allowed,
        AssertionKind::Deny(_) => sight == Sight::Denied,
        AssertionKind::Only => selected == (sight == Sight::Allowed),
    }
}
