//! Findings for machines: their limits, and what links say.

use admit::diagnostics::{Code, Diagnostic, Severity, Stage};
use admit::report::{Results, github, gitlab, sarif};
use admit::text::{SourceMap, Span};
use serde_json::Value;

static CODE: Code = Code {
    name: "unknown-role",
    stage: Stage::Resolve,
    severity: Severity::Warning,
    opt_in: false,
    summary: "a role that no policy declares",
    page: "# `unknown-role`\n\nA role.\n\n## Fires\n",
};

fn sarif(results: &Results<'_>) -> Value {
    let mut out = Vec::new();
    sarif::write(results, &Default::default(), &mut out).unwrap();
    serde_json::from_slice(&out).unwrap()
}

fn of<'d>(findings: &'d [&'d Diagnostic], sources: &'d SourceMap) -> Results<'d> {
    Results { findings, suppressed: &[], sources, folder: "" }
}

/// More than a scanner takes: the errors are there though they come last, and it is said how many are not.
#[test]
fn what_is_too_much_is_left_out_and_counted() {
    let mut sources = SourceMap::new();
    let line = "role a { scopes x }\n";
    let file = sources.add("a.admit", line.repeat(30_000));
    let at = |index: usize| Span::new(file, index * line.len() + 5, index * line.len() + 6);
    let severity = |index| if index < 29_000 { Severity::Warning } else { Severity::Error };
    let all: Vec<Diagnostic> = (0..30_000)
        .map(|index| Diagnostic::new(&CODE, at(index), "no role `a`").severity(severity(index)))
        .collect();
    let all: Vec<&Diagnostic> = all.iter().collect();
    let results = of(&all, &sources);

    let log = sarif(&results);
    let run = &log["runs"][0];
    let found = run["results"].as_array().unwrap();
    assert_eq!(found.len(), sarif::MOST_RESULTS);
    assert_eq!(found.iter().filter(|result| result["level"] == "error").count(), 1_000);
    let said = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert!(said.starts_with("5000 more findings are left out"), "{said}");

    let mut out = Vec::new();
    github::annotations(&results, &mut out).unwrap();
    let annotations = String::from_utf8(out).unwrap();
    assert_eq!(annotations.lines().count(), github::MOST_ANNOTATIONS + 1);
    assert!(annotations.lines().take(github::MOST_ANNOTATIONS).all(|line| line.starts_with("::error ")));
    assert!(
        annotations
            .ends_with("::29800 more findings are not shown; `admit check --format plain` shows all\n")
    );

    let summary = github::summary(&results, "admit check", "30000 findings", None);
    assert!(summary.len() < 100_000 && summary.contains("… and 29900 more"), "{}", summary.len());

    let long = Diagnostic::new(&CODE, at(0), "no role `x|`".repeat(100_000)).help("y".repeat(1_000_000));
    let summary = github::summary(&of(&vec![&long; 100], &sources), "admit check", "100 findings", None);
    assert!(summary.len() < 1 << 20, "GitHub takes a mebibyte: {}", summary.len());

    let mut out = Vec::new();
    gitlab::write(&results, &mut out).unwrap();
    let report: Vec<Value> = serde_json::from_slice(&out).unwrap();
    let prints: std::collections::BTreeSet<&str> =
        report.iter().map(|one| one["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(prints.len(), 30_000, "each has one of its own");
}

/// A file of one line takes no longer than one of many: a place is not sought from the line's start.
#[test]
fn many_findings_may_stand_on_one_long_line() {
    let mut sources = SourceMap::new();
    let word = "{\"é\":\"😀\"},";
    let file = sources.add("long.json", word.repeat(100_000));
    let all: Vec<Diagnostic> = (0..2_500)
        .map(|index| index * 40 * word.len())
        .map(|start| Diagnostic::new(&CODE, Span::new(file, start, start + 4), "no role"))
        .collect();
    let all: Vec<&Diagnostic> = all.iter().collect();
    let results = of(&all, &sources);
    let log = sarif(&results);
    let last = &log["runs"][0]["results"][2_499];
    let units = 2_499 * 40 * word.encode_utf16().count();
    assert_eq!(last["locations"][0]["physicalLocation"]["region"]["startColumn"], units + 1);
    let json =
        serde_json::to_value(admit::report::json::Findings { findings: &all, sources: &sources }).unwrap();
    assert_eq!(json[2_499]["column"], 2_499 * 40 * word.chars().count() + 1);
    gitlab::write(&results, &mut std::io::sink()).unwrap();
}

#[test]
fn only_related_places_are_links() {
    let mut sources = SourceMap::new();
    let file = sources.add("a.admit", "role a { }\nrole b { }\n".to_owned());
    let bundled = sources.add("zoom/roles.admit", "role member { }\n");
    let span = |start| Span::new(file, start, start + 4);
    let finding = Diagnostic::new(&CODE, span(0), "the app `[x](1)` is no role of [a, b]")
        .help("there is no `[`")
        .related(span(11), "see [this] one")
        .related(Span::new(bundled, 0, 4), "that is built in")
        .related(span(0), "");
    let log = sarif(&of(&[&finding], &sources));
    let result = &log["runs"][0]["results"][0];
    assert_eq!(
        result["message"]["text"],
        "the app `\\[x](1)` is no role of [a, b].\nthere is no `\\[`.\n[see \\[this\\] one](1)\n[see also](2)\nthat is built in (bundled zoom/roles.admit:1)"
    );
    let related = result["relatedLocations"].as_array().unwrap();
    let places: Vec<(&Value, &Value)> = related
        .iter()
        .map(|place| (&place["id"], &place["physicalLocation"]["region"]["startLine"]))
        .collect();
    assert_eq!(places, [(&1.into(), &2.into()), (&2.into(), &1.into())]);
}

/// A project may build on folders outside of its own.
#[test]
fn paths_are_seen_from_the_root_of_the_repository() {
    let mut sources = SourceMap::new();
    let shown = ["policies/a.admit", "../base/b.admit", "../../../out.admit", "/abs/c d.admit"];
    let found: Vec<Diagnostic> = shown
        .iter()
        .map(|path| Diagnostic::new(&CODE, Span::new(sources.add(*path, "x".to_owned()), 0, 1), "x"))
        .collect();
    let found: Vec<&Diagnostic> = found.iter().collect();
    let log =
        sarif(&Results { findings: &found, suppressed: &[], sources: &sources, folder: "accounts/emea" });
    let uris: Vec<&str> = log["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap())
        .collect();
    let expected = [
        "accounts/emea/policies/a.admit",
        "accounts/base/b.admit",
        "../out.admit",
        "file:///abs/c%20d.admit",
    ];
    assert_eq!(uris, expected);
}
