//! A project with one planted instance of each lint leads to exactly those findings.

use std::path::Path;

use admit::diagnostics::Stage;
use admit::project::{MemoryFiles, Options, Root, analyse};
use admit::text::Date;

const PLANTED: &str = include_str!("planted.admit");

/// The codes that lines of the project name in their last comment.
fn codes(text: &str) -> Vec<&str> {
    let comments = text.lines().skip(1).filter_map(|line| line.rsplit_once("# ")).map(|(_, comment)| comment);
    let mut codes: Vec<&str> = comments.map(|comment| comment.split(',').next().unwrap_or(comment)).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn planted_flaws_are_found_and_nothing_else() {
    let files =
        MemoryFiles::of([("/p/admit.yaml", "extends: [zoom]\n"), ("/p/policies/planted.admit", PLANTED)]);
    let root = Root::at(&files, Path::new("/p")).expect("a project");
    let options = Options { today: Date::new(2026, 12, 1), lint: true, ..Options::default() };
    let analysis = analyse(&files, &root, &options);
    let codes = codes(PLANTED);
    let found = analysis.diagnostics.iter().filter(|finding| finding.code.stage == Stage::Lint);
    let mut found: Vec<(&str, u32, &str)> = found
        .filter(|finding| codes.contains(&finding.code.name))
        .map(|finding| {
            let line = analysis.sources.start(finding.primary.span).line;
            (finding.code.name, line, finding.message.as_str())
        })
        .collect();
    found.sort_unstable();
    let names: Vec<&str> = found.iter().map(|(code, ..)| *code).collect();
    assert_eq!(names, codes, "{found:#?}");
    for (code, line, message) in found {
        let text = PLANTED.lines().nth(line as usize - 1).unwrap_or_default();
        assert!(text.contains(code), "{code} at line {line}: {message}");
    }
}
