//! Trying mutants: first the tests, one setting after the other, then what no test notices is compared with the original.

use super::differing::{TooMuch, Touched};
use super::list::Draft;
use super::variants::{Variant, Variants};
use super::{ChangeKind, Changed, Fate, written};
use crate::census::{Difference, turning_points_about};
use crate::compile::{Room, compile_variant};
use crate::eval::Evaluator;
use crate::model::{AssertionKind, Model, PrincipalKind};
use crate::program::{Program, RuleEffect};
use crate::suite::judge::Judge;
use crate::suite::parallel::in_order;
use crate::suite::plan::Suite;
use crate::suite::scene::{Ask, Scene, Setting};
use crate::suite::view::{Looked, fits, is_meant, sight};
use crate::text::{AppId, Date, RuleId, UserId};

/// What comes of each draft. Comparing one takes at most so many steps.
pub(super) fn fates(suite: &Suite<'_>, drafts: &[Draft], steps: u64) -> Vec<Fate> {
    let mut fates: Vec<Option<Fate>> = drafts.iter().map(|_| None).collect();
    for setting in &suite.settings {
        let variants = Variants::of(suite, setting, drafts, None);
        let open = |number: usize| fates.get(number).is_some_and(Option::is_none);
        let found = shared(suite, drafts.len(), |worker| {
            let mut trial = Trial::new(&variants);
            let mut noticed = |number: usize| match trial.noticed(number, steps) {
                Err(TooMuch) => Some(Fate::Unjudged),
                Ok(test) => test.map(Fate::Noticed),
            };
            worker.filter(|&number| open(number)).map(|number| (number, noticed(number))).collect()
        });
        settle(&mut fates, found);
    }
    // Nothing is given, and nothing asked.
    let plain = Setting::new(suite.model, &[], suite.today, &[]);
    let variants = Variants::of(suite, &plain, drafts, Some(Room::of(suite.model)));
    let open = |number: usize| fates.get(number).is_some_and(Option::is_none);
    let found = shared(suite, drafts.len(), |worker| {
        let mut comparison = Comparison::new(suite, &variants, steps);
        let mut fate = |number: usize| drafts.get(number).map(|draft| comparison.fate(draft, number));
        worker.filter(|&number| open(number)).map(|number| (number, fate(number))).collect()
    });
    settle(&mut fates, found);
    fates.into_iter().map(|fate| fate.unwrap_or(Fate::Unjudged)).collect()
}

/// Lets each thread do what falls to it.
fn shared<'w, T: Send>(
    suite: &Suite<'_>,
    count: usize,
    work: impl Fn(&mut dyn Iterator<Item = usize>) -> Vec<T> + Sync + 'w,
) -> Vec<T> {
    let workers = suite.workers.clamp(1, count.max(1));
    let done = in_order(workers, workers, |worker| work(&mut (worker..count).step_by(workers)));
    done.into_iter().flatten().collect()
}

fn settle(fates: &mut [Option<Fate>], found: Vec<(usize, Option<Fate>)>) {
    for (number, fate) in found {
        if let (Some(place), Some(fate)) = (fates.get_mut(number), fate) {
            *place = Some(fate);
        }
    }
}

/// Runs the tests of a setting over one mutant after the other.
struct Trial<'v, 's, 'm> {
    variants: &'v Variants<'s, 'm>,
    /// Each assertion with the number of its test and what it looks at.
    asks: Vec<(usize, Ask<'m>, Looked<'v>)>,
    /// Answers for the original, and whom and what rules select.
    selecting: Evaluator<'v>,
    /// The program in which mutants take the places of their originals.
    program: Program,
}

impl<'v, 's, 'm> Trial<'v, 's, 'm> {
    fn new(variants: &'v Variants<'s, 'm>) -> Self {
        let scene = &variants.scene;
        let mut selecting = Evaluator::new(&scene.program);
        let tests = scene.setting.tests.iter();
        let asks = tests.flat_map(|placed| placed.asks.iter().map(|ask| (placed.number, *ask)));
        let asks = asks.map(|(number, ask)| (number, ask, Looked::of(scene, &mut selecting, &ask))).collect();
        Self { variants, asks, selecting, program: scene.program.clone() }
    }

