//! One user, one app and one day: the conjuncts of a decision.

use super::lookup::{Person, Target};
use super::scopes::ScopeRoom;
use super::select::scope_bits;
use super::truth::Truth;
use crate::program::{Day, Program, Rule, RuleEffect, RuleKind};
use crate::terms::{DeveloperKind, ManagedBy, Stage};
use crate::text::{RuleId, ScopeId, UserId};

/// One user, one app and one day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case<'a> {
    /// What is decided by.
    pub(super) program: &'a Program,
    /// The day.
    pub(super) day: Day,
    /// The user.
    pub(super) person: Person<'a>,
    /// The app.
    pub(super) app: Target<'a>,
    /// What is kept about lists of scopes.
    pub(super) scopes: &'a ScopeRoom,
}

impl<'a> Case<'a> {
    /// Whether the app can be added by anybody on that day.
    #[inline]
    pub(crate) fn available(&self) -> Truth {
        let row = self.app.row;
        if row.developer_kind == Some(DeveloperKind::Internal) {
            return Truth::True;
        }
        let unless_internal = match row.developer_kind {
            None => Truth::Unknown,
            Some(_) => Truth::False,
        };
        match (row.stage, row.beta_until) {
            (Some(Stage::Published), _) => Truth::True,
            (None, _) | (Some(Stage::Beta), None) => Truth::Unknown,
            (Some(Stage::Beta), Some(end)) if self.day <= end => Truth::True,
            (Some(Stage::Beta | Stage::Development | Stage::Private), _) => unless_internal,
        }
    }

    /// Whether approval is required: the listing's section says so. Unknown without a listing.
    #[inline]
    pub(crate) fn requires_approval(&self) -> Option<bool> {
        Some(self.program.account.requires_approval(self.app.row.listing?))
    }

