//! Whom of a rule's people its condition is true of on an app, each question asked as seldom as can be.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use fixedbitset::FixedBitSet;
use rustc_hash::FxBuildHasher;

use super::census::{ByScope, Census};
use super::days::is_steady;
use super::pairs::{LooksAt, tests};
use super::sets::Crowd;
use crate::eval::{Case, Truth};
use crate::program::{Name, Node, Subject, Test};
use crate::text::{AppId, Id, RuleId, UserId};

/// What a condition, or a test in it, says of each user.
#[derive(Debug)]
pub(super) struct Answers {
    /// Of whom it is true.
    holds: FixedBitSet,
    /// Of whom it is not false.
    may_hold: FixedBitSet,
}

/// What is known of a test that conditions ask.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    looks: LooksAt,
    /// Whether it looks at roles or groups.
    looks_at_company: bool,
    /// Whether it says the same on every day.
    pub(super) is_steady: bool,
    /// How many users it was asked about one by one.
    times: usize,
    /// What it says of everybody, once it was asked that often; it looks at users alone then.
    answers: Option<Arc<Answers>>,
}

/// What is known that is the same on every day, for a [census](Census) of another day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    /// Of tests.
    pub(super) tests: HashMap<Name, Asked, FxBuildHasher>,
    /// From whom rules that are always in force withhold scopes.
    pub(super) always_withheld: ByScope,
}

/// What a rule's condition says on an app.
#[derive(Debug)]
pub(super) enum Says {
    /// The same of everybody.
    Same(Truth),
    /// This of each user.
    Of(Arc<Answers>),
    /// That is to be asked about each user.
    Unasked,
}

