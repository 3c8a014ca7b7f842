//! What `admit check` says to machines: code scanners, GitHub, GitLab and test dashboards.

use admit::cli::Exit;
use insta::assert_snapshot;
use serde_json::Value;

use super::stage::Stage;
use crate::corpora;

const ACCOUNT: &str = "account example {\n  listed apps { approval required }\n  unlisted apps { approval required }\n  notify nobody\n  default role member\n}\n";

/// A repository with a project in a folder of it: errors, warnings, related places in other files, an exception, text beyond ASCII, CR LF,
/// and names of files that mean something to the formats.
fn repository() -> Stage {
    Stage::new(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("accounts/emea/admit.yaml", "lints: { unknown-scope: error }\n"),
        ("accounts/emea/policies/account.admit", ACCOUNT),
        (
            "accounts/emea/policies/crlf.admit",
            "group sales { ana@x.example }\r\nrole reader {\r\n  scopes no:such:scope }\r\n",
        ),
        (
            "accounts/emea/policies/team a,b:100%.admit",
            "group sales { bo@x.example }\n\
             # admit: allow unknown-scope until 2027-01-31 because \"SEC-9: 100 % sure, <soon>\"\n\
             role writer { scopes no:other:scope }\n\
             role übung { } role \"日本 😀 | x\" { } grant \"日本 😀 | y\" to ana@x.example\n",
        ),
        ("accounts/emea/directory/people.csv", "email,shoe size\nana@x.example,40\n"),
    ])
    .inside("accounts/emea")
}

fn run(format: &str) -> String {
    let run = repository().run(&format!("admit check --format {format}"));
    assert_eq!(run.exit, Exit::Invalid, "{run}");
    run.out
}

/// The SARIF of the repository, without what the pages of the codes say.
fn sarif() -> Value {
    let mut log: Value = serde_json::from_str(&run("sarif")).unwrap();
    for rule in log["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap() {
        let rule = rule.as_object_mut().unwrap();
        assert!(rule["help"]["text"].as_str().unwrap().contains("Fires"));
        rule.retain(|key, _| ["id", "name", "defaultConfiguration"].contains(&key.as_str()));
    }
    log
}

#[test]
fn a_code_scanner_reads_sarif() {
    assert_snapshot!(serde_json::to_string_pretty(&sarif()).unwrap());
}

#[test]
fn codes_that_are_off_unless_asked_for_say_so_in_sarif() {
    let settings = "lints: { missing-owner: warn }\n";
    let rule = "block all apps\n";
    let stage =
        Stage::new(&[("admit.yaml", settings), ("policies/a.admit", ACCOUNT), ("policies/b.admit", rule)]);
    let log: Value = serde_json::from_str(&stage.run("admit check --format sarif").out).unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let off: Vec<(&str, bool)> = rules
        .iter()
        .map(|rule| {
            (rule["id"].as_str().unwrap(), rule["defaultConfiguration"]["enabled"] == Value::Bool(false))
        })
        .collect();
    assert_eq!(off, [("missing-owner", true), ("missing-reason", false)]);
}

#[test]
fn the_sarif_is_what_its_schema_demands() {
    let Some(schema) = corpora::json("sarif/sarif-schema-2.1.0.json") else { return };
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let log: Value = serde_json::from_str(&run("sarif")).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(&log).map(|error| format!("{} {error}", error.instance_path())).collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn github_shows_annotations() {
    assert_snapshot!(run("github"));
}

#[test]
fn gitlab_shows_code_quality() {
    assert_snapshot!(run("gitlab"));
}

#[test]
fn dashboards_read_junit() {
    assert_snapshot!(run("junit"));
}

/// Dashboards take two cases of one name and class for the same.
#[test]
fn cases_of_junit_have_names_of_their_own() {
    let rule =
        "# admit: allow unknown-scope until 2027-01-31 because \"SEC-9\"\nrole a { scopes no:such:scope }\n";
    let stage = Stage::new(&[
        ("admit.yaml", ""),
        ("policies/a.admit", ACCOUNT),
        (
            "policies/b.admit",
            &format!("{rule}role b {{ scopes no:such:scope }}\nrole c {{ scopes no:such:scope }}\n"),
        ),
    ]);
    let text = stage.run("admit check --format junit").out;
    let report = quick_junit::Report::deserialize_from_str(&text).unwrap();
    for suite in &report.test_suites {
        let mut names: Vec<&str> = suite.test_cases.iter().map(|case| case.name.as_str()).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "{text}");
    }
    let message = "resolve/unknown-scope: no catalogue knows the scope `no:such:scope`";
    for name in [message.to_owned(), format!("{message} (2)"), format!("{message} (3)")] {
        assert!(text.contains(&format!("name=\"{name}\"")), "{name}: {text}");
    }
}

