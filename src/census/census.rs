//! Everybody on one day.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use fixedbitset::FixedBitSet;
use rustc_hash::FxBuildHasher;

use super::approvals::Approvals;
use super::fitting::{Answers, Asked, Known};
use super::kinds::Kinds;
use super::roster::{Roster, union, without};
use super::sets::{Crowd, Set, Sets};
use crate::eval::{Case, Evaluator, Truth};
use crate::program::{Day, Name, Principal, PrincipalId, Program, SelectorId};
use crate::text::{AppId, Date, Id, RoleId, RuleId, ScopeId, UserId};

/// Every user and app of a program on one day.
///
/// Sets of people are sorted lists, made for one rule at a time: never all of them at once. Users whose roles are the same on that day form
/// a *kind*: whoever holds a scope by roles, or may add what administrators manage, does so with all of their kind.
#[derive(Debug)]
pub(crate) struct Census<'r> {
    /// Who is selected by what.
    pub(crate) roster: &'r Roster<'r>,
    /// The day.
    pub(crate) date: Date,
    evaluator: RefCell<Evaluator<'r>>,
    /// Answers about users while the first one is about an app.
    pub(super) other: RefCell<Evaluator<'r>>,
    /// By text, what is known of the tests that conditions ask.
    pub(super) tests: RefCell<HashMap<Name, Asked, FxBuildHasher>>,
    /// By the number of a principal: whoever has the role on that day, sorted.
    by_role: Sets,
    /// By kind whoever is of it.
    pub(super) by_kind: Sets,
    /// The kind of each user.
    pub(super) kinds: Kinds,
    /// Somebody of each kind.
    pub(super) samples: Vec<UserId>,
    /// By app, the kinds that are able to install it; `None`: nobody asked yet.
    pub(super) able: RefCell<Vec<Option<Arc<FixedBitSet>>>>,
    /// By kinds, everybody of them, of those that somebody asked for.
    pub(super) able_people: RefCell<HashMap<Arc<FixedBitSet>, Arc<Crowd>, FxBuildHasher>>,
    /// By scope, the kinds whose roles give it, of those that somebody asked for.
    pub(super) given: RefCell<HashMap<ScopeId, Arc<FixedBitSet>, FxBuildHasher>>,
    /// How many are of each [kind](Census::kinds_of) of those whom principals select, once somebody asked; `None`: too many to count.
    pub(super) counts: OnceCell<Option<Box<[u32]>>>,
    /// By scope, those from whom a rule surely withholds it on every app, of the scopes that somebody asked for.
    pub(super) withheld: RefCell<ByScope>,
    /// The same of rules that withhold it from the same people on every day.
    pub(super) always_withheld: RefCell<ByScope>,
    /// By app, the approvals that may count, of those that somebody asked for.
    pub(super) approvals: RefCell<Approvals>,
    /// What conditions say of each user, by what they ask and what their tests of the app say.
    pub(super) said: RefCell<HashMap<Vec<u32>, Arc<Answers>, FxBuildHasher>>,
    /// How many steps are left.
    steps: Cell<u64>,
    /// Whether more were needed.
    gave_up: Cell<bool>,
}

/// Sets of users by scope.
pub(super) type ByScope = HashMap<ScopeId, Arc<FixedBitSet>, FxBuildHasher>;

