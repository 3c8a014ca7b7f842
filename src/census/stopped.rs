//! Whom blocks and withholds keep from an app.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::census::{ByScope, Census};
use crate::eval::{Case, Truth, scope_bits};
use crate::program::{RuleKind, SelectorId};
use crate::text::{AppId, Id, RuleId, ScopeId, UserId};

impl Census<'_> {
    /// Everybody whom no block keeps from the app; `None`: there is too much to look at.
    pub(crate) fn unblocked(&self, app: AppId) -> Option<FixedBitSet> {
        let mut left = self.everybody();
        self.blocks(app).into_iter().try_for_each(|rule| self.remove_subjects(rule, app, &mut left))?;
        Some(left)
    }

    /// The blocks in force that keep somebody from the app or may, as far as apps matter.
    pub(crate) fn blocks(&self, app: AppId) -> Vec<RuleId> {
        let anybody = UserId::from_index(0);
        let mut rules = self.ask(anybody, app, |case| case.rules_about(RuleKind::Block, u64::MAX, None));
        rules.retain(|&rule| self.may_be_about(rule, app));
        rules
    }

    /// Takes everybody out of `from` from whom a withhold takes a scope that the app must have; `None`: there is too much to look at.
    pub(crate) fn remove_withheld(&self, app: AppId, from: &mut FixedBitSet) -> Option<()> {
        let anybody = UserId::from_index(0);
        let required = self.ask(anybody, app, |case| case.required().to_vec());
        for &scope in &required {
            from.difference_with(&*self.surely_withheld(scope)?);
        }
        if !self.spend(required.len() * self.words() / 32) {
            return None;
        }
        // Those about all apps are the most, and most of them are told above.
        let bits = scope_bits(&required);
        let mut rules =
            self.ask(anybody, app, |case| case.rules_about(RuleKind::Withhold, bits, Some(SelectorId::ALL)));
        rules.extend(&self.roster.other_withholds);
        if !self.spend(rules.len()) {
            return None;
        }
        rules.retain(|&rule| {
            self.ask(anybody, app, |case| {
                case.takes(rule, &required) && case.rule(rule).is_some_and(|row| case.in_force(row))
            }) && self.may_be_about(rule, app)
        });
        rules.into_iter().try_for_each(|rule| self.remove_subjects(rule, app, from))
    }

    /// Takes those out of `from` from whom a scope that the app must have is withheld on every app for ever. `None`: there is too much to
    /// look at.
    pub(crate) fn remove_always_withheld(&self, app: AppId, from: &mut FixedBitSet) -> Option<()> {
        let required = self.ask(UserId::from_index(0), app, |case| case.required().to_vec());
        for &scope in &required {
            from.difference_with(&*self.always_withheld(scope)?);
        }
        self.spend(required.len() * self.words() / 32).then_some(())
    }

    /// Users from whom the scope is surely withheld on every app: by a rule about all apps without condition and waiver. There may be more.
    /// `None`: there is too much to look at.
    fn surely_withheld(&self, scope: ScopeId) -> Option<Arc<FixedBitSet>> {
        if let Some(withheld) = self.withheld.borrow().get(&scope) {
            return Some(Arc::clone(withheld));
        }
        let lasting = self.always_withheld(scope)?;
        let passing = self.taking(&self.roster.passing_withholds, scope)?;
        let withheld = if passing.is_empty() {
            lasting
        } else {
            let mut withheld = (*lasting).clone();
            passing.into_iter().for_each(|rule| self.add_people(rule, &mut withheld));
            Arc::new(withheld)
        };
        self.keep(&self.withheld, scope, &withheld);
        Some(withheld)
    }

    /// Those of them of whom it is so on every day.
    fn always_withheld(&self, scope: ScopeId) -> Option<Arc<FixedBitSet>> {
        if let Some(withheld) = self.always_withheld.borrow().get(&scope) {
            return Some(Arc::clone(withheld));
        }
        let mut withheld = self.nobody();
        let rules = self.taking(&self.roster.lasting_withholds, scope)?;
        rules.into_iter().for_each(|rule| self.add_people(rule, &mut withheld));
        let withheld = Arc::new(withheld);
        self.keep(&self.always_withheld, scope, &withheld);
        Some(withheld)
    }

    /// Those of some withholds on all apps that are in force and take the scope.
    fn taking(&self, rules: &[RuleId], scope: ScopeId) -> Option<Vec<RuleId>> {
        let takes = |case: &Case<'_>| {
            let takes = |rule: &RuleId| {
                case.rule(*rule).is_some_and(|row| case.in_force(row)) && case.takes(*rule, &[scope])
            };
            rules.iter().copied().filter(takes).collect::<Vec<RuleId>>()
        };
        let taking = self.ask(UserId::from_index(0), AppId::from_index(0), takes);
        self.spend(rules.len() / 16 + taking.len() * self.words() / 32).then_some(taking)
    }

    /// Keeps a set. Each takes a bit for each user: no more of them than fit into a few megabytes.
    fn keep(&self, sets: &RefCell<ByScope>, scope: ScopeId, set: &Arc<FixedBitSet>) {
        let mut sets = sets.borrow_mut();
        if sets.len() * self.roster.everyone.len() < 1 << 28 {
            sets.insert(scope, Arc::clone(set));
        }
    }

    /// The people to whom a block or withhold in force applies on an app that it may be about, or may apply.
    pub(crate) fn subjects(&self, rule: RuleId, app: AppId) -> Option<Cow<'_, FixedBitSet>> {
        let mut subjects = self.fitting(rule, app, false)?;
        let waivers = self.waivers(rule, app);
        waivers.into_iter().for_each(|waiver| self.remove_people(waiver, subjects.to_mut()));
        Some(subjects)
    }

    fn remove_subjects(&self, rule: RuleId, app: AppId, from: &mut FixedBitSet) -> Option<()> {
        if self.program().rules.rows.get(rule)?.waivers.is_empty() {
            return self.remove_fitting(rule, app, false, from);
        }
        from.difference_with(&*self.subjects(rule, app)?);
        Some(())
    }

    /// The waivers of the rule that are in force and surely about the app.
    fn waivers(&self, rule: RuleId, app: AppId) -> Vec<RuleId> {
        let rules = &self.program().rules;
        let waivers = rules.rows.get(rule).map_or(&[][..], |row| row.waivers.of(&rules.waivers));
        let lifts = |waiver: &RuleId| {
            self.ask(UserId::from_index(0), app, |case| {
                case.rule(*waiver).is_some_and(|row| case.in_force(row))
                    && case.selects_app(*waiver) == Truth::True
            })
        };
        waivers.iter().copied().filter(lifts).collect()
    }

    /// Whether a rule that names the app is about it or may be: it may except it.
    fn may_be_about(&self, rule: RuleId, app: AppId) -> bool {
        let has_exceptions =
            self.program().rules.rows.get(rule).is_none_or(|row| !row.apps_except.is_empty());
        !has_exceptions || self.ask(UserId::from_index(0), app, |case| case.selects_app(rule) != Truth::False)
    }

    /// No user.
    pub(crate) fn nobody(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.roster.everyone.len())
    }

    /// Every user.
    pub(crate) fn everybody(&self) -> FixedBitSet {
        let mut everybody = self.nobody();
        everybody.insert_range(..);
        everybody
    }

    /// How many words hold a bit for each user.
    pub(super) fn words(&self) -> usize {
        self.roster.everyone.len().div_ceil(64)
    }
}
