//! What every command writes as JSON, over the examples and over a project where everything is wrong.

use std::path::{Path, PathBuf};

use admit::report::SCHEMAS;
use serde_json::Value;

use super::Held;
use crate::cli::stage::{Run, Stage};

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = entries.filter(|path| path.join("admit.yaml").exists()).collect();
    found.sort();
    found
}

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}\n{run}"))
}

/// A project with errors that have related places, help and fixes, and some without.
fn broken() -> Stage {
    Stage::new(&[
        ("admit.yaml", ""),
        (
            "policies/a.admit",
            "group café { }\ngroup sales { ana@x.example }\ngroup sales { }\nblock all apps for group saels\n",
        ),
        ("directory/people.csv", "email,shoe-size\nana@x.example,40\n"),
    ])
}

#[test]
fn findings() {
    let mut held = Held::new("findings");
    for example in examples() {
        held.holds(&json(&Stage::at(&example).run("admit check --format json")));
    }
    let broken = broken();
    held.holds(&json(&broken.run("admit check --format json")));
    let refused = broken.run("admit can ana@x.example install y --format json");
    held.holds(&serde_json::from_str(&refused.err).unwrap());
    held.is_used_up();
}

#[test]
fn graphs() {
    let mut held = Held::new("graph");
    for example in examples() {
        held.holds(&json(&Stage::at(&example).run("admit graph --format json")));
    }
    held.holds(&json(&broken().run("admit graph --format json")));
    held.is_used_up();
}

#[test]
fn laid_out_files() {
    let mut held = Held::new("format");
    let stage = broken();
    stage.write("policies/fine.admit", "role member { }\n");
    stage.write("policies/tight.admit", "role guest{}\n");
    stage.write("policies/wrong.admit", "rol member { }\n");
    held.holds(&json(&stage.run("admit fmt --diff --format json")));
    held.is_used_up();
}

#[test]
fn exceptions() {
    let mut held = Held::new("exceptions");
    for example in examples() {
        held.holds(&json(&Stage::at(&example).run("admit suppressions --format json")));
    }
    held.holds(&json(&crate::cli::suppressions::account().run("admit suppressions --format json")));
    held.is_used_up();
}

#[test]
fn owners() {
    let mut held = Held::new("owners");
    for example in examples() {
        held.holds(&json(&Stage::at(&example).run("admit owners --format json")));
    }
    held.is_used_up();
}

#[test]
fn lists_and_pages() {
    let stage = Stage::new(&[]);
    for (name, words) in [
        ("codes", "admit codes --format json"),
        ("page", "admit explain unknown-role --format json"),
        ("schemas", "admit schema --format json"),
    ] {
        let mut held = Held::new(name);
        held.holds(&json(&stage.run(words)));
        held.is_used_up();
    }
}

#[test]
fn schemas_are_printed() {
    let stage = Stage::new(&[]);
    for schema in SCHEMAS {
        let run = stage.run(&format!("admit schema {}", schema.name));
        assert_eq!(json(&run)["$id"], schema.id);
    }
    insta::assert_snapshot!(stage.run("admit schema decisoin"), @r"
    $ admit schema decisoin
    --- messages
    error: no schema `decisoin`
    help: did you mean `decision`?
    --- exit 2
    ");
}

/// The users and apps of an example, by name.
fn names(stage: &Stage, kind: &str) -> Vec<String> {
    let graph = json(&stage.run("admit graph --format json"));
    let nodes = graph["nodes"].as_array().unwrap().iter();
    nodes.filter(|node| node["kind"] == kind).map(|node| node["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn decisions_and_the_queries_that_lead_to_them() {
    let (mut decision, mut query, mut error) =
        (Held::new("decision"), Held::new("query"), Held::new("error"));
    for example in examples() {
        let stage = Stage::at(&example);
        let (users, apps) = (names(&stage, "user"), names(&stage, "app"));
        let mut queries = Vec::new();
        for user in users.iter().take(25) {
            for app in &apps {
                queries.push(serde_json::json!({ "user": user, "app": app }));
                queries.push(
                    serde_json::json!({ "user": user, "app": app, "action": "approve", "at": "2027-07-01" }),
                );
            }
        }
        for app in &apps {
            let (user, by) = (&users[0], &users[users.len() - 1]);
            queries.push(serde_json::json!({ "by": by, "user": user, "app": app, "action": "add" }));
            queries.push(serde_json::json!({ "app": app, "action": "use", "scope": "meeting:read" }));
        }
        queries.iter().for_each(|one| query.holds(one));
        let lines: Vec<String> = queries.iter().map(|query| query.to_string()).collect();
        let run = stage.run_with("admit decide", &lines.join("\n"));
        assert_eq!(run.out.lines().count(), queries.len());
        run.out.lines().for_each(|line| decision.holds(&serde_json::from_str(line).unwrap()));
        let brief = stage.run_with("admit decide --brief", &lines.join("\n"));
        brief.out.lines().for_each(|line| decision.holds(&serde_json::from_str(line).unwrap()));
        let wrong = stage.run_with("admit decide", "{}\n[]\nx\n{\"user\":\"no\",\"app\":\"no\"}");
        wrong.out.lines().for_each(|line| error.holds(&serde_json::from_str(line).unwrap()));
        let asked = stage.run(&format!("admit can {} install {} --format json", users[0], apps[0]));
        decision.holds(&json(&asked));
    }
    query.is_used_up();
    error.is_used_up();
}

/// A command that writes JSON without a schema is one that nobody can build on.
#[test]
fn every_command_that_writes_json_has_a_schema() {
    let stage = Stage::new(&[]);
    let help = stage.run("admit --help").out;
    let commands =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names =
        commands.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    let without: Vec<&str> = names
        .filter(|name| {
            let help = stage.run(&format!("admit {name} --help")).out;
            let formats = help.split("\nFormat").nth(1).and_then(|rest| rest.split("\n\n").next());
            formats.is_some_and(|formats| formats.contains("json"))
        })
        .filter(|name| !SCHEMAS.iter().any(|schema| schema.summary.contains(&format!("`admit {name}"))))
        .collect();
    assert!(
        without.is_empty(),
        "{without:?} write JSON: describe it in `schemas/`, list it in `src/report/schemas.rs` with the command in its summary, and hold its \
         output against it here"
    );
}

#[test]
fn tests() {
    let mut held = Held::new("test");
    for example in examples() {
        let stage = Stage::at(&example);
        held.holds(&json(
            &stage.run("admit test --format json --at 2026-12-01 --coverage --mutate --limit 40"),
        ));
        held.holds(&json(&stage.run("admit test --list --format json")));
    }
    let failing = crate::policy_tests::failing();
    held.holds(&json(&failing.run("admit test --format json --coverage --mutate")));
    held.is_used_up();
}
