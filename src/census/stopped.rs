//! Whom blocks and withholds keep from an app.

use fixedbitset::FixedBitSet;

use super::census::Census;
use crate::eval::{Truth, scope_bits};
use crate::program::{RuleKind, SelectorId};
use crate::text::{AppId, Id, RuleId, UserId};

impl Census<'_> {
    /// Everybody whom a block keeps from the app; `None`: there is too much to look at.
    pub(crate) fn blocked(&self, app: AppId) -> Option<FixedBitSet> {
        let mut blocked = self.nobody();
        for rule in self.blocks(app) {
            self.add_subjects(rule, app, &mut blocked)?;
        }
        Some(blocked)
    }

    /// The blocks in force that keep somebody from the app or may, as far as apps matter.
    pub(crate) fn blocks(&self, app: AppId) -> Vec<RuleId> {
        let anybody = UserId::from_index(0);
        let mut rules = self.ask(anybody, app, |case| case.rules_about(RuleKind::Block, u64::MAX, None));
        rules.retain(|&rule| self.may_be_about(rule, app));
        rules
    }

    /// Adds everybody from whom a withhold takes a scope that the app must have.
    pub(crate) fn add_withheld(&self, app: AppId, to: &mut FixedBitSet) -> Option<()> {
        let anybody = UserId::from_index(0);
        let required = self.ask(anybody, app, |case| case.required().to_vec());
        for &scope in &required {
            to.union_with(&self.surely_withheld(scope));
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
        rules.iter().try_for_each(|&rule| self.add_subjects(rule, app, to))
    }

    /// The users of these kinds who are not among the stopped.
    pub(crate) fn others_of(&self, kinds: &FixedBitSet, stopped: &FixedBitSet) -> FixedBitSet {
        let mut left = self.nobody();
        kinds.ones().for_each(|kind| self.by_kind.get(kind).add(&mut left));
        left.difference_with(stopped);
        left
    }

    /// The people to whom a block or withhold in force applies on an app that it may be about, or may apply.
    pub(crate) fn subjects(&self, rule: RuleId, app: AppId) -> Option<FixedBitSet> {
        let mut subjects = self.fitting(rule, app, false)?;
        self.waivers(rule, app).iter().for_each(|&waiver| self.remove_people(waiver, &mut subjects));
        Some(subjects)
    }

    fn add_subjects(&self, rule: RuleId, app: AppId, to: &mut FixedBitSet) -> Option<()> {
        let row = self.program().rules.rows.get(rule)?;
        if row.condition.is_some() || !row.waivers.is_empty() {
            to.union_with(&self.subjects(rule, app)?);
            return Some(());
        }
        self.add_people(rule, to);
        self.spend(self.words().min(self.breadth(rule)) / 16 + 1).then_some(())
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

    fn may_be_about(&self, rule: RuleId, app: AppId) -> bool {
        self.ask(UserId::from_index(0), app, |case| case.selects_app(rule) != Truth::False)
    }

    /// No user.
    pub(crate) fn nobody(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.roster.everyone.len())
    }

    /// How many words hold a bit for each user.
    pub(super) fn words(&self) -> usize {
        self.roster.everyone.len().div_ceil(64)
    }
}
