//! Masses of one thing, looked at by every lint: what is worse than linear in them does not end in time.

use std::fmt::Write as _;

use super::*;

/// An app that anybody may add, a user, and whatever makes it valid.
const BASE: &str = "\
developer contoso { kind third-party }
app a { developer contoso listing listed stage published managed-by user scopes meeting:read }
user u@x.example { }
";

/// Numbered lines.
fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut all, at| {
        let _ = writeln!(all, "{}", line(at));
        all
    })
}

/// Checks with every lint; there must be no errors. Returns how many findings there are.
fn checked(policy: &str) -> usize {
    let start = Instant::now();
    let analysis = checked_any(policy);
    assert!(!analysis.has_errors(), "{:#?}", &analysis.diagnostics[..1]);
    assert!(start.elapsed() < LIMIT, "took {:?}", start.elapsed());
    analysis.diagnostics.len()
}

fn checked_any(policy: &str) -> Analysis {
    let files = project(&[("policies/p.admit", &format!("{BASE}{policy}"))]);
    let root = Root::at(&files, Path::new("/p")).expect("a project");
    let options = Options { today: Date::new(2026, 12, 1), lint: true, ..Options::default() };
    let analysis = analyse(&files, &root, &options);
    assert_places(&analysis);
    analysis
}

const MANY: usize = 5_000;

/// Where each of them brings several things.
const FEWER: usize = 2_000;

#[test]
fn rules_on_one_app_are_linted_in_time() {
    checked(&lines(MANY, |_| "approve a for u@x.example because \"x\"".to_owned()));
    checked(&lines(MANY, |at| format!("block a for u@x.example when app.id is a id b{at} because \"x\"")));
}

#[test]
fn grants_to_one_user_are_linted_in_time() {
    checked(&lines(MANY, |at| {
        format!("role r{at} {{ }}\ngrant r{at} to u@x.example because \"x\"\ngrant member to u@x.example")
    }));
}

#[test]
fn chains_of_lists_and_exceptions_are_linted_in_time() {
    let apps = lines(FEWER, |at| {
        format!(
            "app x{at} {{ developer contoso listing listed stage published managed-by user scopes none }}"
        )
    });
    let names = lines(FEWER, |at| format!("x{at},")).replace('\n', " ");
    let names = names.trim_end_matches(", ");
    checked(&format!(
        "{apps}approve all apps except {names} for everyone\nallowlist l {{ {names} }}\nblock apps in l for u@x.example\n"
    ));
    let lists = lines(FEWER, |at| format!("allowlist l{at} {{ apps in l{} }}", at + 1));
    let roles = lines(FEWER, |at| format!("role r{at} extends r{} {{ }}", at + 1));
    checked(&format!(
        "{lists}allowlist l{FEWER} {{ a }}\n{roles}role r{FEWER} {{ }}\ngrant r0 to u@x.example\napprove apps in l0 for role r{FEWER}\n"
    ));
    let people = lines(FEWER, |at| format!("p{at}@x.example,")).replace('\n', " ");
    let people = people.trim_end_matches(", ");
    checked(&format!("group g {{ {people} }}\nblock all apps for everyone except {people}\n"));
}

/// Once each rule about a role looked at everything that any role extends, and named all that extend its own.
#[test]
fn rules_about_a_chain_of_roles_are_linted_in_time() {
    let rules = |count: usize| {
        let rules = lines(count, |at| {
            format!("role r{at} extends r{} {{ }}\nblock a for role r{at} because \"x\"", at + 1)
        });
        format!("{rules}role r{count} {{ }}\n")
    };
    checked(&rules(20_000));
    let analysis = checked_any(&format!("{}grant r0 to u@x.example because \"x\"\n", rules(1_000)));
    let said = analysis.diagnostics.iter().filter(|found| found.code.name == "role-catches-more");
    let longest = said.max_by_key(|found| found.message.len()).map(|found| found.message.as_str());
    let expected =
        "this `block` of role `r999` catches `r0`, `r1`, `r2`, `r3`, `r4`, `r5` and 993 more too: 1 person";
    assert_eq!(longest, Some(expected));
}

#[test]
fn one_long_line_and_one_long_string_are_no_trouble() {
    let line = "group g { u@x.example } ".to_owned() + &" ".repeat(5 << 20);
    checked(&format!("{line}block all apps for group g because \"{}\"\n", "x".repeat(1 << 20)));
    checked(&format!("# {}\n", "é".repeat(2 << 20)));
}

/// Two hundred conditions that name so many apps once made a finding, with a suggestion, of each name.
#[test]
fn unknown_names_are_counted_beyond_the_first() {
    let names = |from: usize| {
        let names: Vec<String> = (from..from + 1_000).map(|at| format!("nowhere-{at}")).collect();
        names.join(", ")
    };
    let policy = lines(20, |at| format!("block {} for everyone", names(at * 1_000)));
    let analysis = checked_any(&policy);
    let found = &analysis.diagnostics;
    assert!(found.len() < 10_100, "{}", found.len());
    let note = found.iter().find(|finding| finding.code.name == "too-many-errors").expect("a note");
    assert_eq!(note.message, "10000 more mistakes of the kind `unknown-app` in this file are not shown");
}

/// Each key of a map was once compared with all before it.
#[test]
fn settings_with_many_keys_are_read_in_time() {
    let settings = format!("lints:\n{}", lines(30_000, |at| format!("  {at:x>120}: warn")));
    let mut files = project(&[("policies/p.admit", BASE)]);
    files.add("/p/admit.yaml", settings);
    let root = Root::at(&files, Path::new("/p")).expect("a project");
    let start = Instant::now();
    let analysis = analyse(&files, &root, &Options::default());
    assert!(start.elapsed() < LIMIT, "took {:?}", start.elapsed());
    let unknown = analysis.diagnostics.iter().filter(|found| found.code.name == "unknown-code");
    assert_eq!(unknown.count(), 30_000);
}