/// A rule that moves is not found anew.
#[test]
fn fingerprints_stay_when_lines_move() {
    let stage = repository();
    let prints = |stage: &Stage| {
        let text = stage.run("admit check --format gitlab").out;
        let found: Vec<Value> = serde_json::from_str(&text).unwrap();
        let log: Value = serde_json::from_str(&stage.run("admit check --format sarif").out).unwrap();
        let gitlab = found.iter().map(|one| one["fingerprint"].to_string());
        let results = log["runs"][0]["results"].as_array().unwrap().iter();
        let sarif = results.map(|one| one["partialFingerprints"].to_string());
        gitlab.chain(sarif).collect::<Vec<_>>()
    };
    let before = prints(&stage);
    assert_eq!(
        before.iter().collect::<std::collections::BTreeSet<_>>().len(),
        before.len() - 1,
        "two on one line"
    );
    for path in ["accounts/emea/policies/crlf.admit", "accounts/emea/policies/team a,b:100%.admit"] {
        let text = std::fs::read_to_string(stage.path().join(path)).unwrap();
        stage.write(path, format!("# moved\r\n\n\n{text}"));
    }
    assert_eq!(prints(&stage), before);
}

/// Without a repository around it, files are named from where the command is run, if the project is below.
#[test]
fn where_there_is_no_repository_files_are_named_from_here() {
    let stage = Stage::new(&[("a/b/admit.yaml", ""), ("a/b/policies/x.admit", "group g {\n")]);
    let path = |stage: &Stage, words: &str| {
        let report: Value = serde_json::from_str(&stage.run(words).out).unwrap();
        report[0]["location"]["path"].as_str().unwrap().to_owned()
    };
    assert_eq!(path(&stage, "admit check --project a/b --format gitlab"), "a/b/policies/x.admit");
    let within = stage.inside("a/b/policies");
    assert_eq!(path(&within, "admit check --format gitlab"), "policies/x.admit");
}

#[test]
fn paths_choose_what_machines_are_told() {
    let stage = repository();
    let log: Value = serde_json::from_str(&stage.run("admit check directory --format sarif").out).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 1);
    assert_eq!(results[0]["ruleId"], "undeclared-attribute");
}

/// A code scanner closes what it knows of a category and is not told again: a part of a project has one of its own.
#[test]
fn a_part_of_a_project_has_a_category_of_its_own() {
    let stage = repository();
    let category = |words: &str| {
        let log: Value =
            serde_json::from_str(&stage.run(format!("admit check --format sarif {words}").trim_end()).out)
                .unwrap();
        log["runs"][0]["automationDetails"]["id"].as_str().unwrap().to_owned()
    };
    assert_eq!(category(""), "admit/accounts/emea/");
    assert_eq!(category("."), "admit/accounts/emea/");
    assert_eq!(category("policies directory policies"), "admit/accounts/emea/directory+policies/");
    assert_eq!(category("--project policies/account.admit"), "admit/accounts/emea/policies/account.admit/");
}

#[test]
fn the_summary_of_a_step_is_appended() {
    let stage = repository()
        .variable("GITHUB_STEP_SUMMARY", "../../summary.md")
        .variable("GITHUB_SERVER_URL", "https://github.example")
        .variable("GITHUB_REPOSITORY", "northwind/policy")
        .variable("GITHUB_SHA", "0123abcd");
    stage.write("summary.md", "# Another step\n\n");
    let summary = || std::fs::read_to_string(stage.path().join("summary.md")).unwrap();
    stage.run("admit check");
    assert_eq!(summary(), "# Another step\n\n", "it belongs to the format for GitHub");
    stage.run("admit check --format github");
    assert_snapshot!(summary());
    stage.run("admit check --format plain --summary own.md");
    let own = std::fs::read_to_string(stage.path().join("accounts/emea/own.md")).unwrap();
    assert!(summary().ends_with(&own), "{own}");
}
