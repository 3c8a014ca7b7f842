//! What stops people today need not stop them for as long as an approval lasts.

use std::collections::BTreeSet;

use super::Reach;
use crate::eval::{Case, scope_bits};
use crate::program::{Day, RuleKind, SelectorId};
use crate::text::{AppId, Id, RuleId, UserId};

impl Reach<'_, '_> {
    /// Whether a block or withhold goes on keeping whom it keeps, until the approval ends.
    pub(super) fn keeps_to_the_end(&self, rule: RuleId, approval: RuleId) -> bool {
        let rules = &self.census.program().rules;
        let comes =
            |waiver: &RuleId| rules.rows.get(*waiver).is_some_and(|row| self.census.day() < row.first);
        let waivers = rules.rows.get(rule).map_or(&[][..], |row| row.waivers.of(&rules.waivers));
        self.lasts_as_long(rule, approval) && self.census.roster.is_steady(rule) && !waivers.iter().any(comes)
    }

    /// Whether the rule may be about others on a later day: its condition looks at the day or at roles that end, or it names or excepts
    /// such roles.
    pub(super) fn is_for_others_later(&self, rule: RuleId) -> bool {
        let row = self.context.model.rules.at(rule);
        let comes = |people| self.shared.shifts.may_add_to(people, self.census.date, row.period);
        !self.census.roster.is_steady(rule)
            && (row.condition.is_some() || row.people.as_ref().is_some_and(comes))
    }

    /// Whether what these waivers lift comes back before the rule ends, for some of those for whom it is lifted.
    pub(super) fn comes_back(&self, waivers: &BTreeSet<RuleId>, rule: RuleId) -> bool {
        let stays =
            |&waiver: &RuleId| self.lasts_as_long(waiver, rule) && self.census.roster.is_steady(waiver);
        !waivers.iter().all(stays)
    }

    /// Whether one of the rule's people gets a role on a later day that it lasts.
    pub(super) fn roles_come_later(&self, rule: RuleId) -> Option<bool> {
        let Some(coming) = &self.shared.coming else { return Some(false) };
        let people = self.census.people(rule);
        let reaches = coming.reaches(&people, self.last(rule));
        self.census.spend(people.len() / 8).then_some(reaches)
    }

    fn last(&self, rule: RuleId) -> Day {
        self.census.program().rules.rows.get(rule).map_or(Day::ALWAYS_WAS, |row| row.last)
    }

    /// Whether one of the approval's people, whose roles suffice, is kept from an app only by rules that do not do so until it ends.
    pub(super) fn rules_let_in_later(&self, approval: RuleId, apps: &[AppId]) -> Option<bool> {
        let keeps = |rule: RuleId| self.keeps_to_the_end(rule, approval);
        for &app in apps {
            let mut ending = self.census.blocks(app);
            ending.extend(self.withholds(app)?);
            ending.retain(|&rule| !keeps(rule));
            if ending.is_empty() {
                continue;
            }
            let mut kept = self.census.nobody();
            ending.iter().for_each(|&rule| self.census.add_people(rule, &mut kept));
            kept.intersect_with(self.census.able_people(app).bits());
            if kept.is_clear() {
                continue;
            }
            kept.intersect_with(&*self.approved(approval, app)?);
            self.census.remove_always_withheld(app, &mut kept)?;
            let gets_in =
                |case: &Case<'_>| !case.blocked_by(keeps) && !case.withheld_by(case.required(), keeps);
            if !self.census.spend((ending.len() + 2) * kept.len() / 2048 + kept.count_ones(..)) {
                return None;
            }
            if kept.ones().any(|user| self.census.ask(UserId::from_index(user), app, gets_in)) {
                return Some(true);
            }
        }
        Some(false)
    }

    /// The withholds in force that take a scope from the app which it must have, whomever they are about; of those on all apps the ones that
    /// do not go on for ever.
    fn withholds(&self, app: AppId) -> Option<Vec<RuleId>> {
        let (census, anybody) = (self.census, UserId::from_index(0));
        let required = census.ask(anybody, app, |case| case.required().to_vec());
        let bits = scope_bits(&required);
        let of_app = |case: &Case<'_>| case.rules_about(RuleKind::Withhold, bits, Some(SelectorId::ALL));
        let mut rules = census.ask(anybody, app, of_app);
        rules.extend(&census.roster.ending_withholds);
        if !census.spend(rules.len() / 4) {
            return None;
        }
        rules.retain(|&rule| {
            census.ask(anybody, app, |case| {
                case.rule(rule).is_some_and(|row| case.in_force(row)) && case.takes(rule, &required)
            })
        });
        Some(rules)
    }
}
