//! What is counted over everybody at once, against asking about each user, app and day alone.

use std::collections::BTreeSet;

use admit::census::compare;
use admit::decision::Outcome;
use admit::eval::Evaluator;
use admit::program::Program;
use admit::text::Date;

use super::compare::shown;
use super::dice::Dice;
use super::generate::Random;

use super::render;
use super::vocabulary::DAYS;
use super::{assume, pipeline};

/// Two programs that differ a little differ where asking about each user, app and day says so.
pub fn differences(seed: u64) -> Result<bool, String> {
    let mut dice = Dice::new(seed);
    let mut random = Random::new(&mut dice);
    let files = render::render(&mut dice, &mut random);
    let mut project = random.whole();
    let assumed = if dice.chance(90) { vec![assume::facts(&mut dice, &mut project)] } else { Vec::new() };
    let told = |error: String| format!("project {seed}: {error}\n{}assuming {assumed:?}", shown(&files));
    let [fat, lean] = pipeline::fat_and_lean(&files, &[]).map_err(told)?;
    let after = pipeline::program(&files, &assumed).map_err(told)?;
    let from = Date::parse(dice.pick(&DAYS)).expect("a day");
    let mut seen = false;
    for before in [&fat, &lean] {
        if let Some(other) = compare(before, if std::ptr::eq(before, &fat) { &lean } else { &fat }, from) {
            return Err(told(format!("one program differs from itself: {other:?}")));
        }
        let (found, first) = (compare(before, &after, from), first_difference(before, &after, from));
        seen |= first.is_some();
        match (found, first) {
            (None, None) => {}
            (Some(found), Some((day, pairs)))
                if found.day == day && pairs.contains(&(found.user.clone(), found.app.clone())) => {}
            (found, first) => {
                let first = first.map(|(day, mut pairs)| (day, pairs.pop_first()));
                return Err(told(format!("from {from} on it says {found:?}, not {first:?}")));
            }
        }
    }
    Ok(seen)
}

/// The first day on which a decision differs, and with whom and what.
fn first_difference(
    before: &Program,
    after: &Program,
    from: Date,
) -> Option<(Date, BTreeSet<(String, String)>)> {
    let names = |program: &Program| -> (BTreeSet<String>, BTreeSet<String>) {
        let users = program.users().map(|user| program.user_name(user).to_owned());
        (users.collect(), program.apps().map(|app| program.app_name(app).to_owned()).collect())
    };
    let ((users, apps), (other_users, other_apps)) = (names(before), names(after));
    let users: BTreeSet<String> = users.union(&other_users).cloned().collect();
    let apps: BTreeSet<String> = apps.union(&other_apps).cloned().collect();
    let last = Date::parse(DAYS.iter().max().expect("some")).expect("a day").plus_days(3);
    let mut one = (Evaluator::new(before), before);
    let mut other = (Evaluator::new(after), after);
    let mut day = from;
    while day <= last {
        let mut differing = BTreeSet::new();
        for user in &users {
            for app in &apps {
                if answer(&mut one, user, app, day) != answer(&mut other, user, app, day) {
                    differing.insert((user.clone(), app.clone()));
                }
            }
        }
        if !differing.is_empty() {
            return Some((day, differing));
        }
        day = day.plus_days(1);
    }
    None
}

fn answer(
    (evaluator, program): &mut (Evaluator<'_>, &Program),
    user: &str,
    app: &str,
    day: Date,
) -> Option<Outcome> {
    Some(evaluator.install(program.user(user)?, program.app(app)?, day))
}
