//! Pipelines and hooks: their files are what their schemas demand, and their scripts are run.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use super::{text, yaml};
use crate::cli::stage::Stage;
use crate::corpora;

/// Holds a document against a schema of the corpora, if it is there.
fn holds(document: &Value, schema: &str) {
    let Some(schema) = corpora::json(&format!("schemastore/{schema}.json")) else { return };
    // One of them refers to another.
    let hooks = corpora::json("schemastore/pre-commit-hooks.json").unwrap();
    let registry =
        jsonschema::Registry::new().add(hooks["$id"].as_str().unwrap(), &hooks).unwrap().prepare().unwrap();
    let validator = jsonschema::options().with_registry(&registry).build(&schema).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(document).map(|error| format!("{} {error}", error.instance_path())).collect();
    assert_eq!(wrong, Vec::<String>::new(), "{document}");
}

#[test]
fn files_are_what_their_schemas_demand() {
    holds(&yaml(&text(".pre-commit-hooks.yaml")), "pre-commit-hooks");
    holds(&yaml(&text("action.yml")), "github-action");
    holds(&yaml(&text("templates/init/.pre-commit-config.yaml")), "pre-commit-config");
    holds(&yaml(&text("templates/init/.github/workflows/policy.yml")), "github-workflow");
}

/// The steps of an action or of the only job of a workflow.
fn steps(path: &str) -> Vec<Value> {
    let document = yaml(&text(path));
    let job = document["jobs"].as_object().and_then(|jobs| jobs.values().next());
    job.unwrap_or(&document["runs"])["steps"].as_array().unwrap().clone()
}

fn script(path: &str, step: &str) -> String {
    let steps = steps(path);
    let step = steps.iter().find(|one| one["id"] == step || one["name"] == step).expect(step);
    step["run"].as_str().unwrap().to_owned()
}

/// Runs a script as a runner does, with the admit of this build on its path.
fn run(script: &str, folder: &Path, variables: &[(&str, &str)]) -> Output {
    let admit = Path::new(env!("CARGO_BIN_EXE_admit")).parent().unwrap();
    let path = format!("{}:{}", admit.display(), std::env::var("PATH").unwrap());
    Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
        .current_dir(folder)
        .env("PATH", path)
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

/// A repository whose project, in a folder of it, has an error.
fn repository() -> Stage {
    let stage = Stage::new(&[(".git/HEAD", "")]);
    stage.run("admit init --quiet account");
    stage.write("account/policies/wrong.admit", "block all apps for group saels\n");
    stage
}

#[cfg(unix)]
#[test]
fn the_action_checks_and_writes_what_is_asked_for() {
    let stage = repository();
    let file = |name: &str| stage.path().join(name).to_string_lossy().into_owned();
    let (output, summary) = (file("output"), file("summary.md"));
    let variables = [
        ("PROJECT", "account"),
        ("DENY", "warnings"),
        ("AT", ""),
        ("SARIF", "admit.sarif"),
        ("GITHUB_OUTPUT", &output),
        ("GITHUB_STEP_SUMMARY", &summary),
    ];
    let done = run(&script("action.yml", "check"), stage.path(), &variables);
    let said = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(said.starts_with("::error file=account/policies/wrong.admit,line=1,"), "{said}");
    assert_eq!(std::fs::read_to_string(output).unwrap(), "sarif=admit.sarif\n");
    assert!(std::fs::read_to_string(summary).unwrap().contains("unknown group `saels`"));
    let log: Value = serde_json::from_str(&std::fs::read_to_string(file("admit.sarif")).unwrap()).unwrap();
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "unknown-group");

    stage.write("account/policies/wrong.admit", "");
    let fine =
        run(&script("action.yml", "check"), stage.path(), &[("PROJECT", "account"), ("AT", "2026-12-01")]);
    assert_eq!(fine.status.code(), Some(0), "{}", String::from_utf8_lossy(&fine.stderr));
}

/// What is built is known by its sources: the key of the cache is the same until one of them changes.
#[cfg(unix)]
#[test]
fn the_action_builds_anew_when_sources_change() {
    let stage = Stage::new(&[("admit/src/main.rs", "fn main() {}"), ("admit/target/x", "")]);
    let output = stage.path().join("output");
    let key = || {
        let folder = stage.path().join("admit");
        let folder = folder.to_string_lossy();
        let variables = [("GITHUB_ACTION_PATH", &*folder), ("GITHUB_OUTPUT", output.to_str().unwrap())];
        assert!(run(&script("action.yml", "key"), stage.path(), &variables).status.success());
        let key = std::fs::read_to_string(&output).unwrap();
        std::fs::remove_file(&output).unwrap();
        key
    };
    let first = key();
    assert_eq!(first.trim_end().len(), "sources=".len() + 32);
    stage.write("admit/target/x", "built");
    assert_eq!(key(), first);
    stage.write("admit/src/main.rs", "fn main() { }");
    assert_ne!(key(), first);
}

#[cfg(unix)]
#[test]
fn the_workflow_of_a_new_repository_says_what_it_needs() {
    let path = "templates/init/.github/workflows/policy.yml";
    let stage = Stage::new(&[]);
    stage.run("admit init --quiet");
    let install = run(&script(path, "install admit"), stage.path(), &[("ADMIT_SOURCE", "")]);
    assert_eq!(install.status.code(), Some(1));
    let said = String::from_utf8(install.stdout).unwrap();
    assert!(said.contains("set the variable ADMIT_SOURCE"), "{said}");
    for step in steps(path).iter().filter(|step| step["name"] != "install admit") {
        let Some(script) = step["run"].as_str() else { continue };
        let done = run(script, stage.path(), &[]);
        assert!(done.status.success(), "{script}\n{}", String::from_utf8_lossy(&done.stdout));
    }
}

