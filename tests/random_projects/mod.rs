//! Random small projects, decided by admit and by the reference.

mod assume;
mod census;
mod compare;
pub mod dice;
pub mod generate;
mod lints;
mod mending;
mod naive_approvals;
mod naive_lints;
mod pipeline;
pub mod render;
mod schema;
mod suite;
mod vocabulary;

use std::collections::BTreeSet;

use crate::reference::explain::{allowed, install};
use dice::Dice;
use generate::Random;
use vocabulary::DAYS;

/// Every kind of answer comes up among the random projects; a law that is never put to the test proves nothing.
#[test]
fn random_projects_lead_to_every_kind_of_answer() {
    let mut seen = BTreeSet::new();
    for seed in 0..300 {
        let mut dice = Dice::new(seed);
        let mut random = Random::new(&mut dice);
        render::render(&mut dice, &mut random);
        let project = random.whole();
        for user in project.everybody() {
            for app in &project.apps {
                let answer = install(&project, &user, &app.id, DAYS[2]);
                let allowed = allowed(&project, &user, &app.id, DAYS[2]);
                assert_eq!(answer["outcome"] == "allow", allowed, "{answer:#}");
                words(&answer, &mut seen);
            }
        }
    }
    let expected = "allow deny approval exemption approval-optional waiver scope installer unavailable blocked approval-required \
                    admin-managed missing-scopes unknown-fact expired not-yet outgrown other-people condition complete-facts \
                    request-approval request-install request-privileges withheld_by lacking_privileges refused_at_consent";
    let missing: Vec<&str> = expected.split(' ').filter(|word| !seen.contains(*word)).collect();
    assert!(missing.is_empty(), "no random project leads to {missing:?}");
}

/// Every key and every text of the answer.
fn words(answer: &serde_json::Value, seen: &mut BTreeSet<String>) {
    match answer {
        serde_json::Value::String(text) => {
            seen.insert(text.clone());
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| words(item, seen)),
        serde_json::Value::Object(fields) => {
            for (key, value) in fields {
                seen.insert(key.clone());
                words(value, seen);
            }
        }
        _ => {}
    }
}

/// The seeds that are tried: `ADMIT_PROJECTS` many from `ADMIT_FIRST_PROJECT` on, else enough for every run of the suite.
fn seeds() -> std::ops::Range<u64> {
    #[allow(clippy::disallowed_methods, reason = "a longer run is asked for through the environment")]
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let first = number("ADMIT_FIRST_PROJECT").unwrap_or(0);
    first..first + number("ADMIT_PROJECTS").unwrap_or(2_000)
}

/// Puts a law to the test on every seed, on all cores, and tells the first that break it.
pub fn holds_for_each(seeds: std::ops::Range<u64>, law: impl Fn(u64) -> Result<(), String> + Sync) {
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let broken: Vec<String> = std::thread::scope(|scope| {
        let law = &law;
        let part = |worker| seeds.clone().skip(worker).step_by(workers);
        let started = (0..workers).map(|worker| {
            let seeds = part(worker);
            scope.spawn(move || seeds.filter_map(|seed| law(seed).err()).take(2).collect::<Vec<_>>())
        });
        let started: Vec<_> = started.collect();
        started.into_iter().flat_map(|worker| worker.join().expect("no law panics")).collect()
    });
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
}

/// The evaluator and the reference give the same decisions, with the same reasons, places and steps.
///
/// `ADMIT_PROJECTS=100000 cargo test --test main random_projects` tries more; `ADMIT_FIRST_PROJECT` says where to begin.
#[test]
fn admit_decides_as_the_reference_does() {
    holds_for_each(seeds(), compare::project);
}

/// Nothing depends on the order of files and items, nor on the format of facts.
#[test]
fn order_and_format_change_no_decision() {
    let seeds = seeds();
    let few = (seeds.end - seeds.start) / 8;
    holds_for_each(seeds.start..seeds.start + few, compare::renderings);
}

/// The first difference between two programs is the one that asking about each user, app and day finds, and each is found.
#[test]
fn programs_differ_where_asking_about_everybody_every_day_says_so() {
    let seen = std::sync::atomic::AtomicUsize::new(0);
    let seeds = seeds();
    let few = (seeds.end - seeds.start) / 32;
    holds_for_each(seeds.start..seeds.start + few, |seed| {
        let differs = census::differences(seed)?;
        seen.fetch_add(usize::from(differs), std::sync::atomic::Ordering::Relaxed);
        Ok(())
    });
    assert!(seen.into_inner() as u64 >= few / 10, "programs hardly ever differ, which proves nothing");
}

/// Rules that lints say change nothing on a day may be taken away, all at once, and nothing changes on that day.
#[test]
fn what_lints_say_changes_nothing_changes_nothing() {
    let seen = std::sync::atomic::AtomicUsize::new(0);
    let seeds = seeds();
    let few = (seeds.end - seeds.start) / 4;
    holds_for_each(seeds.start..seeds.start + few, |seed| {
        let count = lints::rules_that_change_nothing(seed)?;
        seen.fetch_add(count, std::sync::atomic::Ordering::Relaxed);
        Ok(())
    });
    assert!(seen.into_inner() as u64 >= few, "hardly any rules are said to change nothing");
}

/// Grants that lints say are needless may be taken away, all at once, and nothing changes on any day.
#[test]
fn needless_grants_change_nothing() {
    let seen = std::sync::atomic::AtomicUsize::new(0);
    let seeds = seeds();
    let few = (seeds.end - seeds.start) / 2;
    holds_for_each(seeds.start..seeds.start + few, |seed| {
        let count = lints::needless_grants(seed)?;
        seen.fetch_add(count, std::sync::atomic::Ordering::Relaxed);
        Ok(())
    });
    assert!(seen.into_inner() as u64 >= few / 20, "hardly any grants are needless");
}

/// Lints about what rules reach say of each rule what a loop over all users and apps with the reference says.
#[test]
fn lints_say_what_asking_about_everybody_says() {
    let seen = codes_seen(4, naive_lints::lints_say_what_asking_says);
    assert!(seen.len() >= 9 && seen.values().all(|&count| count >= 5), "some lints hardly come up: {seen:?}");
}

/// Lints say of each approval that it is covered, outgrown, or never holds, where a loop over all users and apps with the reference says so.
#[test]
fn approvals_are_what_asking_about_everybody_says() {
    let seen = codes_seen(2, naive_approvals::approvals_are_what_asking_says);
    assert!(seen.len() == 3 && seen.values().all(|&count| count >= 20), "some hardly come up: {seen:?}");
}

/// How often each code comes up.
type Counts = std::collections::BTreeMap<&'static str, usize>;

/// Puts a law to the test on the first of so many parts of the seeds, and says which codes came up.
fn codes_seen(part: u64, law: fn(u64, &mut Counts) -> Result<(), String>) -> Counts {
    let seen = std::sync::Mutex::new(Counts::new());
    let seeds = seeds();
    let few = (seeds.end - seeds.start) / part;
    holds_for_each(seeds.start..seeds.start + few, |seed| {
        let mut here = Counts::new();
        law(seed, &mut here)?;
        let mut seen = seen.lock().expect("no law panics");
        here.into_iter().for_each(|(code, count)| *seen.entry(code).or_insert(0) += count);
        Ok(())
    });
    seen.into_inner().expect("no law panics")
}
