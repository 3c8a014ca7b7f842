//! What is wrong in `admit.yaml` is said at its exact place.

use super::*;

fn check(settings: &'static str, expected: &[&str]) {
    let analysis = project([("admit.yaml", settings), ("policies/a.admit", ACCOUNT)]);
    assert_eq!(findings(&analysis), expected, "{settings}");
}

#[test]
fn good_settings_are_silent() {
    check("", &[]);
    check("# only a comment\n", &[]);
    check("policies: policies/*.admit\nfacts:\nextends: zoom\nlints: { unknown-format: off }\n", &[]);
    check("expiry-window: 6w\n", &[]);
    check("\u{feff}policies:\r\n- 'policies/*.admit'\r\n", &[]);
}

#[test]
fn unknown_keys_are_named_with_what_was_meant() {
    check(
        "policy: [a]\nfacts: { directories: [x] }\nzebra: 1\n",
        &[
            "unknown-setting admit.yaml:1:1 there is no setting `policy`",
            "unknown-setting admit.yaml:2:10 there is no setting `directories`",
            "unknown-setting admit.yaml:3:1 there is no setting `zebra`",
        ],
    );
    let analysis = project([("admit.yaml", "polices: [a]\nzebra: 1"), ("policies/a.admit", ACCOUNT)]);
    let help = |at: usize| analysis.diagnostics[at].help.clone().unwrap();
    assert_eq!(help(0), "did you mean `policies`?");
    assert_eq!(
        help(1),
        "the keys here are `policies`, `facts`, `extends`, `lints`, `expiry-window` and `terms`"
    );
}

#[test]
fn values_of_the_wrong_kind_are_reported() {
    check(
        "policies: { a: b }\nfacts: [x]\nextends:\nlints: off\n",
        &[
            "wrong-setting admit.yaml:1:11 `policies` is not a list here",
            "wrong-setting admit.yaml:2:8 `facts` is not a map here",
            "wrong-setting admit.yaml:3:1 `extends` is not a list here",
            "wrong-setting admit.yaml:4:8 `lints` is not a map here",
        ],
    );
    check("- policies\n", &["wrong-setting admit.yaml:1:1 the settings are not a map of keys"]);
    check(
        "policies: [\"policies/*.admit\", [x], \"/etc/*\", \"a/[\"]",
        &[
            "wrong-setting admit.yaml:1:32 `policies` lists something other than text",
            "wrong-setting admit.yaml:1:37 a path in the settings is relative to their folder",
            "wrong-setting admit.yaml:1:47 this is no pattern of paths: unclosed character class; missing ']'",
        ],
    );
}

#[test]
fn libraries_and_folders_that_are_not_there_are_reported() {
    check(
        "extends: [zom, ../nowhere, strict, unknown-thing]",
        &[
            "unknown-library admit.yaml:1:11 there is no library `zom`, nor a folder of that name",
            "unknown-library admit.yaml:1:16 there is no folder `../nowhere`",
            "unknown-library admit.yaml:1:36 there is no library `unknown-thing`, nor a folder of that name",
        ],
    );
}

#[test]
fn lengths_of_time_are_checked() {
    let wrong = |place: &str| {
        format!("wrong-setting admit.yaml:1:{place} `expiry-window` is not a length of time here")
    };
    check("expiry-window: a month", &[&wrong("16")]);
    check("expiry-window: [30d]", &[&wrong("16")]);
    check("expiry-window:", &[&wrong("1")]);
}

#[test]
fn levels_are_checked() {
    check(
        "lints:\n  unknown-formt: off\n  unknown-format: loud\n  malformed-facts: warn\n  wrong-shape: error\n  unmatched-pattern: error\n",
        &[
            "unknown-code admit.yaml:2:3 there is no finding `unknown-formt`",
            "wrong-setting admit.yaml:3:19 `unknown-format` has no level of this name",
            "fixed-level admit.yaml:4:3 `malformed-facts` is an error of the language, its level cannot be changed",
        ],
    );
}

#[test]
fn levels_change_severities() {
    let with = |settings: &'static str| {
        project([("admit.yaml", settings), ("policies/a.admit", ACCOUNT), ("directory/x.txt", "")])
    };
    assert!(!with("").has_errors());
    assert_eq!(with("").diagnostics.len(), 1);
    assert!(with("lints: { unknown-format: error }").has_errors());
    assert_eq!(with("lints: { unknown-format: off }").diagnostics.len(), 0);
}

#[test]
fn broken_yaml_and_duplicate_keys_are_reported_in_place() {
    check("policies: [a\n", &["malformed-settings admit.yaml:1:11 a `[` is never closed"]);
    check("extends: [zoom]\nextends: []\n", &["duplicate-key admit.yaml:2:1 `extends` stands here twice"]);
    check(
        "extends: [zoom]\n---\nextends: []\n",
        &["malformed-settings admit.yaml:3:1 a second document begins here"],
    );
}

#[test]
fn hostile_settings_are_refused() {
    let deep = format!("policies: {}", "[".repeat(100_000));
    let bomb = (1..30).fold("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned(), |text, level| {
        format!("{text}a{level}: &a{level} [{}]\n", format!("*a{},", level - 1).repeat(10))
    });
    for text in [deep, bomb] {
        let mut files = MemoryFiles::new();
        files.add("/p/admit.yaml", text).add("/p/policies/a.admit", ACCOUNT);
        assert!(of(&files).has_errors());
    }
}

#[test]
fn every_prefix_of_the_settings_is_read_without_a_panic() {
    let text = "policies: [\"policies/**/*.admit\"]   # ö\nfacts:\n  directory: &d [\"directory/*\"]\n  catalog: *d\nextends: ['zoom', \"op\\u0065n\"]\nlints: { unknown-format: error, ? x : y }\n";
    for (at, _) in text.char_indices() {
        let mut files = MemoryFiles::new();
        files.add("/p/admit.yaml", &text[..at]).add("/p/policies/a.admit", ACCOUNT);
        let analysis = of(&files);
        for finding in &analysis.diagnostics {
            let span = finding.primary.span;
            let text = analysis.sources.file(span.file).text();
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{finding:?}");
        }
    }
}
