//! Input that was made to hurt: it is refused in time, or read.

use std::time::{Duration, Instant};

use super::*;

#[allow(clippy::disallowed_methods, reason = "a test of time takes the time")]
/// Reads within a time that no build mode needs. (The bound on bombs in a release build is 200 ms; tests are slower.)
fn timely(text: &str, format: Format, section: Section) -> Reading {
    let start = Instant::now();
    let reading = read(text, format, section);
    assert!(start.elapsed() < Duration::from_secs(30), "took {:?}", start.elapsed());
    reading.assert_spans();
    reading
}

#[test]
fn quadratic_aliases_are_refused() {
    let text = format!("a: &a [{}]\nusers: [{}]\n", "x,".repeat(10_000), "*a,".repeat(10_000));
    let reading = timely(&text, Format::Yaml, Section::Directory);
    assert!(reading.found.iter().any(|d| d.code.name == "too-many-aliases"));
    let text =
        format!("users:\n- email: a@x\n  l: &a [{}]\n  m: [{}]\n", "x,".repeat(10_000), "*a,".repeat(10_000));
    let reading = timely(&text, Format::Yaml, Section::Directory);
    assert!(reading.found.iter().any(|d| d.code.name == "too-many-aliases"));
    let text = format!(
        "users:\n- &a {{email: a@x, {}}}\n{}",
        (0..3000).map(|i| format!("k{i}: 1,")).collect::<String>(),
        "- *a\n".repeat(10_000)
    );
    let reading = timely(&text, Format::Yaml, Section::Directory);
    assert!(reading.found.iter().any(|d| d.code.name == "too-many-aliases"));
}

#[test]
fn a_billion_laughs_are_refused() {
    let mut text = "a0: &a0 [lol]\n".to_owned();
    for level in 1..40 {
        text += &format!("a{level}: &a{level} [{}]\n", format!("*a{},", level - 1).repeat(10));
    }
    text += "users: *a39\n";
    let reading = timely(&text, Format::Yaml, Section::Directory);
    assert!(reading.found.iter().any(|d| d.code.name == "too-many-aliases"));
}

#[test]
fn harmless_aliases_of_many_users_are_fine() {
    let users: String = (0..20_000).map(|i| format!("- {{<<: *d, email: u{i}@x}}\n")).collect();
    let text = format!("users:\n- &d {{email: d@x, role: m, groups: [a, b]}}\n{users}");
    let reading = timely(&text, Format::Yaml, Section::Directory);
    assert_eq!((reading.findings(), reading.records.len()), (vec![], 20_001));
    // Around everything, never used.
    let text = format!(
        "users: &all\n- &d {{email: d@x, role: m, groups: [a, b]}}\n{}",
        "- {email: u@x}\n".repeat(60_000)
    );
    let reading = timely(&text, Format::Yaml, Section::Directory);
    assert_eq!((reading.findings(), reading.records.len()), (vec![], 60_001));
}

#[test]
fn an_alias_inside_what_it_names_is_refused() {
    let reading = timely("users: &a [*a]\n", Format::Yaml, Section::Directory);
    assert_eq!(reading.findings(), ["malformed-facts 1:12 this alias stands inside what it repeats"]);
}

#[test]
fn deep_nesting_is_refused() {
    for (format, open) in [
        (Format::Yaml, "["),
        (Format::Yaml, "{a: "),
        (Format::Yaml, "- "),
        (Format::Yaml, "? "),
        (Format::Json, "["),
        (Format::Json, "{\"a\":"),
        (Format::JsonLines, "["),
    ] {
        let reading = timely(&open.repeat(100_000), format, Section::Directory);
        assert!(!reading.found.is_empty(), "{open}");
        let text = format!("{{\"users\": {}", open.repeat(100_000));
        assert!(!timely(&text, format, Section::Directory).found.is_empty(), "{open}");
    }
    let indented: String = (0..2_000).map(|i| format!("{}a:\n", " ".repeat(i))).collect();
    assert!(!timely(&indented, Format::Yaml, Section::Directory).found.is_empty());
}

