//! `admit owners`: who answers for the rules of a file reviews changes to it.

use admit::cli::Exit;
use insta::assert_snapshot;

use super::stage::Stage;

fn repository() -> Stage {
    let account = "account example { listed apps { approval required } unlisted apps { approval required } notify nobody }\n";
    Stage::new(&[
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("accounts/emea/admit.yaml", ""),
        ("accounts/emea/policies/account.admit", account),
        (
            "accounts/emea/policies/team a#1.admit",
            "group g { lee@x.example, kim@x.example }\n\
             block all apps owner lee@x.example because \"a\"\n\
             block unlisted apps owner kim@x.example because \"b\"\n\
             block listed apps because \"c\"\n\
             accept group g gain all apps owner lee@x.example until 2027-01-01 because \"d\"\n",
        ),
    ])
    .inside("accounts/emea")
}

#[test]
fn each_file_is_owned_by_the_owners_of_its_rules() {
    assert_snapshot!(repository().run("admit owners --default @acme/it"), @r"
    $ admit owners --default @acme/it
    # admit owners: begin
    # Made by `admit owners` from the owners of the rules in each file. Do not edit.
    /accounts/emea/ @acme/it
    /accounts/emea/policies/team\ a\#1.admit kim@x.example lee@x.example
    # admit owners: end
    --- exit 0
    ");
}

#[test]
fn a_file_is_written_checked_and_kept_up_to_date() {
    let stage = repository();
    let written = "admit owners -o ../../CODEOWNERS";
    let check = "admit owners -o ../../CODEOWNERS --check";
    assert_eq!(stage.run(check).exit, Exit::Findings);
    assert_snapshot!(stage.run(written), @r"
    $ admit owners -o ../../CODEOWNERS
    --- messages
    wrote `../../CODEOWNERS`
    --- exit 0
    ");
    assert_eq!(stage.run(check).exit, Exit::Fine);
    assert_eq!(stage.run("admit owners -o new/folder/CODEOWNERS").exit, Exit::Fine);
    let text = std::fs::read_to_string(stage.path().join("CODEOWNERS")).unwrap();
    stage.write("CODEOWNERS", format!("* @acme/all\n{text}"));
    stage.write("accounts/emea/policies/b.admit", "block apps by zoom owner kim@x.example because \"a\"\n");
    assert_eq!(stage.run(check).exit, Exit::Findings);
    assert_eq!(stage.run(written).exit, Exit::Fine);
    let text = std::fs::read_to_string(stage.path().join("CODEOWNERS")).unwrap();
    assert!(
        text.starts_with("* @acme/all\n#")
            && text.contains("/accounts/emea/policies/b.admit kim@x.example\n")
    );
    assert_eq!(stage.run(check).exit, Exit::Fine);
}

/// No line can name them, and nobody would be asked about changes to them.
#[cfg(unix)]
#[test]
fn files_with_names_that_no_line_holds_are_told_of() {
    let stage = repository();
    stage.write(
        "accounts/emea/policies/a\tb\nc.admit",
        "block apps by zoom owner kim@x.example because \"a\"\n",
    );
    assert_snapshot!(stage.run("admit owners -q"), @r"
    $ admit owners -q
    # admit owners: begin
    # Made by `admit owners` from the owners of the rules in each file. Do not edit.
    /accounts/emea/policies/team\ a\#1.admit kim@x.example lee@x.example
    # admit owners: end
    --- messages
    warning: `accounts/emea/policies/a b c.admit` is left out and stays without its owners: no line of the file can hold its name; rename it
    --- exit 0
    ");
}

#[test]
fn what_others_wrote_is_left_alone() {
    let stage = repository();
    stage.write("CODEOWNERS", "* @acme/all\n");
    assert_snapshot!(stage.run("admit owners -o ../../CODEOWNERS"), @r"
    $ admit owners -o ../../CODEOWNERS
    --- messages
    error: `../../CODEOWNERS` has lines that admit did not write
    help: put `# admit owners: begin` and `# admit owners: end` on two lines where admit's block belongs
    --- exit 2
    ");
    assert_eq!(std::fs::read_to_string(stage.path().join("CODEOWNERS")).unwrap(), "* @acme/all\n");
    for odd in
        ["nobody", "@", "@acme/", "@/it", "@@it", "a@b@c.example", "@acme/it,", "kim@", "@a:b", "!@acme"]
    {
        let run = stage.run(&format!("admit owners --default {odd}"));
        assert_eq!(run.exit, Exit::Invalid, "{odd}");
        assert!(run.err.contains("write an e-mail address, @user or @group/team"), "{run}");
    }
    let owners = "--default @kim --default @acme/all/it_2 --default kim+x@x.example";
    assert!(
        stage.run(&format!("admit owners {owners}")).out.contains("/ @kim @acme/all/it_2 kim+x@x.example\n")
    );
    assert_eq!(stage.run("admit owners --check").exit, Exit::Invalid);
    stage.write("accounts/emea/policies/b.admit", "blok");
    assert_eq!(stage.run("admit owners").exit, Exit::Invalid);
}
