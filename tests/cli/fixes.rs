//! `admit check --fix`: what is written, what is said, and how it ends.

use std::fs;

use admit::cli::Exit;

use super::stage::Stage;

const GROUPS: &str = "\
group desk { dana@example.com, kim@example.com, Dana@example.com }

block all apps for group desk, dana@example.com, ana@example.com
  because \"moving house\"
";

const MENDED: &str = "\
group desk { dana@example.com, kim@example.com }

block all apps for group desk, ana@example.com
  because \"moving house\"
";

/// The repository that `init` makes, with two flaws that can be mended.
fn made() -> Stage {
    let stage = Stage::new(&[]);
    assert_eq!(stage.run("admit init --quiet").exit, Exit::Fine);
    stage.write("policies/desk.admit", GROUPS);
    stage
}

fn text(stage: &Stage) -> String {
    fs::read_to_string(stage.path().join("policies/desk.admit")).unwrap()
}

#[test]
fn the_difference_is_shown_and_nothing_is_written() {
    let stage = made();
    let run = stage.run("admit check --diff --at 2026-12-01");
    assert_eq!(run.exit, Exit::Findings);
    assert!(run.out.starts_with("--- a/policies/desk.admit\n+++ b/policies/desk.admit\n"), "{}", run.out);
    assert!(run.out.contains("\n-group desk {") && run.out.contains("\n+group desk {"), "{}", run.out);
    assert!(run.err.ends_with("would mend 2 findings in 1 file\n"), "{}", run.err);
    assert_eq!(text(&stage), GROUPS);
}

#[test]
fn what_can_be_mended_is_written_once() {
    let stage = made();
    let run = stage.run("admit check --fix --at 2026-12-01 --format plain");
    assert_eq!(run.exit, Exit::Fine);
    assert!(
        run.err.contains("mended policies/desk.admit:1 duplicate-entry: leave `Dana@example.com` out\n"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("mended policies/desk.admit:3 covered-person: leave `dana@example.com` out\n"),
        "{}",
        run.err
    );
    assert!(!run.out.contains("duplicate-entry"), "{}", run.out);
    assert_eq!(text(&stage), MENDED);
    let again = stage.run("admit check --fix --at 2026-12-01");
    assert!(again.err.starts_with("nothing to mend\n"), "{}", again.err);
    assert_eq!(stage.run("admit check --diff --at 2026-12-01").exit, Exit::Fine);
}

#[test]
fn paths_say_where_to_mend() {
    let stage = made();
    let run = stage.run("admit check --fix --at 2026-12-01 policies/account.admit");
    assert_eq!(run.exit, Exit::Fine);
    assert_eq!(text(&stage), GROUPS);
}

#[test]
fn errors_come_first() {
    let stage = made();
    stage.write("policies/wrong.admit", "blok all apps\n");
    for command in ["admit check --fix", "admit check --diff"] {
        let run = stage.run(command);
        assert_eq!(run.exit, Exit::Invalid);
        assert!(run.err.starts_with("nothing is mended before the errors are\n"), "{}", run.err);
        assert_eq!(text(&stage), GROUPS);
    }
}

#[test]
fn a_byte_order_mark_stays() {
    let stage = made();
    stage.write("policies/desk.admit", format!("\u{feff}{GROUPS}"));
    let run = stage.run("admit check --diff --at 2026-12-01");
    assert!(
        run.out.contains("\n-\u{feff}group desk {") && run.out.contains("\n+\u{feff}group desk {"),
        "{}",
        run.out
    );
    assert_eq!(stage.run("admit check --fix --at 2026-12-01").exit, Exit::Fine);
    assert_eq!(text(&stage), format!("\u{feff}{MENDED}"));
}

#[test]
fn where_one_file_cannot_be_written_none_is() {
    let stage = made();
    stage.write("policies/later.admit", GROUPS.replace("desk", "later"));
    let later = stage.path().join("policies/later.admit");
    let mut permissions = fs::metadata(&later).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&later, permissions).unwrap();
    let run = stage.run("admit check --fix --at 2026-12-01");
    assert_eq!(run.exit, Exit::Invalid);
    assert!(
        run.err.contains("cannot write `policies/later.admit`: it is marked as read-only"),
        "{}",
        run.err
    );
    assert!(run.err.contains("nothing was written"), "{}", run.err);
    assert_eq!(text(&stage), GROUPS);
}
