//! Without which rules some test fails.

use std::collections::{BTreeMap, HashMap};

use super::conditions::Conditions;
use super::steps::Steps;
use super::{Decider, flags};
use crate::compile::Room;
use crate::eval::Evaluator;
use crate::program::{Day, Grant, PrincipalId, Program, Rule, RuleEffect, TimedRole};
use crate::suite::classes::Class;
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
        steps: &mut Steps,
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
                let Some(mut left) = steps.look_through(scene, ask) else { continue };
                let looked = Looked::of(scene, &mut evaluator, ask);
                'pairs: for (user, _) in &looked.users {
                    let user = user.first;
                    for app in &looked.apps {
                        let app = app.first;
                        if !steps.look(&mut left) {
                            break 'pairs;
                        }
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
                            tried.each(self, &kept, &candidates, steps);
                            kept.clear();
                            candidates.clear();
                        }
                    }
                }
            }
        }
        tried.each(self, &kept, &candidates, steps);
        self.look_at_grants(suite, scene, &tests, steps);
    }

    /// Takes the wanted grants out, one after the other. Without one only those whom it names have other roles.
    fn look_at_grants<'m>(
        &mut self,
        suite: &Suite<'m>,
        scene: &Scene<'_, 'm>,
        tests: &[&Placed<'m>],
        steps: &mut Steps,
    ) {
        let mut evaluator = Evaluator::new(&scene.program);
        // Every grant is found anew for each question there.
        let mut lean: Option<Scene<'_, 'm>> = None;
        let mut wanted = grants(&scene.program);
        wanted.retain(|&grant| self.wants(grant));
        let asks = tests.iter().flat_map(|placed| &placed.asks).count();
        if wanted.is_empty() || !steps.try_grant(asks.saturating_mul(scene.apps().len()), 0) {
            return;
        }
        // No role changes which apps an assertion is about.
        let tests: Vec<Apart<'_, 'm>> =
            tests.iter().map(|placed| Apart::of(scene, &mut evaluator, placed)).collect();
        let by_principal = by_principal(scene, &wanted);
        for grant in wanted {
            let mut tests =
                tests.iter().filter(|test| is_in_force(&scene.program, grant, test.placed.day)).peekable();
            if tests.peek().is_none() {
                continue;
            }
            let mut people = who_may_be_named(scene, &by_principal, grant);
            if !steps.try_grant(people.len(), 0) {
                continue;
            }
            // Grants name no roles, so any day will do.
            let day = suite.today;
            people.retain(|&user| evaluator.rule_selects_user(grant, user, day));
            let Some(&somebody) = people.first() else { continue };
            let lean = lean.get_or_insert_with(|| {
                let room = Room { people: 0, ..Room::of(suite.model) };
                Scene::in_room(suite.model, scene.setting, suite.sources, Some(room), |_| {})
            });
            let before = lean.program.roles.grants.clone();
            take_out_grant(&mut lean.program, grant);
            let mut judge = Judge::new(lean);
            let mut fails = |test: &Apart<'_, 'm>| {
                test.asks.iter().any(|(ask, apps)| {
                    steps.try_grant(people.len(), people.len().saturating_mul(apps.len()))
                        && !judge.holds_among(ask, &people, apps)
                })
            };
            let failing = tests.find(|test| fails(test));
            lean.program.roles.grants = before;
            if let Some(test) = failing {
                let user = scene.program.user_name(somebody).to_owned();
                self.decide(grant, Decider { test: test.placed.number, user, app: None });
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

/// A test, each assertion with the apps that it looks at.
struct Apart<'s, 'm> {
    placed: &'s Placed<'m>,
    asks: Vec<(&'s Ask<'m>, Vec<&'s Class<AppId>>)>,
}

impl<'s, 'm> Apart<'s, 'm> {
    fn of(scene: &'s Scene<'_, 'm>, evaluator: &mut Evaluator<'_>, placed: &'s Placed<'m>) -> Self {
        let asks = placed.asks.iter().map(|ask| (ask, Looked::apps(scene, evaluator, ask))).collect();
        Self { placed, asks }
    }
}

/// Whom each principal selects that these grants name; `None`: the program does not store it.
fn by_principal(scene: &Scene<'_, '_>, grants: &[RuleId]) -> Option<HashMap<PrincipalId, Vec<UserId>>> {
    let (rules, users) = (&scene.program.rules, &scene.program.users);
    let texts = grants.iter().filter_map(|&grant| rules.texts.get(grant));
    let named = texts.flat_map(|text| text.people.of(&rules.principals));
    let mut lists: HashMap<PrincipalId, Vec<UserId>> = named.map(|&one| (one, Vec::new())).collect();
    for (user, row) in users.rows.enumerate() {
        if !row.selected_by.is_stored() {
            return None;
        }
        for principal in row.selected_by.of(&users.selected_by) {
            if let Some(list) = lists.get_mut(principal) {
                list.push(user);
            }
        }
    }
    Some(lists)
}

/// Of those who are looked at, at least everybody whom a grant names, sorted.
fn who_may_be_named(
    scene: &Scene<'_, '_>,
    by_principal: &Option<HashMap<PrincipalId, Vec<UserId>>>,
    grant: RuleId,
) -> Vec<UserId> {
    if let Some(users) = scene.setting.named_users() {
        return users;
    }
    let Some(lists) = by_principal else { return scene.program.users().collect() };
    let rules = &scene.program.rules;
    let named = rules.texts.get(grant).into_iter().flat_map(|text| text.people.of(&rules.principals));
    let mut users: Vec<UserId> = named.filter_map(|one| lists.get(one)).flatten().copied().collect();
    users.sort_unstable();
    users.dedup();
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

    fn each(&mut self, rules: &mut Rules, kept: &[Kept<'_>], candidates: &Candidates, steps: &mut Steps) {
        for (&rule, pairs) in candidates {
            let pairs = pairs.iter().filter_map(|&number| kept.get(number as usize));
            if let Some(kept) = self.without_rule(rule, pairs, steps) {
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
        steps: &mut Steps,
    ) -> Option<&'k Kept<'m>> {
        let days = self.program.rules.rows.get_mut(rule).map(take_out)?;
        let mut evaluator = Evaluator::new(&self.program);
        let changed = pairs.find(|kept| {
            steps.try_pair() && sight(&mut evaluator, &kept.ask, kept.user, kept.app) != kept.sight
        });
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
