//! `admit fmt`

use admit::cli::Exit;
use insta::assert_snapshot;

use super::stage::Stage;

const UGLY: &str = "role member{scopes user-level}\ngroup  sales {ana@x.example}\n";
const FINE: &str = "role member { scopes user-level }\ngroup sales { ana@x.example }\n";

fn read(stage: &Stage, path: &str) -> String {
    std::fs::read_to_string(stage.path().join(path)).unwrap()
}

#[test]
fn the_projects_policies_are_laid_out_and_nothing_else_is_touched() {
    let stage = Stage::new(&[
        ("admit.yaml", ""),
        ("policies/a.admit", UGLY),
        ("policies/b.admit", FINE),
        ("elsewhere/c.admit", UGLY),
    ]);
    assert_snapshot!(stage.run("admit fmt"), @r"
    $ admit fmt
    laid out policies/a.admit
    --- messages
    1 file laid out, 1 already fine
    --- exit 0
    ");
    assert_eq!(read(&stage, "policies/a.admit"), FINE);
    assert_eq!(read(&stage, "elsewhere/c.admit"), UGLY);
    assert_eq!(stage.run("admit fmt --check").exit, Exit::Fine);
}

#[test]
fn a_look_first_writes_nothing() {
    let stage = Stage::new(&[("policies/a.admit", UGLY)]);
    assert_snapshot!(stage.run("admit fmt --check"), @r"
    $ admit fmt --check
    would change policies/a.admit
    --- messages
    1 file would change
    --- exit 1
    ");
    assert_snapshot!(stage.run("admit fmt --diff"), @r"
    $ admit fmt --diff
    --- a/policies/a.admit
    +++ b/policies/a.admit
    @@ -1,2 +1,2 @@
    -role member{scopes user-level}
    -group  sales {ana@x.example}
    +role member { scopes user-level }
    +group sales { ana@x.example }
    --- messages
    1 file would change
    --- exit 1
    ");
    assert_eq!(read(&stage, "policies/a.admit"), UGLY);
}

#[test]
fn a_file_with_a_mistake_is_left_alone_and_the_others_are_not() {
    let broken = "rol member{}\n";
    let stage = Stage::new(&[("policies/a.admit", broken), ("policies/b.admit", UGLY)]);
    assert_snapshot!(stage.run("admit fmt --format plain"), @r"
    $ admit fmt --format plain
    laid out policies/b.admit
    --- messages
    error syntax/unknown-item policies/a.admit:1:1 `rol` starts no item
      help: did you mean `role`?
    1 file laid out, 1 with errors left alone
    --- exit 2
    ");
    assert_eq!(read(&stage, "policies/a.admit"), broken);
    assert_eq!(read(&stage, "policies/b.admit"), FINE);
    let json: serde_json::Value = serde_json::from_str(&stage.run("admit fmt --format json").out).unwrap();
    assert_eq!(json["schema"], "admit.format/1");
    assert_eq!(json["files"][0]["outcome"], "broken");
    assert_eq!(json["files"][1]["outcome"], "unchanged");
}

#[test]
fn named_files_and_folders_need_no_project() {
    let stage = Stage::new(&[("x/one.admit", UGLY), ("x/y/two.admit", UGLY), ("x/three.txt", UGLY)]);
    assert_snapshot!(stage.run("admit fmt x x/one.admit"), @r"
    $ admit fmt x x/one.admit
    laid out x/one.admit
    laid out x/y/two.admit
    --- messages
    2 files laid out
    --- exit 0
    ");
    assert_eq!(read(&stage, "x/three.txt"), UGLY);
    let run = stage.run("admit fmt nowhere.admit");
    assert_eq!(run.exit, Exit::Invalid);
    assert!(run.err.contains("cannot read `nowhere.admit`"), "{run}");
}

#[test]
fn standard_input_comes_out_laid_out_or_not_at_all() {
    let stage = Stage::new(&[]);
    assert_eq!(stage.run_with("admit fmt -", UGLY).out, FINE);
    let check = stage.run_with("admit fmt --check -", UGLY);
    assert_eq!((check.err.as_str(), check.exit), ("<stdin> would change\n", Exit::Findings));
    assert_eq!(stage.run_with("admit fmt --format json -", UGLY).exit, Exit::Invalid);
    assert_eq!(stage.run_with("admit fmt --diff -", UGLY).exit, Exit::Findings);
    assert_eq!(stage.run_with("admit fmt --diff -", FINE).to_string().lines().count(), 2, "nothing to show");
    let broken = stage.run_with("admit fmt -", "rol member {}");
    assert_eq!((broken.out.as_str(), broken.exit), ("", Exit::Invalid));
    assert!(broken.err.contains("<stdin>:1:1"), "{broken}");
}

#[test]
fn a_run_says_what_it_found_and_nothing_of_what_it_did_not() {
    let stage =
        Stage::new(&[("x/a.admit", FINE), ("y/b.admit", FINE), ("y/c.admit", "rol a {}"), ("z/d.txt", "")]);
    let said = |words: &str| stage.run(words).err.lines().last().unwrap().to_owned();
    assert_eq!(said("admit fmt --check x"), "1 file already fine");
    assert_eq!(said("admit fmt y"), "1 file already fine, 1 with errors left alone");
    assert_eq!(said("admit fmt z"), "no policy files here");
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let stage = Stage::new(&[("real/a.admit", UGLY)]);
    let file = stage.path().join("real/a.admit");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    symlink(&file, stage.path().join("link.admit")).unwrap();
    assert_eq!(stage.run("admit fmt link.admit").exit, Exit::Fine);
    assert_eq!(read(&stage, "real/a.admit"), FINE);
    assert!(stage.path().join("link.admit").symlink_metadata().unwrap().is_symlink());
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_or_written_does_not_stop_the_rest() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let stage = Stage::new(&[("x/a.admit", UGLY), ("x/b.admit", UGLY)]);
    let locked = stage.path().join("x/a.admit");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o444)).unwrap();
    symlink("nowhere", stage.path().join("x/lost.admit")).unwrap();
    symlink("b.admit", stage.path().join("x/same.admit")).unwrap();
    assert_snapshot!(stage.run("admit fmt x ./x x/../x --format plain"));
    assert_eq!(read(&stage, "x/a.admit"), UGLY);
    assert_eq!(read(&stage, "x/b.admit"), FINE);
}

#[test]
fn standard_input_is_read_as_files_are() {
    let stage = Stage::new(&[]);
    assert_snapshot!(stage.run_with("admit fmt - --format plain", b"role a { }\nrole \xff { }"));
    let marked = stage.run_with("admit fmt -", &format!("\u{feff}{UGLY}"));
    assert_eq!(marked.out, format!("\u{feff}{FINE}"));
    let run = stage.run_with("admit fmt --diff -", &format!("\u{feff}{FINE}"));
    assert_eq!((run.out.as_str(), run.exit), ("", Exit::Fine));
}

/// The smallest difference of two long texts that have little in common takes minutes.
#[test]
fn the_difference_of_a_long_file_is_there_soon() {
    let rules = (0..40_000).map(|n| format!("approve a{n}   for everyone\n")).collect::<String>();
    let stage = Stage::new(&[("long.admit", &rules)]);
    let start = std::time::Instant::now();
    let run = stage.run("admit fmt --diff long.admit");
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
    let count = |sign: &str| run.out.lines().filter(|line| line.starts_with(sign)).count();
    assert_eq!((count("-a"), count("+a")), (40_000, 40_000));
}

#[test]
fn the_repositorys_own_policies_have_the_layout() {
    for folder in ["examples", "policies", "templates"] {
        let run = Stage::at(std::path::Path::new(env!("CARGO_MANIFEST_DIR")))
            .run(&format!("admit fmt --diff {folder}"));
        assert_eq!(run.exit, Exit::Fine, "{run}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused() {
    let stage = Stage::new(&[]);
    std::os::unix::fs::symlink("/dev/null", stage.path().join("device.admit")).unwrap();
    assert_snapshot!(stage.run("admit fmt device.admit"), @r"
    $ admit fmt device.admit
    --- messages
    project/unreadable-file

      × cannot read `device.admit`: it is a pipe or a device, not a file
       ╭─[device.admit:1:1]
       ╰────
      help: make it a readable file, or leave it out of the patterns in
            `admit.yaml`
    1 file with errors left alone
    --- exit 2
    ");
    assert_eq!(stage.run("admit check --project device.admit").exit, Exit::Invalid);
}

#[cfg(unix)]
#[test]
fn nobody_waits_for_a_named_pipe() {
    let account = ("policies/account.admit", crate::project::ACCOUNT);
    let stage = Stage::new(&[("admit.yaml", ""), account]);
    assert_eq!(stage.run("admit check").exit, Exit::Fine);
    let made = std::process::Command::new("mkfifo").arg(stage.path().join("policies/pipe.admit")).status();
    assert!(made.unwrap().success());
    assert_eq!(stage.run("admit fmt policies/pipe.admit").exit, Exit::Invalid);
    assert_eq!(stage.run("admit check --project policies/pipe.admit").exit, Exit::Invalid);
    // Nor is it passed over where a pattern matches it.
    let run = stage.run("admit check --format plain");
    assert!(run.out.contains("it is a pipe or a device, not a file") && run.exit == Exit::Invalid, "{run}");
}
