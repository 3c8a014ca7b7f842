//! Findings.

use admit::diagnostics::{Code, Diagnostic, Severity, Stage};
use admit::report::{Counts, Human, Look, json, plain};
use admit::text::{SourceMap, Span};
use insta::assert_snapshot;

static UNKNOWN: Code = Code {
    name: "unknown-role",
    stage: Stage::Resolve,
    severity: Severity::Error,
    opt_in: false,
    summary: "a role that no policy declares",
    page: "",
};
static REPEATED: Code = Code {
    name: "duplicate-name",
    stage: Stage::Resolve,
    severity: Severity::Warning,
    opt_in: false,
    summary: "two of one name",
    page: "",
};

const LOOK: Look = Look { color: false, unicode: true, width: 80 };

/// The span of the `nth` occurrence of `text` in a file.
fn find(sources: &SourceMap, file: admit::text::FileId, text: &str, nth: usize) -> Span {
    let (at, _) = sources.file(file).text().match_indices(text).nth(nth).unwrap();
    Span::new(file, at, at + text.len())
}

fn human(sources: &SourceMap, finding: &Diagnostic, look: Look) -> String {
    Human::new(sources, look).finding(finding)
}

fn two_files() -> (SourceMap, Diagnostic) {
    let mut sources = SourceMap::new();
    let a = sources.add(
        "policies/a.admit",
        "role member { scopes user-level }\n\ngrant membr to ana@x.example\ngrant member to bo@x.example\n",
    );
    let b = sources.add("policies/b.admit", "role members extends member {\n  scopes admin-level\n}\n");
    let finding = Diagnostic::new(&UNKNOWN, find(&sources, a, "membr", 0), "no role `membr`")
        .label("not declared anywhere")
        .related(find(&sources, a, "member", 0), "declared here")
        .related(find(&sources, b, "role members", 0), "or was this meant")
        .help("did you mean `member`?");
    (sources, finding)
}

