//! Which rules and conditions tests decide.

use super::{json, project};
use crate::cli::stage::Stage;

/// The heads of the rules, with whether they are decided.
fn decided(stage: &Stage) -> Vec<(String, bool)> {
    let report = json(&stage.run("admit test --coverage --format json"));
    let rules = report["coverage"]["rules"].as_array().unwrap();
    rules
        .iter()
        .map(|rule| (rule["text"].as_str().unwrap().to_owned(), rule["decided"].as_bool().unwrap()))
        .collect()
}

fn is_decided(policy: &str, rule: &str) -> bool {
    let stage = project(policy);
    let all = decided(&stage);
    let found: Vec<bool> = all
        .iter()
        .filter(|(text, _)| text == rule || text.starts_with(&format!("{rule} ")))
        .map(|(_, one)| *one)
        .collect();
    assert_eq!(found.len(), 1, "{rule} among {all:?}");
    found[0]
}

#[test]
fn a_rule_is_decided_where_an_assertion_fails_without_it() {
    let approve = "approve crm, recorder";
    assert!(is_decided("test \"it\" at 2026-12-01 { allow ana@x.example install crm }", approve));
    // Looking at somebody else's install does not decide it …
    assert!(!is_decided("test \"it\" at 2026-12-01 { deny kim@x.example install crm }", approve));
    // … nor does a day on which it is not in force.
    assert!(!is_decided("test \"it\" at 2028-01-01 { deny ana@x.example install crm }", approve));
    assert!(is_decided("test \"it\" at 2026-12-01 { only group sales, role admin install crm }", approve));
}

#[test]
fn a_rule_that_another_backs_up_is_not_decided() {
    let block = "block recorder";
    // Kim lacks an approval too: without the block the answer stays no.
    assert!(!is_decided("test \"it\" { deny kim@x.example install recorder }", block));
    // Who asks for the reason sees the block go.
    assert!(is_decided("test \"it\" { deny kim@x.example install recorder with blocked }", block));
    let second = "approve crm for ana@x.example until 2030-01-01\n test \"it\" at 2026-12-01 { allow ana@x.example install crm }";
    assert!(!is_decided(second, "approve crm, recorder"));
    assert!(!is_decided(second, "approve crm"));
}

#[test]
fn every_kind_of_rule_can_be_decided() {
    let policy = r#"
withhold user:read on apps in kept from group agents id keep
allowlist kept { crm }
waive no-recording on recorder for kim@x.example until 2027-01-01 because "captions"
approve crm, recorder for kim@x.example until 2027-01-01
grant admin to bo@x.example
app zoomlet { developer zoom  listing unlisted  stage beta  beta-until 2027-01-01  managed-by admin  scopes user:read }
test "it" at 2026-12-01 {
  deny kim@x.example install crm with missing-scopes
  allow kim@x.example install recorder
  allow bo@x.example install zoomlet
}
"#;
    assert!(is_decided(policy, "withhold"));
    assert!(is_decided(policy, "waive"));
    assert!(is_decided(policy, "grant"));
    // Unlisted apps need no approval here, so the exemption frees nobody.
    assert!(!is_decided(policy, "exempt"));
}

#[test]
fn a_grant_by_which_people_are_selected_is_decided() {
    let grant = "grant admin to bo@x.example";
    let with = |test: &str| is_decided(&format!("{grant}\n test \"it\" at 2026-12-01 {{ {test} }}"), "grant");
    assert!(
        !with("allow role admin install crm"),
        "without it the test is about Bo no more, and holds of Dana"
    );
    assert!(!with("allow ana@x.example install crm"));
    assert!(with("only role admin, ana@x.example install crm"), "without it Bo is too many");
    assert!(
        with("deny everyone except role admin, ana@x.example install crm"),
        "without it the test is about Bo, too"
    );
    assert!(
        with("allow role admin except dana@x.example install crm"),
        "without it the test is about nobody"
    );
}

#[test]
fn an_only_removal_that_a_given_needs_is_seen() {
    let policy = r#"test "it" at 2026-12-01 {
  given user new@x.example { groups agents, sales }
  deny new@x.example install recorder
}"#;
    assert!(is_decided(policy, "block recorder"), "approved, so the block alone denies");
}

#[test]
fn conditions_are_seen_true_and_not() {
    let conditions = |test: &str| {
        let rule = "block crm for everyone when user.contract-end < today and user.groups contains sales\n";
        let stage = project(&format!("{rule}{test}"));
        let report = json(&stage.run("admit test --coverage --format json"));
        let all = report["coverage"]["conditions"].as_array().unwrap();
        let seen = |one: &serde_json::Value| (one["seen_true"] == true, one["seen_not"] == true);
        // The exemption's comes first.
        all.iter().skip(1).map(seen).collect::<Vec<_>>()
    };
    let none = (false, false);
    assert_eq!(conditions("test \"it\" { allow ana@x.example install recorder }"), [none, none, none]);
    assert_eq!(
        conditions("test \"it\" at 2026-12-01 { allow ana@x.example install crm }"),
        [(false, true), (false, true), (true, false)]
    );
    assert_eq!(
        conditions(
            "test \"it\" at 2026-12-01 { allow dana@x.example install crm  deny bo@x.example install crm }"
        ),
        [(true, true), (true, true), (true, true)],
        "nobody knows Dana's contract: not true"
    );
}

