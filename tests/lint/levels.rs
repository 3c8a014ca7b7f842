//! Which findings are reported, and how a check ends: levels of codes, `--deny warnings`, errors of the language.

use crate::cli::stage::Stage;
use crate::project::ACCOUNT;

/// The exit code of a check of these settings and policies.
fn exit(settings: &str, policy: &str, flags: &str) -> u8 {
    let account = ("policies/account.admit", ACCOUNT);
    let stage = Stage::new(&[("admit.yaml", settings), account, ("policies/a.admit", policy)]);
    stage.run(format!("admit check --format plain {flags}").trim_end()).exit.code()
}

const DENY: &str = "--deny warnings";
/// Fires `missing-reason` (warning).
const WARNING: &str = "block unlisted apps\n";
/// Fires `ending-soon` (advice).
const ADVICE: &str = "block unlisted apps until 2026-12-20 because \"SEC-1\"\n";
/// Fires `missing-owner`, which is off unless asked for.
const OPT_IN: &str = "block unlisted apps because \"SEC-1\"\n";

#[test]
fn a_check_ends_as_its_worst_finding_says() {
    for (policy, plain, denied) in [("", 0, 0), (ADVICE, 0, 0), (WARNING, 0, 1), ("block aps\n", 2, 2)] {
        assert_eq!((exit("", policy, ""), exit("", policy, DENY)), (plain, denied), "{policy}");
    }
}

#[test]
fn levels_move_a_finding_in_every_direction() {
    let both = |settings: &str, policy| (exit(settings, policy, ""), exit(settings, policy, DENY));
    assert_eq!(both("lints: { missing-reason: error }", WARNING), (1, 1));
    assert_eq!(both("lints: { missing-reason: off }", WARNING), (0, 0));
    assert_eq!(both("lints: { ending-soon: warn }", ADVICE), (0, 1));
    assert_eq!(both("lints: { ending-soon: error }", ADVICE), (1, 1));
    assert_eq!(both("", OPT_IN), (0, 0));
    assert_eq!(both("lints: { missing-owner: warn }", OPT_IN), (0, 1));
    assert_eq!(both("lints: { missing-owner: error }", OPT_IN), (1, 1));
}

#[test]
fn an_error_of_the_language_outranks_lints() {
    let policy = format!("{WARNING}block aps\n");
    assert_eq!(exit("lints: { missing-reason: error }", &policy, ""), 2);
    // A warning of the language that is raised is a finding, not a policy without meaning.
    let scope = "role r { scopes no:such:scope }\nblock unlisted apps for role r because \"SEC-1\"\n";
    assert_eq!(exit("", scope, ""), 0);
    assert_eq!(exit("lints: { unknown-scope: error }", scope, ""), 1);
}

#[test]
fn an_exception_outranks_levels() {
    let policy = format!("# admit: allow missing-reason because \"SEC-9: on purpose\"\n{WARNING}");
    assert_eq!(exit("lints: { missing-reason: error }", &policy, DENY), 0);
    let ended = format!("# admit: allow missing-reason until 2026-11-30 because \"SEC-9\"\n{WARNING}");
    assert_eq!(exit("lints: { missing-reason: error }", &ended, ""), 1);
}

#[test]
fn an_exception_for_what_is_off_is_unused_only_where_there_is_nothing() {
    let policy = |rule: &str| format!("# admit: allow missing-owner because \"SEC-9: on purpose\"\n{rule}");
    assert_eq!(exit("", &policy(OPT_IN), DENY), 0);
    let owned = "block unlisted apps owner ada@northwind.example because \"SEC-1\"\n";
    assert_eq!(exit("", &policy(owned), DENY), 1);
}

#[test]
fn codes_that_are_off_say_so() {
    let run = Stage::new(&[]).run("admit codes --format plain");
    assert!(run.out.contains("\nlint/missing-owner off "), "{run}");
    assert!(run.out.contains("\nlint/missing-reason warning "), "{run}");
}