impl Census<'_> {
    /// How many answers about users are kept.
    const ANSWERS: usize = 1 << 28;
    /// How many people are looked at before somebody of them is asked about.
    const AT_A_TIME: usize = 64;

    /// What the rule's condition says of everybody together with this app; `Unknown`: it depends on the user, or is not known.
    ///
    /// Tests of the user are taken to be unknown. What is true or false all the same is so whatever they say: three-valued logic never
    /// takes back what is decided.
    pub(crate) fn settled(&self, rule: RuleId, app: AppId) -> Truth {
        self.ask(UserId::from_index(0), app, |case| {
            case.condition_by(rule, &|test| {
                if self.looks(test).user { Truth::Unknown } else { case.test(test) }
            })
        })
    }

    /// What the rule's condition says on the app, for somebody who wants to know it of so many people. `None`: there is too much to look
    /// at.
    pub(super) fn says(&self, rule: RuleId, app: AppId, people: usize) -> Option<Says> {
        let program = self.program();
        let Some(condition) = program.rules.rows.get(rule).and_then(|row| row.condition) else {
            return Some(Says::Same(Truth::True));
        };
        let settled = self.settled(rule, app);
        let start = condition.0 as usize;
        let of_users = || tests(&program.conditions, start).filter(|test| self.looks(test).user);
        if settled != Truth::Unknown || of_users().next().is_none() {
            return Some(Says::Same(settled));
        }
        for test in of_users() {
            if !self.is_answered(test, people)? {
                return Some(Says::Unasked);
            }
        }
        let mut key = Vec::new();
        self.ask(UserId::from_index(0), app, |case| self.add_to_key(start, case, &mut key));
        if let Some(answers) = self.said.borrow().get(&key) {
            return Some(Says::Of(Arc::clone(answers)));
        }
        if !self.spend(self.words() / 16 * key.len() + 1) {
            return None;
        }
        let (answers, _) = self.ask(UserId::from_index(0), app, |case| self.node(start, case));
        let mut said = self.said.borrow_mut();
        if said.len() * self.roster.users() > Self::ANSWERS {
            said.clear();
        }
        said.insert(key, Arc::clone(&answers));
        Some(Says::Of(answers))
    }

    /// Calls `see` for each of these people with whom the rule's condition has an accepted truth on the app, until it says yes, and
    /// whether it did. `None`: there are too many to look at.
    pub(crate) fn some_fitting(
        &self,
        rule: RuleId,
        app: AppId,
        people: &[UserId],
        accepts: fn(Truth) -> bool,
        mut see: impl FnMut(UserId) -> bool,
    ) -> Option<bool> {
        let mut seen = 0;
        let mut see = |user: UserId, truth: Truth| {
            seen += 1;
            accepts(truth) && see(user)
        };
        let found = match self.says(rule, app, people.len())? {
            Says::Same(truth) => accepts(truth) && people.iter().any(|&user| see(user, truth)),
            Says::Of(answers) => people.iter().any(|&user| see(user, answers.of(user))),
            Says::Unasked => self.some_asked(rule, app, people, &mut see)?,
        };
        self.spend(seen / 8 + 1).then_some(found)
    }

    /// Calls `see` for each of these people with what the rule's condition says of them on the app, asked one by one, until it says yes,
    /// and whether it did.
    fn some_asked(
        &self,
        rule: RuleId,
        app: AppId,
        people: &[UserId],
        mut see: impl FnMut(UserId, Truth) -> bool,
    ) -> Option<bool> {
        // Some at a time: whoever is seen may be asked about anew.
        let mut asked = Vec::with_capacity(Self::AT_A_TIME);
        for some in people.chunks(Self::AT_A_TIME) {
            if !self.spend(some.len() * 2) {
                return None;
            }
            self.ask(UserId::from_index(0), app, |case| {
                let truth = |user| case.condition_by(rule, &|test| self.answer(test, user, app, case));
                asked.extend(some.iter().map(|&user| (user, truth(user))));
            });
            if asked.drain(..).any(|(user, truth)| see(user, truth)) {
                return Some(true);
            }
        }
        Some(false)
    }

    /// The rule's people with whom its condition holds on the app, a bit for each user; not `surely`: those with whom it may hold. `None`:
    /// there are too many to look at.
    pub(crate) fn fitting(&self, rule: RuleId, app: AppId, surely: bool) -> Option<Cow<'_, FixedBitSet>> {
        let accepts: fn(Truth) -> bool =
            if surely { |truth| truth == Truth::True } else { |truth| truth != Truth::False };
        let breadth = self.breadth(rule);
        if !self.spend((self.words() + breadth.min(self.words())) / 16 + 1) {
            return None;
        }
        Some(match self.says(rule, app, breadth)? {
            Says::Same(truth) if accepts(truth) => self.people_set(rule),
            Says::Same(_) => Cow::Owned(self.nobody()),
            Says::Of(answers) => {
                let mut fitting = self.people_set(rule).into_owned();
                fitting.intersect_with(answers.accepted(surely));
                Cow::Owned(fitting)
            }
            Says::Unasked => {
                let mut fitting = self.nobody();
                self.some_fitting(rule, app, &self.people(rule), accepts, |user| {
                    fitting.insert(user.index());
                    false
                })?;
                Cow::Owned(fitting)
            }
        })
    }

    /// Takes those out of `from` whom the rule [fits](Self::fitting) on the app. `None`: there are too many to look at.
    pub(crate) fn remove_fitting(
        &self,
        rule: RuleId,
        app: AppId,
        surely: bool,
        from: &mut FixedBitSet,
    ) -> Option<()> {
        let breadth = self.breadth(rule);
        if !self.spend(breadth.min(self.words()) / 16 + 1) {
            return None;
        }
        match self.says(rule, app, breadth)? {
            Says::Same(Truth::True) => self.remove_people(rule, from),
            Says::Same(Truth::Unknown) if !surely => self.remove_people(rule, from),
            Says::Same(_) => {}
            Says::Of(answers) => self.remove_people_among(rule, answers.accepted(surely), from),
            Says::Unasked => from.difference_with(&*self.fitting(rule, app, surely)?),
        }
        Some(())
    }

    /// Whether the rule's condition is true on the app of some of its people who are among `of`. `None`: there is too much to look at.
    pub(crate) fn fits_some_of(&self, rule: RuleId, app: AppId, of: &Crowd) -> Option<bool> {
        let breadth = self.breadth(rule);
        if !self.spend(breadth.min(self.words()) / 16 + 1) {
            return None;
        }
        match self.says(rule, app, breadth)? {
            Says::Same(truth) => Some(truth == Truth::True && self.some_people_are_in(rule, of, None)),
            Says::Of(answers) => Some(self.some_people_are_in(rule, of, Some(&answers.holds))),
            Says::Unasked => {
                let mut people = self.people(rule).into_owned();
                people.retain(|user| of.bits().contains(user.index()));
                self.some_asked(rule, app, &people, |_, truth| truth == Truth::True)
            }
        }
    }

    /// What a test says of a user and an app.
    pub(crate) fn test(&self, test: &Test, user: UserId, app: AppId) -> Truth {
        self.looks(test);
        self.ask(UserId::from_index(0), app, |case| self.answer(test, user, app, case))
    }

    fn looks(&self, test: &Test) -> LooksAt {
        let asked = || {
            let (looks, is_steady) =
                (LooksAt::of_test(self.program(), test), is_steady(self.program(), test));
            let looks_at_company = matches!(test.subject, Subject::UserRoles | Subject::UserGroups);
            Asked { looks, looks_at_company, is_steady, times: 0, answers: None }
        };
        self.tests.borrow_mut().entry(test.text).or_insert_with(asked).looks
    }

    /// Whether it is known what a test that was [looked at](Self::looks) and looks at users says of each of them. What is asked about an
    /// eighth as many people as there are is asked about all of them. `None`: there is too much to look at.
    fn is_answered(&self, test: &Test, people: usize) -> Option<bool> {
        let users = self.roster.users();
        let looks_at_company = {
            let mut tests = self.tests.borrow_mut();
            let room = tests.len() * users <= Self::ANSWERS;
            let Some(asked) = tests.get_mut(&test.text) else { return Some(false) };
            if asked.answers.is_some() {
                return Some(true);
            }
            asked.times = asked.times.saturating_add(people);
            if asked.looks.app || !room || asked.times < users / 8 {
                return Some(false);
            }
            asked.looks_at_company
        };
        if !self.spend(users) {
            return None;
        }
        let (anybody, app) = (UserId::from_index(0), AppId::from_index(0));
        let mut answers = Answers::nobody(users);
        let everyone = self.roster.everyone.iter();
        if looks_at_company {
            everyone.for_each(|&user| answers.add(user, self.ask(user, app, |case| case.test(test))));
        } else {
            let answer = |case: &Case<'_>| {
                everyone.for_each(|&user| answers.add(user, case.test_of(test, user)));
            };
            self.ask(anybody, app, answer);
        }
        if let Some(asked) = self.tests.borrow_mut().get_mut(&test.text) {
            asked.answers = Some(Arc::new(answers));
        }
        Some(true)
    }

    /// What a test that was [looked at](Self::looks) says of the user and the app of `case`, whose user is anybody. Tests with the same text
    /// ask the same.
    fn answer(&self, test: &Test, user: UserId, app: AppId, case: &Case<'_>) -> Truth {
        match self.tests.borrow().get(&test.text) {
            Some(Asked { answers: Some(answers), .. }) => answers.of(user),
            Some(Asked { looks: LooksAt { user: false, .. }, .. }) => case.test(test),
            Some(Asked { looks_at_company: false, .. }) => case.test_of(test, user),
            _ => self.other.borrow_mut().case(user, app, self.day()).test(test),
        }
    }

    /// Adds to the key what tells the part of a condition at this position from others on the app of `case`, and gives the position of the
    /// next part. The language bounds how deep conditions nest.
    fn add_to_key(&self, at: usize, case: &Case<'_>, key: &mut Vec<u32>) -> usize {
        let conditions = &self.program().conditions;
        match conditions.nodes.get(at) {
            Some(node @ &(Node::And { end } | Node::Or { end })) => {
                key.push(u32::from(matches!(node, Node::Or { .. })));
                let mut next = at + 1;
                while next < end as usize {
                    next = self.add_to_key(next, case, key);
                }
                key.push(2);
                end as usize
            }
            Some(Node::Not) => {
                key.push(3);
                self.add_to_key(at + 1, case, key)
            }
            Some(&Node::Test(test)) => {
                match conditions.tests.get(test as usize) {
                    Some(test) if self.looks(test).user => key.extend([4, test.text.0]),
                    Some(test) => key.push(5 + case.test(test) as u32),
                    None => key.push(5 + Truth::Unknown as u32),
                }
                at + 1
            }
            None => at + 1,
        }
    }

    /// What the part of a condition at this position says of each user on the app of `case`, and the position of the next part.
    fn node(&self, at: usize, case: &Case<'_>) -> (Arc<Answers>, usize) {
        let conditions = &self.program().conditions;
        let same = |truth| Arc::new(Answers::same(self.roster.users(), truth));
        match conditions.nodes.get(at) {
            Some(&Node::And { end }) => {
                (self.parts(at + 1, end, case, Truth::True, Answers::and), end as usize)
            }
            Some(&Node::Or { end }) => {
                (self.parts(at + 1, end, case, Truth::False, Answers::or), end as usize)
            }
            Some(Node::Not) => {
                let (part, next) = self.node(at + 1, case);
                (Arc::new(part.not()), next)
            }
            Some(&Node::Test(test)) => {
                let test = conditions.tests.get(test as usize);
                let known = test.and_then(|test| self.tests.borrow().get(&test.text)?.answers.clone());
                (known.unwrap_or_else(|| same(test.map_or(Truth::Unknown, |test| case.test(test)))), at + 1)
            }
            None => (same(Truth::Unknown), at + 1),
        }
    }

    fn parts(
        &self,
        mut at: usize,
        end: u32,
        case: &Case<'_>,
        none: Truth,
        join: fn(&mut Answers, &Answers),
    ) -> Arc<Answers> {
        let mut all = Answers::same(self.roster.users(), none);
        while at < end as usize {
            let (part, next) = self.node(at, case);
            join(&mut all, &part);
            at = next;
        }
        Arc::new(all)
    }
}