    /// The first test that fails with the mutant.
    fn noticed(&mut self, number: usize, mut steps: u64) -> Result<Option<usize>, TooMuch> {
        let Some(variant) = self.variants.of_drafts.get(number).copied().flatten() else { return Ok(None) };
        variant.put_in(&mut self.program);
        let mut evaluator = Evaluator::new(&self.program);
        let selecting = &mut self.selecting;
        let of_everybody = is_exemption(&self.program, variant);
        let mut failing = Ok(None);
        for (test, ask, looked) in self.asks.iter().filter(|(_, ask, _)| variant.matters_on(ask.day, false)) {
            match holds(selecting, &mut evaluator, variant, ask, looked, of_everybody, &mut steps) {
                Some(true) => continue,
                Some(false) => failing = Ok(Some(*test)),
                None => failing = Err(TooMuch),
            }
            break;
        }
        variant.take_out(&mut self.program);
        failing
    }
}

/// Whether an assertion that holds of the original still does: of what the changed rule does not select nothing changes. Each pair takes
/// one of the steps; `None`: they do not suffice.
fn holds(
    selecting: &mut Evaluator<'_>,
    evaluator: &mut Evaluator<'_>,
    variant: Variant,
    ask: &Ask<'_>,
    looked: &Looked<'_>,
    of_everybody: bool,
    steps: &mut u64,
) -> Option<bool> {
    let rule = variant.changed;
    let apps = looked.apps.iter().map(|class| class.first);
    let apps: Vec<AppId> =
        apps.filter(|&app| selecting.rule_selects_app(rule, app, ask.day) != Some(false)).collect();
    if apps.is_empty() {
        return Some(true);
    }
    for (class, selected) in &looked.users {
        let user = class.first;
        if !of_everybody && !selecting.rule_selects_user(rule, user, ask.day) {
            continue;
        }
        *steps = steps.checked_sub(apps.len() as u64)?;
        let mut fits = |&app: &AppId| {
            !is_meant(evaluator, ask, user, app) || fits(ask, *selected, sight(evaluator, ask, user, app))
        };
        if !apps.iter().all(&mut fits) {
            return Some(false);
        }
    }
    Some(true)
}

/// Whether it is an exemption, which is about apps alone.
fn is_exemption(program: &Program, variant: Variant) -> bool {
    let text = program.rules.texts.get(variant.original);
    text.is_some_and(|text| matches!(text.effect, RuleEffect::Exempt(_)))
}

/// Compares mutants with the original.
struct Comparison<'v, 's, 'm> {
    suite: &'v Suite<'m>,
    variants: &'v Variants<'s, 'm>,
    selecting: Evaluator<'v>,
    program: Program,
    /// The days from that of the run on on which answers of the original may change.
    days: Vec<Date>,
    steps: u64,
}

impl<'v, 's, 'm> Comparison<'v, 's, 'm> {
    fn new(suite: &'v Suite<'m>, variants: &'v Variants<'s, 'm>, steps: u64) -> Self {
        let original = &variants.scene.program;
        let mut selecting = Evaluator::new(original);
        let days = turning_points_about(original, &mut selecting, original.apps(), suite.today);
        Self { suite, variants, selecting, program: original.clone(), days, steps }
    }

    fn fate(&mut self, draft: &Draft, number: usize) -> Fate {
        let Some(variant) = self.variants.of_drafts.get(number).copied().flatten() else {
            return self.fate_of_grant(draft);
        };
        let touched = self.touched(draft, variant);
        variant.put_in(&mut self.program);
        let found = touched.first_difference(&self.variants.scene.program, &self.program, self.steps);
        variant.take_out(&mut self.program);
        fate(self.suite, draft, found)
    }

    /// What the change may touch from the day of the run on.
    fn touched(&mut self, draft: &Draft, variant: Variant) -> Touched {
        let (scene, today) = (&self.variants.scene, self.suite.today);
        let rule = variant.changed;
        let mut apps = firsts(scene.apps());
        apps.retain(|&app| self.selecting.rule_selects_app(rule, app, today) != Some(false));
        let mut days = self.days.clone();
        days.extend(variant.turning_points(today));
        days.sort_unstable();
        days.dedup();
        days.retain(|&day| variant.matters_on(day, draft.change.kind == ChangeKind::Date));
        let mut users = firsts(scene.users());
        if !is_exemption(&scene.program, variant) {
            // Whom roles select changes with time, and nobody else.
            let some = if selects_by_role(self.suite.model, draft.rule) { days.len() } else { 1 };
            let looked: Vec<Date> = days.iter().copied().take(some).collect();
            users.retain(|&user| looked.iter().any(|&day| self.selecting.rule_selects_user(rule, user, day)));
        }
        Touched { users, apps, days }
    }

