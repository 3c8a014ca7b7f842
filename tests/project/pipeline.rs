//! The stages together: one mistake is one message, and only a project without errors is sealed.

use super::*;

#[test]
fn a_project_without_errors_is_sealed() {
    let analysis = project([
        ("policies/a.admit", ACCOUNT),
        ("policies/b.admit", "approve app-1 for group sales\n"),
        ("directory/users.csv", "email,role,groups\nana@x.example,member,sales\n"),
        ("catalog/apps.jsonl", "{\"id\":\"app-1\",\"stage\":\"published\"}\n"),
    ]);
    assert_eq!(findings(&analysis), [""; 0]);
    let checked = analysis.checked().expect("sealed");
    assert_eq!((checked.model().apps.len(), checked.model().rules.len()), (1, 1));
}

#[test]
fn a_lint_raised_to_an_error_does_not_unseal() {
    let analysis = project([
        ("admit.yaml", "lints: { unknown-format: error }"),
        ("policies/a.admit", ACCOUNT),
        ("directory/users.txt", ""),
    ]);
    assert!(analysis.has_errors() && analysis.checked().is_some());
}

#[test]
fn facts_that_were_not_read_are_not_missed_as_well() {
    let policies = "approve app-1 for ana@x.example, group sales\nblock app-1 for bo@x.example\n";
    let directory = "users:\n- email: ana@x.example\n  groups: [sales\n- email: bo@x.example\n";
    let analysis = project([
        ("policies/a.admit", ACCOUNT),
        ("policies/b.admit", policies),
        ("directory/users.yaml", directory),
        ("catalog/apps.csv", "id\napp-1\n"),
    ]);
    let codes: Vec<&str> = analysis.diagnostics.iter().map(|finding| finding.code.name).collect();
    assert_eq!(codes, ["malformed-facts"]);
    assert!(analysis.checked().is_none());

    let mut files = MemoryFiles::of([("/p/policies/a.admit", ACCOUNT), ("/p/policies/b.admit", policies)]);
    files.add("/p/directory/users.csv", b"email\n\xff\n".to_vec());
    files.add("/p/catalog/apps.csv", b"\xff".to_vec());
    let codes: Vec<&str> = of(&files).diagnostics.iter().map(|finding| finding.code.name).collect();
    assert_eq!(codes, ["not-utf8", "not-utf8"]);
}

#[test]
fn a_library_that_is_missing_is_the_only_thing_that_is_missing() {
    let analysis = project([("admit.yaml", "extends: [zom]"), ("policies/a.admit", ACCOUNT)]);
    let codes: Vec<&str> = analysis.diagnostics.iter().map(|finding| finding.code.name).collect();
    assert_eq!(codes, ["unknown-library"]);
}

#[test]
fn each_bundled_baseline_is_sound_by_itself() {
    let account = "account example { notify nobody }\n";
    for (settings, _) in [("extends: [open]", 0), ("extends: [balanced]", 0), ("extends: [zoom, strict]", 0)]
    {
        let analysis = project([("admit.yaml", settings), ("policies/a.admit", account)]);
        assert_eq!(findings(&analysis), [""; 0], "{settings}");
        assert!(analysis.checked().is_some(), "{settings}");
    }
}

#[test]
fn assumed_facts_are_laid_over_the_project() {
    let files = MemoryFiles::of([("/p/policies/a.admit", ACCOUNT)]);
    let root = Root::at(&files, Path::new("/p")).unwrap();
    let assume = |text: &str| Options { assume: vec![text.to_owned()], ..Options::default() };
    let analysis = analyse(&files, &root, &assume("user kim@x.example { role member }"));
    assert_eq!(findings(&analysis), [""; 0]);
    assert_eq!(analysis.model().users.len(), 1);
    let analysis = analyse(&files, &root, &assume("user kim@x.example { role nobody }"));
    assert_eq!(findings(&analysis), ["unknown-role --assume:1:27 unknown role `nobody`"]);
}

#[test]
fn many_policy_files_give_the_same_findings_in_the_same_order_every_time() {
    let mut files = MemoryFiles::of([("/p/policies/account.admit", ACCOUNT)]);
    for at in 0..200 {
        let text = format!("approve missing-{at} for group nowhere-{at}\nblock apps broken {at}\n").repeat(4);
        files.add(format!("/p/policies/f{at:03}.admit"), text);
    }
    let first = findings(&of(&files));
    assert!(first.len() > 400, "{}", first.len());
    for _ in 0..5 {
        assert_eq!(findings(&of(&files)), first);
    }
}

#[test]
fn nobody_is_suggested_who_is_unknown_too() {
    let helps = |policies: &'static str| -> Vec<String> {
        let analysis = project([("policies/a.admit", ACCOUNT), ("policies/b.admit", policies)]);
        let unknown = analysis.diagnostics.iter().filter(|finding| finding.code.name == "unknown-user");
        unknown.map(|finding| finding.help.clone().unwrap_or_default()).collect()
    };
    let told = helps("group sales { anna@x.example, anne@x.example }\nuser zacharias@x.example { }\n");
    assert!(told.len() == 2 && told.iter().all(|help| !help.contains("did you mean")), "{told:?}");
    let told = helps("group sales { anna@x.example, anne@x.example }\nuser anni@x.example { }\n");
    let near = "did you mean `anni@x.example`?";
    assert!(told.len() == 2 && told.iter().all(|help| help.contains(near)), "{told:?}");
}