impl Answers {
    fn nobody(users: usize) -> Self {
        let none = FixedBitSet::with_capacity(users);
        Self { holds: none.clone(), may_hold: none }
    }

    fn same(users: usize, truth: Truth) -> Self {
        let mut same = Self::nobody(users);
        same.holds.set_range(.., truth == Truth::True);
        same.may_hold.set_range(.., truth != Truth::False);
        same
    }

    fn add(&mut self, user: UserId, truth: Truth) {
        self.holds.set(user.index(), truth == Truth::True);
        self.may_hold.set(user.index(), truth != Truth::False);
    }

    /// Of whom it is true; not `surely`: of whom it is not false.
    fn accepted(&self, surely: bool) -> &FixedBitSet {
        if surely { &self.holds } else { &self.may_hold }
    }

    #[inline]
    fn of(&self, user: UserId) -> Truth {
        match (self.holds.contains(user.index()), self.may_hold.contains(user.index())) {
            (true, _) => Truth::True,
            (false, true) => Truth::Unknown,
            (false, false) => Truth::False,
        }
    }

    fn and(&mut self, other: &Self) {
        self.holds.intersect_with(&other.holds);
        self.may_hold.intersect_with(&other.may_hold);
    }

    fn or(&mut self, other: &Self) {
        self.holds.union_with(&other.holds);
        self.may_hold.union_with(&other.may_hold);
    }

