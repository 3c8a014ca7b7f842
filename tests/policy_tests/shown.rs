//! What people and machines are shown.

use insta::assert_snapshot;

use super::{failing, project, steady};

#[test]
fn for_a_person() {
    assert_snapshot!(steady(&failing().run("admit test")), @r"
    $ admit test
    test it fails in each way ... failed

      × it fails in each way: 2 of 5 installs are denied
       ╭─[policies/tests.admit:2:3]
     2 │   allow everyone install crm
       ·   ─────────────┬────────────
       ·                ╰── `kim@x.example` and `crm`, for one
       ╰────

    ✗ kim@x.example may not install crm on 2026-12-01

      × needs approval, and no approval covers kim@x.example
      · near miss (other-people): `crm` (policies/main.admit:20)
        ╭─[policies/main.admit:20:1]
     20 │ approve crm, recorder for group sales, role admin until 2027-06-30 id crm
        · ──────────┬──────────
        ·           ╰─┤ it is for group `sales` and role `admin`, and not for
        ·             │ `kim@x.example`
        ╰────

      Next: ask for approval by `dana@x.example`

      × it fails in each way: 3 of 5 installs are allowed, and 2 denied without
      │ `blocked`
       ╭─[policies/tests.admit:3:3]
     3 │   deny everyone install crm with blocked
       ·   ───────────────────┬──────────────────
       ·                      ╰── `ana@x.example` and `crm`, for one
       ╰────

    ✓ ana@x.example may install crm on 2026-12-01

      ✓ approved by `crm` (policies/main.admit:20) through group `sales`
        ╭─[policies/main.admit:20:1]
     20 │ approve crm, recorder for group sales, role admin until 2027-06-30 id crm
        · ─────────────────────
        ╰────
      ✓ holds `user:read` by role `member`

      × it fails in each way: of 5 installs, 1 is missing and 2 too many
       ╭─[policies/tests.admit:4:3]
     4 │   only ana@x.example, kim@x.example install crm
       ·   ──────────────────────┬──────────────────────
       ·                         ╰── `bo@x.example` and `crm`, for one
       ╰────
      help: missing of `crm`: `kim@x.example`
            too many of `crm`: `bo@x.example`, `dana@x.example`

    ✓ bo@x.example may install crm on 2026-12-01

      ✓ approved by `crm` (policies/main.admit:20) through group `sales`
        ╭─[policies/main.admit:20:1]
     20 │ approve crm, recorder for group sales, role admin until 2027-06-30 id crm
        · ─────────────────────
        ╰────
      ✓ holds `user:read` by role `member`

      × it fails in each way: no such user: `nobody@x.example`
       ╭─[policies/tests.admit:5:3]
     5 │   allow nobody@x.example install crm
       ·   ──────────────────────────────────
       ╰────
      help: a user exists where facts describe one or a group lists one; `given
            user … { }` adds one for this test

      × it fails in each way: `when` leaves no user with an app, so nothing is
      │ proved
       ╭─[policies/tests.admit:6:3]
     6 │   allow everyone install all apps when app.stage is beta
       ·   ──────────────────────────────────────────────────────
       ╰────
      help: select somebody and something, or take the assertion out

      ⚠ it fails in each way: `when` leaves no user with an app, so nothing is
      │ denied
       ╭─[policies/tests.admit:7:3]
     7 │   deny everyone install all apps when app.stage is beta
       ·   ─────────────────────────────────────────────────────
       ╰────

    --- messages
    test result: failed. 0 passed; 1 failed; 0 filtered out; finished in TIME
    --- exit 1
    ");
}

#[test]
fn one_fact_a_line() {
    assert_snapshot!(steady(&failing().run("admit test --format plain --quiet")), @r"
    $ admit test --format plain --quiet
    failed policies/tests.admit:1:1 it fails in each way
      failure: policies/tests.admit:2:3 allow 2 of 5 installs are denied
      witness: deny kim@x.example may not install crm on 2026-12-01
      witness: reason approval-required no approval covers kim@x.example
      witness: near-miss other-people policies/main.admit:20:1 `crm` it is for group `sales` and role `admin`, and not for `kim@x.example`
      witness: next request-approval ask for approval by `dana@x.example`
      failure: policies/tests.admit:3:3 deny 3 of 5 installs are allowed, and 2 denied without `blocked`
      witness: allow ana@x.example may install crm on 2026-12-01
      witness: ground approval policies/main.admit:20:1 `crm` through group `sales`
      witness: ground scope user:read by role `member`
      failure: policies/tests.admit:4:3 only of 5 installs, 1 is missing and 2 too many
      missing: crm 1 kim@x.example
      too-many: crm 2 bo@x.example dana@x.example
      witness: allow bo@x.example may install crm on 2026-12-01
      witness: ground approval policies/main.admit:20:1 `crm` through group `sales`
      witness: ground scope user:read by role `member`
      failure: policies/tests.admit:5:3 allow no such user: `nobody@x.example`
      failure: policies/tests.admit:6:3 allow `when` leaves no user with an app, so nothing is proved
      warning: policies/tests.admit:7:3 deny `when` leaves no user with an app
    --- exit 1
    ");
}

#[test]
fn annotations_of_github() {
    let run = failing().run("admit test --format github --quiet");
    let lines: Vec<&str> = run.out.lines().collect();
    let (last, errors) = lines.split_last().unwrap();
    assert!(errors.iter().all(|line| line.starts_with("::error file=policies/tests.admit,line=")), "{run}");
    assert!(lines[2].contains("too many%0Amissing of `crm`: `kim@x.example`%0Atoo many of `crm`: `bo@x.example`, `dana@x.example`%0Aallow "), "{}", lines[2]);
    assert_snapshot!(last, @"::warning file=policies/tests.admit,line=7,endLine=7,col=3,endColumn=56,title=test about nothing%3A it fails in each way::`when` leaves no user with an app, so nothing is denied");
    assert_snapshot!(lines[0], @r"::error file=policies/tests.admit,line=2,endLine=2,col=3,endColumn=29,title=test failed%3A it fails in each way::2 of 5 installs are denied%0Adeny kim@x.example may not install crm on 2026-12-01%0Areason approval-required no approval covers kim@x.example%0Anear-miss other-people policies/main.admit:20:1 `crm` it is for group `sales` and role `admin`, and not for `kim@x.example`%0Anext request-approval ask for approval by `dana@x.example`");
}

#[test]
fn junit() {
    let run = failing().run("admit test --format junit --quiet");
    let mut pieces = run.out.split("time=\"");
    let first = pieces.next().unwrap().to_owned();
    let steady = pieces.fold(first, |all, piece| all + "time=\"TIME" + &piece[piece.find('"').unwrap()..]);
    assert_snapshot!(steady.lines().take(6).collect::<Vec<_>>().join("\n"), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="admit test" tests="1" failures="1" errors="0" skipped="0" time="TIME">
      <testsuite name="policies/tests.admit" tests="1" failures="1" errors="0" skipped="0" time="TIME">
        <testcase name="it fails in each way" classname="policies/tests.admit" file="policies/tests.admit" line="1" time="TIME">
          <failure type="failed-test" message="2 of 5 installs are denied">policies/tests.admit:2 2 of 5 installs are denied
    deny kim@x.example may not install crm on 2026-12-01
    "#);
}

/// Of each case: what it is called, and what of trouble it has.
fn cases(run: &crate::cli::stage::Run) -> Vec<String> {
    let report =
        quick_junit::Report::deserialize_from_str(&run.out).unwrap_or_else(|error| panic!("{error}\n{run}"));
    let counts = [report.tests, report.failures, report.errors];
    let all = report.test_suites.iter().flat_map(|suite| &suite.test_cases).map(|case| {
        let class = case.classname.as_ref().map(|class| class.as_str()).unwrap_or_default();
        let status = match &case.status {
            quick_junit::TestCaseStatus::Success { .. } => "ok".to_owned(),
            quick_junit::TestCaseStatus::NonSuccess { kind, message, .. } => {
                format!("{kind:?} {}", message.as_ref().map(|text| text.as_str()).unwrap_or_default())
            }
            other => panic!("{other:?}"),
        };
        format!("{class}: {} - {status}", case.name.as_str())
    });
    std::iter::once(format!("{counts:?}")).chain(all).collect()
}

/// Whatever makes the exit code 1 is a failure in the report.
#[test]
fn junit_fails_where_the_run_does() {
    let stage = project("test \"it\" at 2026-12-01 { allow ana@x.example install crm }");
    let run = stage.run("admit test --mutate --mutants remove,effect --format junit --at 2026-12-01");
    assert_snapshot!(cases(&run).join("\n"), @r"
    [2, 1, 0]
    policies/main.admit: no test notices `approve` instead of `block` (21:1) - Failure on 2026-12-01, `kim@x.example` may not install `recorder`, and could with the change
    policies/tests.admit: it - ok
    ");
    assert_eq!(run.exit.code(), 1, "{run}");
    let run = stage.run("admit test --min 40 --format junit");
    assert_snapshot!(cases(&run).join("\n"), @r"
    [2, 1, 0]
    policies/tests.admit: it - ok
    coverage: coverage - Failure 1 of 3 rules (33.3 %), 0 of 2 values of conditions (0 %), at least 40 % of each are asked for
    ");
    assert_eq!(run.exit.code(), 1, "{run}");
    let run = stage.run("admit test --min 0 --format junit");
    assert_snapshot!(cases(&run).join("\n"), @r"
    [2, 0, 0]
    policies/tests.admit: it - ok
    coverage: coverage - ok
    ");
    assert_eq!(run.exit.code(), 0, "{run}");
}

/// A report that is published is neither broken nor green.
#[test]
fn junit_has_the_errors_that_kept_tests_from_running() {
    let stage = project("test \"it\" { allow group saels install crm  allow group saels install crm }");
    let run = stage.run("admit test --format junit");
    assert_snapshot!(cases(&run).join("\n"), @r"
    [2, 0, 2]
    policies/tests.admit: resolve/unknown-group: unknown group `saels` - Error unknown group `saels`
    policies/tests.admit: resolve/unknown-group: unknown group `saels` (2) - Error unknown group `saels`
    ");
    assert_eq!(run.exit.code(), 2, "{run}");
    assert!(run.err.contains("nothing is decided before they are mended"), "{run}");
    assert_eq!(stage.run("admit test --format github").out, "");
}

#[test]
fn junit_says_who_is_missing() {
    let run = failing().run("admit test --format junit --quiet");
    let lines = "of 5 installs, 1 is missing and 2 too many\nmissing of `crm`: `kim@x.example`\ntoo many of `crm`: `bo@x.example`, `dana@x.example`\nallow bo@x.example";
    assert!(run.out.contains(lines), "{run}");
}

#[test]
fn coverage_and_mutants_for_a_person() {
    let stage = project("test \"it\" at 2026-12-01 { allow ana@x.example install crm }");
    assert_snapshot!(steady(&stage.run("admit test --coverage --mutate --mutants remove --at 2026-12-01")), @r"
    $ admit test --coverage --mutate --mutants remove --at 2026-12-01
    test it ... ok

    ⚠ no test fails without these rules:
      policies/main.admit:3:38 exempt apps by zoom
      policies/main.admit:21:1 block recorder

    ⚠ conditions that no test has seen both true and not:
      policies/main.admit:3:63 `app.stage is beta` is never looked at

    --- messages
    test result: ok. 1 passed; 0 failed; 0 filtered out; finished in TIME
    coverage: 1 of 3 rules (33.3 %), 0 of 2 values of conditions (0 %)
    mutants: 3 tried: 1 noticed, 0 missed, 2 change no decision
    --- exit 0
    ");
}

#[test]
fn a_project_without_tests_says_how_one_looks() {
    assert_snapshot!(steady(&project("").run("admit test")), @r#"
    $ admit test
    --- messages
    warning: the project has no tests; they look like `test "…" { deny group contractors install all apps }`
    test result: ok. 0 passed; 0 failed; 0 filtered out; finished in TIME
    --- exit 0
    "#);
}
