//! Judging one assertion.

use super::classes::Class;
use super::outcome::{AppNames, AssertionResult, Failure, Nothing};
use super::scene::{Ask, Scene};
use super::view::{Looked, Sight, fits, is_meant, sight};
use crate::decision::Decision;
use crate::eval::Evaluator;
use crate::model::{AssertionKind, PrincipalKind};
use crate::terms::ReasonCode;
use crate::text::{AppId, UserId};

/// Judges assertions of one scene.
pub(super) struct Judge<'s, 'm> {
    scene: &'s Scene<'s, 'm>,
    evaluator: Evaluator<'s>,
}

/// What an assertion comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It holds.
    Holds,
    /// It does not: the first pair that does not fit; `None`: it is about nobody, or about users who exist nowhere.
    Fails(Option<Misfit>),
}

/// A pair of which an assertion does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Misfit {
    pub(super) user: UserId,
    pub(super) app: AppId,
    /// What the assertion sees of it.
    pub(super) sight: Sight,
}

/// What does not fit, as it is found.
#[derive(Default)]
struct Found {
    /// Pairs that the assertion is about.
    pairs: u64,
    /// Pairs of selected users, which keep an `only` from being about nobody.
    selected: u64,
    allowed: u64,
    denied: u64,
    otherwise: u64,
    /// The first pair of each kind.
    first_allowed: Option<(UserId, AppId)>,
    first_denied: Option<(UserId, AppId)>,
    /// Which reasons lack somewhere.
    lacking: Vec<ReasonCode>,
    /// For `only`: who is too many and who is missing, by app.
    extra: Vec<(AppId, AppNames)>,
    missing: Vec<(AppId, AppNames)>,
}

impl<'s, 'm> Judge<'s, 'm> {
    pub(super) fn new(scene: &'s Scene<'s, 'm>) -> Self {
        Self { scene, evaluator: Evaluator::new(&scene.program) }
    }

