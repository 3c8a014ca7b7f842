//! What stops people today need not stop them for as long as an approval lasts.

use super::Reach;
use super::approvals::is_true;
use crate::eval::{Case, Truth, scope_bits};
use crate::program::{Day, RuleKind, SelectorId};
use crate::text::{AppId, Id, RuleId, UserId};

/// Whether the user could install the app if it were approved for them and no rule took anything away.
pub(super) fn suffices(case: &Case<'_>) -> bool {
    case.available() == Truth::True
        && case.may_add() == Truth::True
        && case.scopes_known()
        && case.required().iter().all(|&scope| case.gives(scope))
}

impl Reach<'_, '_> {
    /// Whether a block or withhold goes on keeping whom it keeps, until the approval ends.
    pub(super) fn keeps_to_the_end(&self, rule: RuleId, approval: RuleId) -> bool {
        let rules = &self.census.program().rules;
        let comes =
            |waiver: &RuleId| rules.rows.get(*waiver).is_some_and(|row| self.census.day() < row.first);
        let waivers = rules.rows.get(rule).map_or(&[][..], |row| row.waivers.of(&rules.waivers));
        self.lasts_as_long(rule, approval) && self.census.roster.is_steady(rule) && !waivers.iter().any(comes)
    }

    /// The grants that begin while the approval lasts.
    fn grants_to_come(&self, approval: RuleId) -> impl Iterator<Item = RuleId> {
        let rows = &self.census.program().rules.rows;
        let last = rows.get(approval).map_or(Day::ALWAYS_WILL_BE, |row| row.last);
        let comes = move |grant: &RuleId| {
            rows.get(*grant).is_some_and(|row| self.census.day() < row.first && row.first <= last)
        };
        self.shared.grants_to_come.iter().copied().filter(comes)
    }

    /// Whether the approval may be for others on a later day: its condition looks at the day or at roles that end, or it names or excepts
    /// such roles.
    pub(super) fn is_for_others_later(&self, approval: RuleId) -> bool {
        let row = self.census.program().rules.rows.get(approval);
        let loses_some = row.is_some_and(|row| row.condition.is_some() || !row.people_except.is_empty());
        !self.census.roster.is_steady(approval)
            && (loses_some || self.grants_to_come(approval).next().is_some())
    }

    /// Whether one of the approval's people gets a role on a later day that it lasts.
    pub(super) fn roles_come_later(&self, approval: RuleId) -> Option<bool> {
        let people = self.census.people(approval);
        for grant in self.grants_to_come(approval) {
            let gets = self.census.people(grant);
            if !self.census.spend((people.len() + gets.len()) / 8) {
                return None;
            }
            let (few, many) = if people.len() < gets.len() { (&people, &gets) } else { (&gets, &people) };
            if few.iter().any(|user| many.binary_search(user).is_ok()) {
                return Some(true);
            }
        }
        Some(false)
    }

    /// Whether one of the approval's people, whose roles suffice, is kept from an app only by rules that do not do so until it ends.
    pub(super) fn rules_let_in_later(&self, approval: RuleId, apps: &[AppId]) -> Option<bool> {
        let keeps = |rule: RuleId| self.keeps_to_the_end(rule, approval);
        for &app in apps {
            let passing = self.census.blocks(app).into_iter().any(|block| !keeps(block))
                || self.withholds(app)?.into_iter().any(|withhold| !keeps(withhold));
            let gets_in = |case: &Case<'_>| {
                case.approves(approval)
                    && suffices(case)
                    && !case.blocked_by(keeps)
                    && !case.withheld_by(case.required(), keeps)
            };
            if passing && self.census.some_pair(approval, &[app], is_true, gets_in)? {
                return Some(true);
            }
        }
        Some(false)
    }

    /// The withholds in force that take a scope from the app which it must have, whomever they are about; of those on all apps the ones that
    /// may not be for ever.
    fn withholds(&self, app: AppId) -> Option<Vec<RuleId>> {
        let (census, anybody) = (self.census, UserId::from_index(0));
        let required = census.ask(anybody, app, |case| case.required().to_vec());
        let bits = scope_bits(&required);
        let of_app = |case: &Case<'_>| case.rules_about(RuleKind::Withhold, bits, Some(SelectorId::ALL));
        let mut rules = census.ask(anybody, app, of_app);
        rules.extend(census.roster.passing_withholds_on_all_apps());
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
