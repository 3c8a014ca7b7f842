//! Which rules some assertion sees.

use std::collections::BTreeMap;

use super::conditions::Conditions;
use super::{Decider, flags};
use crate::compile::Room;
use crate::eval::Evaluator;
use crate::program::{Day, Grant, Program, Rule, RuleEffect, TimedRole};
use crate::suite::plan::Suite;
use crate::suite::scene::{Ask, Scene};
use crate::suite::view::{Looked, Sight, is_meant, sight};
use crate::text::{AppId, Id, RuleId, UserId};

/// So many sights are kept before the rules among them are tried: what bounds memory.
const MOST_KEPT: usize = 1 << 20;

/// The rules that are looked for, and what decides them.
pub(super) struct Rules {
    wanted: Vec<bool>,
    left: usize,
    found: BTreeMap<RuleId, Decider>,
}

/// A pair, what an assertion sees of it, and which assertion of which test that is.
#[derive(Clone, Copy)]
struct Kept<'m> {
    ask: Ask<'m>,
    /// Whether the assertion names the user.
    selected: bool,
    test: usize,
    user: UserId,
    app: AppId,
    sight: Sight,
}

/// For each rule the pairs where it may matter.
type Candidates = BTreeMap<RuleId, Vec<u32>>;

impl Rules {
    pub(super) fn new(count: usize, own: &[RuleId]) -> Self {
        Self { wanted: flags(count, own), left: own.len(), found: BTreeMap::new() }
    }

    /// Whether all are found.
    pub(super) fn is_done(&self) -> bool {
        self.left == 0
    }

    /// What decides the rule.
    pub(super) fn decider(&self, rule: RuleId) -> Option<&Decider> {
        self.found.get(&rule)
    }

    fn wants(&self, rule: RuleId) -> bool {
        self.wanted.get(rule.index()).copied().unwrap_or(false)
    }

    fn decide(&mut self, rule: RuleId, by: Decider) {
        if let Some(wanted) = self.wanted.get_mut(rule.index()).filter(|wanted| **wanted) {
            *wanted = false;
            self.left -= 1;
            self.found.insert(rule, by);
        }
    }

    /// Looks at everything that the assertions of a scene look at.
    pub(super) fn look<'m>(&mut self, suite: &Suite<'m>, scene: &Scene<'_, 'm>, conditions: &mut Conditions) {
        let mut tried = Tried::new(suite, scene);
        let mut evaluator = Evaluator::new(&scene.program);
        let grants = grants(&scene.program);
        let (mut kept, mut candidates) = (Vec::new(), Candidates::new());
        let mut reaching = Vec::new();
        for placed in &scene.setting.tests {
            for ask in &placed.asks {
                let looked = Looked::of(scene, &mut evaluator, ask);
                for &(ref user, selected) in &looked.users {
                    let user = user.first;
                    let granted = self.granted(&mut evaluator, &grants, ask, user);
                    for app in &looked.apps {
                        let app = app.first;
                        if !is_meant(&mut evaluator, ask, user, app) {
                            continue;
                        }
                        reaching.clear();
                        evaluator.rules_reaching(user, app, ask.day, &mut reaching);
                        conditions.look(&mut evaluator, &reaching, (user, app, ask.day));
                        let sight = sight(&mut evaluator, ask, user, app);
                        self.keep_those_that_may_matter(&scene.program, sight, &mut reaching);
                        reaching.extend_from_slice(&granted);
                        if reaching.is_empty() {
                            continue;
                        }
                        let number = u32::try_from(kept.len()).unwrap_or(u32::MAX);
                        kept.push(Kept { ask: *ask, selected, test: placed.number, user, app, sight });
                        for &rule in &reaching {
                            candidates.entry(rule).or_default().push(number);
                        }
                        if kept.len() >= MOST_KEPT {
                            tried.each(self, &kept, &candidates);
                            kept.clear();
                            candidates.clear();
                        }
                    }
                }
            }
        }
        tried.each(self, &kept, &candidates);
    }

    /// The wanted grants that give the user a role on that day.
    fn granted(
        &self,
        evaluator: &mut Evaluator<'_>,
        grants: &[RuleId],
        ask: &Ask<'_>,
        user: UserId,
    ) -> Vec<RuleId> {
        let wanted = grants.iter().copied().filter(|&grant| self.wants(grant));
        wanted.filter(|&grant| evaluator.rule_selects_user(grant, user, ask.day)).collect()
    }

    /// Without what allows, nothing is allowed that was denied, and without what denies nothing is denied that was allowed.
    fn keep_those_that_may_matter(&self, program: &Program, sight: Sight, rules: &mut Vec<RuleId>) {
        rules.retain(|&rule| {
            let denies = matches!(
                program.rules.texts.get(rule).map(|text| text.effect),
                Some(RuleEffect::Block | RuleEffect::Withhold)
            );
            self.wants(rule) && denies == (sight != Sight::Allowed)
        });
        rules.sort_unstable();
        rules.dedup();
    }
}

