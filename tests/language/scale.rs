//! Large and hostile projects: nothing recurses, nothing hangs.

use std::fmt::Write;
use std::time::{Duration, Instant};

use super::mini::{Files, Outcome};

const MANY: usize = 100_000;

/// Analyses within a time that only something worse than linear would miss in a debug build.
fn quickly(files: &Files) -> Outcome {
    let start = Instant::now();
    let outcome = files.analyse();
    let took = start.elapsed();
    assert!(took < Duration::from_secs(30), "took {took:?}");
    outcome
}

/// A chain of `MANY` things, each made of the next; `close` leads from the last to the first.
fn chain(item: impl Fn(usize, Option<usize>) -> String, close: bool) -> Files {
    let mut text = String::new();
    for at in 0..MANY {
        let next = if at + 1 < MANY { Some(at + 1) } else { close.then_some(0) };
        writeln!(text, "{}", item(at, next)).unwrap();
    }
    Files::one(&text).with_account()
}

fn group(at: usize, next: Option<usize>) -> String {
    next.map_or(format!("group g{at} {{ }}"), |next| format!("group g{at} {{ group g{next} }}"))
}

fn role(at: usize, next: Option<usize>) -> String {
    next.map_or(format!("role r{at} {{ }}"), |next| format!("role r{at} extends r{next} {{ }}"))
}

fn allowlist(at: usize, next: Option<usize>) -> String {
    next.map_or(format!("allowlist l{at} {{ apps by zoom }}"), |next| {
        format!("allowlist l{at} {{ apps in l{next} }}")
    })
}

fn scope_set(at: usize, next: Option<usize>) -> String {
    next.map_or(format!("scope-set s{at} {{ phone:* }}"), |next| format!("scope-set s{at} {{ set s{next} }}"))
}

#[test]
fn chains_of_any_length_are_followed() {
    for files in [chain(role, false), chain(allowlist, false), chain(scope_set, false)] {
        let outcome = quickly(&files);
        assert!(outcome.sealed, "{:?}", outcome.codes());
    }
    let outcome = quickly(&chain(group, false));
    assert!(outcome.sealed, "{:?}", outcome.codes());
    let order = &outcome.graph.order().groups;
    let (first, last) = (outcome.model.group("g0").unwrap(), outcome.model.group("g99999").unwrap());
    assert_eq!((order.first(), order.last()), (Some(&last), Some(&first)));
    let from = outcome.graph.reachable_from([admit::graph::Node::Group(first)]);
    assert_eq!(from.len(), MANY);
}

#[test]
fn cycles_of_any_length_are_found_and_shown_in_part() {
    let kinds = [
        (chain(group, true), "group-cycle"),
        (chain(role, true), "role-cycle"),
        (chain(allowlist, true), "allowlist-cycle"),
        (chain(scope_set, true), "scope-set-cycle"),
    ];
    for (files, code) in kinds {
        let outcome = quickly(&files);
        assert_eq!(outcome.codes(), [code]);
        assert_eq!(outcome.graph.cycles()[0].hops.len(), MANY);
        let found = &outcome.found[0];
        assert_eq!(found.related.len(), 7, "seven labels beside the primary one");
        assert!(found.related[6].text.starts_with("99992 steps later, "), "{}", found.related[6].text);
    }
}

#[test]
fn a_knot_of_everything_with_everything_gives_one_cycle() {
    let mut text = String::new();
    for at in 0..300 {
        let all: Vec<String> = (0..300).map(|other| format!("group g{other}")).collect();
        writeln!(text, "group g{at} {{ {} }}", all.join(", ")).unwrap();
    }
    let outcome = quickly(&Files::one(&text).with_account());
    assert_eq!(outcome.codes(), ["group-cycle"]);
    assert_eq!(outcome.graph.cycles()[0].hops.len(), 1);
}

#[test]
fn a_hundred_thousand_typos_do_not_hang() {
    let mut text = String::from("app notes { }\nuser someone@x.example { }\n");
    for at in 0..20_000 {
        writeln!(
            text,
            "group group-number-{at} {{ }}\nblock notes for group grop-number-{at}, somebody-{at}@x.example"
        )
        .unwrap();
    }
    let outcome = quickly(&Files::one(&text).with_account());
    assert_eq!(outcome.found.len(), 40_000);
    assert_eq!(outcome.found[0].help.as_deref(), Some("did you mean `group-number-0`?"));
}

#[test]
fn a_fact_file_that_is_wrong_everywhere_is_told_so_once() {
    let mut csv = String::from("email,role,department\n");
    for at in 0..50_000 {
        writeln!(csv, "user-{at}@x.example,nobody,Sales").unwrap();
    }
    let outcome = quickly(&Files::new(&[("policies/a.admit", ""), ("directory/u.csv", &csv)]).with_account());
    let unknown = outcome.codes().iter().filter(|code| **code == "unknown-role").count();
    // One of the two hundred that a file may have is the undeclared column.
    assert_eq!(unknown, 200);
    assert!(outcome.found.iter().any(|found| found.message.contains("more than 200")));
}
