//! Which rules a term is about, exactly over the facts.

use rustc_hash::FxHashMap;

use super::super::Context;
use super::term::Term;
use crate::eval::Evaluator;
use crate::model::{PrincipalKind, Rule};
use crate::program::{PrincipalId, SelectorId};
use crate::text::{AppId, Id, RuleId, UserId};

/// Finds out which rules a term is about.
pub(super) struct Matcher<'a> {
    context: Context<'a>,
    evaluator: Evaluator<'a>,
}

/// What a term is about on the day.
pub(super) struct About {
    /// The apps, in order.
    apps: Vec<AppId>,
    /// What selects any of them, with the first.
    selectors: FxHashMap<SelectorId, AppId>,
    /// The people; `None`: it does not say.
    people: Option<AboutPeople>,
}

struct AboutPeople {
    users: Vec<UserId>,
    /// What selects any of them, with the first.
    principals: FxHashMap<PrincipalId, UserId>,
}

/// Why a term is about a rule.
pub(super) struct Why {
    app: AppId,
    user: Option<UserId>,
}

impl Why {
    /// In words, with a witness.
    pub(super) fn text(&self, context: &Context<'_>) -> String {
        let app = context.program.app_name(self.app);
        match self.user {
            None => format!("`{app}`, for one, is an app that the term is about"),
            Some(user) => {
                let user = context.program.user_name(user);
                format!("the term is about `{app}` and `{user}`, for one")
            }
        }
    }
}

impl<'a> Matcher<'a> {
    pub(super) fn new(context: &Context<'a>) -> Self {
        Self { context: *context, evaluator: Evaluator::new(context.program) }
    }

    /// What the term at this position is about.
    pub(super) fn about(&mut self, at: usize, term: &Term) -> About {
        let Self { context, evaluator } = self;
        let (model, today) = (context.model, context.today);
        // The program has the terms after the rules.
        let id = RuleId::from_index(model.rules.len() + at);
        let apps: Vec<AppId> = model.apps.ids().filter(|&app| evaluator.may_select(id, app, today)).collect();
        let mut selectors = FxHashMap::default();
        for &app in &apps {
            evaluator.selectors_of(app).into_iter().for_each(|selector| {
                selectors.entry(selector).or_insert(app);
            });
        }
        let restricts = model.terms.get(at).is_some_and(|term| term.people.is_some()) && !term.for_everyone;
        let people = restricts.then(|| {
            let all = model.users.rows.ids();
            let users: Vec<UserId> = all.filter(|&user| evaluator.selects_user(id, user, today)).collect();
            let mut principals = FxHashMap::default();
            for &user in &users {
                evaluator.principals_of(user, today).into_iter().for_each(|principal| {
                    principals.entry(principal).or_insert(user);
                });
            }
            AboutPeople { users, principals }
        });
        About { apps, selectors, people }
    }

    /// Whether the term is about the rule: it may select one of the apps, and reaches one of the people.
    pub(super) fn matches(&mut self, about: &About, term: &Term, id: RuleId, rule: &Rule) -> Option<Why> {
        if term.for_everyone && !is_for_everyone(rule) {
            return None;
        }
        let user = match &about.people {
            None => None,
            Some(people) => Some(self.person(people, id)?),
        };
        Some(Why { app: self.app(about, id)?, user })
    }

    fn app(&mut self, about: &About, id: RuleId) -> Option<AppId> {
        let Self { context, evaluator } = self;
        let rules = &context.program.rules;
        let selected = rules.texts.get(id)?.apps.of(&rules.selectors);
        let first = selected.iter().find_map(|selector| about.selectors.get(selector))?;
        // Only exceptions and conditions can make it another one.
        let candidates = std::iter::once(first).chain(&about.apps).copied();
        candidates.into_iter().find(|&app| evaluator.may_select(id, app, context.today))
    }

    fn person(&mut self, people: &AboutPeople, id: RuleId) -> Option<UserId> {
        let Self { context, evaluator } = self;
        let rules = &context.program.rules;
        let selected = rules.texts.get(id)?.people.of(&rules.principals);
        let first = selected.iter().find_map(|principal| people.principals.get(principal))?;
        let candidates = std::iter::once(first).chain(&people.users).copied();
        candidates.into_iter().find(|&user| evaluator.selects_user(id, user, context.today))
    }
}

/// Whether everyone is among those the rule is for. (An exemption is for everyone.)
fn is_for_everyone(rule: &Rule) -> bool {
    rule.people
        .as_ref()
        .is_none_or(|people| people.include.iter().any(|principal| principal.kind == PrincipalKind::Everyone))
}