/// The scripts of the only job of a pipeline for GitLab, without what installs admit.
fn gitlab(job: &Value) -> Vec<String> {
    job["script"].as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
}

#[cfg(unix)]
#[test]
fn the_pipelines_for_gitlab_check_and_report() {
    let stage = repository();
    let own = yaml(&text("templates/init/.gitlab-ci.yml"));
    let done = run(&gitlab(&own["policy"]).join("\n"), &stage.path().join("account"), &[]);
    assert_eq!(done.status.code(), Some(2), "{}", String::from_utf8_lossy(&done.stderr));
    let report = std::fs::read_to_string(stage.path().join("account/admit-code-quality.json")).unwrap();
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report[0]["location"]["path"], "account/policies/wrong.admit");

    let included = text("templates/gitlab/admit.yml");
    let (spec, jobs) = included.split_once("\n---\n").unwrap();
    let spec = yaml(spec);
    let mut jobs = jobs.to_owned();
    for (name, input) in spec["spec"]["inputs"].as_object().unwrap() {
        assert!(input["description"].is_string(), "{name}");
        let value = if name == "project" { "account" } else { input["default"].as_str().unwrap_or("x") };
        jobs = jobs.replace(&format!("$[[ inputs.{name} ]]"), &format!("{value:?}"));
    }
    assert!(!jobs.contains("$[["), "{jobs}");
    let jobs = yaml(&jobs.replace("\"account\"", "account").replace("admit-\"\"", "admit-"));
    let variables = [("ADMIT_PROJECT", "account"), ("ADMIT_DENY", "warnings")];
    let done = run(&gitlab(&jobs["admit"])[0], stage.path(), &variables);
    let said = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(said.starts_with("error resolve/unknown-group policies/wrong.admit:1:26"), "{said}");
    for (report, sign) in [("admit-code-quality.json", "unknown-group"), ("admit-check.xml", "<failure")] {
        assert!(std::fs::read_to_string(stage.path().join(report)).unwrap().contains(sign), "{report}");
    }

    let others = text("docs/ci.md");
    let others = others.split("```sh\n").nth(1).unwrap().split("```").next().unwrap();
    let others: Vec<&str> = others.lines().filter(|line| !line.starts_with("cargo install ")).collect();
    let account: &[(&str, &str)] = &[];
    let scripts = [
        (gitlab(&own["policy"]).join("\n"), "account", account),
        (gitlab(&jobs["admit"])[0].clone(), "", &variables),
        (others.join("\n"), "account", account),
    ];
    for (script, place, variables) in scripts {
        let place = stage.path().join(place);
        let run = || run(&script, &place, variables);
        // A warning fails the check; the tests run all the same.
        stage.write("account/policies/wrong.admit", "group unused { }\n");
        let done = run();
        let said = String::from_utf8(done.stdout).unwrap();
        assert_eq!(done.status.code(), Some(1), "{said}");
        assert!(
            said.contains("/unused-group ") && said.contains("contractors never get recordings"),
            "{said}"
        );
        assert!(std::fs::read_to_string(place.join("admit-test.xml")).unwrap().contains("failures=\"0\""));
        // A test that fails is as bad.
        let test = "test \"no\" at 2026-12-01 { deny ana@example.com install deal-sync }\n";
        stage.write("account/policies/wrong.admit", test);
        let done = run();
        assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stdout));
        assert!(std::fs::read_to_string(place.join("admit-test.xml")).unwrap().contains("failures=\"1\""));
        stage.write("account/policies/wrong.admit", "");
        let done = run();
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stdout));
    }
}

/// What a new repository runs before a commit and in its pipelines is what it is told to: the check, the tests and the layout.
#[test]
fn new_repositories_run_their_tests() {
    for path in [".github/workflows/policy.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"] {
        let text = text(&format!("templates/init/{path}"));
        for command in ["admit check", "admit test", "admit fmt"] {
            assert!(text.contains(command), "{path}: {command}");
        }
    }
}

/// The documentation explains every input, and no others.
#[test]
fn the_inputs_of_the_action_are_documented() {
    let action = yaml(&text("action.yml"));
    let page = text("docs/ci.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let inputs: Vec<&str> = action["inputs"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(rows.collect::<std::collections::BTreeSet<_>>(), inputs.into_iter().collect());
}

/// The pipelines that the documentation shows are what their schemas demand.
#[test]
fn the_pipelines_of_the_documentation_are_valid() {
    let page = text("docs/ci.md");
    let blocks: Vec<&str> =
        page.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let [workflow, include, hooks] = blocks.as_slice() else { panic!("{} blocks", blocks.len()) };
    holds(&yaml(workflow), "github-workflow");
    holds(&yaml(hooks), "pre-commit-config");
    let offered = yaml(&text(".pre-commit-hooks.yaml"));
    let offered: Vec<&Value> = offered.as_array().unwrap().iter().map(|hook| &hook["id"]).collect();
    for hook in yaml(hooks)["repos"][0]["hooks"].as_array().unwrap() {
        assert!(offered.contains(&&hook["id"]), "{hook}");
    }
    let included = text("templates/gitlab/admit.yml");
    let spec = yaml(included.split("\n---\n").next().unwrap());
    for input in yaml(include)["include"][0]["inputs"].as_object().unwrap().keys() {
        assert!(spec["spec"]["inputs"].get(input).is_some(), "{input}");
    }
}