    fn not(&self) -> Self {
        let (mut holds, mut may_hold) = (self.may_hold.clone(), self.holds.clone());
        holds.toggle_range(..);
        may_hold.toggle_range(..);
        Self { holds, may_hold }
    }
}

#[cfg(test)]
mod laws {
    use super::*;

    #[test]
    fn answers_are_joined_as_truths_are() {
        let all = [Truth::False, Truth::Unknown, Truth::True];
        let user = UserId::from_index;
        let (mut one, mut other) = (Answers::nobody(9), Answers::nobody(9));
        let pairs: Vec<(Truth, Truth)> = all.into_iter().flat_map(|a| all.map(|b| (a, b))).collect();
        for (at, &(a, b)) in pairs.iter().enumerate() {
            one.add(user(at), a);
            other.add(user(at), b);
        }
        let joined = |join: fn(&mut Answers, &Answers)| {
            let mut all = one.not().not();
            join(&mut all, &other);
            all
        };
        let (and, or, not) = (joined(Answers::and), joined(Answers::or), one.not());
        for (at, &(a, b)) in pairs.iter().enumerate() {
            assert_eq!(and.of(user(at)), a.min(b));
            assert_eq!(or.of(user(at)), a.max(b));
            assert_eq!(not.of(user(at)), [Truth::True, Truth::Unknown, Truth::False][a as usize]);
        }
        assert!(all.iter().all(|&truth| Answers::same(3, truth).of(user(2)) == truth));
    }
}
