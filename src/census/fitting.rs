//! Whom of a rule's people its condition is true of on an app, each question asked once.

use std::borrow::Cow;

use super::census::Census;
use super::pairs::{LooksAt, tests};
use super::roster::common;
use crate::eval::{Case, Truth};
use crate::program::{Program, Test};
use crate::text::{AppId, Id, RuleId, UserId};

/// What is known of a test that conditions ask.
#[derive(Debug)]
pub(super) struct Asked {
    looks: LooksAt,
    /// What it says of each user, where it looks at the user alone.
    answers: Vec<Option<Truth>>,
}

impl Census<'_> {
    /// How many answers about users are kept.
    const ANSWERS: usize = 1 << 26;
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
        let settled = self.settled(rule, app);
        let looks = if settled == Truth::Unknown {
            LooksAt::of_rule(self.program(), rule)
        } else {
            LooksAt::default()
        };
        if !looks.user {
            let mut seen = 0;
            let mut see = |&user: &UserId| {
                seen += 1;
                see(user)
            };
            let found = accepts(settled) && people.iter().any(&mut see);
            return self.spend(seen / 8 + 1).then_some(found);
        }
        let condition = self.program().rules.rows.get(rule).and_then(|row| row.condition);
        for test in condition.iter().flat_map(|one| tests(&self.program().conditions, one.0 as usize)) {
            self.looks(test);
        }
        // Some at a time: whoever fits may be asked about anew.
        let mut fitting = Vec::with_capacity(Self::AT_A_TIME);
        for some in people.chunks(Self::AT_A_TIME) {
            if !self.spend(some.len()) {
                return None;
            }
            self.ask(UserId::from_index(0), app, |case| {
                let truth = |user| case.condition_by(rule, &|test| self.answer(test, user, app, case));
                fitting.extend(some.iter().copied().filter(|&user| accepts(truth(user))));
            });
            if fitting.drain(..).any(&mut see) {
                return Some(true);
            }
        }
        Some(false)
    }

    /// The rule's people with whom its condition has an accepted truth on the app, sorted; `among`: those among these sorted people only.
    pub(crate) fn fitting(
        &self,
        rule: RuleId,
        app: AppId,
        among: Option<&[UserId]>,
        accepts: fn(Truth) -> bool,
    ) -> Option<Vec<UserId>> {
        let mut people = self.people(rule);
        if let Some(among) = among {
            if !self.spend(among.len().min(people.len()) / 4) {
                return None;
            }
            people = Cow::Owned(common(among, &people));
        }
        let mut fitting = Vec::new();
        self.some_fitting(rule, app, &people, accepts, |user| {
            fitting.push(user);
            false
        })?;
        Some(fitting)
    }

    /// What a test says of a user and an app.
    pub(crate) fn test(&self, test: &Test, user: UserId, app: AppId) -> Truth {
        self.looks(test);
        self.ask(UserId::from_index(0), app, |case| self.answer(test, user, app, case))
    }

    fn looks(&self, test: &Test) -> LooksAt {
        self.tests.borrow_mut().entry(test.text).or_insert_with(|| Asked::of(self.program(), test)).looks
    }

    /// What a test that was [looked at](Self::looks) says of the user and the app of `case`, whose user is anybody. Tests with the same text
    /// ask the same.
    fn answer(&self, test: &Test, user: UserId, app: AppId, case: &Case<'_>) -> Truth {
        let mut tests = self.tests.borrow_mut();
        let room = tests.len() * self.kinds.len() <= Self::ANSWERS;
        let Some(asked) = tests.get_mut(&test.text) else { return Truth::Unknown };
        if !asked.looks.user {
            return case.test(test);
        }
        let ask = || self.other.borrow_mut().case(user, app, self.day()).test(test);
        if asked.looks.app || !room {
            return ask();
        }
        if asked.answers.is_empty() {
            asked.answers = vec![None; self.kinds.len()];
        }
        asked.answers.get_mut(user.index()).map_or(Truth::Unknown, |answer| *answer.get_or_insert_with(ask))
    }
}

impl Asked {
    fn of(program: &Program, test: &Test) -> Self {
        Self { looks: LooksAt::of_test(program, test), answers: Vec::new() }
    }
}
