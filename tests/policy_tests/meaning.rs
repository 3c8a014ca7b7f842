//! What each assertion claims.

use super::{json, project};

/// Runs one test of these assertions; `true` for each that holds.
fn holds(assertions: &str) -> Vec<bool> {
    holds_at("2026-12-01", assertions)
}

fn holds_at(day: &str, assertions: &str) -> Vec<bool> {
    let stage = project(&format!("test \"it\" at {day} {{ {assertions} }}"));
    let run = stage.run("admit test --format json");
    let report = json(&run);
    assert_eq!(report["tests"].as_array().map(Vec::len), Some(1), "{run}");
    let all = report["tests"][0]["assertions"].as_array().unwrap();
    let each: Vec<bool> = all.iter().map(|one| one["result"] == "passed").collect();
    assert_eq!(run.exit.code(), u8::from(each.contains(&false)), "{run}");
    each
}

#[test]
fn allow_is_about_every_user_and_every_app() {
    assert_eq!(holds("allow group sales install crm, recorder"), [true]);
    assert_eq!(holds("allow group sales, kim@x.example install crm"), [false]);
    assert_eq!(holds("allow group sales install crm, riddle"), [false]);
    assert_eq!(holds("allow everyone except kim@x.example install all apps except riddle"), [true]);
}

#[test]
fn deny_is_about_none_and_asks_for_reasons() {
    assert_eq!(holds("deny group agents install recorder, riddle"), [true]);
    assert_eq!(holds("deny everyone install recorder"), [false]);
    assert_eq!(holds("deny kim@x.example install recorder with blocked, approval-required"), [true]);
    assert_eq!(holds("deny kim@x.example install recorder with blocked, missing-scopes"), [false]);
    // Each denial must carry them, not just one.
    assert_eq!(holds("deny kim@x.example install crm, recorder with blocked"), [false]);
    assert_eq!(holds("deny everyone install riddle with unknown-fact"), [true]);
}

#[test]
fn only_is_about_exactly_these_for_each_app() {
    assert_eq!(holds("only group sales, role admin install crm, recorder"), [true]);
    assert_eq!(holds("only group sales install crm"), [false]);
    assert_eq!(holds("only group sales, role admin, kim@x.example install crm"), [false]);
    assert_eq!(holds("only everyone install crm when user.groups contains sales"), [true]);
    assert_eq!(holds("only ana@x.example install crm when user.contract-end > today"), [true]);
}

#[test]
fn when_is_true_for_allow_and_not_false_for_deny() {
    // Dana and Kim have no contract on record.
    assert_eq!(holds("allow everyone install crm when user.contract-end > today"), [true]);
    assert_eq!(holds("allow everyone install crm when not user.contract-end > today"), [true]);
    assert_eq!(holds("deny everyone install crm when user.contract-end is 2020-01-01"), [false]);
    assert_eq!(holds("deny group agents install crm when user.contract-end is 2020-01-01"), [true]);
}

#[test]
fn a_test_is_about_its_day() {
    assert_eq!(holds_at("2027-06-30", "allow group sales install crm"), [true]);
    assert_eq!(holds_at("2027-07-01", "allow group sales install crm"), [false]);
    let stage = project("test \"today\" { allow group sales install crm }");
    assert_eq!(stage.run("admit test").exit.code(), 0, "the day of the run");
    assert_eq!(stage.run("admit test --at 2027-07-01").exit.code(), 1);
}

#[test]
fn nobody_and_nothing_prove_nothing() {
    assert_eq!(holds("allow group sales install unlisted apps"), [false]);
    assert_eq!(holds("only group sales except group sales install crm"), [false]);
    assert_eq!(holds("allow group sales install all apps when app.stage is beta"), [false]);
    let stage = project("test \"it\" { deny group sales install unlisted apps }");
    let run = stage.run("admit test --format plain");
    assert_eq!(run.exit.code(), 0);
    assert!(run.out.contains("warning: policies/tests.admit:1:13 deny no app is selected"), "{run}");
}