    /// Whether an assertion holds, and if not, why.
    pub(super) fn assertion(&mut self, ask: &Ask<'m>) -> AssertionResult<'m> {
        let result =
            |pairs, failure, vacuous| AssertionResult { assertion: ask.assertion, pairs, failure, vacuous };
        let strangers = self.strangers(ask);
        if !strangers.is_empty() {
            return result(0, Some(Failure::NoSuchUsers(strangers)), None);
        }
        let looked = Looked::of(self.scene, &mut self.evaluator, ask);
        let found = self.look(ask, &looked);
        if found.selected == 0 {
            let nothing = if !looked.users.iter().any(|&(_, selected)| selected) {
                Nothing::NoUser
            } else if looked.apps.is_empty() {
                Nothing::NoApp
            } else {
                Nothing::NoPair
            };
            return match ask.assertion.kind {
                AssertionKind::Deny(_) => result(0, None, Some(nothing)),
                _ => result(found.pairs, Some(Failure::Vacuous(nothing)), None),
            };
        }
        result(found.pairs, self.failure(ask, &found), None)
    }

    /// What the assertion looks at.
    pub(super) fn looked(&mut self, ask: &Ask<'_>) -> Looked<'s> {
        Looked::of(self.scene, &mut self.evaluator, ask)
    }

    /// Whether the assertion holds of what it looks at. Each pair takes one of the steps; `None`: they do not suffice.
    pub(super) fn verdict(&mut self, ask: &Ask<'_>, looked: &Looked<'_>, steps: &mut u64) -> Option<Verdict> {
        if !self.strangers(ask).is_empty() {
            return Some(Verdict::Fails(None));
        }
        let mut about_somebody = matches!(ask.assertion.kind, AssertionKind::Deny(_));
        for app in &looked.apps {
            for (user, selected) in &looked.users {
                *steps = steps.checked_sub(1)?;
                let (user, app) = (user.first, app.first);
                if !is_meant(&mut self.evaluator, ask, user, app) {
                    continue;
                }
                about_somebody |= selected;
                let sight = sight(&mut self.evaluator, ask, user, app);
                if !fits(ask, *selected, sight) {
                    return Some(Verdict::Fails(Some(Misfit { user, app, sight })));
                }
            }
        }
        Some(if about_somebody { Verdict::Holds } else { Verdict::Fails(None) })
    }

    /// Whether an assertion still holds, where nothing has changed but the roles of these users. `apps` are those that it looks at.
    pub(super) fn holds_among(&mut self, ask: &Ask<'_>, users: &[UserId], apps: &[&Class<AppId>]) -> bool {
        let only = ask.assertion.kind == AssertionKind::Only;
        let mut about_somebody = matches!(ask.assertion.kind, AssertionKind::Deny(_));
        for &user in users {
            let selected = self.evaluator.rule_selects_user(ask.rule, user, ask.day);
            if !selected && !only {
                continue;
            }
            for app in apps {
                if !is_meant(&mut self.evaluator, ask, user, app.first) {
                    continue;
                }
                about_somebody |= selected;
                if !fits(ask, selected, sight(&mut self.evaluator, ask, user, app.first)) {
                    return false;
                }
            }
        }
        about_somebody || self.is_about_somebody(ask)
    }

    /// Whether some pair of those whom the assertion names is left by `when`.
    fn is_about_somebody(&mut self, ask: &Ask<'_>) -> bool {
        let looked = Looked::of(self.scene, &mut self.evaluator, ask);
        let mut selected = looked.users.iter().filter(|(_, selected)| *selected);
        selected.any(|(user, _)| {
            let mut apps = looked.apps.iter();
            apps.any(|app| is_meant(&mut self.evaluator, ask, user.first, app.first))
        })
    }

    /// The users that the assertion names and that exist nowhere, by address.
    fn strangers(&self, ask: &Ask<'_>) -> Vec<String> {
        let all = self.scene.strangers();
        if all.is_empty() {
            return Vec::new();
        }
        let people = &ask.assertion.people;
        let named = people.include.iter().chain(&people.except).filter_map(|one| match one.kind {
            PrincipalKind::User(user) if all.binary_search(&user).is_ok() => Some(user),
            _ => None,
        });
        let mut names: Vec<String> =
            named.map(|user| self.scene.program.user_name(user).to_owned()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn look(&mut self, ask: &Ask<'_>, looked: &Looked<'_>) -> Found {
        let mut found = Found::default();
        for app in &looked.apps {
            let (mut extra, mut missing) = (Vec::new(), Vec::new());
            for (user, selected) in &looked.users {
                if !is_meant(&mut self.evaluator, ask, user.first, app.first) {
                    continue;
                }
                let count = user.count() * app.count();
                found.pairs += count;
                found.selected += if *selected { count } else { 0 };
                let sight = sight(&mut self.evaluator, ask, user.first, app.first);
                if fits(ask, *selected, sight) {
                    continue;
                }
                let pair = (user.first, app.first);
                match sight {
                    Sight::Allowed => {
                        found.allowed += count;
                        found.first_allowed.get_or_insert(pair);
                        extra.extend_from_slice(&user.members);
                    }
                    Sight::Denied => {
                        found.denied += count;
                        found.first_denied.get_or_insert(pair);
                        missing.extend_from_slice(&user.members);
                    }
                    Sight::DeniedOtherwise => {
                        found.otherwise += count;
                        found.first_denied.get_or_insert(pair);
                        self.add_lacking(ask, pair, &mut found.lacking);
                    }
                }
            }
            if ask.assertion.kind == AssertionKind::Only {
                self.add_names(&app.members, &extra, &mut found.extra);
                self.add_names(&app.members, &missing, &mut found.missing);
            }
        }
        found
    }

    fn add_lacking(&mut self, ask: &Ask<'_>, (user, app): (UserId, AppId), lacking: &mut Vec<ReasonCode>) {
        let AssertionKind::Deny(with) = &ask.assertion.kind else { return };
        for &code in with {
            if !lacking.contains(&code) && !self.evaluator.denied_for(code, user, app, ask.day) {
                lacking.push(code);
            }
        }
    }

    fn failure(&mut self, ask: &Ask<'_>, found: &Found) -> Option<Failure> {
        let pair = found.first_allowed.or(found.first_denied)?;
        Some(match &ask.assertion.kind {
            AssertionKind::Allow => {
                Failure::Denied { pairs: found.denied, witness: self.explained(ask, pair) }
            }
            AssertionKind::Deny(with) => Failure::NotDenied {
                allowed: found.allowed,
                otherwise: found.otherwise,
                lacking: with.iter().copied().filter(|code| found.lacking.contains(code)).collect(),
                witness: self.explained(ask, pair),
            },
            AssertionKind::Only => Failure::Differs {
                missing: in_order(&found.missing),
                extra: in_order(&found.extra),
                witness: self.explained(ask, pair),
            },
        })
    }

    fn explained(&mut self, ask: &Ask<'_>, (user, app): (UserId, AppId)) -> Box<Decision> {
        Box::new(self.evaluator.explain_install(user, app, ask.day))
    }

    /// Adds the users under each of the apps.
    fn add_names(&self, apps: &[AppId], users: &[UserId], to: &mut Vec<(AppId, AppNames)>) {
        if users.is_empty() {
            return;
        }
        let program = &self.scene.program;
        let mut names: Vec<&str> = users.iter().map(|&user| program.user_name(user)).collect();
        names.sort_unstable();
        names.truncate(AppNames::MOST);
        let users_named: Vec<String> = names.into_iter().map(str::to_owned).collect();
        to.extend(apps.iter().map(|&app| {
            let name = program.app_name(app).to_owned();
            (app, AppNames { app: name, count: users.len() as u64, users: users_named.clone() })
        }));
    }
}

/// By the order of the apps.
fn in_order(by_app: &[(AppId, AppNames)]) -> Vec<AppNames> {
    let mut apps: Vec<&(AppId, AppNames)> = by_app.iter().collect();
    apps.sort_unstable_by_key(|(app, _)| *app);
    apps.into_iter().map(|(_, names)| names.clone()).collect()
}
