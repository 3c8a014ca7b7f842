//! Mending what lints find changes no decision, keeps every comment and comes to an end.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use admit::compile::compile;
use admit::eval::Evaluator;
use admit::fix::{Fixed, Wanted, fix};
use admit::program::Program;
use admit::project::{Analysis, MemoryFiles, Options, Root, analyse};
use admit::text::Date;

use super::dice::Dice;
use super::generate::Random;
use super::render;
use super::vocabulary::DAYS;
use super::{holds_for_each, seeds};

/// So many fixes have to be applied over all projects for the law to say anything.
const ENOUGH: usize = 30;

/// So many projects are tried in every run of the suite: each is analysed several times.
const PROJECTS: u64 = 100;

#[test]
fn mending_changes_no_decision() {
    let applied = AtomicUsize::new(0);
    let seeds = seeds();
    let seeds = seeds.start..seeds.start + (seeds.end - seeds.start).min(PROJECTS);
    let whole = seeds.end - seeds.start >= PROJECTS;
    holds_for_each(seeds, |seed| {
        let fixes = mended(seed).map_err(|error| format!("project {seed}: {error}"))?;
        applied.fetch_add(fixes, Ordering::Relaxed);
        Ok(())
    });
    let applied = applied.load(Ordering::Relaxed);
    assert!(!whole || applied >= ENOUGH, "only {applied} fixes were applied");
}

/// A fix that was left out at first and does no harm after others is applied in the same run: so it was not in this project.
#[test]
fn what_was_left_out_is_tried_again() {
    assert!(mended(2689).is_ok_and(|applied| applied > 0));
}

/// How many fixes were applied.
fn mended(seed: u64) -> Result<usize, String> {
    let mut dice = Dice::new(seed);
    let mut random = Random::new(&mut dice);
    let files = render::render(&mut dice, &mut random);
    let mut files =
        MemoryFiles::of(files.iter().map(|(path, text)| (Path::new("/p").join(path), text.clone())));
    let root = Root::at(&files, Path::new("/p")).expect("there is an `admit.yaml`");
    let options = Options { today: Date::new(2026, 12, 1), lint: true, ..Options::default() };
    let wanted = Wanted { suggestions: false, file: &|_| true };
    let before = analyse(&files, &root, &options);
    let old = program(&before)?;
    let Fixed { analysis, files: changed, applied, .. } = fix(&files, &root, &options, &before, &wanted);
    for file in &changed {
        if comments(&file.before) != comments(&file.after) {
            return Err(format!("comments of {} differ:\n{}\n-----\n{}", file.name, file.before, file.after));
        }
        files.add(&file.path, file.after.clone());
    }
    same(&old, &program(analysis.as_ref().unwrap_or(&before))?)?;
    // What is written is what was looked at, and a second run has nothing to do.
    let again = fix(&files, &root, &options, &analyse(&files, &root, &options), &wanted);
    match again.applied.first() {
        Some(left) => Err(format!("{left:?} is left")),
        None => Ok(applied.len()),
    }
}

fn program(analysis: &Analysis) -> Result<Program, String> {
    let errors =
        || format!("{:?}", analysis.diagnostics.iter().map(|found| &found.message).collect::<Vec<_>>());
    analysis.checked().map(|checked| compile(checked, &analysis.sources)).ok_or_else(errors)
}

/// The comments of a text, each without what stands around it. Strings of random projects hold no `#`.
fn comments(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.find('#').map(|at| &line[at..])).collect()
}

fn same(old: &Program, new: &Program) -> Result<(), String> {
    let (mut before, mut after) = (Evaluator::new(old), Evaluator::new(new));
    for day in DAYS {
        let day = Date::parse(day).expect("a day");
        for user in old.users() {
            let name = old.user_name(user);
            let now = new.user(name).ok_or_else(|| format!("{name} is gone"))?;
            for app in old.apps() {
                let app_name = old.app_name(app);
                let app_now = new.app(app_name).ok_or_else(|| format!("{app_name} is gone"))?;
                let was = before.explain_install(user, app, day);
                let is = after.explain_install(now, app_now, day);
                let codes = |decision: &admit::decision::Decision| {
                    decision.reasons.iter().map(|reason| reason.code()).collect::<Vec<_>>()
                };
                if was.outcome != is.outcome || codes(&was) != codes(&is) {
                    return Err(format!("{name} {app_name} {day}: {was:?}, then {is:?}"));
                }
            }
        }
    }
    Ok(())
}
