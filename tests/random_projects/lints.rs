//! What lints say of rules, put to the test: without the rules that change nothing, nothing changes.

use std::path::Path;

use admit::eval::Evaluator;
use admit::project::{Analysis, MemoryFiles, Options, Root, analyse};
use admit::text::{Date, Span};

use super::compare::shown;
use super::dice::Dice;
use super::generate::Random;
use super::pipeline;
use super::render::{self, Files};
use super::vocabulary::DAYS;

/// Findings about rules without which everybody may have the same apps on the day.
const CHANGE_NOTHING: [&str; 9] = [
    "blocked-approval",
    "blocks-nothing",
    "covered-approval",
    "exempts-nothing",
    "lets-nobody-in",
    "needless-approval",
    "selects-nobody",
    "takes-nothing",
    "waives-nothing",
];

/// How many rules are said to change nothing.
pub fn rules_that_change_nothing(seed: u64) -> Result<usize, String> {
    let mut dice = Dice::new(seed);
    let mut random = Random::new(&mut dice);
    let files = render::render(&mut dice, &mut random);
    let today = Date::parse(dice.pick(&DAYS)).expect("a day");
    let told = |error: String| format!("project {seed} on {today}: {error}\n{}", shown(&files));
    let (lesser, count) = without_them(&files, today, &CHANGE_NOTHING);
    if count == 0 {
        return Ok(0);
    }
    let before = pipeline::program(&files, &[]).map_err(told)?;
    let after =
        pipeline::program(&lesser, &[]).map_err(|error| told(format!("{}\n{error}", shown(&lesser))))?;
    let (mut one, mut other) = (Evaluator::new(&before), Evaluator::new(&after));
    for user in before.users() {
        for app in before.apps() {
            let (email, name) = (before.user_name(user), before.app_name(app));
            // Somebody whom only such a rule names is gone with it.
            let (Some(same_user), Some(same_app)) = (after.user(email), after.app(name)) else { continue };
            let (was, is) = (one.install(user, app, today), other.install(same_user, same_app, today));
            if was != is {
                return Err(told(format!("{email} {name}: {was:?}, and {is:?} without\n{}", shown(&lesser))));
            }
        }
    }
    Ok(count)
}

/// How many grants are said to be needless.
pub fn needless_grants(seed: u64) -> Result<usize, String> {
    let mut dice = Dice::new(seed);
    let mut random = Random::new(&mut dice);
    let files = render::render(&mut dice, &mut random);
    let today = Date::parse(dice.pick(&DAYS)).expect("a day");
    let told = |error: String| format!("project {seed} on {today}: {error}\n{}", shown(&files));
    let (lesser, count) = without_them(&files, today, &["needless-grant"]);
    if count == 0 {
        return Ok(0);
    }
    let before = pipeline::program(&files, &[]).map_err(told)?;
    let after = pipeline::program(&lesser, &[]).map_err(told)?;
    let (mut one, mut other) = (Evaluator::new(&before), Evaluator::new(&after));
    for day in DAYS.iter().filter_map(|day| Date::parse(day).ok()).flat_map(|day| [day, day.plus_days(1)]) {
        for user in before.users() {
            // Somebody whom only such a grant names is gone with it.
            let Some(same_user) = after.user(before.user_name(user)) else { continue };
            let email = before.user_name(user);
            if one.can_approve(user, day) != other.can_approve(same_user, day) {
                return Err(told(format!("{email} approves on {day} with the grants or without only")));
            }
            for app in before.apps() {
                let Some(same_app) = after.app(before.app_name(app)) else { continue };
                let (was, is) = (one.install(user, app, day), other.install(same_user, same_app, day));
                if was != is {
                    let name = before.app_name(app);
                    return Err(told(format!("{email} {name} on {day}: {was:?}, and {is:?} without")));
                }
            }
        }
    }
    Ok(count)
}

/// What is found in a project on a day, lints among it.
pub fn linted(files: &Files, today: Date) -> Analysis {
    let memory = MemoryFiles::of(files.iter().map(|(path, text)| (Path::new("/p").join(path), text.clone())));
    let root = Root::at(&memory, Path::new("/p")).expect("there is an `admit.yaml`");
    analyse(&memory, &root, &Options { today: Some(today), lint: true, ..Options::default() })
}

/// The project without the rules in force that one of these findings is about.
fn without_them(files: &Files, today: Date, codes: &[&str]) -> (Files, usize) {
    let analysis = linted(files, today);
    let model = analysis.model();
    let lifted: Vec<_> = model
        .rules
        .iter()
        .filter_map(|rule| match rule.effect {
            admit::model::Effect::Waive { rule } => rule,
            _ => None,
        })
        .collect();
    let found: Vec<Span> = analysis
        .diagnostics
        .iter()
        .filter(|finding| codes.contains(&finding.code.name))
        .map(|finding| finding.primary.span)
        .collect();
    let mut gone: Vec<Span> = model
        .rules
        .enumerate()
        // What is lifted has to stay for its waiver; what is not in force yet is looked at on another day.
        .filter(|(id, rule)| !lifted.contains(id) && rule.period.contains(today))
        .filter(|(_, rule)| found.iter().any(|span| rule.span.contains(*span)))
        .map(|(_, rule)| rule.span)
        .collect();
    gone.sort_by_key(|span| std::cmp::Reverse(span.start));
    let mut lesser = files.clone();
    for span in &gone {
        let file = analysis.sources.file(span.file);
        // Places are those of the text without a mark of its byte order.
        let text = lesser.get_mut(file.path()).expect("a file of the project");
        if text.len() != file.text().len() && text.starts_with('\u{feff}') {
            text.remove(0);
        }
        text.replace_range(span.start as usize..span.end as usize, " ");
    }
    (lesser, gone.len())
}