impl<'r> Census<'r> {
    /// Everybody on that day, with what is [known](Self::into_known) from another one.
    pub(crate) fn at(roster: &'r Roster<'r>, date: Date, known: Known) -> Self {
        let program = roster.program;
        let mut evaluator = Evaluator::new(program);
        let mut kinds = Vec::with_capacity(roster.everyone.len());
        let mut samples = Vec::new();
        // The principals of each kind's roles.
        let mut roles: Vec<Vec<PrincipalId>> = Vec::new();
        let mut by_roles: HashMap<Vec<RoleId>, u32, FxBuildHasher> = HashMap::default();
        for &user in &roster.everyone {
            let (of_user, principals) = evaluator.roles(user, date.into());
            let kind = by_roles.get(of_user).copied().unwrap_or_else(|| {
                let kind = u32::try_from(roles.len()).unwrap_or(u32::MAX);
                by_roles.insert(of_user.to_vec(), kind);
                samples.push(user);
                roles.push(principals.to_vec());
                kind
            });
            kinds.push(kind);
        }
        let of_roles = || {
            roster.everyone.iter().zip(&kinds).flat_map(|(&user, &kind)| {
                let principals = roles.get(kind as usize).map_or(&[][..], Vec::as_slice);
                principals.iter().map(move |principal| (principal.0 as usize, user))
            })
        };
        let by_role = Sets::of(roster.everyone.len(), program.users.principals.len(), of_roles);
        let of_kinds = || kinds.iter().map(|&kind| kind as usize).zip(roster.everyone.iter().copied());
        let by_kind = Sets::of(roster.everyone.len(), samples.len(), of_kinds);
        let evaluator = RefCell::new(evaluator);
        let able = RefCell::new(vec![None; roster.every_app.len()]);
        Self {
            roster,
            date,
            evaluator,
            other: RefCell::new(Evaluator::new(program)),
            tests: RefCell::new(known.tests),
            by_role,
            by_kind,
            kinds: Kinds::of(kinds, samples.len()),
            samples,
            able,
            able_people: RefCell::default(),
            given: RefCell::default(),
            counts: OnceCell::new(),
            withheld: RefCell::default(),
            always_withheld: RefCell::new(known.always_withheld),
            approvals: RefCell::default(),
            said: RefCell::default(),
            steps: Cell::new(u64::MAX),
            gave_up: Cell::new(false),
        }
    }

    /// What was found out that holds on every day.
    pub(crate) fn into_known(self) -> Known {
        let mut tests = self.tests.into_inner();
        tests.retain(|_, asked| asked.is_steady);
        Known { tests, always_withheld: self.always_withheld.into_inner() }
    }

