//! Policy tests as text.

use super::conditions::condition;
use super::facts::entity;
use super::item;
use super::rules::{apps, people};
use super::text::Writer;
use crate::random_projects::dice::Dice;
use crate::random_projects::generate::PolicyTest;
use crate::reference::judge::{Assertion, Kind};

/// The text of a file with these tests.
pub fn tests(dice: &mut Dice, tests: &[PolicyTest]) -> String {
    tests.iter().map(|one| item(dice, |w| test(w, one))).collect()
}

fn test(w: &mut Writer<'_>, test: &PolicyTest) {
    w.words("test");
    w.string(&test.name);
    if let Some(day) = &test.at {
        w.words("at");
        w.name(day);
    }
    w.words("{");
    for record in &test.given {
        w.words("given");
        entity(w, record);
    }
    for one in &test.assertions {
        assertion(w, one);
    }
    w.punctuation("}");
}

fn assertion(w: &mut Writer<'_>, assertion: &Assertion) {
    w.words(match assertion.kind {
        Kind::Allow => "allow",
        Kind::Deny(_) => "deny",
        Kind::Only => "only",
    });
    people(w, &assertion.people);
    w.words("install");
    apps(w, &assertion.apps);
    let when_first = w.dice.chance(50);
    if when_first {
        when(w, assertion);
    }
    if let Kind::Deny(codes) = &assertion.kind
        && !codes.is_empty()
    {
        w.words("with");
        w.list(codes, false, |w, code| w.name(code));
    }
    if !when_first {
        when(w, assertion);
    }
}

fn when(w: &mut Writer<'_>, assertion: &Assertion) {
    if let Some(when) = &assertion.when {
        w.words("when");
        condition(w, when);
    }
}
