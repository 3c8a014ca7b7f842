//! Which files belong to a project.

use super::*;

#[test]
fn conventional_places_are_found_and_sorted_by_name() {
    let analysis = project([
        ("admit.yaml", ""),
        ("policies/z.admit", ACCOUNT),
        ("policies/a/b.admit", ""),
        ("policies/notes.txt", ""),
        ("directory/users.csv", "email\n"),
        ("directory/groups.yaml", "groups: []"),
        ("directory/deeper/users.csv", "email\n"),
        ("catalog/apps.json", "[]"),
        ("other/x.admit", ""),
        ("policies/.hidden/x.admit", ""),
    ]);
    assert_eq!(findings(&analysis), [""; 0]);
    assert_eq!(
        names(&analysis),
        [
            "policies/a/b.admit",
            "policies/z.admit",
            "directory/groups.yaml",
            "directory/users.csv",
            "catalog/apps.json"
        ]
    );
}

#[test]
fn a_file_that_two_patterns_mean_is_read_once() {
    let analysis = project([
        ("admit.yaml", "policies: [\"a/*\", \"*/x.admit\", \"b/*.admit\"]"),
        ("a/x.admit", ACCOUNT),
        ("b/x.admit", ""),
    ]);
    assert_eq!(findings(&analysis), [""; 0]);
    assert_eq!(names(&analysis), ["a/x.admit", "b/x.admit"]);
}

#[test]
fn a_written_pattern_that_matches_nothing_is_a_warning() {
    let analysis = project([
        (
            "admit.yaml",
            "policies: [\"policies/*.admit\", \"rules/*.admit\"]\nfacts:\n  directory: [directory]\n  catalog: [\"catalog/*.yml\"]\n",
        ),
        ("policies/a.admit", ACCOUNT),
        ("directory/users.csv", "email\n"),
        ("catalog/apps.yaml", "apps: []"),
    ]);
    assert_eq!(
        findings(&analysis),
        [
            "unmatched-pattern admit.yaml:1:32 `rules/*.admit` matches no file",
            "missing-file admit.yaml:3:15 `directory` is a folder, not a file",
            "unmatched-pattern admit.yaml:4:13 `catalog/*.yml` matches no file",
        ]
    );
    let help = |at: usize| analysis.diagnostics[at].help.clone().unwrap();
    assert_eq!(help(0), "there is no folder `rules`");
    assert_eq!(help(1), "its files are `directory/*`");
}

/// Nor are those who stand in it told to be unknown, which follows from it.
#[test]
fn a_named_file_that_is_not_there_is_an_error() {
    let settings = "facts:\n  directory: [\"directory/*\", hr/staff.csv]\n";
    let analysis = project([
        ("admit.yaml", settings),
        ("policies/a.admit", ACCOUNT),
        ("policies/b.admit", "block all apps for group staff\n"),
        ("directory/u.csv", "email\n"),
    ]);
    assert_eq!(findings(&analysis), ["missing-file admit.yaml:2:30 there is no file `hr/staff.csv`"]);
    assert!(analysis.has_errors() && analysis.checked().is_none());
    assert_eq!(analysis.diagnostics[0].help.as_deref(), Some("there is no folder `hr`"));
}

#[test]
fn a_named_policy_that_is_not_there_is_told_once() {
    let analysis = project([("admit.yaml", "policies: [main.admit]")]);
    assert_eq!(findings(&analysis), ["missing-file admit.yaml:1:12 there is no file `main.admit`"]);
}

#[test]
fn a_project_without_policies_says_so() {
    let analysis = project([("admit.yaml", "")]);
    assert_eq!(findings(&analysis), ["no-policies admit.yaml:1:1 this project has no policy file"]);
    let analysis = project([("admit.yaml", "extends: []\npolicies: []"), ("policies/a.admit", ACCOUNT)]);
    assert_eq!(findings(&analysis), ["no-policies admit.yaml:1:1 this project has no policy file"]);
}

#[test]
fn a_matched_file_of_another_kind_is_a_warning_unless_it_is_a_note() {
    let analysis = project([
        ("admit.yaml", "policies: [\"policies/**\"]"),
        ("policies/a.admit", ACCOUNT),
        ("policies/b.rego", ""),
        ("policies/README.md", ""),
        ("directory/users.xlsx", ""),
        ("directory/README.md", ""),
    ]);
    assert_eq!(
        findings(&analysis),
        [
            "unknown-format admit.yaml:1:12 `policies/b.rego` is not read",
            "unknown-format directory/users.xlsx:1:1 `directory/users.xlsx` is not read",
        ]
    );
}

#[test]
fn a_folder_without_settings_and_a_single_file_are_projects_too() {
    let files = MemoryFiles::of([
        ("/p/one.admit", ACCOUNT),
        ("/p/policies/two.admit", ""),
        ("/p/directory/users.csv", "email\na@x.example\n"),
        ("/q/readme", ""),
    ]);
    let analysis = of(&files);
    assert_eq!(names(&analysis), ["one.admit", "policies/two.admit", "directory/users.csv"]);
    assert!(analysis.config.extends_zoom());
    let root = Root::at(&files, Path::new("/p/one.admit")).unwrap();
    let analysis = analyse(&files, &root, &Options::default());
    assert_eq!(names(&analysis), ["one.admit"]);
    assert!(analysis.config.extends_zoom());
    let missing = Root::at(&files, Path::new("/q")).unwrap_err();
    assert_eq!(missing.message, "`/q` has no `admit.yaml` and no policy files");
    let other = Root::at(&files, Path::new("/q/readme")).unwrap_err();
    assert_eq!(other.message, "`/q/readme` is neither an `admit.yaml` nor a policy file");
    assert!(Root::at(&files, Path::new("/nowhere")).unwrap_err().message.contains("nothing of that name"));
}

#[test]
fn the_root_is_found_upwards() {
    let files =
        MemoryFiles::of([("/p/admit.yaml", ""), ("/p/policies/x/a.admit", ACCOUNT), ("/q/a.admit", ACCOUNT)]);
    let found = Root::find(&files, Path::new("/p/policies/x")).unwrap();
    assert_eq!(found.folder, Path::new("/p"));
    assert_eq!(Root::find(&files, Path::new("/q")).unwrap().folder, Path::new("/q"));
    assert!(Root::find(&files, Path::new("/r")).is_err());
}

#[test]
fn a_folder_to_build_on_may_lie_inside_and_outside() {
    let files = MemoryFiles::of([
        ("/p/admit.yaml", "extends: [zoom, ../shared/base, policies/base, strict]"),
        ("/p/policies/a.admit", ACCOUNT),
        ("/p/policies/base/b.admit", ""),
        ("/shared/base/deep/c.admit", ""),
    ]);
    let analysis = of(&files);
    assert_eq!(names(&analysis), ["policies/a.admit"]);
    let groups: Vec<Vec<String>> = analysis
        .baselines
        .iter()
        .map(|group| group.iter().map(|tree| analysis.sources.file(tree.file).path().to_owned()).collect())
        .collect();
    assert_eq!(groups[0], ["../shared/base/deep/c.admit"]);
    assert_eq!(groups[1], ["policies/base/b.admit"]);
    assert!(groups[2].iter().all(|path| path.starts_with("strict/")), "{groups:?}");
}
