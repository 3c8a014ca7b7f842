//! What tests are judged on: the project with their `given` laid over it, compiled with their assertions.

use std::sync::OnceLock;

use super::classes::{self, Class};
use super::judge::Judge;
use super::outcome::TestResult;
use super::plan::Clock;
use crate::compile::{Room, compile_variant};
use crate::diagnostics::Sink;
use crate::model::{self, Assertion, AssertionKind, GivenEntity, Model, PolicyTest, PrincipalKind, Rule};
use crate::program::Program;
use crate::text::{AppId, Date, Id, RuleId, SourceMap, UserId};

/// Tests with the same `given`.
#[derive(Debug)]
pub(super) struct Setting<'m> {
    pub(super) given: &'m [GivenEntity],
    pub(super) tests: Vec<Placed<'m>>,
    /// Whether every assertion names its users one by one, so that nobody else need be looked at.
    names_users: bool,
}

/// A test in its setting.
#[derive(Debug)]
pub(super) struct Placed<'m> {
    /// Its number in the suite.
    pub(super) number: usize,
    pub(super) test: &'m PolicyTest,
    pub(super) day: Date,
    pub(super) asks: Vec<Ask<'m>>,
}

/// An assertion, and the rule of the scene's program that selects what it is about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask<'m> {
    pub(super) assertion: &'m Assertion,
    pub(super) rule: RuleId,
    pub(super) day: Date,
}

impl Ask<'_> {
    /// Whether it names its users one by one and looks at nobody else.
    pub(super) fn names_users(&self) -> bool {
        let named = |kind: PrincipalKind| matches!(kind, PrincipalKind::User(_));
        self.assertion.kind != AssertionKind::Only
            && self.assertion.people.include.iter().all(|principal| named(principal.kind))
    }
}

impl<'m> Setting<'m> {
    /// The setting of these tests, which state the same. `today` is the day of those that state none.
    pub(super) fn new(model: &Model, tests: &[&'m PolicyTest], today: Date, numbers: &[usize]) -> Self {
        let mut rules = (model.rules.len()..).map(RuleId::from_index);
        let placed = numbers.iter().filter_map(|&number| {
            let test: &'m PolicyTest = tests.get(number)?;
            let day = test.at.unwrap_or(today);
            let ask = |(assertion, rule)| Ask { assertion, rule, day };
            // The rules last, so that none is taken where no assertion is left.
            let asks = test.assertions.iter().zip(&mut rules).map(ask).collect();
            Some(Placed { number, test, day, asks })
        });
        let tests: Vec<Placed<'m>> = placed.collect();
        let given = tests.first().map_or(&[][..], |placed| placed.test.given.as_slice());
        let names_users = tests.iter().flat_map(|placed| &placed.asks).all(Ask::names_users);
        Self { given, tests, names_users }
    }

    /// The users whom assertions name, sorted, if they look at nobody else.
    pub(super) fn named_users(&self) -> Option<Vec<UserId>> {
        if !self.names_users {
            return None;
        }
        let mut users: Vec<UserId> = self.asks().flat_map(|ask| ask.assertion.people.users()).collect();
        users.sort_unstable();
        users.dedup();
        Some(users)
    }

    /// All assertions, in order.
    pub(super) fn asks(&self) -> impl Iterator<Item = &Ask<'m>> {
        self.tests.iter().flat_map(|placed| &placed.asks)
    }
}

/// A setting, compiled.
#[derive(Debug)]
pub(super) struct Scene<'s, 'm> {
    pub(super) setting: &'s Setting<'m>,
    pub(super) program: Program,
    /// Users whom an assertion may name although they exist nowhere, if that is a mistake in this project.
    strangers: Option<Vec<UserId>>,
    users: OnceLock<Vec<Class<UserId>>>,
    apps: OnceLock<Vec<Class<AppId>>>,
}

impl<'s, 'm> Scene<'s, 'm> {
    /// Lays what the setting gives over the model, adds its assertions, and compiles.
    pub(super) fn of(model: &Model, setting: &'s Setting<'m>, sources: &SourceMap) -> Self {
        Self::in_room(model, setting, sources, None, |_| {})
    }

    /// … with bounds on what closures may store, and with what `add` does to the model when the assertions are in it.
    pub(super) fn in_room(
        model: &Model,
        setting: &'s Setting<'m>,
        sources: &SourceMap,
        room: Option<Room>,
        add: impl FnOnce(&mut Model),
    ) -> Self {
        let mut model = model.clone();
        if !setting.given.is_empty() {
            // What is wrong with it was reported when the project was resolved.
            model::assume(&mut model, setting.given, sources, &mut Sink::new());
        }
        for ask in setting.asks() {
            model.rules.push(Rule::selecting(ask.assertion));
        }
        add(&mut model);
        let whole = Room::of(&model);
        let room = room.unwrap_or(if setting.names_users { Room { people: 0, ..whole } } else { whole });
        let program = compile_variant(&model, sources, room);
        let strangers = strangers(&model, setting);
        Self { setting, program, strangers, users: OnceLock::new(), apps: OnceLock::new() }
    }

    /// Everybody.
    pub(super) fn users(&self) -> &[Class<UserId>] {
        self.users.get_or_init(|| classes::users(&self.program))
    }

    /// Every app.
    pub(super) fn apps(&self) -> &[Class<AppId>] {
        self.apps.get_or_init(|| classes::apps(&self.program))
    }

    /// Users whom an assertion names and who exist nowhere.
    pub(super) fn strangers(&self) -> &[UserId] {
        self.strangers.as_deref().unwrap_or_default()
    }

    /// Judges the test at this position of the setting; with its number in the suite.
    pub(super) fn result(&self, at: usize, clock: &Clock<'_>) -> Option<(usize, TestResult<'m>)> {
        let placed = self.setting.tests.get(at)?;
        let started = clock();
        let mut judge = Judge::new(self);
        let assertions = placed.asks.iter().map(|ask| judge.assertion(ask)).collect();
        let time = clock().saturating_sub(started);
        Some((placed.number, TestResult { test: placed.test, day: placed.day, assertions, time }))
    }
}

/// The users whom assertions name and whom nothing else makes exist, sorted. Where a project describes nobody, anybody may be named.
fn strangers(model: &Model, setting: &Setting<'_>) -> Option<Vec<UserId>> {
    let users = &model.users.rows;
    let people = setting.asks().map(|ask| &ask.assertion.people);
    let named = people.flat_map(|people| people.include.iter().chain(&people.except));
    let mut strangers: Vec<UserId> = named
        .filter_map(|principal| match principal.kind {
            PrincipalKind::User(user) => Some(user),
            _ => None,
        })
        .filter(|&user| users.get(user).is_some_and(|row| row.origin == model::Origin::Named))
        .collect();
    strangers.sort_unstable();
    strangers.dedup();
    let described = || users.iter().any(|row| row.origin >= model::Origin::Given);
    (!strangers.is_empty() && described()).then_some(strangers)
}