/// What is quoted of a condition has both of its parentheses or none, and the `not` that its value has.
#[test]
fn conditions_are_named_whole() {
    let named = |when: &str| {
        let stage = project(&format!(
            "block crm for everyone when {when}\ntest \"it\" {{ deny kim@x.example install crm }}"
        ));
        let report = json(&stage.run("admit test --coverage --mutate --mutants condition --format json"));
        let texts = |all: &serde_json::Value, key: &str| {
            let all = all.as_array().unwrap().iter().filter(|one| one["file"] == "policies/tests.admit");
            all.map(|one| one[key].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        (texts(&report["coverage"]["conditions"], "text"), texts(&report["mutants"]["tried"], "change"))
    };
    let (texts, changes) = named("(app.stage is beta) or (not (user.contract-end < today))");
    let whole = "(app.stage is beta) or (not (user.contract-end < today))";
    assert_eq!(texts, [whole, "app.stage is beta", "user.contract-end < today"]);
    let parts =
        ["no `app.stage is beta` in its condition", "no `not (user.contract-end < today)` in its condition"];
    assert_eq!(changes, [&format!("no `when {whole}`"), parts[0], parts[1]]);
    assert_eq!(named("(not app.stage is beta)").0, ["not app.stage is beta"]);
}

#[test]
fn too_little_coverage_fails() {
    let stage = project("test \"it\" at 2026-12-01 { allow ana@x.example install crm }");
    let run = stage.run("admit test --min 0");
    assert_eq!(run.exit.code(), 0, "{run}");
    assert!(run.err.contains("1 of 3 rules (33.3 %), 0 of 2 values of conditions (0 %)"), "{run}");
    // The beta exemption's condition was never looked at.
    assert_eq!(stage.run("admit test --min 1").exit.code(), 1);
    let seen = project(
        r#"test "it" at 2026-12-01 {
  given app tryout { developer zoom  listing unlisted  stage beta  beta-until 2027-01-01  managed-by user }
  given app zoomlet { developer zoom  listing unlisted  stage published  managed-by user }
  allow ana@x.example install crm
  deny ana@x.example install tryout, zoomlet
}"#,
    );
    let run = seen.run("admit test --min 33");
    assert_eq!(
        run.exit.code(),
        0,
        "both values of the condition were seen, and 33.3 % of the rules are decided\n{run}"
    );
    assert_eq!(seen.run("admit test --min 34").exit.code(), 1);
}

/// Every rule that taking out makes a passing test fail is decided, and no other: tried by taking each out of the text.
#[test]
fn coverage_is_what_taking_each_rule_out_of_the_text_says() {
    let rules = [
        "approve crm for kim@x.example",
        "approve crm for everyone when user.contract-end > today",
        "block crm for bo@x.example",
        "block all apps for role admin except bo@x.example",
        "grant admin to group agents",
        "grant admin to kim@x.example until 2026-12-31",
        "withhold user:read from ana@x.example, group agents",
    ];
    let test = r#"
test "as it is" at 2026-12-01 {
  deny bo@x.example install crm with blocked
  deny role admin install recorder
  deny ana@x.example install all apps with missing-scopes when app.id is "crm"
  deny kim@x.example install riddle with unknown-fact, blocked
}"#;
    let whole = project(&format!("{}\n{test}", rules.join("\n")));
    let run = whole.run("admit test");
    assert_eq!(run.exit.code(), 0, "{run}");
    let all = decided(&whole);
    let tail = &all[all.len() - rules.len()..];
    for (number, (text, decided)) in tail.iter().enumerate() {
        let rest: Vec<&str> =
            rules.iter().enumerate().filter(|(other, _)| *other != number).map(|(_, rule)| *rule).collect();
        let without = project(&format!("{}\n{test}", rest.join("\n"))).run("admit test");
        assert_eq!(*decided, without.exit.code() == 1, "{text}\n{without}");
    }
    assert!(tail.iter().any(|(_, one)| *one) && tail.iter().any(|(_, one)| !*one), "{tail:?}");
}

/// Readers of LCOV refuse a branch on a line without a count.
#[test]
fn every_branch_of_lcov_has_its_line() {
    let stage = project(
        "block crm\n  for everyone\n  when user.contract-end < today\n    or app.stage is beta\n\
         test \"it\" at 2026-12-01 { allow ana@x.example install crm }\n\
         block all apps for group agents\n  when app.stage is beta",
    );
    let trace = stage.run("admit test --format lcov").out;
    let record = trace.split("SF:policies/tests.admit\n").nth(1).unwrap();
    let lines: Vec<&str> = record.lines().filter(|line| !line.starts_with("BRDA")).collect();
    assert_eq!(
        lines,
        ["BRF:8", "BRH:3", "DA:1,0", "DA:3,1", "DA:4,1", "DA:6,0", "DA:7,0", "LF:5", "LH:2", "end_of_record"],
        "{record}"
    );
}

#[test]
fn lcov_is_whole() {
    let stage = project(
        "block crm for everyone when user.contract-end < today\ntest \"it\" at 2026-12-01 { allow ana@x.example install crm }",
    );
    let run = stage.run("admit test --format lcov");
    insta::assert_snapshot!(run.out, @r"
    TN:admit
    SF:policies/main.admit
    BRDA:3,0,0,-
    BRDA:3,0,1,-
    BRF:2
    BRH:0
    DA:3,0
    DA:20,1
    DA:21,0
    LF:3
    LH:1
    end_of_record
    TN:admit
    SF:policies/tests.admit
    BRDA:1,1,0,0
    BRDA:1,1,1,1
    BRF:2
    BRH:1
    DA:1,0
    LF:1
    LH:0
    end_of_record
    ");
    assert_eq!(stage.run("admit test --quiet --lcov coverage.info").exit.code(), 0);
    assert_eq!(std::fs::read_to_string(stage.path().join("coverage.info")).unwrap(), run.out);
}
