//! `admit suppressions`: the register of exceptions.

use admit::cli::Exit;
use insta::assert_snapshot;

use super::stage::Stage;

/// An account with every kind of exception in every state, on 2026-12-01.
pub fn account() -> Stage {
    Stage::new(&[
        ("admit.yaml", ""),
        (
            "policies/a.admit",
            "\
account example {
  listed apps { approval required }
  unlisted apps { approval required }
  notify automatically
  default role member
}
user kim@x.example { role member  groups sales }
user dana@x.example { role admin }
developer contoso { kind third-party }
app note-taker { developer contoso  listing listed  stage published  managed-by user  scopes user:read }
group sales { lee@x.example }
user lee@x.example { role member }
block all apps for group sales id quiet owner dana@x.example because \"SEC-1\"
waive quiet on note-taker   # the new one
  for kim@x.example
  until 2026-12-20 because \"ADA-44: captioning\"
waive quiet for lee@x.example owner kim@x.example until 2026-11-01 because \"SEC-2\"
waive quiet for lee@x.example starting 2027-01-01 until 2027-06-30 because \"SEC-3\"
accept group sales gain apps by contoso owner dana@x.example until 2027-06-30 because \"SEC-4\"
# admit: allow missing-reason, expired-rule because \"=cmd\"
block unlisted apps
# admit: allow unknown-scope until 2026-12-24 because \"SEC-6\"
approve note-taker for everyone because \"SEC-7\"
# admit: allow unknown-user until 2026-01-01 because \"SEC-8\"
withhold phone:* from group sales because \"SEC-9\"
",
        ),
    ])
}

#[test]
fn people_read_what_who_why_and_until_when() {
    assert_snapshot!(account().run("admit suppressions"), @r"
    $ admit suppressions
    allow unknown-user
      ended, until 2026-01-01 (334 days ago)
      because SEC-8
      policies/a.admit:24:1

    waive quiet for lee@x.example
      ended, until 2026-11-01 (30 days ago)
      owner kim@x.example
      because SEC-2
      policies/a.admit:17:1

    waive quiet on note-taker for kim@x.example
      ends soon, until 2026-12-20 (19 days left)
      owner dana@x.example (of the rule)
      because ADA-44: captioning
      policies/a.admit:14:1

    allow unknown-scope
      unused, until 2026-12-24 (23 days left)
      because SEC-6
      policies/a.admit:22:1

    waive quiet for lee@x.example
      not yet, until 2027-06-30 (211 days left)
      owner dana@x.example (of the rule)
      because SEC-3
      policies/a.admit:18:1

    accept group sales gain apps by contoso
      active, until 2027-06-30 (211 days left)
      owner dana@x.example
      because SEC-4
      policies/a.admit:19:1

    allow missing-reason, expired-rule
      active, no end
      because =cmd
      policies/a.admit:20:1
    --- messages
    7 exceptions: 2 active, 1 ends soon, 1 not yet, 2 ended, 1 unused
    --- exit 0
    ");
}

#[test]
fn plain_is_one_exception_a_line() {
    assert_snapshot!(account().run("admit suppressions --format plain --within 30d"), @r"
    $ admit suppressions --format plain --within 30d
    policies/a.admit:14:1: ends-soon: waive quiet on note-taker for kim@x.example; until 2026-12-20, 19 days left, owner dana@x.example, because ADA-44: captioning
    policies/a.admit:22:1: unused: allow unknown-scope; until 2026-12-24, 23 days left, because SEC-6
    --- messages
    2 exceptions: 1 ends soon, 1 unused
    --- exit 0
    ");
    assert_snapshot!(account().run("admit suppressions --format plain --ended --exit-code"), @r"
    $ admit suppressions --format plain --ended --exit-code
    policies/a.admit:24:1: ended: allow unknown-user; until 2026-01-01, 334 days ago, because SEC-8
    policies/a.admit:17:1: ended: waive quiet for lee@x.example; until 2026-11-01, 30 days ago, owner kim@x.example, because SEC-2
    --- messages
    2 exceptions: 2 ended
    --- exit 1
    ");
}

#[test]
fn spreadsheets_read_csv_and_run_nothing_of_it() {
    assert_snapshot!(account().run("admit suppressions --format csv --quiet"), @r#"
    $ admit suppressions --format csv --quiet
    state,kind,what,owner,until,days_left,because,file,line
    ended,suppression,allow unknown-user,,2026-01-01,-334,SEC-8,policies/a.admit,24
    ended,waiver,waive quiet for lee@x.example,kim@x.example,2026-11-01,-30,SEC-2,policies/a.admit,17
    ends-soon,waiver,waive quiet on note-taker for kim@x.example,dana@x.example,2026-12-20,19,ADA-44: captioning,policies/a.admit,14
    unused,suppression,allow unknown-scope,,2026-12-24,23,SEC-6,policies/a.admit,22
    not-yet,waiver,waive quiet for lee@x.example,dana@x.example,2027-06-30,211,SEC-3,policies/a.admit,18
    active,accept,accept group sales gain apps by contoso,dana@x.example,2027-06-30,211,SEC-4,policies/a.admit,19
    active,suppression,"allow missing-reason, expired-rule",,,,'=cmd,policies/a.admit,20
    --- exit 0
    "#);
}

/// A reason may have line breaks, a record has none.
#[test]
fn a_record_stays_on_its_line() {
    let stage = account();
    let rule = "waive quiet for lee@x.example until 2027-01-01 because \"a\\nb\tc\\u{d}\\u{2028}d\"\n";
    stage.write("policies/b c.admit", rule);
    let line = stage.run("admit suppressions --format plain --quiet").out;
    let line = line.lines().find(|line| line.starts_with("policies/b c.admit")).unwrap();
    assert_snapshot!(line, @"policies/b c.admit:1:1: active: waive quiet for lee@x.example; until 2027-01-01, 31 days left, owner dana@x.example, because a b c?\u{fffd}d");
    assert!(stage.run("admit suppressions").out.contains("because a b c?\u{fffd}d\n"));
}

#[test]
fn an_account_without_exceptions_says_so() {
    let stage = account();
    stage.write(
        "policies/a.admit",
        "account a { listed apps { approval required } unlisted apps { approval required } notify nobody }",
    );
    let run = stage.run("admit suppressions --exit-code");
    assert_eq!((run.exit, run.out.as_str(), run.err.as_str()), (Exit::Fine, "", "no exceptions\n"));
    assert_eq!(stage.run("admit suppressions --within soon").exit, Exit::Invalid);
    stage.write("policies/b.admit", "blok");
    assert_eq!(stage.run("admit suppressions").exit, Exit::Invalid);
}
