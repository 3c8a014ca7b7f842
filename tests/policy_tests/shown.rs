//! What people and machines are shown.

use insta::assert_snapshot;

use super::{failing, project, steady};

#[test]
fn for_a_person() {
    assert_snapshot!(steady(&failing().run("admit test")), @r"");
}

#[test]
fn one_fact_a_line() {
    assert_snapshot!(steady(&failing().run("admit test --format plain --quiet")), @r"");
}

#[test]
fn annotations_of_github() {
    let run = failing().run("admit test --format github --quiet");
    let lines: Vec<&str> = run.out.lines().collect();
    assert!(lines.iter().all(|line| line.starts_with("::error file=policies/tests.admit,line=")), "{run}");
    assert_snapshot!(lines[0], @"");
}

#[test]
fn junit() {
    let run = failing().run("admit test --format junit --quiet");
    let time = run.out.split("time=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_snapshot!(run.out.replace(time, "TIME").lines().take(6).collect::<Vec<_>>().join("\n"), @"");
}

#[test]
fn coverage_and_mutants_for_a_person() {
    let stage = project("test \"it\" at 2026-12-01 { allow ana@x.example install crm }");
    assert_snapshot!(steady(&stage.run("admit test --coverage --mutate --mutants remove --at 2026-12-01")), @r"");
}

#[test]
fn a_project_without_tests_says_how_one_looks() {
    assert_snapshot!(steady(&project("").run("admit test")), @r"");
}
