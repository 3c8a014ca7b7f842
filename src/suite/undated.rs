//! Tests that state no day although their result changes with time.
//!
//! Exact: the result changes only where some answer does, and on each of those days the test is judged as `admit test --at` would.

use super::judge::{Judge, Misfit, Verdict};
use super::plan::Suite;
use super::scene::{Ask, Placed, Scene};
use super::view::{Looked, Sight};
use crate::census::turning_points_about;
use crate::check::Checked;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Edit, Fix, Sink};
use crate::eval::Evaluator;
use crate::model::{Assertion, AssertionKind, PolicyTest, PrincipalKind};
use crate::program::{Day, RuleEffect};
use crate::text::{AppId, Date, FileId, SourceMap, Span};

declare_code! {
    /// A test that states no day, and that holds on one day and fails on another.
    UNDATED_TEST = Lint, Warning, "undated-test", "a test that states no day although its result changes with time"
}

/// How many users, apps, pairs of them and rules are looked at in all. Beyond it nothing is claimed about what was not looked at: a check
/// of a large account has to end soon.
const STEPS: u64 = 3_000_000;

/// How many steps it takes to compile one user, app or rule, measured on 10,000 users and 10,000 rules.
const STEPS_TO_COMPILE: u64 = 4;

/// How many rules that begin or end on the day are pointed at.
const NAMED: usize = 3;

/// Reports the tests in these files whose result on some later day is another one than today's.
pub fn lint(checked: &Checked, sources: &SourceMap, own: &[FileId], today: Date, out: &mut Sink) {
    let model = checked.model();
    let undated = |test: &&PolicyTest| {
        test.at.is_none() && !test.assertions.is_empty() && own.contains(&test.span.file)
    };
    let tests: Vec<&PolicyTest> = model.tests.iter().filter(undated).collect();
    let suite = Suite::of(model, sources, tests, today);
    let size = (model.users.len() + model.apps.len() + model.rules.len()) as u64 * STEPS_TO_COMPILE;
    let (mut steps, mut waiting) = (STEPS, suite.tests.len() as u64);
    for setting in &suite.settings {
        let Some(left) = steps.checked_sub(size) else { continue };
        steps = left;
        let scene = Scene::of(model, setting, sources);
        for placed in &setting.tests {
            // What one leaves is for the others.
            let share = steps / waiting.max(1);
            let mut look = Look { suite: &suite, scene: &scene, judge: Judge::new(&scene), steps: share };
            let change = look.first_change(placed);
            let found = change.map(|change| look.finding(placed.test, &change));
            steps -= share - look.steps;
            waiting -= 1;
            found.into_iter().for_each(|found| out.push(found));
        }
    }
}

/// Looks at the tests of one scene.
struct Look<'l, 'm> {
    suite: &'l Suite<'m>,
    scene: &'l Scene<'l, 'm>,
    judge: Judge<'l, 'm>,
    steps: u64,
}

/// What an assertion looks at, where that is the same on every day.
type Steady<'l> = Option<Looked<'l>>;

/// When a test's result is another one for the first time.
struct Change<'m> {
    day: Date,
    /// The assertion that fails on that day; `None`: all hold, which they do not today.
    fails: Option<Failing<'m>>,
}

/// An assertion that fails.
struct Failing<'m> {
    assertion: &'m Assertion,
    /// A pair of which it does not hold; `None`: it is about nobody.
    misfit: Option<Misfit>,
}

