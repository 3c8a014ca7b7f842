//! Projects with one planted instance of each lint lead to exactly those findings.

use std::collections::BTreeSet;

use admit::diagnostics::Stage;

use super::linted;

/// A policy whose lines name what is planted in them in their last comment, and the project's settings.
struct Planted {
    policy: &'static str,
    settings: &'static str,
}

const PROJECTS: [Planted; 3] = [
    Planted { policy: include_str!("planted.admit"), settings: "extends: [zoom]\n" },
    Planted { policy: include_str!("planted-account.admit"), settings: "extends: [zoom]\n" },
    Planted {
        policy: include_str!("planted-opt-in.admit"),
        settings: "\
lints:
  condition-always-holds: warn
  missing-expiry: warn
  missing-owner: warn
  owner-cannot-approve: warn
  self-approved: warn
terms: [{ apps: wiki, require: { reviewed: yes } }]
",
    },
];

/// Whom the directory of a project has whose policies ask for the end of contracts.
const DIRECTORY: &str = "users:\n  - { email: fay@x.example, role: member, contract_end: 2027-01-31 }\n";

impl Planted {
    /// The line and code of each planted flaw.
    fn flaws(&self) -> Vec<(u32, &'static str)> {
        let lines = (1..).zip(self.policy.lines()).filter(|(_, line)| !line.starts_with('#'));
        let comments = lines.filter_map(|(line, text)| Some((line, text.rsplit_once("# ")?.1)));
        let mut flaws: Vec<_> =
            comments.flat_map(|(line, codes)| codes.split(", ").map(move |code| (line, code))).collect();
        flaws.sort_unstable();
        flaws
    }
}

#[test]
fn planted_flaws_are_found_and_nothing_else() {
    for planted in &PROJECTS {
        let mut files = vec![("admit.yaml", planted.settings), ("policies/planted.admit", planted.policy)];
        if planted.policy.contains("user.contract-end") {
            files.push(("directory/people.yaml", DIRECTORY));
        }
        let analysis = linted(&files);
        let lints = analysis.diagnostics.iter().filter(|finding| finding.code.stage == Stage::Lint);
        let mut found: Vec<(u32, &str)> = lints
            .map(|finding| (analysis.sources.start(finding.primary.span).line, finding.code.name))
            .collect();
        found.sort_unstable();
        assert_eq!(found, planted.flaws());
    }
}

/// A lint that is off takes nothing from the others.
#[test]
fn what_is_off_is_not_told_and_the_rest_is() {
    let [planted, ..] = &PROJECTS;
    for (_, code) in planted.flaws() {
        let settings = format!("{}lints: {{ {code}: off }}\n", planted.settings);
        let analysis = linted(&[
            ("admit.yaml", &settings),
            ("directory/people.yaml", DIRECTORY),
            ("policies/planted.admit", planted.policy),
        ]);
        let found: BTreeSet<(u32, &str)> = analysis
            .diagnostics
            .iter()
            .map(|finding| (analysis.sources.start(finding.primary.span).line, finding.code.name))
            .collect();
        assert!(!found.iter().any(|(_, found)| *found == code), "{code} is off: {found:?}");
        for flaw in planted.flaws().into_iter().filter(|(_, other)| *other != code) {
            assert!(found.contains(&flaw), "{flaw:?} without {code}");
        }
    }
}

/// Nor does a lint need another to be on.
#[test]
fn what_alone_is_on_is_told() {
    for planted in PROJECTS.iter().filter(|planted| !planted.settings.contains("lints:")) {
        let codes: BTreeSet<&str> = planted.flaws().into_iter().map(|(_, code)| code).collect();
        for on in &codes {
            let off = |code: &str| format!("  {code}: off\n");
            let all = admit::project::codes().into_iter().filter(|code| code.stage == Stage::Lint);
            let others: String = all.filter(|code| code.name != *on).map(|code| off(code.name)).collect();
            let analysis = linted(&[
                ("admit.yaml", &format!("{}lints:\n{others}", planted.settings)),
                ("directory/people.yaml", DIRECTORY),
                ("policies/planted.admit", planted.policy),
            ]);
            let lints = analysis.diagnostics.iter().filter(|finding| finding.code.stage == Stage::Lint);
            let found: BTreeSet<(u32, &str)> = lints
                .map(|finding| (analysis.sources.start(finding.primary.span).line, finding.code.name))
                .collect();
            let alone: BTreeSet<_> = planted.flaws().into_iter().filter(|(_, code)| code == on).collect();
            assert!(found.is_superset(&alone), "{on} alone: {found:?}");
            assert!(found.iter().all(|(_, code)| code == on), "{on} alone: {found:?}");
        }
    }
}

/// From some thousands of rules, and from some millions of pairs of a rule and a user, on several threads look for flaws.
#[test]
fn among_thousands_of_rules_the_same_flaws_are_found() {
    let [planted, ..] = &PROJECTS;
    let mut others = String::new();
    for number in 0..2_500 {
        let about = "developer contoso  listing listed  stage published  managed-by user  scopes user:read";
        others += &format!("app other-{number} {{ {about} }}\n");
        others += &format!("approve other-{number} for bo@x.example because \"PL-1: planted\"\n");
    }
    let mut directory = DIRECTORY.to_owned();
    for number in 0..2_000 {
        directory +=
            &format!("  - {{ email: other-{number}@x.example, role: member, contract_end: 2027-01-31 }}\n");
    }
    let analysis = linted(&[
        ("admit.yaml", planted.settings),
        ("directory/people.yaml", &directory),
        ("policies/others.admit", &others),
        ("policies/planted.admit", planted.policy),
    ]);
    let lints = analysis.diagnostics.iter().filter(|finding| finding.code.stage == Stage::Lint);
    let mut found: Vec<(&str, u32, &str)> = lints
        .map(|finding| {
            let span = finding.primary.span;
            let file = analysis.sources.file(span.file).path();
            (file, analysis.sources.start(span).line, finding.code.name)
        })
        .collect();
    found.sort_unstable();
    let flaws: Vec<_> =
        planted.flaws().into_iter().map(|(line, code)| ("policies/planted.admit", line, code)).collect();
    assert_eq!(found, flaws);
}

#[test]
fn every_lint_is_planted() {
    let planted: BTreeSet<&str> = PROJECTS.iter().flat_map(Planted::flaws).map(|(_, code)| code).collect();
    let all: BTreeSet<&str> = admit::project::codes()
        .into_iter()
        .filter(|code| code.stage == Stage::Lint)
        .map(|code| code.name)
        // It takes more rules than can be planted: `what_is_not_judged_is_said` holds it.
        .filter(|code| *code != "unjudged-rules")
        .collect();
    assert_eq!(planted, all);
}
