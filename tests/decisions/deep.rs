//! Shapes that would make closures explode are answered, and soon.

use std::fmt::Write as _;

use super::world::{ACCOUNT, World};

const DEPTH: usize = 20_000;
const APP: &str = "app gong { listing listed  stage published  managed-by user  scopes meeting:write }\n";

/// `make` for each number, in a text.
fn lines(count: usize, make: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        let _ = writeln!(text, "{}", make(number));
        text
    })
}

#[test]
fn a_long_chain_of_groups_that_rules_all_name_is_no_trouble() {
    let chain = lines(DEPTH, |n| format!("group g{n} {{ u{n}@x.example{} }}", inner(n, "group g")));
    let rules = lines(DEPTH, |n| format!("approve gong for group g{n}"));
    let world = World::new(&format!(
        "{ACCOUNT}{APP}{chain}{rules}block gong for group g0 except group g1\ngroup others {{ bo@x.example }}"
    ));
    assert!(world.allows(&format!("u{}@x.example", DEPTH - 1), "gong"));
    assert!(!world.allows("u0@x.example", "gong"));
    assert!(!world.allows("bo@x.example", "gong"));
    assert_eq!(world.install("u7@x.example", "gong").grounds.len(), 8 + 1);
}

#[test]
fn a_long_chain_of_roles_is_no_trouble() {
    let chain = lines(DEPTH, |n| {
        let extends = if n == 0 { String::new() } else { format!("extends r{} ", n - 1) };
        format!("role r{n} {extends}{{ {} }}", if n == 0 { "scopes user-level" } else { "" })
    });
    let world = World::new(&format!(
        "{ACCOUNT}{APP}{chain}approve gong for role r1\nuser ana@x.example {{ role r{} }}\nuser bo@x.example {{ role r0 }}",
        DEPTH - 1
    ));
    assert!(world.allows("ana@x.example", "gong"));
    assert!(!world.allows("bo@x.example", "gong"));
}

#[test]
fn a_long_chain_of_allowlists_that_rules_all_name_is_no_trouble() {
    let chain = lines(DEPTH, |n| format!("allowlist l{n} {{ a{n}{} }}", inner(n, "apps in l")));
    let apps = lines(DEPTH, |n| {
        format!("app a{n} {{ listing listed  stage published  managed-by user  scopes none }}")
    });
    let rules = lines(DEPTH, |n| format!("approve apps in l{n} for ana@x.example"));
    let world = World::new(&format!(
        "{ACCOUNT}{apps}{chain}{rules}block apps in l0 except apps in l1\ngroup others {{ bo@x.example }}"
    ));
    assert!(world.allows("ana@x.example", &format!("a{}", DEPTH - 1)));
    assert!(!world.allows("ana@x.example", "a0"));
    assert!(!world.allows("bo@x.example", "a5"));
}

#[test]
fn a_long_chain_of_scope_sets_is_no_trouble() {
    let chain = lines(DEPTH, |n| format!("scope-set s{n} {{ scope:n{n}{} }}", inner(n, "set s")));
    let rules = lines(DEPTH, |n| format!("withhold set s{n} from ana@x.example"));
    let world = World::new(&format!(
        "{ACCOUNT}{chain}{rules}
        app last {{ listing unlisted  stage published  managed-by user  scopes scope:n{} }}
        app none {{ listing unlisted  stage published  managed-by user  scopes meeting:read }}
        group others {{ bo@x.example }}
        group sales {{ ana@x.example }}",
        DEPTH - 1
    ));
    assert!(!world.allows("ana@x.example", "last"));
    assert!(world.allows("ana@x.example", "none"));
    assert!(world.allows("bo@x.example", "last"));
}

#[test]
fn broad_rules_on_many_apps_do_not_multiply() {
    let apps = lines(5_000, |n| {
        format!("app a{n} {{ listing listed  stage published  managed-by user  scopes none }}")
    });
    let rules = lines(DEPTH, |n| format!("approve all apps except a{} for group g{}", n % 5_000, n % 100));
    let groups = lines(100, |n| format!("group g{n} {{ u{n}@x.example }}"));
    let world = World::new(&format!("{ACCOUNT}{apps}{groups}{rules}"));
    assert!(world.allows("u3@x.example", "a4"));
}

#[test]
fn rules_that_name_many_apps_and_many_people_do_not_multiply() {
    let apps = lines(2_000, |n| {
        format!("app a{n} {{ listing listed  stage published  managed-by user  scopes none }}")
    });
    let names = |prefix: &str, suffix: &str| {
        (0..2_000).map(|n| format!("{prefix}{n}{suffix}")).collect::<Vec<_>>().join(", ")
    };
    let rule = format!("approve {} for {}\n", names("a", ""), names("u", "@x.example"));
    let world = World::new(&format!("{ACCOUNT}{apps}{}group others {{ bo@x.example }}", rule.repeat(50)));
    assert!(world.allows("u3@x.example", "a4"));
    assert!(!world.allows("bo@x.example", "a4"));
}

/// What the `n`-th of a chain has inside: the next one.
fn inner(n: usize, prefix: &str) -> String {
    if n + 1 < DEPTH { format!(", {prefix}{}", n + 1) } else { String::new() }
}