    /// The program.
    pub(crate) fn program(&self) -> &'r Program {
        self.roster.program
    }

    /// The day as rules have it.
    pub(crate) fn day(&self) -> Day {
        self.date.into()
    }

    /// Asks about one user and one app.
    #[inline]
    pub(crate) fn ask<T>(&self, user: UserId, app: AppId, answer: impl FnOnce(&Case<'_>) -> T) -> T {
        answer(&self.evaluator.borrow_mut().case(user, app, self.day()))
    }

    /// Lets the next search take so many steps.
    pub(crate) fn allow_steps(&self, steps: u64) {
        self.steps.set(steps);
        self.gave_up.set(false);
    }

    /// How many of them are left.
    pub(crate) fn steps_left(&self) -> u64 {
        self.steps.get()
    }

    /// Says that more steps were needed than there were.
    pub(crate) fn give_up(&self) {
        self.gave_up.set(true);
    }

    /// Whether more steps were needed: nothing may be claimed then.
    pub(crate) fn gave_up(&self) -> bool {
        self.gave_up.get()
    }

    /// Whether so many more steps may be taken; they are then. After `false` nothing may be claimed.
    #[inline]
    pub(crate) fn spend(&self, steps: usize) -> bool {
        let left = self.steps.get().checked_sub(steps as u64);
        self.steps.set(left.unwrap_or(0));
        if left.is_none() {
            self.give_up();
        }
        left.is_some()
    }

    /// The people of a rule, its condition aside, sorted.
    pub(crate) fn people(&self, rule: RuleId) -> Cow<'_, [UserId]> {
        let (people, except) = self.principals(rule);
        self.people_of(people, except)
    }

    /// Whether the rule is about somebody, its condition aside.
    pub(crate) fn is_about_somebody(&self, rule: RuleId) -> bool {
        let (people, except) = self.principals(rule);
        let is_excepted = |user: UserId| except.iter().any(|&one| self.set(one).contains(user));
        let mut selected = people.iter().flat_map(|&one| self.selected_by(one));
        selected.any(|&user| !is_excepted(user))
    }

    /// Whom these principals select, less whom those do.
    pub(crate) fn people_of(&self, people: &[PrincipalId], except: &[PrincipalId]) -> Cow<'_, [UserId]> {
        let all = if people.contains(&PrincipalId::EVERYONE) {
            Cow::Borrowed(self.roster.everyone.as_slice())
        } else {
            match people {
                [one] => Cow::Borrowed(self.selected_by(*one)),
                several => Cow::Owned(union(several.iter().map(|&one| self.selected_by(one)))),
            }
        };
        match except {
            [] => all,
            [one] => Cow::Owned(self.set(*one).without(&all)),
            several => Cow::Owned(without(&all, &union(several.iter().map(|&one| self.selected_by(one))))),
        }
    }

    /// The people of a rule, its condition aside, a bit for each user.
    pub(super) fn people_set(&self, rule: RuleId) -> Cow<'_, FixedBitSet> {
        if let ([one], []) = self.principals(rule)
            && let Set::Large(_, bits) = self.set(*one)
        {
            return Cow::Borrowed(bits);
        }
        let mut people = self.nobody();
        self.add_people(rule, &mut people);
        Cow::Owned(people)
    }

    /// Adds the people of a rule, its condition aside, to `to`.
    pub(crate) fn add_people(&self, rule: RuleId, to: &mut FixedBitSet) {
        let (people, except) = self.principals(rule);
        if except.is_empty() {
            people.iter().for_each(|&one| self.set(one).add(to));
            return;
        }
        let mut some = self.nobody();
        people.iter().for_each(|&one| self.set(one).add(&mut some));
        except.iter().for_each(|&one| self.set(one).remove(&mut some));
        to.union_with(&some);
    }

    /// Takes the people of a rule, its condition aside, out of `from`.
    pub(super) fn remove_people(&self, rule: RuleId, from: &mut FixedBitSet) {
        let (people, except) = self.principals(rule);
        if except.is_empty() {
            people.iter().for_each(|&one| self.set(one).remove(from));
            return;
        }
        let mut some = self.nobody();
        self.add_people(rule, &mut some);
        from.difference_with(&some);
    }

    /// Takes those of the people of a rule who are in `among` out of `from`.
    pub(super) fn remove_people_among(&self, rule: RuleId, among: &FixedBitSet, from: &mut FixedBitSet) {
        let (people, except) = self.principals(rule);
        if except.is_empty() {
            people.iter().for_each(|&one| self.set(one).remove_common(among, from));
            return;
        }
        let mut some = self.nobody();
        self.add_people(rule, &mut some);
        some.intersect_with(among);
        from.difference_with(&some);
    }

    /// Whether some of the rule's people, its condition aside, is in the crowd, and in `other` if that is given.
    pub(super) fn some_people_are_in(
        &self,
        rule: RuleId,
        crowd: &Crowd,
        other: Option<&FixedBitSet>,
    ) -> bool {
        let (people, except) = self.principals(rule);
        if let Some(few) = crowd.few() {
            let has = |of: &[PrincipalId], user| of.iter().any(|&one| self.set(one).contains(user));
            return few.iter().any(|&user| {
                has(people, user)
                    && !has(except, user)
                    && other.is_none_or(|other| other.contains(user.index()))
            });
        }
        if except.is_empty() {
            return people.iter().any(|&one| self.set(one).meets(crowd.bits(), other));
        }
        let mut some = self.nobody();
        self.add_people(rule, &mut some);
        other.into_iter().for_each(|other| some.intersect_with(other));
        Set::Everyone.meets(&some, Some(crowd.bits()))
    }

    /// How many people a rule's principals select, those twice whom two of them select.
    pub(crate) fn breadth(&self, rule: RuleId) -> usize {
        self.principals(rule).0.iter().map(|&one| self.selected_by(one).len()).sum()
    }

    /// The principals that a rule names and those that it excepts.
    pub(super) fn principals(&self, rule: RuleId) -> (&'r [PrincipalId], &'r [PrincipalId]) {
        let rules = &self.roster.program.rules;
        let (Some(row), Some(text)) = (rules.rows.get(rule), rules.texts.get(rule)) else {
            return (&[], &[]);
        };
        (text.people.of(&rules.principals), row.people_except.of(&rules.principals))
    }

    /// Whom a numbered principal selects, sorted.
    pub(crate) fn selected_by(&self, principal: PrincipalId) -> &[UserId] {
        match self.set(principal) {
            Set::Everyone => &self.roster.everyone,
            Set::List(list) | Set::Large(list, _) => list,
        }
    }

    /// Whom a numbered principal selects.
    fn set(&self, principal: PrincipalId) -> Set<'_> {
        match self.program().users.principal(principal) {
            Principal::Everyone => Set::Everyone,
            Principal::Role(_) => self.by_role.get(principal.0 as usize),
            Principal::Group(_) | Principal::User(_) => self.roster.by_principal.get(principal.0 as usize),
        }
    }

    /// The apps that a rule surely selects, its condition aside, sorted.
    pub(crate) fn apps(&self, rule: RuleId) -> Cow<'_, [AppId]> {
        let rules = &self.program().rules;
        let (Some(row), Some(text)) = (rules.rows.get(rule), rules.texts.get(rule)) else {
            return Cow::default();
        };
        let (include, except) = (text.apps.of(&rules.selectors), row.apps_except.of(&rules.selectors));
        let all = self.apps_of(include);
        if except.is_empty() {
            return all;
        }
        let mut left = without(&all, &self.apps_of(except));
        // What may be excepted is not surely selected.
        let mut unsure = self.may_be_selected(except);
        unsure.sort_unstable();
        if !unsure.is_empty() {
            left.retain(|app| unsure.binary_search(app).is_err() || self.truth(rule, *app) == Truth::True);
        }
        Cow::Owned(left)
    }

    /// The apps that a rule selects or may select, its condition aside, sorted.
    pub(crate) fn possible_apps(&self, rule: RuleId) -> Cow<'_, [AppId]> {
        let rules = &self.program().rules;
        let (Some(row), Some(text)) = (rules.rows.get(rule), rules.texts.get(rule)) else {
            return Cow::default();
        };
        let (include, except) = (text.apps.of(&rules.selectors), row.apps_except.of(&rules.selectors));
        let all = self.apps_of(include);
        let mut unsure = self.may_be_selected(include);
        unsure.retain(|&app| self.truth(rule, app) != Truth::False);
        let all = if unsure.is_empty() {
            all
        } else {
            unsure.sort_unstable();
            Cow::Owned(union([&*all, &unsure].into_iter()))
        };
        if except.is_empty() { all } else { Cow::Owned(without(&all, &self.apps_of(except))) }
    }

    /// The apps that a rule names and surely selects, also those that it excepts.
    pub(crate) fn named_apps(&self, rule: RuleId) -> Cow<'_, [AppId]> {
        let rules = &self.program().rules;
        rules.texts.get(rule).map_or_else(Cow::default, |text| self.apps_of(text.apps.of(&rules.selectors)))
    }

    fn apps_of(&self, selectors: &[SelectorId]) -> Cow<'_, [AppId]> {
        match selectors {
            [one] => Cow::Borrowed(self.roster.apps(*one)),
            several => Cow::Owned(union(several.iter().map(|&one| self.roster.apps(one)))),
        }
    }

    fn may_be_selected(&self, selectors: &[SelectorId]) -> Vec<AppId> {
        self.roster.may_be_selected(&mut self.evaluator.borrow_mut(), selectors)
    }

    /// Whether a rule selects an app, its condition aside.
    fn truth(&self, rule: RuleId, app: AppId) -> Truth {
        self.ask(UserId::from_index(0), app, |case| case.selects_app(rule))
    }
}