#[test]
fn users_have_to_exist() {
    assert_eq!(holds("deny nobody@x.example install crm"), [false]);
    assert_eq!(holds("given user nobody@x.example { } deny nobody@x.example install crm"), [true]);
}

#[test]
fn given_replaces_the_fields_it_states_for_its_test_alone() {
    let stage = project(
        r#"
test "a known scope" at 2026-12-01 {
  given app riddle { scopes user:read }
  deny everyone install riddle with approval-required
}
test "which is not known elsewhere" at 2026-12-01 { deny everyone install riddle with unknown-fact }
test "memberships are replaced" at 2026-12-01 {
  given user ana@x.example { groups agents }
  deny ana@x.example install recorder with blocked, approval-required
  only bo@x.example, dana@x.example install crm
}
test "and other fields stay" at 2026-12-01 {
  given user ana@x.example { groups sales }
  allow ana@x.example install crm when user.contract-end is 2027-01-31
}
test "new ones come into being" at 2026-12-01 {
  given user newbie@x.example { role admin }
  given app fresh { developer nobody-knows  listing unlisted  stage development  managed-by user  scopes user:read }
  allow newbie@x.example install crm
  deny everyone install fresh with unknown-fact
}
"#,
    );
    let run = stage.run("admit test --format plain");
    assert_eq!(run.exit.code(), 0, "{run}");
    assert_eq!(run.out.lines().filter(|line| line.starts_with("ok ")).count(), 5, "{run}");
}

#[test]
fn a_filter_is_a_part_of_a_name_or_with_exact_all_of_it() {
    let stage = project(
        "test \"one\" { deny everyone install riddle } test \"one more\" { deny everyone install riddle } test \"two\" { deny everyone install riddle }",
    );
    let ran = |words: &str| {
        let run = stage.run(words);
        let passed = run.out.lines().filter(|line| line.ends_with("... ok")).count();
        (passed, run.exit.code())
    };
    assert_eq!(ran("admit test"), (3, 0));
    assert_eq!(ran("admit test one"), (2, 0));
    assert_eq!(ran("admit test more two"), (2, 0));
    assert_eq!(ran("admit test one --exact"), (1, 0));
    let none = stage.run("admit test three");
    assert_eq!((none.out.as_str(), none.exit.code()), ("", 0));
    assert!(none.err.contains("no test has such a name"), "{none}");
    assert_eq!(stage.run("admit test --list").out, "one\none more\ntwo\n");
}

#[test]
fn results_do_not_depend_on_how_many_threads_there_are() {
    let tests: String = (0..30)
        .map(|number| {
            let given =
                if number % 3 == 0 { format!("given user u{number}@x.example {{ }}") } else { String::new() };
            format!("test \"t{number}\" {{ {given} allow everyone install crm }}\n")
        })
        .collect();
    let stage = project(&tests);
    let one = stage.run("admit test --format json --jobs 1");
    assert_eq!(one.out, stage.run("admit test --format json --jobs 5").out);
    let names: Vec<String> = json(&one)["tests"]
        .as_array()
        .unwrap()
        .iter()
        .map(|test| test["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(names, (0..30).map(|number| format!("t{number}")).collect::<Vec<_>>());
}

#[test]
fn a_policy_with_errors_is_not_tested() {
    let stage = project("test \"it\" { allow group salse install crm }");
    let run = stage.run("admit test");
    assert_eq!(run.exit.code(), 2);
    assert!(run.out.is_empty() && run.err.contains("unknown group `salse`"), "{run}");
}

#[test]
fn what_init_writes_passes() {
    let stage = crate::cli::stage::Stage::new(&[]);
    stage.run("admit init --quiet");
    let run = stage.run("admit test");
    assert_eq!(run.exit.code(), 0, "{run}");
    assert!(run.err.contains("2 passed; 0 failed"), "{run}");
}

#[test]
fn the_tests_of_the_examples_pass() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.join("admit.yaml").exists() {
            let run = crate::cli::stage::Stage::at(&path).run("admit test");
            assert_eq!(run.exit.code(), 0, "{run}");
            assert!(!run.out.is_empty(), "{}: there are tests", path.display());
            seen += 1;
        }
    }
    assert!(seen >= 3);
}
