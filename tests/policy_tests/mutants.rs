//! Changes that tests notice, and those that they do not.

use serde_json::Value;

use super::{POLICY, json, project};
use crate::cli::stage::Stage;

fn mutants(stage: &Stage, more: &str) -> Vec<Value> {
    let report = json(&stage.run(&format!("admit test --mutate --format json {more}")));
    report["mutants"]["tried"].as_array().unwrap().clone()
}

/// A test whose text is shown notices the change it is shown for, and passes as things are.
fn closes_its_gap(path: &str, files: &[(&str, String)], mutant: &Value) {
    let test = mutant["test"].as_str().unwrap();
    let with = |extra: &str| {
        let stage = Stage::new(&[]);
        for (name, text) in files {
            stage.write(name, if *name == path { format!("{text}\n{extra}") } else { text.clone() });
        }
        stage
    };
    let stage = with(test);
    let run = stage.run("admit test --at 2026-12-01");
    assert_eq!(run.exit.code(), 0, "it passes as things are\n{test}\n{run}");
    let again = mutants(&stage, "--at 2026-12-01");
    let same = again
        .iter()
        .find(|other| ["change", "line", "column", "file"].iter().all(|key| other[key] == mutant[key]))
        .unwrap_or_else(|| panic!("{mutant:#} is tried again"));
    assert_eq!(same["result"], "noticed", "{test}\n{same:#}");
}

#[test]
fn each_test_that_is_shown_closes_its_gap() {
    let policy = format!(
        r#"{POLICY}
approve crm for kim@x.example, stranger@x.example when user.contract-end > today or app.managed-by is user reviewed user:read starting 2026-01-01 until 2027-01-31
block all apps except crm for everyone except group sales, dana@x.example
"#
    );
    let files = [
        ("admit.yaml", "policies: [\"policies/*.admit\"]\nextends: [zoom]\n".to_owned()),
        ("policies/main.admit", policy),
        ("policies/tests.admit", "test \"it\" at 2026-12-01 { allow ana@x.example install crm }".to_owned()),
    ];
    let stage = Stage::new(&[]);
    for (name, text) in &files {
        stage.write(name, text);
    }
    let all = mutants(&stage, "--at 2026-12-01");
    let missed: Vec<&Value> = all.iter().filter(|mutant| mutant["result"] == "missed").collect();
    assert!(missed.len() >= 10, "{all:#?}");
    for mutant in missed {
        closes_its_gap("policies/tests.admit", &files, mutant);
    }
    // A person copies all that is shown: each test once, whatever it notices.
    let shown = stage.run("admit test --mutate --at 2026-12-01").out;
    let texts = shown.split("This test would:\n\n").skip(1);
    let lines = texts.flat_map(|text| text.lines().take_while(|line| line.starts_with("    ")));
    let tests: String = lines.flat_map(|line| [line, "\n"]).collect();
    assert!(shown.matches("This test would").count() < shown.matches("no test notices").count(), "{shown}");
    stage.write("policies/more.admit", &tests);
    let again = mutants(&stage, "--at 2026-12-01");
    assert!(again.iter().all(|mutant| mutant["result"] != "missed"), "{again:#?}");
}

#[test]
fn a_change_that_no_decision_shows_is_equivalent() {
    let stage = project("approve crm for ana@x.example\ntest \"it\" { allow ana@x.example install crm }");
    let all = mutants(&stage, "--at 2026-12-01 --mutants remove");
    let results: Vec<&str> = all.iter().map(|one| one["result"].as_str().unwrap()).collect();
    // The exemption frees nobody; without the first approval Dana and Bo lose; without the block Kim still lacks an approval; Ana's own
    // approval outlives the first.
    assert_eq!(results, ["equivalent", "missed", "equivalent", "missed"], "{all:#?}");
}

#[test]
fn every_kind_of_change_is_made_once_and_in_order() {
    let stage = project("test \"it\" at 2026-12-01 { only group sales, role admin install crm, recorder }");
    let all = mutants(&stage, "--at 2026-12-01");
    let told: Vec<String> = all
        .iter()
        .filter(|one| one["line"].as_u64().unwrap() >= 19)
        .map(|one| {
            format!("{} {} {}", one["line"], one["change"].as_str().unwrap(), one["result"].as_str().unwrap())
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    20 the rule left out noticed
    20 `block` instead of `approve` noticed
    20 `until 2027-06-29` instead of 2027-06-30 missed
    20 `until 2027-07-01` instead of 2027-06-30 missed
    20 `all apps` instead of `crm, recorder` equivalent
    20 `everyone` instead of `group sales, role admin` noticed
    21 the rule left out equivalent
    21 `approve` instead of `block` noticed
    21 `all apps` instead of `recorder` equivalent
    21 `everyone` instead of `group agents` noticed
    ");
    let few = mutants(&stage, "--at 2026-12-01 --mutants effect,date --limit 3");
    assert_eq!(few.len(), 3);
}

#[test]
fn nothing_is_changed_before_the_tests_pass() {
    let stage = project("test \"it\" { allow kim@x.example install crm }");
    let run = stage.run("admit test --mutate");
    assert_eq!(run.exit.code(), 1);
    assert!(run.err.contains("none are tried before every test passes"), "{run}");
}