/// The grants among a program's rules.
fn grants(program: &Program) -> Vec<RuleId> {
    let rules = program.rules.texts.enumerate();
    rules.filter(|(_, text)| matches!(text.effect, RuleEffect::Grant(_))).map(|(rule, _)| rule).collect()
}

/// Tries what is seen without a rule.
struct Tried<'t, 's, 'm> {
    suite: &'t Suite<'m>,
    scene: &'t Scene<'s, 'm>,
    /// The program, of which rules are taken out in turn.
    program: Program,
    /// The program with every grant found anew for each question, made when the first grant is tried.
    lean: Option<Program>,
}

impl<'t, 's, 'm> Tried<'t, 's, 'm> {
    fn new(suite: &'t Suite<'m>, scene: &'t Scene<'s, 'm>) -> Self {
        Self { suite, scene, program: scene.program.clone(), lean: None }
    }

    fn each(&mut self, rules: &mut Rules, kept: &[Kept<'m>], candidates: &Candidates) {
        for (&rule, pairs) in candidates {
            let pairs = || pairs.iter().filter_map(|&number| kept.get(number as usize));
            let effect = self.program.rules.texts.get(rule).map(|text| text.effect);
            let seen = match effect {
                Some(RuleEffect::Grant(_)) => self.without_grant(rule, pairs()),
                _ => self.without_rule(rule, pairs()),
            };
            if let Some(kept) = seen {
                let user = self.program.user_name(kept.user).to_owned();
                let app = self.program.app_name(kept.app).to_owned();
                rules.decide(rule, Decider { test: kept.test, user, app });
            }
        }
    }

    /// The first pair of which something else is seen without the rule.
    fn without_rule<'k>(
        &mut self,
        rule: RuleId,
        mut pairs: impl Iterator<Item = &'k Kept<'m>>,
    ) -> Option<Kept<'m>>
    where
        'm: 'k,
    {
        let days = self.program.rules.rows.get_mut(rule).map(take_out)?;
        let mut evaluator = Evaluator::new(&self.program);
        let changed = pairs.find(|kept| sight(&mut evaluator, &kept.ask, kept.user, kept.app) != kept.sight);
        if let Some(row) = self.program.rules.rows.get_mut(rule) {
            (row.first, row.last) = days;
        }
        changed.copied()
    }

    /// The first pair of which something else is seen without the grant, or which is not looked at any more.
    fn without_grant<'k>(
        &mut self,
        rule: RuleId,
        mut pairs: impl Iterator<Item = &'k Kept<'m>>,
    ) -> Option<Kept<'m>>
    where
        'm: 'k,
    {
        let (suite, setting) = (self.suite, self.scene.setting);
        let lean = self.lean.get_or_insert_with(|| {
            let room = Room { people: 0, ..Room::of(suite.model) };
            Scene::in_room(suite.model, setting, suite.sources, Some(room)).program
        });
        let before = lean.roles.grants.clone();
        take_out_grant(lean, rule);
        let mut evaluator = Evaluator::new(lean);
        let changed = pairs.find(|kept| {
            let Kept { ask, user, app, .. } = **kept;
            evaluator.rule_selects_user(ask.rule, user, ask.day) != kept.selected
                || !is_meant(&mut evaluator, &ask, user, app)
                || sight(&mut evaluator, &ask, user, app) != kept.sight
        });
        let changed = changed.copied();
        lean.roles.grants = before;
        changed
    }
}

/// Puts a rule out of force; with the days it was in force.
fn take_out(row: &mut Rule) -> (Day, Day) {
    let days = (row.first, row.last);
    (row.first, row.last) = (Day::ALWAYS_WILL_BE, Day::ALWAYS_WAS);
    days
}

/// Puts a grant out of force: of each principal that it names one such grant.
fn take_out_grant(program: &mut Program, rule: RuleId) {
    let rules = &program.rules;
    let (Some(row), Some(text)) = (rules.rows.get(rule), rules.texts.get(rule)) else { return };
    let RuleEffect::Grant(role) = text.effect else { return };
    let role = TimedRole { role, first: row.first, last: row.last };
    for principal in text.people.of(&rules.principals) {
        let grants = program.roles.grants.get_mut(principal.0 as usize);
        let same = |grant: &&mut Grant| grant.role == role && grant.except == row.people_except;
        if let Some(grant) = grants.iter_mut().find(same) {
            (grant.role.first, grant.role.last) = (Day::ALWAYS_WILL_BE, Day::ALWAYS_WAS);
        }
    }
}