#[test]
fn long_lines_and_many_keys_are_read() {
    let long = "x".repeat(100_000);
    for (format, text) in [
        (Format::Yaml, format!("users: [{{email: \"{long}\"}}]")),
        (Format::Json, format!("{{\"users\":[{{\"email\":\"{long}\"}}]}}")),
        (Format::JsonLines, format!("{{\"email\":\"{long}\"}}")),
        (Format::Csv, format!("email\n{long}\n")),
    ] {
        let reading = timely(&text, format, Section::Directory);
        assert_eq!(reading.lines(), [format!("users email={long}")], "{format:?}");
    }
    let keys: String = (0..50_000).map(|i| format!(",\"key{i}\":1")).collect();
    let text = format!("{{\"email\":\"a@x\"{keys}}}");
    assert_eq!(timely(&text, Format::JsonLines, Section::Directory).records[0].fields.len(), 50_001);
    let columns: String = (0..50_000).map(|i| format!(",key{i}")).collect();
    let text = format!("email{columns}\na@x\n");
    assert_eq!(timely(&text, Format::Csv, Section::Directory).found[0].code.name, "bad-row");
    let yaml_keys: String = (0..20_000).map(|i| format!("key{i}: 1, ")).collect();
    let text = format!("users: [{{email: a@x, {yaml_keys}}}]");
    assert_eq!(timely(&text, Format::Yaml, Section::Directory).records[0].fields.len(), 20_001);
}

#[test]
fn quotes_that_never_close_are_each_read_once() {
    let text = format!("email,role\n{}", "a@x,\"x\n".repeat(100_001));
    timely(&text, Format::Csv, Section::Directory);
    timely(&"\"".repeat(100_001), Format::Csv, Section::Directory);
    timely(&"\"".repeat(100_001), Format::JsonLines, Section::Directory);
    timely(&"{\"a\":\"\n".repeat(50_000), Format::JsonLines, Section::Directory);
}

#[test]
fn every_prefix_of_every_sample_is_read_without_a_panic() {
    let more = [
        (
            Format::Yaml,
            "%YAML 1.2\n---\nusers: &u\n- !!str &k email: |-\n    a@x\n  ? groups\n  : [\"a\\u00e9\", 'b''c', *k]\n...\n",
        ),
        (Format::Json, "[{\"email\":\"\\ud83d\\ude00é\",\"a\":-1.5E+3,\"b\":[null,true,{\"c\":[]}]}]"),
        (Format::JsonLines, "{\"users\":[{\"email\":\"é\"}]}\r\n{\"user\":{\"email\":\"b\"}}\r\n"),
        (Format::Csv, "\u{feff}id,members,\"no\"\"te\"\r\n\"é\", \"a;\"\"b\" ,none\r\n"),
    ];
    for (format, text) in USERS.iter().chain(&more) {
        for (at, _) in text.char_indices() {
            for section in [Section::Directory, Section::Catalog] {
                read(&text[..at], *format, section).assert_spans();
                read(&text[at..], *format, section).assert_spans();
            }
        }
    }
}

#[test]
fn random_bytes_of_each_format_are_read_without_a_panic() {
    let mut random = fastrand::Rng::with_seed(3);
    let parts = [
        "users", ":", " ", "\n", "- ", "{", "}", "[", "]", ",", "\"", "'", "&a", "*a", "<<", "|", ">", "#",
        "é", "\\", "\t", "?", "!", "%", "\r", ";", "none", "email", "1", "\u{feff}", "---",
    ];
    for _ in 0..20_000 {
        let text: String = (0..random.usize(1..14)).map(|_| *random.choice(&parts).unwrap()).collect();
        for format in [Format::Yaml, Format::Json, Format::JsonLines, Format::Csv] {
            read(&text, format, Section::Directory).assert_spans();
        }
    }
}
