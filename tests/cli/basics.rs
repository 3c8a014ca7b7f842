//! Help, wrong usage, and the commands that need no project.

use admit::cli::Exit;
use insta::assert_snapshot;

use super::stage::Stage;

#[test]
fn help_names_every_command_and_the_exit_codes() {
    assert_snapshot!(Stage::new(&[]).run("admit --help"));
}

#[test]
fn help_is_a_command_too() {
    let stage = Stage::new(&[]);
    let same = |words: &str, flag: &str| {
        let (run, flag) = (stage.run(words), stage.run(flag));
        assert_eq!((run.exit, run.out), (Exit::Fine, flag.out), "{words}");
    };
    same("admit help", "admit --help");
    same("admit help check", "admit check --help");
    assert_eq!(stage.run("admit help chekc").exit, Exit::Invalid);
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_gone_is_wrong_usage() {
    let gone = tempfile::tempdir().unwrap();
    let script =
        format!("cd {0} && rmdir {0} && exec {1} check", gone.path().display(), env!("CARGO_BIN_EXE_admit"));
    let run = std::process::Command::new("sh").args(["-c", &script]).output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(
        said,
        "error: the current folder cannot be found: there is nothing of that name\nhelp: go to a folder that is there\n"
    );
}

#[test]
fn without_a_command_the_help_is_a_message() {
    let run = Stage::new(&[]).run("admit");
    assert_eq!((run.exit, run.out.as_str()), (Exit::Invalid, ""));
    assert!(run.err.contains("Usage: admit"));
}

#[test]
fn a_typo_in_a_command_or_flag_is_named_with_what_was_meant() {
    let stage = Stage::new(&[]);
    assert_snapshot!(stage.run("admit chekc"), @r"
    $ admit chekc
    --- messages
    error: unrecognized subcommand 'chekc'

      tip: a similar subcommand exists: 'check'

    Usage: admit [OPTIONS] <COMMAND>

    For more information, try '--help'.
    --- exit 2
    ");
    assert_snapshot!(stage.run("admit codes --fromat json"), @r"
    $ admit codes --fromat json
    --- messages
    error: unexpected argument '--fromat' found

      tip: a similar argument exists: '--format'

    Usage: admit codes --format <FORMAT>

    For more information, try '--help'.
    --- exit 2
    ");
    assert_snapshot!(stage.run("admit codes --format yaml"), @r"
    $ admit codes --format yaml
    --- messages
    error: `codes` has no format `yaml`
    help: it has `human`, `plain`, `json` and `markdown`
    --- exit 2
    ");
    assert_snapshot!(stage.run("admit codes --at 2026-02-30"), @r"
    $ admit codes --at 2026-02-30
    --- messages
    error: invalid value '2026-02-30' for '--at <DATE>': the calendar has no such day

    For more information, try '--help'.
    --- exit 2
    ");
}

#[test]
fn a_format_that_a_command_does_not_have_is_wrong_usage() {
    assert_snapshot!(Stage::new(&[]).run("admit codes --format dot"), @r"
    $ admit codes --format dot
    --- messages
    error: `codes` has no format `dot`
    help: it has `human`, `plain`, `json` and `markdown`
    --- exit 2
    ");
}

#[test]
fn colours_follow_the_flag_then_the_environment_then_the_terminal() {
    let colored = |stage: Stage, words| stage.run(words).err.contains('\u{1b}');
    let new = || Stage::new(&[]);
    let words = "admit explain no-such-code";
    assert!(!colored(new(), words));
    assert!(colored(new().terminal(), words));
    assert!(!colored(new().terminal().variable("NO_COLOR", "1"), words));
    assert!(colored(new().terminal().variable("NO_COLOR", ""), words));
    assert!(!colored(new().terminal().variable("TERM", "dumb"), words));
    assert!(colored(new().variable("CLICOLOR_FORCE", "1"), words));
    assert!(colored(new().variable("NO_COLOR", "1"), "admit explain no-such-code --color always"));
    assert!(!colored(new().terminal(), "admit --color never explain no-such-code"));
}

#[test]
fn every_shell_has_completions() {
    let stage = Stage::new(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = stage.run(&format!("admit completions {shell}"));
        assert_eq!(run.exit, Exit::Fine, "{shell}");
        assert!(run.out.contains("explain"), "{shell}");
    }
}

#[test]
fn manual_pages_are_written_and_replaced() {
    let stage = Stage::new(&[]);
    for _ in 0..2 {
        let run = stage.run("admit man pages/man1");
        assert_eq!((run.exit, run.out.as_str()), (Exit::Fine, ""), "{}", run.err);
    }
    let page = std::fs::metadata(stage.path().join("pages/man1/admit-explain.1")).unwrap();
    assert!(page.len() > 200);
    assert_eq!(std::fs::read_dir(stage.path().join("pages/man1")).unwrap().count(), stage_pages(&stage));
}

/// One page for each command of the help, and one for the whole.
fn stage_pages(stage: &Stage) -> usize {
    let help = stage.run("admit --help").out;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    commands.take_while(|line| line.starts_with("  ")).filter(|line| !line.starts_with("   ")).count() + 1
}

#[test]
fn init_overwrites_nothing() {
    let stage = Stage::new(&[("catalog/apps.yaml", "mine")]);
    assert_snapshot!(stage.run("admit init"), @r"
    $ admit init
    --- messages
    error: already there: catalog/apps.yaml
    help: nothing was written; name another folder, or move these away
    --- exit 2
    ");
    assert!(!stage.path().join("admit.yaml").exists());
    let elsewhere = stage.run("admit init new/policies");
    assert_snapshot!(elsewhere, @r"
    $ admit init new/policies
    new/policies/admit.yaml
    new/policies/policies/account.admit
    new/policies/policies/apps.admit
    new/policies/policies/tests.admit
    new/policies/directory/users.csv
    new/policies/catalog/apps.yaml
    new/policies/.pre-commit-config.yaml
    new/policies/.github/workflows/policy.yml
    --- messages
    wrote 8 files; next: cd new/policies && admit check && admit can kim@example.com install meeting-vault
    --- exit 0
    ");
    assert_eq!(stage.run("admit init new/policies").exit, Exit::Invalid);
}

/// Machines read their files at the root of a repository.
#[test]
fn init_says_which_files_lie_in_the_wrong_place() {
    let stage = Stage::new(&[(".git/HEAD", ""), ("accounts/emea/more/notes.md", "")]);
    let hint = |words: &str, folder: &str| {
        let stage = Stage::at(stage.path()).inside(folder);
        let run = stage.run(words);
        assert_eq!(run.exit, Exit::Fine, "{run}");
        run.err.lines().find(|line| line.starts_with("help: ")).unwrap_or_default().to_owned()
    };
    assert_snapshot!(hint("admit init accounts/emea", ""), @"help: `.pre-commit-config.yaml` and `.github/workflows/policy.yml` only work at the root of the repository: move them there, and add `--project accounts/emea` to every admit command in them");
    assert_snapshot!(hint("admit init --ci gitlab apac", "accounts"), @"help: `.pre-commit-config.yaml` and `.gitlab-ci.yml` only work at the root of the repository: move them there, and add `--project accounts/apac` to every admit command in them");
    assert_snapshot!(hint("admit init --ci none", "accounts/emea/more"), @"help: `.pre-commit-config.yaml` only works at the root of the repository: move it there, and add `--project accounts/emea/more` to every admit command in it");
    assert_eq!(hint("admit init --quiet quiet", ""), "");
    assert_eq!(hint("admit init", ""), "");
    // Without a repository nobody knows where its root will be.
    assert_eq!(Stage::new(&[]).run("admit init account").err.lines().count(), 1);
}

#[test]
fn init_writes_the_pipeline_that_is_asked_for() {
    let pipelines = |words: &str| {
        let stage = Stage::new(&[]);
        assert_eq!(stage.run(words).exit, Exit::Fine);
        [".github", ".gitlab-ci.yml"].map(|path| stage.path().join(path).exists())
    };
    assert_eq!(pipelines("admit init"), [true, false]);
    assert_eq!(pipelines("admit init --ci gitlab"), [false, true]);
    assert_eq!(pipelines("admit init --ci none"), [false, false]);
}
