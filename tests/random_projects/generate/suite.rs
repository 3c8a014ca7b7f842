//! Policy tests.

use std::collections::BTreeSet;

use super::{Generator, Random};
use crate::random_projects::assume;
use crate::random_projects::dice::Dice;
use crate::random_projects::render::record::{FieldValue, Record};
use crate::random_projects::vocabulary::DAYS;
use crate::reference::judge::{Assertion, Kind, Verdict, World, codes, judge};
use crate::reference::project::{AppSelector, Apps, People, Principal, Project};

/// A policy test.
#[derive(Clone, Debug)]
pub struct PolicyTest {
    pub name: String,
    pub at: Option<String>,
    pub given: Vec<Record>,
    /// The project with what is given.
    pub scene: Project,
    pub assertions: Vec<Assertion>,
}

impl Random {
    /// Some policy tests, most of which fail.
    pub fn tests(&self, dice: &mut Dice) -> Vec<PolicyTest> {
        let count = dice.number(1, 6);
        (0..count).map(|number| self.test(dice, number)).collect()
    }

    fn test(&self, dice: &mut Dice, number: usize) -> PolicyTest {
        let mut scene = self.whole();
        let givens = if dice.chance(40) { dice.number(1, 2) } else { 0 };
        let given: Vec<Record> = (0..givens).map(|_| assume::entity(dice, &mut scene)).collect();
        let listed = self.own.groups.iter().flat_map(|group| group.members.iter().cloned()).collect();
        let (own, base) = (self.own.clone(), self.base.clone());
        let mut generator = Generator { dice, zoom: self.zoom, large: false, own, base, listed };
        let assertions = (0..generator.dice.number(1, 3)).map(|_| generator.assertion(&given)).collect();
        let at = dice.maybe(80, |dice| dice.pick(&DAYS).to_owned());
        PolicyTest { name: format!("t{number} \"ü\""), at, given, scene, assertions }
    }
}

impl Generator<'_> {
    fn assertion(&mut self, given: &[Record]) -> Assertion {
        let kind = match self.dice.number(0, 2) {
            0 => Kind::Allow,
            1 => Kind::Only,
            _ => Kind::Deny(self.dice.some(&CODES, 0, 2).into_iter().map(str::to_owned).collect()),
        };
        let strangers = self.dice.chance(5);
        let mut people = self.selected_people(strangers, true);
        let mut apps = self.apps();
        for record in given.iter().filter(|_| self.dice.chance(60)).collect::<Vec<_>>() {
            if let Some(email) = record.user() {
                people.include = vec![Principal::User(email)];
            } else if let Some((_, FieldValue::Text(name))) = record.fields.first() {
                apps.include.push(AppSelector::App(name.clone()));
            }
        }
        let when = self.maybe_condition(25, true);
        Assertion { kind, people, apps, when }
    }
}

const CODES: [&str; 6] =
    ["unavailable", "blocked", "approval-required", "admin-managed", "missing-scopes", "unknown-fact"];

/// Changes what most assertions claim to something that holds.
pub fn settle(dice: &mut Dice, world: &World<'_>, assertion: &mut Assertion) {
    if dice.chance(25) {
        return;
    }
    let mut claims = [0, 1, 2];
    dice.shuffle(&mut claims);
    for claim in claims {
        let settled = match claim {
            0 => Assertion { kind: Kind::Allow, ..assertion.clone() },
            1 => denied(dice, world, assertion),
            _ => only(dice, world, assertion),
        };
        if judge(world, &settled).holds(&settled.kind) {
            *assertion = settled;
            return;
        }
    }
}

/// That nobody may, for reasons that all of them have.
fn denied(dice: &mut Dice, world: &World<'_>, assertion: &Assertion) -> Assertion {
    let with = |kind| Assertion { kind, ..assertion.clone() };
    let common: Vec<String> = CODES
        .iter()
        .map(|code| (*code).to_owned())
        .filter(|code| {
            let asked = with(Kind::Deny(vec![code.clone()]));
            judge(world, &asked).lacking.is_empty()
        })
        .collect();
    with(Kind::Deny(dice.some(&common, 0, 2)))
}

/// That exactly those may have one of the apps who may.
fn only(dice: &mut Dice, world: &World<'_>, assertion: &Assertion) -> Assertion {
    let project = world.project;
    let app = dice.one(&project.apps);
    let may = |user: &&String| codes(project, user, &app, world.day).is_empty();
    let users: BTreeSet<&String> = world.everybody.iter().filter(may).collect();
    let people = People {
        include: users.into_iter().map(|user| Principal::User(user.clone())).collect(),
        except: Vec::new(),
    };
    if people.include.is_empty() {
        return assertion.clone();
    }
    let apps = Apps { include: vec![AppSelector::App(app.id)], except: Vec::new() };
    Assertion { kind: Kind::Only, people, apps, when: None }
}

impl PolicyTest {
    /// What comes of each assertion.
    pub fn verdicts(
        &self,
        scene: &Project,
        everybody: &BTreeSet<String>,
        known: &BTreeSet<String>,
        today: &str,
    ) -> Vec<Verdict> {
        let day = self.at.as_deref().unwrap_or(today);
        let world = World { project: scene, everybody, known, day };
        self.assertions.iter().map(|assertion| judge(&world, assertion)).collect()
    }

    /// Whether all of these hold.
    pub fn passes(&self, verdicts: &[Verdict]) -> bool {
        self.assertions.iter().zip(verdicts).all(|(assertion, verdict)| verdict.holds(&assertion.kind))
    }
}