impl<'l, 'm> Look<'l, 'm> {
    /// The first later day with another result than today's, if there are steps enough to find out.
    fn first_change(&mut self, placed: &'l Placed<'m>) -> Option<Change<'m>> {
        let mut asks: Vec<(Ask<'m>, Steady<'l>)> = Vec::with_capacity(placed.asks.len());
        let mut apps: Vec<AppId> = Vec::new();
        for ask in &placed.asks {
            self.steps = self.steps.checked_sub(Looked::cost(self.scene, ask))?;
            let looked = self.judge.looked(ask);
            apps.extend(looked.apps.iter().map(|class| class.first));
            asks.push((*ask, Some(looked).filter(|_| !selects_by_role(ask))));
        }
        apps.sort_unstable();
        apps.dedup();
        let program = &self.scene.program;
        let mut evaluator = Evaluator::new(program);
        let days = turning_points_about(program, &mut evaluator, apps.into_iter(), placed.day);
        let (today, later) = days.split_first()?;
        if later.is_empty() {
            return None;
        }
        let held = self.failing_on(*today, &asks)?.is_none();
        for &day in later {
            let fails = self.failing_on(day, &asks)?;
            if fails.is_none() != held {
                return Some(Change { day, fails });
            }
        }
        None
    }

    /// The first assertion that fails on that day, if one does. The outer `None`: there are not steps enough.
    fn failing_on(&mut self, day: Date, asks: &[(Ask<'m>, Steady<'l>)]) -> Option<Option<Failing<'m>>> {
        for (ask, steady) in asks {
            let ask = Ask { day, ..*ask };
            let verdict = match steady {
                Some(looked) => self.judge.verdict(&ask, looked, &mut self.steps)?,
                None => {
                    self.steps = self.steps.checked_sub(Looked::cost(self.scene, &ask))?;
                    let looked = self.judge.looked(&ask);
                    self.judge.verdict(&ask, &looked, &mut self.steps)?
                }
            };
            if let Verdict::Fails(misfit) = verdict {
                return Some(Some(Failing { assertion: ask.assertion, misfit }));
            }
        }
        Some(None)
    }

    fn finding(&self, test: &PolicyTest, change: &Change<'m>) -> Diagnostic {
        let (today, day) = (self.suite.today, change.day);
        let before = day.plus_days(-1);
        let (now, then) = if change.fails.is_some() { ("holds", "fails") } else { ("fails", "holds") };
        let message = format!("this test states no day: it {now} until {before} and {then} on {day}");
        let found = Diagnostic::new(&UNDATED_TEST, test.name_span, message).label("no `at` after its name");
        let Some(failing) = &change.fails else {
            return found
                .help(format!("say which day it is about: `at {day}`, if it is the one on which it holds"));
        };
        let fix = format!("write `at {today}`");
        let at = Span { start: test.name_span.end, ..test.name_span };
        let edit = Edit { span: at, text: format!(" at {today}") };
        let mut found = found
            .related(failing.assertion.span, self.says(day, failing.misfit))
            .help(format!("say which day it is about: `at {today}` keeps today's result"))
            .fix(if matches!(failing.assertion.kind, AssertionKind::Allow) {
                Fix::keeping(fix, vec![edit])
            } else {
                // A guardrail that fails on a day to come does what it is there for.
                Fix::suggestion(fix, vec![edit])
            });
        for (head, text) in self.causes(day, failing.misfit) {
            found = found.related(head, text);
        }
        found
    }

    /// Why an assertion fails on that day.
    fn says(&self, day: Date, misfit: Option<Misfit>) -> String {
        let program = &self.scene.program;
        let Some(Misfit { user, app, sight }) = misfit else { return format!("is about nobody on {day}") };
        let (user, app) = (program.user_name(user), program.app_name(app));
        match sight {
            Sight::Allowed => format!("on {day} `{user}` may install `{app}`"),
            Sight::Denied => format!("on {day} `{user}` may not install `{app}`"),
            Sight::DeniedOtherwise => {
                format!("on {day} `{user}` may not install `{app}`, but for other reasons")
            }
        }
    }

    /// The rules about the pair that begin on that day or ended the day before.
    fn causes(&self, day: Date, misfit: Option<Misfit>) -> Vec<(Span, String)> {
        let Some(Misfit { user, app, .. }) = misfit else { return Vec::new() };
        let (program, model) = (&self.scene.program, self.suite.model);
        let before = day.plus_days(-1);
        let (first, last) = (Day::from(day), Day::from(before));
        let mut evaluator = Evaluator::new(program);
        let rules = program.rules.rows.enumerate().take(model.rules.len());
        let turning = rules.filter(|(_, row)| row.first == first || row.last == last);
        let about = turning.filter(|&(rule, _)| {
            let effect = program.rules.texts.get(rule).map(|text| text.effect);
            let person = matches!(effect, Some(RuleEffect::Exempt(_)))
                || evaluator.rule_selects_user(rule, user, day)
                || evaluator.rule_selects_user(rule, user, before);
            let selects = matches!(effect, Some(RuleEffect::Grant(_)))
                || evaluator.rule_selects_app(rule, app, day) != Some(false);
            person && selects
        });
        about
            .filter_map(|(rule, row)| {
                let text =
                    if row.first == first { format!("begins on {day}") } else { format!("ends on {before}") };
                Some((model.rules.get(rule)?.head, text))
            })
            .take(NAMED)
            .collect()
    }
}

/// Whether whom an assertion selects may change with time.
fn selects_by_role(ask: &Ask<'_>) -> bool {
    let people = &ask.assertion.people;
    people.include.iter().chain(&people.except).any(|one| matches!(one.kind, PrincipalKind::Role(_)))
}
