//! Commands over projects: what they say, where, and how they end.

use admit::cli::Exit;
use insta::assert_snapshot;
use serde_json::Value;

use super::stage::Stage;

/// The repository that `init` makes.
fn made() -> Stage {
    let stage = Stage::new(&[]);
    assert_eq!(stage.run("admit init --quiet").exit, Exit::Fine);
    stage
}

/// … with a mistake in each of two files.
fn broken() -> Stage {
    let stage = made();
    stage.write(
        "policies/wrong.admit",
        "approve apps in reviewd for group sales\nblock all apps for group saels\n",
    );
    stage.write(
        "directory/users.csv",
        "email,groups,rolle\nana@example.com,sales,\ndana@example.com,,owner\nkim@example.com,contractors,\n",
    );
    stage
}

#[test]
fn what_init_writes_is_free_of_findings() {
    assert_snapshot!(made().run("admit check --deny warnings"), @r"
    $ admit check --deny warnings
    --- messages
    no findings in 5 files
    --- exit 0
    ");
}

#[test]
fn check_shows_findings_as_results_and_their_number_as_a_message() {
    assert_snapshot!(broken().run("admit check"), @r"
    $ admit check
    resolve/unknown-allowlist

      × unknown allowlist `reviewd`
       ╭─[policies/wrong.admit:1:17]
     1 │ approve apps in reviewd for group sales
       ·                 ───────
       ╰────
      help: did you mean `reviewed`?

    resolve/unknown-group

      × unknown group `saels`
       ╭─[policies/wrong.admit:2:26]
     2 │ block all apps for group saels
       ·                          ─────
       ╰────
      help: did you mean `sales`?

    facts/undeclared-attribute

      ⚠ `users` have no field `rolle`
       ╭─[directory/users.csv:1:14]
     1 │ email,groups,rolle
       ·              ─────
       ╰────
      help: did you mean `role`? nothing reads it as it stands
    --- messages

    2 errors, 1 warning in 6 files
    --- exit 2
    ");
    assert_snapshot!(broken().run("admit check --format plain --quiet"), @r"
    $ admit check --format plain --quiet
    error resolve/unknown-allowlist policies/wrong.admit:1:17 unknown allowlist `reviewd`
      help: did you mean `reviewed`?
    error resolve/unknown-group policies/wrong.admit:2:26 unknown group `saels`
      help: did you mean `sales`?
    warning facts/undeclared-attribute directory/users.csv:1:14 `users` have no field `rolle`
      help: did you mean `role`? nothing reads it as it stands
    --- exit 2
    ");
}

#[test]
fn check_in_json_is_one_array() {
    let run = broken().run("admit check --format json");
    let findings: Vec<Value> = serde_json::from_str(&run.out).unwrap();
    let codes: Vec<&str> = findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["unknown-allowlist", "unknown-group", "undeclared-attribute"]);
    assert_eq!(made().run("admit check --format json").out, "[]\n");
}

#[test]
fn a_person_is_shown_so_many_findings_and_a_program_all() {
    let stage = made();
    let rule = |n: usize| format!("block all apps for group nowhere-{n}\n");
    stage.write("policies/wrong.admit", (0..250).map(rule).collect::<String>());
    let shown = stage.run("admit check");
    assert_eq!(shown.out.matches("× unknown group").count(), 200);
    assert!(shown.out.ends_with("\n… and 50 more; `--format plain` shows all\n"));
    assert!(shown.err.contains("250 errors in 6 files"));
    assert_eq!(
        stage.run("admit check --format plain").out.matches("error resolve/unknown-group").count(),
        250
    );
    let json: Vec<Value> = serde_json::from_str(&stage.run("admit check --format json").out).unwrap();
    assert_eq!(json.len(), 250);
}

#[test]
fn paths_choose_what_is_shown_and_not_what_is_checked() {
    let stage = broken().inside("policies");
    assert_snapshot!(stage.run("admit check ../directory --format plain"), @r"
    $ admit check ../directory --format plain
    warning facts/undeclared-attribute directory/users.csv:1:14 `users` have no field `rolle`
      help: did you mean `role`? nothing reads it as it stands
    --- messages
    2 errors, 1 warning in 6 files, 2 of them elsewhere
    --- exit 2
    ");
    assert_snapshot!(stage.run("admit check ../admit.yaml"), @r"
    $ admit check ../admit.yaml
    --- messages
    2 errors, 1 warning in 6 files, 3 of them elsewhere
    --- exit 2
    ");
    assert_snapshot!(stage.run("admit check nowhere.admit"), @r"
    $ admit check nowhere.admit
    --- messages
    error: there is no `nowhere.admit` here
    help: paths are those from the current folder
    --- exit 2
    ");
    assert_snapshot!(stage.run("admit check ../policies/wrog.admit"), @r"
    $ admit check ../policies/wrog.admit
    --- messages
    error: there is no `../policies/wrog.admit` here
    help: did you mean the project's `policies/wrong.admit`?
    --- exit 2
    ");
    stage.write("notes.txt", "");
    assert_snapshot!(stage.run("admit check ../notes.txt"), @r"
    $ admit check ../notes.txt
    --- messages
    error: `../notes.txt` has no file of the project
    help: `admit.yaml` says which files belong to it
    --- exit 2
    ");
}

/// Also where the finding is an error in this place only: elsewhere an unknown person is a warning.
#[test]
fn a_check_ends_as_questions_do() {
    let stage = made();
    stage.write("policies/more.admit", "block deal-sync for nobody@example.com because \"a\"\n");
    assert_eq!(stage.run("admit check").exit, Exit::Invalid);
    assert_eq!(stage.run("admit can ana@example.com install deal-sync").exit, Exit::Invalid);
}

#[test]
fn warnings_fail_a_check_only_where_that_is_wanted() {
    let stage = made();
    stage.write(
        "directory/users.csv",
        "email,groups,rolle\ndana@example.com,,\nkim@example.com,contractors,\nana@example.com,sales,x\n",
    );
    assert_eq!(stage.run("admit check").exit, Exit::Fine);
    assert_eq!(stage.run("admit check --deny warnings").exit, Exit::Findings);
    // A decision is made all the same, and says nothing about them.
    let run = stage.run("admit can ana@example.com install deal-sync");
    assert_eq!((run.exit, run.err.as_str()), (Exit::Fine, ""));
}

#[test]
fn a_finding_raised_by_the_project_fails_a_check_and_still_decides() {
    let stage = made();
    stage.write("admit.yaml", "lints: { undeclared-attribute: error }\n");
    stage.write(
        "directory/users.csv",
        "email,groups,rolle\ndana@example.com,,\nkim@example.com,contractors,\nana@example.com,sales,x\n",
    );
    assert_eq!(stage.run("admit check").exit, Exit::Findings);
    assert_eq!(stage.run("admit can ana@example.com install deal-sync").exit, Exit::Fine);
}

#[test]
fn an_allow_and_a_deny_in_every_format() {
    let stage = made();
    assert_snapshot!(stage.run("admit can ana@example.com install note-taker"), @r"
    $ admit can ana@example.com install note-taker
    ✓ ana@example.com may install note-taker

      ✓ approved by policies/apps.admit:5 for everyone: reviewed by security
      ✓ holds `meeting:read` by role `member`
    --- exit 0
    ");
    assert_snapshot!(stage.run("admit can kim@example.com install meeting-vault"), @r"
    $ admit can kim@example.com install meeting-vault
    ✗ kim@example.com may not install meeting-vault

      × blocked by `no-capture` (policies/apps.admit:11): recordings stay with
      │ employees
        ╭─[policies/apps.admit:11:1]
     11 │ block all apps for group contractors
        · ───────┬──────
        ·        ╰─┤ `kim@example.com` is in `contractors`
        ·          │ `meeting-vault` asks for `recording:read`
        ╰────
      × needs approval, and no rule approves the app

      Next: nothing can be approved while the block stands
    --- exit 3
    ");
    assert_snapshot!(stage.run("admit can kim@example.com install meeting-vault --format plain"), @r"
    $ admit can kim@example.com install meeting-vault --format plain
    deny kim@example.com may not install meeting-vault on 2026-12-01
    reason blocked policies/apps.admit:11:1 `no-capture` `kim@example.com` is in `contractors`; `meeting-vault` asks for `recording:read`; because recordings stay with employees
    reason approval-required no approval covers kim@example.com
    next none nothing can be approved while the block stands
    --- exit 3
    ");
    assert_snapshot!(stage.run("admit can kim@example.com install meeting-vault --format json"), @r#"
    $ admit can kim@example.com install meeting-vault --format json
    {"schema":"admit.decision/1","query":{"user":"kim@example.com","action":"install","app":"meeting-vault","at":"2026-12-01"},"outcome":"deny","reasons":[{"code":"blocked","rules":[{"id":"no-capture","file":"policies/apps.admit","line":11,"column":1,"because":"recordings stay with employees"}]},{"code":"approval-required"}]}
    --- exit 3
    "#);
}

#[test]
fn a_stated_day_is_part_of_the_answer() {
    let run = made().run("admit can ana@example.com install note-taker --at 2027-02-01");
    assert!(run.out.starts_with("✓ ana@example.com may install note-taker on 2027-02-01\n"), "{}", run.out);
}

#[test]
fn the_other_questions() {
    let stage = made();
    for (question, exit) in [
        ("dana@example.com approve deal-sync", Exit::Fine),
        ("ana@example.com approve deal-sync", Exit::Deny),
        ("dana@example.com add deal-sync for ana@example.com", Exit::Fine),
        ("ana@example.com add deal-sync for ana@example.com", Exit::Deny),
        ("deal-sync use user:read", Exit::Fine),
        ("deal-sync use user:read for ana@example.com", Exit::Fine),
        ("deal-sync use recording:read", Exit::Deny),
        // E-mail addresses are the same in any case.
        ("ANA@Example.com install deal-sync", Exit::Fine),
    ] {
        let run = stage.run(&format!("admit can {question}"));
        assert_eq!(run.exit, exit, "{run}");
    }
}

#[test]
fn assumed_facts_hold_for_one_question() {
    let stage = made();
    let words = "admit can new@example.com install meeting-vault --format plain --assume 'user new@example.com { groups contractors }'";
    assert_snapshot!(stage.run(words), @r"
    $ admit can new@example.com install meeting-vault --format plain --assume 'user new@example.com { groups contractors }'
    deny new@example.com may not install meeting-vault on 2026-12-01
    reason blocked policies/apps.admit:11:1 `no-capture` `new@example.com` is in `contractors`; `meeting-vault` asks for `recording:read`; because recordings stay with employees
    reason approval-required no approval covers new@example.com
    next none nothing can be approved while the block stands
    --- exit 3
    ");
    assert_snapshot!(stage.run("admit can new@example.com install meeting-vault --assume 'user new@example.com { grups x }'"), @r"
    $ admit can new@example.com install meeting-vault --assume 'user new@example.com { grups x }'
    --- messages
    facts/undeclared-attribute

      × `users` have no field `grups`
       ╭─[--assume:1:24]
     1 │ user new@example.com { grups x }
       ·                        ─────
       ╰────
      help: did you mean `groups`? nothing reads it as it stands
    1 error; nothing is decided before they are mended
    --- exit 2
    ");
}

#[test]
fn who_exists_nowhere_is_no_denial() {
    let stage = made();
    assert_snapshot!(stage.run("admit can anna@example.com install deal-sync"), @r"
    $ admit can anna@example.com install deal-sync
    --- messages
    error: no user `anna@example.com`
    help: did you mean `ana@example.com`?
    to add the person, put a row for `anna@example.com` into a file of the directory, or ask what would be with `--assume 'user anna@example.com { }'`
    --- exit 2
    ");
    assert_snapshot!(stage.run("admit can zzzzzz install deal-sync"), @r"
    $ admit can zzzzzz install deal-sync
    --- messages
    error: no user `zzzzzz`
    help: people are named by their e-mail addresses
    --- exit 2
    ");
    assert_snapshot!(stage.run("admit can Ana install deal-sync"), @r"
    $ admit can Ana install deal-sync
    --- messages
    error: no user `Ana`
    help: did you mean `ana@example.com`?
    --- exit 2
    ");
    // Apps may ask for scopes that no catalogue has, so this is an answer.
    let asked = stage.run("admit can deal-sync use meeting:raed");
    assert_eq!(asked.exit, Exit::Deny);
    assert_eq!(
        asked.err,
        "warning: nothing here names the scope `meeting:raed`; did you mean `meeting:read`?\n"
    );
    assert_eq!(stage.run("admit can deal-sync use meeting:read").err, "");
    assert_snapshot!(stage.run("admit can ana@example.com install deal-snyc"), @r"
    $ admit can ana@example.com install deal-snyc
    --- messages
    error: no app `deal-snyc`
    help: did you mean `deal-sync`?
    to add it, put this under `apps:` in a file of the catalogue:
      - id: deal-snyc
        developer: …
        listing: listed
        stage: published
        managed_by: user
        scopes: […]
    --- exit 2
    ");
}

#[test]
fn words_that_make_no_question_are_put_right() {
    let stage = made();
    assert_snapshot!(stage.run("admit can ana@example.com instal deal-sync"), @r"
    $ admit can ana@example.com instal deal-sync
    --- messages
    error: `instal` asks nothing
    help: did you mean `install`?
    --- exit 2
    ");
    assert_snapshot!(stage.run("admit can ana@example.com install"), @r"
    $ admit can ana@example.com install
    --- messages
    error: `ana@example.com install` is no question
    help: write `admit can USER install APP`
    --- exit 2
    ");
    assert_snapshot!(stage.run("admit can ana@example.com"), @r"
    $ admit can ana@example.com
    --- messages
    error: the question is incomplete
    help: a question is `USER install APP`, `USER approve APP`, `ADMIN add APP for USER` or `APP use SCOPE [for USER]`
    --- exit 2
    ");
    assert_snapshot!(stage.run("admit can dana@example.com add deal-sync to ana@example.com"), @r"
    $ admit can dana@example.com add deal-sync to ana@example.com
    --- messages
    error: `dana@example.com add deal-sync to ana@example.com` is no question
    help: write `admit can ADMIN add APP for USER`
    --- exit 2
    ");
}

#[test]
fn a_policy_with_errors_decides_nothing() {
    let stage = broken();
    assert_snapshot!(stage.run("admit can ana@example.com install deal-sync"), @r"
    $ admit can ana@example.com install deal-sync
    --- messages
    resolve/unknown-allowlist

      × unknown allowlist `reviewd`
       ╭─[policies/wrong.admit:1:17]
     1 │ approve apps in reviewd for group sales
       ·                 ───────
       ╰────
      help: did you mean `reviewed`?

    resolve/unknown-group

      × unknown group `saels`
       ╭─[policies/wrong.admit:2:26]
     2 │ block all apps for group saels
       ·                          ─────
       ╰────
      help: did you mean `sales`?
    2 errors; nothing is decided before they are mended
    --- exit 2
    ");
    let run = stage.run("admit can ana@example.com install deal-sync --format json");
    assert_eq!((run.exit, run.out.as_str()), (Exit::Invalid, ""));
    assert!(
        serde_json::from_str::<Vec<Value>>(&run.err)
            .unwrap()
            .iter()
            .all(|finding| finding["severity"] == "error")
    );
    assert_eq!(stage.run_with("admit decide", "{}").exit, Exit::Invalid);
}

#[test]
fn the_project_is_found_upwards_or_named() {
    let deep = made().inside("policies");
    assert_eq!(deep.run("admit can ana@example.com install deal-sync").exit, Exit::Fine);
    let stage = Stage::new(&[("elsewhere/notes.txt", "")]);
    assert_snapshot!(stage.run("admit check"), @r"
    $ admit check
    --- messages
    error: no `admit.yaml` here or in any folder above
    help: go to a project, name one with `--project`, or make one with `admit init`
    --- exit 2
    ");
    assert_snapshot!(stage.run("admit check --project elsewhere"), @r"
    $ admit check --project elsewhere
    --- messages
    error: `/stage/elsewhere` has no `admit.yaml` and no policy files
    help: make a project with `admit init`
    --- exit 2
    ");
    assert_snapshot!(stage.run("admit check --project nowhere"), @r"
    $ admit check --project nowhere
    --- messages
    error: cannot read `/stage/nowhere`: there is nothing of that name
    help: name a folder with an `admit.yaml`, or a policy file
    --- exit 2
    ");
    assert_eq!(stage.run("admit init there").exit, Exit::Fine);
    assert_eq!(stage.run("admit --project there check").exit, Exit::Fine);
    assert_eq!(stage.run("admit check --project there/admit.yaml").exit, Exit::Fine);
}

#[test]
fn an_empty_project_says_what_is_missing() {
    assert_snapshot!(Stage::new(&[("admit.yaml", "")]).run("admit check"), @r"
    $ admit check
    project/no-policies

      × this project has no policy file
       ╭─[admit.yaml:1:1]
       ╰────
      help: write one that ends with `.admit` where the patterns of `policies`
            look
    --- messages

    1 error
    --- exit 2
    ");
}

#[test]
fn a_single_policy_file_is_a_project() {
    let policy = "account example {\n  listed apps { approval optional }\n  unlisted apps { approval required }\n  notify nobody\n  default role member\n}\nuser ana@x.example {}\napp notes { developer zoom listing listed stage published managed-by user scopes none }\n";
    let stage = Stage::new(&[("one.admit", policy)]);
    assert_snapshot!(stage.run("admit can ana@x.example install notes --project one.admit"), @r"
    $ admit can ana@x.example install notes --project one.admit
    ✓ ana@x.example may install notes

      ✓ needs no approval: approval is optional here
    --- exit 0
    ");
}