    /// A changed grant needs programs of its own.
    fn fate_of_grant(&mut self, draft: &Draft) -> Fate {
        let suite = self.suite;
        let mut model = suite.model.clone();
        draft.apply(&mut model);
        match noticed(suite, &model, draft.rule, self.steps) {
            Err(TooMuch) => return Fate::Unjudged,
            Ok(Some(test)) => return Fate::Noticed(test),
            Ok(None) => {}
        }
        let changed = compile_variant(&model, suite.sources, Room::of(&model));
        let original = &self.variants.scene.program;
        let mut evaluator = Evaluator::new(&changed);
        let mut users: Vec<UserId> = original.users().collect();
        users.retain(|&user| evaluator.rule_selects_user(draft.rule, user, suite.today));
        let apps = firsts(self.variants.scene.apps());
        let mut days = self.days.clone();
        days.extend(turning_points_about(&changed, &mut evaluator, apps.iter().copied(), suite.today));
        days.sort_unstable();
        days.dedup();
        let touched = Touched { users, apps, days };
        fate(suite, draft, touched.first_difference(original, &changed, self.steps))
    }
}

/// Whether a rule names roles.
fn selects_by_role(model: &Model, rule: RuleId) -> bool {
    let people = model.rules.get(rule).and_then(|rule| rule.people.as_ref());
    let mut named = people.into_iter().flat_map(|people| people.include.iter().chain(&people.except));
    named.any(|one| matches!(one.kind, PrincipalKind::Role(_)))
}

fn firsts<T: Copy>(classes: &[crate::suite::classes::Class<T>]) -> Vec<T> {
    classes.iter().map(|class| class.first).collect()
}

fn fate(suite: &Suite<'_>, draft: &Draft, found: Result<Option<Difference>, TooMuch>) -> Fate {
    match found {
        Err(TooMuch) => Fate::Unjudged,
        Ok(None) => Fate::Equivalent,
        Ok(Some(difference)) => {
            let test = written::test(suite, draft, &difference);
            Fate::Missed(Box::new(Changed { difference, test }))
        }
    }
}

/// The first test that fails over a model in which a grant is changed. Each pair takes one of the steps, and so does each user, app and
/// rule whenever they are compiled.
fn noticed(
    suite: &Suite<'_>,
    model: &Model,
    grant: RuleId,
    mut steps: u64,
) -> Result<Option<usize>, TooMuch> {
    let size = (model.users.len() + model.apps.len() + model.rules.len()) as u64;
    let mut take = |count: u64| {
        steps = steps.checked_sub(count).ok_or(TooMuch)?;
        Ok(())
    };
    for setting in &suite.settings {
        take(size)?;
        let scene = Scene::of(model, setting, suite.sources);
        let Some(day) = setting.tests.first().map(|placed| placed.day) else { continue };
        let mut evaluator = Evaluator::new(&scene.program);
        let mut people: Vec<UserId> = match setting.named_users() {
            Some(users) => users,
            None => scene.program.users().collect(),
        };
        // Grants name no roles, so any day will do; and no mutant names fewer people.
        people.retain(|&user| evaluator.rule_selects_user(grant, user, day));
        let mut judge = Judge::new(&scene);
        for placed in &setting.tests {
            for ask in &placed.asks {
                let apps = Looked::apps(&scene, &mut evaluator, ask);
                let only = ask.assertion.kind == AssertionKind::Only;
                let mut is_asked = |user| only || evaluator.rule_selects_user(ask.rule, user, ask.day);
                let asked = people.iter().filter(|&&user| is_asked(user)).count();
                take((asked as u64).saturating_mul(apps.len() as u64))?;
                if !judge.holds_among(ask, &people, &apps) {
                    return Ok(Some(placed.number));
                }
            }
        }
    }
    Ok(None)
}
