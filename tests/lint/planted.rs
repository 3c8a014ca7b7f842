//! Projects with one planted instance of each lint lead to exactly those findings.

use std::collections::BTreeSet;

use admit::diagnostics::Stage;

use super::linted;

/// Finds what the lines of a policy name in their last comment, and nothing else.
fn finds_what_is_planted(policy: &str, settings: &str) {
    let directory = "users:\n  - { email: fay@x.example, role: member, contract_end: 2027-01-31 }\n";
    let mut files = vec![("admit.yaml", settings), ("policies/planted.admit", policy)];
    if policy.contains("user.contract-end") {
        files.push(("directory/people.yaml", directory));
    }
    let analysis = linted(&files);
    let lints = analysis.diagnostics.iter().filter(|finding| finding.code.stage == Stage::Lint);
    let found: Vec<(u32, &str)> =
        lints.map(|finding| (analysis.sources.start(finding.primary.span).line, finding.code.name)).collect();
    let planted: BTreeSet<(u32, &str)> = planted(policy).collect();
    let distinct: BTreeSet<(u32, &str)> = found.iter().copied().collect();
    let (missing, extra) = (&planted - &distinct, &distinct - &planted);
    assert!(missing.is_empty() && extra.is_empty(), "missing {missing:?}, too many {extra:?}");
    assert_eq!(found.len(), planted.len(), "one finding for each");
}

/// The line and code of each planted flaw.
fn planted(policy: &str) -> impl Iterator<Item = (u32, &str)> {
    let lines = (1..).zip(policy.lines()).filter(|(_, line)| !line.starts_with('#'));
    let comments = lines.filter_map(|(line, text)| Some((line, text.rsplit_once("# ")?.1)));
    comments.flat_map(|(line, codes)| codes.split(", ").map(move |code| (line, code)))
}

#[test]
fn planted_flaws_are_found_and_nothing_else() {
    finds_what_is_planted(include_str!("planted.admit"), "extends: [zoom]\n");
    finds_what_is_planted(include_str!("planted-account.admit"), "extends: [zoom]\n");
}

#[test]
fn planted_flaws_that_are_asked_for_are_found() {
    let settings = "lints: { condition-always-holds: warn, missing-owner: warn, missing-expiry: warn, owner-cannot-approve: warn, self-approved: warn }\n";
    finds_what_is_planted(include_str!("planted-opt-in.admit"), settings);
}

#[test]
fn many_lints_are_planted() {
    let all = [
        include_str!("planted.admit"),
        include_str!("planted-account.admit"),
        include_str!("planted-opt-in.admit"),
    ];
    let codes: BTreeSet<&str> = all.into_iter().flat_map(planted).map(|(_, code)| code).collect();
    assert!(codes.len() >= 50, "{}", codes.len());
}