#[test]
fn a_finding_shows_its_lines_and_related_places_in_other_files_as_notes() {
    let (sources, finding) = two_files();
    assert_snapshot!(human(&sources, &finding, LOOK), @r"
    resolve/unknown-role

      × no role `membr`
       ╭─[policies/a.admit:3:7]
     1 │ role member { scopes user-level }
       ·      ───┬──
       ·         ╰── declared here
     2 │ 
     3 │ grant membr to ana@x.example
       ·       ──┬──
       ·         ╰── not declared anywhere
       ╰────
      · or was this meant
       ╭─[policies/b.admit:1:1]
     1 │ role members extends member {
       · ────────────
       ╰────
      help: did you mean `member`?
    ");
}

#[test]
fn frames_can_be_drawn_in_ascii() {
    let (sources, finding) = two_files();
    let drawn = human(&sources, &finding, Look { unicode: false, ..LOOK });
    assert!(drawn.is_ascii());
    assert_snapshot!(drawn, @r"
    resolve/unknown-role

      x no role `membr`
       ,-[policies/a.admit:3:7]
     1 | role member { scopes user-level }
       :      ^^^|^^
       :         `-- declared here
     2 | 
     3 | grant membr to ana@x.example
       :       ^^|^^
       :         `-- not declared anywhere
       `----
      - or was this meant
       ,-[policies/b.admit:1:1]
     1 | role members extends member {
       : ^^^^^^^^^^^^
       `----
      help: did you mean `member`?
    ");
}

#[test]
fn colours_are_there_only_where_wanted_and_links_never() {
    let (sources, finding) = two_files();
    let colored = human(&sources, &finding, Look { color: true, ..LOOK });
    assert!(colored.contains("\u{1b}[31m") && !colored.contains("\u{1b}]8"));
    assert!(!human(&sources, &finding, LOOK).contains('\u{1b}'));
}

#[test]
fn a_plain_finding_is_one_line_and_its_details_are_indented() {
    let (sources, finding) = two_files();
    assert_snapshot!(plain::finding(&finding, &sources), @r"
    error resolve/unknown-role policies/a.admit:3:7 no role `membr`
      label: not declared anywhere
      related: policies/a.admit:1:6 declared here
      related: policies/b.admit:1:1 or was this meant
      help: did you mean `member`?
    ");
}

#[test]
fn a_json_finding_has_places_that_editors_can_use() {
    let (sources, finding) = two_files();
    let json = serde_json::to_string_pretty(&json::Findings { findings: &[&finding], sources: &sources });
    assert_snapshot!(json.unwrap(), @r#"
    [
      {
        "code": "unknown-role",
        "severity": "error",
        "message": "no role `membr`",
        "help": "did you mean `member`?",
        "label": "not declared anywhere",
        "file": "policies/a.admit",
        "line": 3,
        "column": 7,
        "end_line": 3,
        "end_column": 12,
        "related": [
          {
            "message": "declared here",
            "file": "policies/a.admit",
            "line": 1,
            "column": 6,
            "end_line": 1,
            "end_column": 12
          },
          {
            "message": "or was this meant",
            "file": "policies/b.admit",
            "line": 1,
            "column": 1,
            "end_line": 1,
            "end_column": 13
          }
        ]
      }
    ]
    "#);
}

#[test]
fn places_that_overlap_get_frames_of_their_own() {
    let mut sources = SourceMap::new();
    let file = sources.add("a.admit", "group a { group b }\ngroup a { group c }\n");
    let head = find(&sources, file, "group a", 0);
    let finding = Diagnostic::new(&REPEATED, head, "two groups `a`")
        .severity(Severity::Warning)
        .related(find(&sources, file, "a", 0), "this name")
        .related(find(&sources, file, "group a", 1), "and this group");
    assert_snapshot!(human(&sources, &finding, LOOK), @r"
    resolve/duplicate-name

      ⚠ two groups `a`
       ╭─[a.admit:1:1]
     1 │ group a { group b }
       · ───────
     2 │ group a { group c }
       · ───┬───
       ·    ╰── and this group
       ╰────
      · this name
       ╭─[a.admit:1:7]
     1 │ group a { group b }
       ·       ─
       ╰────
    ");
}

#[test]
fn text_of_other_people_cannot_steer_the_terminal() {
    let mut sources = SourceMap::new();
    let file = sources.add("a\u{1b}]0;x.admit", "group \"\u{1b}[31mred\u{202e}\" {}\n");
    let finding = Diagnostic::new(&REPEATED, Span::new(file, 6, 19), "a name with `\u{1b}[2J` in it")
        .label("\u{7}here")
        .help("leave out `\u{1b}`");
    for text in [human(&sources, &finding, LOOK), plain::finding(&finding, &sources)] {
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text}");
        assert!(!text.contains('\u{202e}'));
    }
    assert_snapshot!(human(&sources, &finding, LOOK), @r#"
    resolve/duplicate-name

      ⚠ a name with `?[2J` in it
       ╭─[a?]0;x.admit:1:7]
     1 │ group "?[31mred�" {}
       ·       ─────┬─────
       ·            ╰── ?here
       ╰────
      help: leave out `?`
    "#);
}

#[test]
fn long_lines_and_long_places_are_shown_in_part() {
    let mut sources = SourceMap::new();
    let long =
        sources.add("long.json", format!("{}\"here\"{}", "[1,2],".repeat(50_000), ",3".repeat(50_000)));
    let tall = sources.add("tall.admit", format!("group a {{\n{}}}\n", "  x@y.example,\n".repeat(1_000)));
    let within = Diagnostic::new(&UNKNOWN, find(&sources, long, "here", 0), "a long line");
    let whole = sources.file(tall).text().len();
    let over = Diagnostic::new(&UNKNOWN, Span::new(tall, 0, whole), "a long item").label("this");
    let both = Diagnostic::new(&UNKNOWN, Span::new(long, 0, 200_000), "everything")
        .related(Span::new(long, 300_000, 300_002), "and this");
    for finding in [&within, &over, &both] {
        let drawn = human(&sources, finding, LOOK);
        assert!(drawn.len() < 4_000, "{} bytes", drawn.len());
        assert!(!drawn.contains("Failed"), "{drawn}");
    }
    assert_snapshot!(human(&sources, &over, LOOK), @r"
    resolve/unknown-role

      × a long item
       ╭─[tall.admit:1:1]
     1 │ group a {
       · ────┬────
       ·     ╰── this
       ╰────
    ");
}

/// Whatever a place is, drawing it ends in a drawing: no panic, and nothing that says it could not be read.
#[test]
fn every_place_of_a_file_can_be_drawn() {
    for text in ["", "\n", "a", "a\n", "ä\r\nö\n\nü", "\ta\tb\n\n\n", "a\rb\n", "\u{feff}x\n日本\n"] {
        let mut sources = SourceMap::new();
        let file = sources.add("a.admit", text.to_owned());
        let stops: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
        for &start in &stops {
            for &end in stops.iter().filter(|&&end| end >= start) {
                for &other in &stops {
                    let finding = Diagnostic::new(&UNKNOWN, Span::new(file, start, end), "it")
                        .label("here")
                        .related(Span::new(file, other, other), "and here");
                    let drawn = human(&sources, &finding, LOOK);
                    assert!(
                        drawn.contains("a.admit:") && !drawn.contains("Failed"),
                        "{text:?} {start} {end}\n{drawn}"
                    );
                }
            }
        }
    }
}

#[test]
fn counts_read_as_a_sentence() {
    let (_, error) = two_files();
    let warning = error.clone().severity(Severity::Warning);
    assert_eq!(Counts::of([]).to_string(), "no findings");
    assert_eq!(Counts::of([&error, &error, &warning]).to_string(), "2 errors, 1 warning");
}
