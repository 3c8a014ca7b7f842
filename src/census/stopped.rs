//! Whom blocks and withholds keep from an app.

use std::rc::Rc;

use fixedbitset::FixedBitSet;

use super::census::Census;
use super::pairs::LooksAt;
use crate::eval::{Truth, scope_bits};
use crate::program::{RuleKind, SelectorId};
use crate::text::{AppId, Id, RuleId, UserId};

impl Census<'_> {
    /// How many bits about people are kept for rules.
    const BITS: usize = 1 << 28;

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

    /// The people to whom a block or withhold in force applies on an app that it may be about, or may apply, sorted; `among`: those among
    /// these sorted people only.
    pub(crate) fn subjects(&self, rule: RuleId, app: AppId, among: Option<&[UserId]>) -> Option<Vec<UserId>> {
        let mut subjects = self.fitting(rule, app, among, |truth| truth != Truth::False)?;
        for waiver in self.waivers(rule, app) {
            subjects = super::roster::without(&subjects, &self.people(waiver));
        }
        Some(subjects)
    }

    fn add_subjects(&self, rule: RuleId, app: AppId, to: &mut FixedBitSet) -> Option<()> {
        let settled = self.settled(rule, app);
        if settled == Truth::False {
            return Some(());
        }
        let waivers = self.waivers(rule, app);
        let looks = LooksAt::of_rule(self.program(), rule);
        // Where the app alone does not settle it, those are wanted with whom it is not false, on every app the same.
        let same_on_all = settled == Truth::True || !(looks.user && looks.app);
        if !(same_on_all && self.has_many(rule)) {
            self.subjects(rule, app, None)?.iter().for_each(|user| to.insert(user.index()));
            return Some(());
        }
        let all = self.whole(rule, app, settled == Truth::True || !looks.user)?;
        if !self.spend(self.words() / 32 + 1) {
            return None;
        }
        if waivers.is_empty() {
            to.union_with(&all);
            return Some(());
        }
        let mut left = (*all).clone();
        for waiver in waivers {
            self.people(waiver).iter().for_each(|user| left.set(user.index(), false));
        }
        to.union_with(&left);
        Some(())
    }

    /// The rule's people, or those with whom its condition, which looks at nothing else, is not false, a bit each.
    fn whole(&self, rule: RuleId, app: AppId, everybody: bool) -> Option<Rc<FixedBitSet>> {
        if let Some(all) = self.whole.borrow().get(&(rule, everybody)) {
            return Some(Rc::clone(all));
        }
        let mut all = self.nobody();
        if everybody {
            self.people(rule).iter().for_each(|user| all.insert(user.index()));
        } else {
            let fitting = self.fitting(rule, app, None, |truth| truth != Truth::False)?;
            fitting.iter().for_each(|user| all.insert(user.index()));
        }
        let all = Rc::new(all);
        let mut kept = self.whole.borrow_mut();
        if kept.len() * self.roster.everyone.len() > Self::BITS {
            kept.clear();
        }
        kept.insert((rule, everybody), Rc::clone(&all));
        Some(all)
    }

    /// Whether a bit for each user takes less time than the list of the rule's people.
    fn has_many(&self, rule: RuleId) -> bool {
        let rules = &self.program().rules;
        let people = rules.texts.get(rule).map_or(&[][..], |text| text.people.of(&rules.principals));
        people.iter().map(|&one| self.selected_by(one).len()).sum::<usize>() > self.words()
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

    fn nobody(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.roster.everyone.len())
    }

    /// How many words hold a bit for each user.
    fn words(&self) -> usize {
        self.roster.everyone.len().div_ceil(64)
    }
}
