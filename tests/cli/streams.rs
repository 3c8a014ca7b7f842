//! `decide` and `graph`, and readers that leave.

use std::io::{self, Write};
use std::path::PathBuf;

use admit::cli::{Exit, Out, Terminal, World, run};
use admit::text::Date;
use insta::assert_snapshot;
use serde_json::Value;

use super::stage::Stage;

fn made() -> Stage {
    let stage = Stage::new(&[]);
    assert_eq!(stage.run("admit init --quiet").exit, Exit::Fine);
    stage
}

const GOOD: &str = r#"{"user":"ana@example.com","app":"deal-sync"}"#;

#[test]
fn queries_are_answered_in_order_and_a_bad_line_in_its_place() {
    let lines = [
        GOOD,
        "",
        "not json",
        r#"{"user":"nobody@example.com","app":"deal-sync"}"#,
        r#"{"user":"ana@example.com","app":"dealsync"}"#,
        r#"{"user":"ana@example.com"}"#,
        r#"{"user":"ana@example.com","app":"deal-sync","att":"2026-12-01"}"#,
        r#"{"user":"ana@example.com","app":"deal-sync","at":"tomorrow"}"#,
        r#"{"user":"ana@example.com","app":"deal-sync","action":"instal"}"#,
        r#"{"app":"deal-sync"}"#,
        r#"{"user":7,"app":"deal-sync"}"#,
        r#"["ana@example.com"]"#,
        r#"{"user":"ana@example.com","app":"deal-sync","action":"add"}"#,
        "{\"user\":\"kim@example.com\",\"app\":\"deal\\u002dsync\",\"at\":\"2027-01-01\"}\r",
        r#"{"app":"deal-sync","action":"use","scope":"user:read"}"#,
    ];
    assert_snapshot!(made().run_with("admit decide", &lines.join("\n")), @r#"
    $ admit decide
    {"schema":"admit.decision/1","query":{"user":"ana@example.com","action":"install","app":"deal-sync","at":"2026-12-01"},"outcome":"allow","grounds":[{"kind":"approval","rule":{"file":"policies/apps.admit","line":5,"column":1},"because":"reviewed by security"},{"kind":"scope","scope":"meeting:read","role":"member"},{"kind":"scope","scope":"user:read","role":"member"}]}
    {"schema":"admit.error/1","line":3,"message":"not a query: not JSON (column 2)"}
    {"schema":"admit.error/1","line":4,"message":"no user `nobody@example.com`"}
    {"schema":"admit.error/1","line":5,"message":"no app `dealsync`; did you mean `deal-sync`?"}
    {"schema":"admit.error/1","line":6,"message":"not a query: missing field `app` (column 26)"}
    {"schema":"admit.error/1","line":7,"message":"not a query: unknown field `att`, expected one of `user`, `app`, `action`, `scope`, `by`, `at` (column 49)"}
    {"schema":"admit.error/1","line":8,"message":"`tomorrow` is no day of the form YYYY-MM-DD"}
    {"schema":"admit.error/1","line":9,"message":"no action `instal`; did you mean `install`?"}
    {"schema":"admit.error/1","line":10,"message":"the question `install` needs `user`"}
    {"schema":"admit.error/1","line":11,"message":"not a query: invalid type: integer `7`, expected a string (column 9)"}
    {"schema":"admit.error/1","line":12,"message":"not a query: expected an object"}
    {"schema":"admit.error/1","line":13,"message":"the question `add` needs `by`"}
    {"schema":"admit.decision/1","query":{"user":"kim@example.com","action":"install","app":"deal-sync","at":"2027-01-01"},"outcome":"deny","reasons":[{"code":"approval-required","near_misses":[{"kind":"other-people","rule":{"file":"policies/apps.admit","line":5,"column":1},"detail":"it excepts group `contractors`, and `kim@example.com` is in `contractors`"}]}],"next_steps":[{"kind":"request-approval","approvers":["dana@example.com"],"notified":["dana@example.com"]}]}
    {"schema":"admit.decision/1","query":{"action":"use","app":"deal-sync","scope":"user:read","at":"2026-12-01"},"outcome":"allow"}
    --- messages
    11 lines could not be answered; their answers say why
    --- exit 2
    "#);
}

#[test]
fn brief_answers_are_the_same_without_what_explains_them() {
    let stage = made();
    let lines = [
        GOOD,
        r#"{"user":"KIM@example.com","app":"meeting-vault","at":"2027-01-01"}"#,
        r#"{"user":"kim@example.com","app":"no-such"}"#,
        r#"{"user":"kim@example.com","app":"deal-sync","action":"approve"}"#,
    ];
    let run = stage.run_with("admit decide --brief", &lines.join("\n"));
    assert_snapshot!(run, @r#"
    $ admit decide --brief
    {"schema":"admit.decision/1","query":{"user":"ana@example.com","action":"install","app":"deal-sync","at":"2026-12-01"},"outcome":"allow"}
    {"schema":"admit.decision/1","query":{"user":"kim@example.com","action":"install","app":"meeting-vault","at":"2027-01-01"},"outcome":"deny"}
    {"schema":"admit.error/1","line":3,"message":"no app `no-such`"}
    {"schema":"admit.decision/1","query":{"user":"kim@example.com","action":"approve","app":"deal-sync","at":"2026-12-01"},"outcome":"deny"}
    --- messages
    1 line could not be answered; its answer says why
    --- exit 2
    "#);
    let full = stage.run_with("admit decide", &lines.join("\n")).out;
    for (brief, full) in run.out.lines().zip(full.lines()) {
        let brief: Value = serde_json::from_str(brief).unwrap();
        let full: Value = serde_json::from_str(full).unwrap();
        for key in ["schema", "query", "outcome", "message"] {
            assert_eq!(brief[key], full[key]);
        }
    }
}

#[test]
fn decide_reads_files_too() {
    let stage = made();
    stage.write("queries.jsonl", format!("\u{feff}{GOOD}\n{GOOD}\n"));
    let run = stage.run("admit decide queries.jsonl");
    assert_eq!((run.exit, run.out.lines().count(), run.err.as_str()), (Exit::Fine, 2, ""));
    assert_eq!(stage.run_with("admit decide -", GOOD).out.lines().count(), 1);
    assert_snapshot!(stage.run("admit decide nowhere.jsonl"), @r"
    $ admit decide nowhere.jsonl
    --- messages
    error: cannot read `nowhere.jsonl`: there is nothing of that name
    --- exit 2
    ");
}

#[test]
fn a_line_without_end_is_one_error_and_the_rest_go_on() {
    let input = format!("{GOOD}\n{}\n{GOOD}\n", "x".repeat(3 << 20));
    let run = made().run_with("admit decide", &input);
    let lines: Vec<Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0], lines[2]);
    assert_eq!(lines[1]["line"], 2);
    assert_eq!((lines.len(), run.exit), (3, Exit::Invalid));
}

/// A line of exactly the most bytes is read, whatever ends it.
#[test]
fn the_longest_line_is_a_line() {
    let pad = |more: usize| format!("{GOOD}{}\n", " ".repeat((1 << 20) - GOOD.len() + more));
    let run = made().run_with("admit decide", &(pad(0) + &pad(1)));
    let outcomes: Vec<bool> = run.out.lines().map(|line| line.contains("allow")).collect();
    assert_eq!(outcomes, [true, false]);
}

/// Takes so many bytes and then has gone.
struct Leaving(usize);

impl Write for Leaving {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::BrokenPipe)?;
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Nothing can be written here.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::StorageFull.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How it ended, and what it said.
fn run_into(folder: PathBuf, words: &[&str], input: &str, out: impl Write) -> (Exit, String) {
    let mut said = Vec::new();
    let mut world = World {
        input: Box::new(input.as_bytes()),
        out: Out::new(out),
        err: Out::new(&mut said),
        folder,
        variable: Box::new(|_| None),
        today: Box::new(|| Date::parse("2026-12-01").unwrap()),
        terminal: Terminal::default(),
    };
    let exit = run(words, &mut world);
    drop(world);
    (exit, String::from_utf8(said).unwrap())
}

#[test]
fn a_reader_that_leaves_is_no_failure_and_a_full_disk_is() {
    let stage = made();
    let many = format!("{GOOD}\n").repeat(2_000);
    let folder = || stage.path().to_owned();
    let fine = (Exit::Fine, String::new());
    assert_eq!(run_into(folder(), &["admit", "decide"], &many, Leaving(100_000)), fine);
    assert_eq!(run_into(folder(), &["admit", "codes"], "", Leaving(0)), fine);
    // However little there is to be written.
    let question = ["admit", "can", "ana@example.com", "install", "deal-sync"];
    let help = ["admit", "--help"];
    for (words, input) in
        [(&["admit", "decide"][..], many.as_str()), (&["admit", "codes"], ""), (&question, ""), (&help, "")]
    {
        let (exit, said) = run_into(folder(), words, input, Full);
        assert_eq!(exit, Exit::Internal);
        assert_eq!(said, "error: cannot write the output: no storage space\n", "{words:?}");
    }
}

#[test]
fn the_graph_around_an_app_in_every_format() {
    let stage = made();
    let words = "admit graph --focus app:deal-sync --depth 1";
    assert_snapshot!(stage.run(words), @r"
    $ admit graph --focus app:deal-sync --depth 1
    developer:contoso  catalog/apps.yaml:2:5
      includes app:deal-sync
    app:deal-sync  catalog/apps.yaml:6:5
      requires scope:meeting:read
      requires scope:user:read
    allowlist:reviewed  policies/apps.admit:3:1
      includes app:deal-sync
    scope:meeting:read  catalog/apps.yaml:12:14
    scope:user:read  catalog/apps.yaml:12:28
    test:employees get what was reviewed  policies/tests.admit:3:6
      selects app:deal-sync
    6 nodes, 5 edges
    --- exit 0
    ");
    assert_snapshot!(stage.run(&format!("{words} --format plain")), @r"
    $ admit graph --focus app:deal-sync --depth 1 --format plain
    node developer:contoso catalog/apps.yaml:2:5
    node app:deal-sync catalog/apps.yaml:6:5
    node allowlist:reviewed policies/apps.admit:3:1
    node scope:meeting:read catalog/apps.yaml:12:14
    node scope:user:read catalog/apps.yaml:12:28
    node test:employees get what was reviewed policies/tests.admit:3:6
    edge allowlist:reviewed includes app:deal-sync policies/apps.admit:3:22
    edge developer:contoso includes app:deal-sync catalog/apps.yaml:8:16
    edge app:deal-sync requires scope:meeting:read catalog/apps.yaml:12:14
    edge app:deal-sync requires scope:user:read catalog/apps.yaml:12:28
    edge test:employees get what was reviewed selects app:deal-sync policies/tests.admit:4:33
    --- exit 0
    ");
    assert_snapshot!(stage.run(&format!("{words} --format dot")), @r##"
    $ admit graph --focus app:deal-sync --depth 1 --format dot
    digraph admit {
      rankdir=LR;
      node [shape=box, style=filled, fontname="sans-serif"];
      edge [fontname="sans-serif", fontsize=10];
      n0 [label="developer\ncontoso", fillcolor="#dff3e1"];
      n1 [label="app\ndeal-sync", fillcolor="#dff3e1"];
      n2 [label="allowlist\nreviewed", fillcolor="#dff3e1"];
      n3 [label="scope\nmeeting:read", fillcolor="#fdf2d0"];
      n4 [label="scope\nuser:read", fillcolor="#fdf2d0"];
      n5 [label="test\nemployees get what was reviewed", fillcolor="#eeeeee"];
      n2 -> n1 [label="includes"];
      n0 -> n1 [label="includes"];
      n1 -> n3 [label="requires"];
      n1 -> n4 [label="requires"];
      n5 -> n1 [label="selects"];
    }
    --- exit 0
    "##);
    assert_snapshot!(stage.run(&format!("{words} --format mermaid")), @r#"
    $ admit graph --focus app:deal-sync --depth 1 --format mermaid
    flowchart LR
      n0["developer contoso"]
      n1["app deal-sync"]
      n2["allowlist reviewed"]
      n3["scope meeting:read"]
      n4["scope user:read"]
      n5["test employees get what was reviewed"]
      n2 -->|includes| n1
      n0 -->|includes| n1
      n1 -->|requires| n3
      n1 -->|requires| n4
      n5 -->|selects| n1
    --- exit 0
    "#);
    let json: Value = serde_json::from_str(&stage.run(&format!("{words} --format json")).out).unwrap();
    assert_eq!(json["schema"], "admit.graph/1");
    let ids: Vec<&str> =
        json["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap()).collect();
    for edge in json["edges"].as_array().unwrap() {
        assert!(ids.contains(&edge["from"].as_str().unwrap()) && ids.contains(&edge["to"].as_str().unwrap()));
        assert!(edge["line"].as_u64().unwrap() > 0);
    }
}

#[test]
fn a_focus_that_is_not_there_is_named_with_what_is() {
    assert_snapshot!(made().run("admit graph --focus app:deal-snyc"), @r"
    $ admit graph --focus app:deal-snyc
    --- messages
    error: nothing in the graph is called `app:deal-snyc`
    help: did you mean `app:deal-sync`?
    --- exit 2
    ");
    assert_snapshot!(made().run("admit graph --depth 2"), @r"
    $ admit graph --depth 2
    --- messages
    error: the following required arguments were not provided:
      --focus <KIND:NAME>

    Usage: admit graph --focus <KIND:NAME> --depth <N>

    For more information, try '--help'.
    --- exit 2
    ");
}

#[test]
fn names_cannot_break_out_of_a_drawing() {
    let stage = made();
    stage.write("policies/odd.admit", r#"group "a\"] --> b\\" { ana@example.com }"#);
    let line = |format: &str| {
        let words = format!("admit graph --focus user:ana@example.com --depth 1 --format {format}");
        stage.run(&words).out.lines().find(|line| line.contains(" b")).unwrap().to_owned()
    };
    assert_eq!(line("dot").trim(), r##"n0 [label="group\na\"] --> b\\", fillcolor="#dcebf9"];"##);
    assert_eq!(line("mermaid").trim(), r#"n0["group a#34;#93; --#62; b#92;"]"#);
}

#[test]
fn a_broken_policy_still_has_a_graph() {
    let stage = made();
    stage.write("policies/wrong.admit", "role a extends b { }\nrole b extends a { }\n");
    assert_snapshot!(stage.run("admit graph --focus role:a --depth 1"), @r"
    $ admit graph --focus role:a --depth 1
    role:a  policies/wrong.admit:1:1
      extends role:b
    role:b  policies/wrong.admit:2:1
      extends role:a
    2 nodes, 2 edges
    --- messages
    the policy has errors, and this is what could be read: see `admit check`
    --- exit 2
    ");
}
