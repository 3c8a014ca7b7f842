//! Rules of every kind with every clause.

use super::Generator;
use crate::random_projects::vocabulary::{BECAUSE, DAYS, STRANGER};
use crate::reference::project::{Effect, Rule};

impl Generator<'_> {
    pub(super) fn rules(&mut self) {
        let mut waivable = Vec::new();
        let count = if self.large { self.dice.number(30, 70) } else { self.dice.number(2, 9) };
        for number in 0..count {
            let mut rule = match self.dice.number(0, 11) {
                0..5 => self.approve(),
                5..7 => self.block(),
                7..9 => self.withhold(),
                9 => self.exempt(),
                _ => self.grant(),
            };
            let is_waivable = matches!(rule.effect, Effect::Block | Effect::Withhold { .. });
            if !matches!(rule.effect, Effect::Exempt { .. }) {
                rule.id =
                    self.dice.maybe(if is_waivable { 85 } else { 50 }, |dice| id(dice.chance(10), number));
                rule.owner = self.dice.maybe(15, |dice| dice.one(&Self::emails()));
            }
            if is_waivable {
                waivable.extend(rule.id.clone());
            }
            self.own.rules.push(rule);
        }
        if !waivable.is_empty() {
            for number in 0..self.dice.number(0, count / 3) {
                let mut rule = self.waive(&waivable);
                rule.id = self.dice.maybe(50, |_| id(false, 100 + number));
                self.own.rules.push(rule);
            }
        }
    }

    fn approve(&mut self) -> Rule {
        let reviewed = if self.dice.chance(30) { Some(self.scope_terms(1, 4)) } else { None };
        let apps = Some(self.apps());
        let people = Some(self.selected_people(true, true));
        let when = self.maybe_condition(35, true);
        Rule { effect: Effect::Approve { reviewed }, apps, people, when, ..self.clauses() }
    }

    fn block(&mut self) -> Rule {
        let apps = Some(self.apps());
        let people = if self.dice.chance(70) { Some(self.selected_people(false, true)) } else { None };
        let when = self.maybe_condition(60, true);
        Rule { effect: Effect::Block, apps, people, when, ..self.clauses() }
    }

    fn withhold(&mut self) -> Rule {
        let scopes = self.scope_terms(1, 3);
        let apps = if self.dice.chance(40) { Some(self.apps()) } else { None };
        let people = Some(self.selected_people(false, true));
        let when = self.maybe_condition(40, true);
        Rule { effect: Effect::Withhold { scopes }, apps, people, when, ..self.clauses() }
    }

    fn waive(&mut self, waivable: &[String]) -> Rule {
        let rule = self.dice.one(waivable);
        let apps = if self.dice.chance(50) { Some(self.apps()) } else { None };
        let people = Some(self.selected_people(true, true));
        let mut clauses = self.clauses();
        if clauses.until.is_none() {
            // The last day: never before a first one.
            clauses.until = Some(DAYS[DAYS.len() - 1].to_owned());
        }
        clauses.because.get_or_insert_with(|| BECAUSE[0].to_owned());
        Rule { effect: Effect::Waive { rule }, apps, people, ..clauses }
    }

    fn grant(&mut self) -> Rule {
        let roles = self.role_names();
        let role = self.dice.one(&roles);
        let people = Some(self.selected_people(true, false));
        Rule { effect: Effect::Grant { role }, people, ..self.clauses() }
    }

    fn exempt(&mut self) -> Rule {
        let listing = self.dice.pick(&["listed", "unlisted"]).to_owned();
        let apps = Some(self.apps());
        let when = self.maybe_condition(40, false);
        Rule { effect: Effect::Exempt { listing }, apps, when, ..self.clauses() }
    }

    /// Dates, first before last, and a reason.
    fn clauses(&mut self) -> Rule {
        let mut days = self.dice.some(&DAYS, 2, 2);
        days.sort_unstable();
        if self.dice.chance(10) {
            days[0] = days[1]; // one day alone
        }
        let (starting, until) = match self.dice.number(0, 9) {
            0..5 => (None, None),
            5..7 => (None, Some(days[1])),
            7 => (Some(days[0]), None),
            _ => (Some(days[0]), Some(days[1])),
        };
        Rule {
            starting: starting.map(str::to_owned),
            until: until.map(str::to_owned),
            because: self.dice.maybe(50, |dice| dice.pick(&BECAUSE).to_owned()),
            ..Rule::default()
        }
    }
}

fn id(odd: bool, number: usize) -> String {
    if odd { format!("rule {number} of \"{STRANGER}\"") } else { format!("r{number}") }
}