    /// The row of a rule.
    #[inline]
    pub(crate) fn rule(&self, rule: RuleId) -> Option<&'a Rule> {
        self.program.rules.rows.get(rule)
    }

    /// Whether the rule is in force on that day.
    #[inline]
    pub(crate) fn in_force(&self, rule: &Rule) -> bool {
        rule.first <= self.day && self.day <= rule.last
    }

    /// Whether some exemption of the app's section is in force and selects the app.
    #[inline]
    pub(crate) fn exempt(&self) -> bool {
        self.exempt_by(|_| true)
    }

    /// Whether one of the exemptions that free the app counts.
    #[inline]
    pub(crate) fn exempt_by(&self, mut counts: impl FnMut(RuleId) -> bool) -> bool {
        self.any_rule(RuleKind::Exempt, self.app.list(RuleKind::Exempt), u64::MAX, |rule| {
            self.exempts(rule) && counts(rule)
        })
    }

    /// Whether an exemption that names one of the app's sure selectors frees the app.
    pub(crate) fn exempts(&self, rule: RuleId) -> bool {
        let effect = self.program.rules.texts.get(rule).map(|text| text.effect);
        let section = self.app.row.listing.map(RuleEffect::Exempt);
        let surely = |row: &Rule| {
            let selectors = &self.program.rules.selectors;
            self.app.selected_by_any(row.apps_except.of(selectors)) == Truth::False
                && self.condition(row) == Truth::True
        };
        effect == section && self.rule(rule).is_some_and(|row| self.in_force(row) && surely(row))
    }

    /// Whether some approval covers the user and the app.
    #[inline]
    pub(crate) fn approved(&self) -> bool {
        self.approved_by(|_| true)
    }

    /// Whether one of the approvals that cover the user and the app counts.
    #[inline]
    pub(crate) fn approved_by(&self, mut counts: impl FnMut(RuleId) -> bool) -> bool {
        self.any_rule(RuleKind::Approve, self.app.list(RuleKind::Approve), u64::MAX, |rule| {
            self.approves(rule) && counts(rule)
        })
    }

    /// Whether an approval that names the user and one of the app's sure selectors covers them.
    #[inline]
    pub(crate) fn approves(&self, rule: RuleId) -> bool {
        let rules = &self.program.rules;
        self.rule(rule).is_some_and(|row| {
            self.in_force(row)
                && !self.person.has_any(row.people_except.of(&rules.principals))
                && self.app.selected_by_any(row.apps_except.of(&rules.selectors)) == Truth::False
                && self.condition(row) == Truth::True
                && self.is_reviewed(row)
        })
    }

    /// Whether every scope that the app asks for was reviewed, where the approval says which were.
    pub(crate) fn is_reviewed(&self, row: &Rule) -> bool {
        let Some(list) = row.scopes else { return true };
        self.app.row.scopes_known && self.asked().all(|scope| self.belongs(list, scope))
    }

    /// Whether some block applies.
    #[inline]
    pub(crate) fn blocked(&self) -> bool {
        self.blocked_by(|_| true)
    }

    /// Whether one of the blocks that apply counts.
    #[inline]
    pub(crate) fn blocked_by(&self, mut counts: impl FnMut(RuleId) -> bool) -> bool {
        let mut blocks = |rule| self.may_apply(rule) && !self.waived(rule) && counts(rule);
        self.any_rule(RuleKind::Block, self.app.list(RuleKind::Block), u64::MAX, &mut blocks)
            || self.any_rule(RuleKind::Block, self.app.unknown, u64::MAX, blocks)
    }

    /// Whether a block or withhold that names the user and one of the app's selectors applies or may apply, waivers aside.
    #[inline]
    pub(crate) fn may_apply(&self, rule: RuleId) -> bool {
        let rules = &self.program.rules;
        self.rule(rule).is_some_and(|row| {
            self.in_force(row)
                && !self.person.has_any(row.people_except.of(&rules.principals))
                && self.app.selected_by_any(row.apps_except.of(&rules.selectors)) != Truth::True
                && self.condition(row) != Truth::False
        })
    }

    /// Whether some waiver of the rule is in force and surely selects the user and the app.
    #[inline]
    pub(crate) fn waived(&self, rule: RuleId) -> bool {
        self.waivers(rule).next().is_some()
    }

    /// The waivers of the rule that are in force and surely select the user and the app.
    #[inline]
    pub(crate) fn waivers(&self, rule: RuleId) -> impl Iterator<Item = RuleId> {
        let waivers = self.rule(rule).map(|row| row.waivers).unwrap_or_default();
        waivers.of(&self.program.rules.waivers).iter().copied().filter(|&waiver| {
            self.rule(waiver).is_some_and(|row| self.in_force(row))
                && self.selects_person(waiver)
                && self.selects_app(waiver) == Truth::True
        })
    }

    /// The user.
    pub(crate) fn user(&self) -> UserId {
        self.person.id
    }

    /// Whether the scopes that the app must have are known.
    pub(crate) fn scopes_known(&self) -> bool {
        self.app.row.scopes_known
    }

    /// Whether the user may add the app as far as who manages it matters. Unknown where that is not known.
    #[inline]
    pub(crate) fn may_add(&self) -> Truth {
        match self.app.row.managed_by {
            Some(ManagedBy::User) => Truth::True,
            _ if self.person.roles.installer => Truth::True,
            Some(ManagedBy::Admin) => Truth::False,
            None => Truth::Unknown,
        }
    }

    /// The scopes that the app must have, in the order stated.
    #[inline]
    pub(crate) fn required(&self) -> &'a [ScopeId] {
        self.app.row.required.of(&self.program.apps.scopes)
    }

    /// The scopes that the app would like, in the order stated.
    pub(crate) fn optional(&self) -> &'a [ScopeId] {
        self.app.row.optional.of(&self.program.apps.scopes)
    }

    /// Every scope that the app asks for.
    pub(crate) fn asked(&self) -> impl Iterator<Item = ScopeId> + use<'a> {
        self.required().iter().chain(self.optional()).copied()
    }

    /// Whether some withhold takes one of the scopes away.
    #[inline]
    pub(crate) fn withheld(&self, scopes: &[ScopeId]) -> bool {
        self.withheld_by(scopes, |_| true)
    }

    /// Whether one of the withholds that take one of the scopes away counts.
    #[inline]
    pub(crate) fn withheld_by(&self, scopes: &[ScopeId], mut counts: impl FnMut(RuleId) -> bool) -> bool {
        let bits = scope_bits(scopes);
        let mut withholds =
            |rule| self.takes(rule, scopes) && self.may_apply(rule) && !self.waived(rule) && counts(rule);
        self.any_rule(RuleKind::Withhold, self.app.list(RuleKind::Withhold), bits, &mut withholds)
            || self.any_rule(RuleKind::Withhold, self.app.unknown, bits, withholds)
    }

    /// Whether a withhold lists one of the scopes or something it implies.
    #[inline]
    pub(crate) fn takes(&self, rule: RuleId, scopes: &[ScopeId]) -> bool {
        let list = self.rule(rule).and_then(|row| row.scopes);
        list.is_some_and(|list| scopes.iter().any(|&scope| self.belongs(list, scope)))
    }

    /// Whether the user holds every required scope of the app.
    pub(crate) fn holds_required(&self) -> bool {
        self.required().iter().all(|&scope| self.gives(scope)) && !self.withheld(self.required())
    }
}
