//! Without which rules some test fails.

use std::collections::BTreeMap;

use super::conditions::Conditions;
use super::{Decider, flags};
use crate::compile::Room;
use crate::eval::Evaluator;
use crate::program::{Day, Grant, Program, Rule, RuleEffect, TimedRole};
use crate::suite::judge::Judge;
use crate::suite::plan::Suite;
use crate::suite::scene::{Ask, Placed, Scene};
use crate::suite::view::{Looked, Sight, is_meant, sight};
use crate::text::{AppId, Date, Id, RuleId, UserId};

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

    /// Looks at everything that the tests of a scene look at.
    pub(super) fn look<'m>(
        &mut self,
        suite: &Suite<'m>,
        scene: &Scene<'_, 'm>,
        passed: &[bool],
        conditions: &mut Conditions,
    ) {
        let tests = scene.setting.tests.iter();
        let tests: Vec<&Placed<'m>> =
            tests.filter(|placed| passed.get(placed.number).copied().unwrap_or(false)).collect();
        let mut tried = Tried::new(scene);
        let mut evaluator = Evaluator::new(&scene.program);
        let (mut kept, mut candidates) = (Vec::new(), Candidates::new());
        let mut reaching = Vec::new();
        for &placed in &tests {
            for ask in &placed.asks {
                let looked = Looked::of(scene, &mut evaluator, ask);
                for (user, _) in &looked.users {
                    let user = user.first;
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
                        if reaching.is_empty() {
                            continue;
                        }
                        let number = u32::try_from(kept.len()).unwrap_or(u32::MAX);
                        kept.push(Kept { ask: *ask, test: placed.number, user, app, sight });
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
        self.look_at_grants(suite, scene, &tests);
    }

    /// Takes the wanted grants out, one after the other. Without one only those whom it names have other roles.
    fn look_at_grants<'m>(&mut self, suite: &Suite<'m>, scene: &Scene<'_, 'm>, tests: &[&Placed<'m>]) {
        let mut evaluator = Evaluator::new(&scene.program);
        // Every grant is found anew for each question there.
        let mut lean: Option<Scene<'_, 'm>> = None;
        let mut wanted = grants(&scene.program);
        wanted.retain(|&grant| self.wants(grant));
        for grant in wanted {
            let mut tests =
                tests.iter().filter(|placed| is_in_force(&scene.program, grant, placed.day)).peekable();
            if tests.peek().is_none() {
                continue;
            }
            let people = named(scene, &mut evaluator, grant);
            let Some(&somebody) = people.first() else { continue };
            let lean = lean.get_or_insert_with(|| {
                let room = Room { people: 0, ..Room::of(suite.model) };
                Scene::in_room(suite.model, scene.setting, suite.sources, Some(room), |_| {})
            });
            let before = lean.program.roles.grants.clone();
            take_out_grant(&mut lean.program, grant);
            let mut judge = Judge::new(lean);
            let failing = tests.find(|placed| !placed.asks.iter().all(|ask| judge.holds_among(ask, &people)));
            lean.program.roles.grants = before;
            if let Some(placed) = failing {
                let user = scene.program.user_name(somebody).to_owned();
                self.decide(grant, Decider { test: placed.number, user, app: None });
            }
        }
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

/// Whether a rule is in force on that day.
fn is_in_force(program: &Program, rule: RuleId, day: Date) -> bool {
    let day = Day::from(day);
    program.rules.rows.get(rule).is_some_and(|row| row.first <= day && day <= row.last)
}

/// Whom a grant names, of those who are looked at.
fn named(scene: &Scene<'_, '_>, evaluator: &mut Evaluator<'_>, grant: RuleId) -> Vec<UserId> {
    // Grants name no roles, so any day will do.
    let Some(day) = scene.setting.tests.first().map(|placed| placed.day) else { return Vec::new() };
    let mut users: Vec<UserId> = match scene.setting.named_users() {
        Some(users) => users,
        None => scene.program.users().collect(),
    };
    users.retain(|&user| evaluator.rule_selects_user(grant, user, day));
    users
}

/// Tries what is seen without a rule.
struct Tried {
    /// The program, of which rules are taken out in turn.
    program: Program,
}

impl Tried {
    fn new(scene: &Scene<'_, '_>) -> Self {
        Self { program: scene.program.clone() }
    }

    fn each(&mut self, rules: &mut Rules, kept: &[Kept<'_>], candidates: &Candidates) {
        for (&rule, pairs) in candidates {
            let pairs = pairs.iter().filter_map(|&number| kept.get(number as usize));
            if let Some(kept) = self.without_rule(rule, pairs) {
                let user = self.program.user_name(kept.user).to_owned();
                let app = Some(self.program.app_name(kept.app).to_owned());
                rules.decide(rule, Decider { test: kept.test, user, app });
            }
        }
    }

    /// The first pair of which something else is seen without the rule.
    fn without_rule<'k, 'm>(
        &mut self,
        rule: RuleId,
        mut pairs: impl Iterator<Item = &'k Kept<'m>>,
    ) -> Option<&'k Kept<'m>> {
        let days = self.program.rules.rows.get_mut(rule).map(take_out)?;
        let mut evaluator = Evaluator::new(&self.program);
        let changed = pairs.find(|kept| sight(&mut evaluator, &kept.ask, kept.user, kept.app) != kept.sight);
        if let Some(row) = self.program.rules.rows.get_mut(rule) {
            (row.first, row.last) = days;
        }
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
