//! What is wrong with a fact file is said at its exact place, and the rest of the file still counts.

use super::*;

fn check(format: Format, section: Section, text: &str, findings: &[&str], lines: &[&str]) {
    let reading = read(text, format, section);
    assert_eq!(reading.findings(), findings, "{text}");
    assert_eq!(reading.lines(), lines, "{text}");
    reading.assert_spans();
}

#[test]
fn a_key_twice_keeps_the_first() {
    let lines = ["apps id=a beta-until=1 x=y"];
    let yaml = "apps:\n- {id: a, beta-until: 1, beta_until: 2, x: y}";
    check(
        Format::Yaml,
        Section::Catalog,
        yaml,
        &["duplicate-key 2:26 `beta_until` stands here twice"],
        &lines,
    );
    let json = "{\"apps\":[{\"id\":\"a\", \"beta-until\":\"1\",\n                  \n \"beta_until\":\"2\", \"x\":\"y\"}]}";
    check(
        Format::Json,
        Section::Catalog,
        json,
        &["duplicate-key 3:2 `beta_until` stands here twice"],
        &lines,
    );
    let csv = "id,beta-until,\nx";
    assert_eq!(
        read(csv, Format::Csv, Section::Catalog).findings()[0],
        "bad-header 1:15 this column has no name"
    );
    let csv = "id,beta-until,x,\"beta_until\"\na,1,y,2\n";
    check(
        Format::Csv,
        Section::Catalog,
        csv,
        &["duplicate-key 1:17 `beta_until` stands here twice"],
        &["apps id=a beta-until=1 x=y"],
    );
}

#[test]
fn a_duplicate_key_shows_both_places() {
    let reading = read("users: [{email: a@x, email: b@x}]", Format::Yaml, Section::Directory);
    let finding = &reading.found[0];
    assert_eq!(reading.sources.start(finding.related[0].span).column, 10);
    assert_eq!(reading.sources.start(finding.primary.span).column, 22);
}

#[test]
fn a_duplicate_key_is_found_whatever_the_shape_of_the_records_before() {
    let fill = |n: usize| (0..n).map(|i| format!(",\"k{i}\":1")).collect::<String>();
    for n in [0, 3, 23, 24, 25, 200] {
        let good = format!("{{\"email\":\"a@x\"{},\"b-c\":1}}\n", fill(n));
        let bad = format!("{{\"email\":\"a@x\"{},\"b-c\":1,\"b_c\":1}}\n", fill(n));
        let text = format!("{good}{bad}{good}{bad}{{\"b_c\":1,\"email\":\"c@x\",\"b-c\":2}}\n{good}");
        let reading = read(&text, Format::JsonLines, Section::Directory);
        assert_eq!(reading.found.len(), 3, "{n}: {:?}", reading.findings());
        assert_eq!(reading.records.len(), 6);
    }
}

#[test]
fn an_unknown_list_is_named_with_what_was_meant() {
    let reading = read("usrs: [{email: a@x}]\ngroups: []\n", Format::Yaml, Section::Directory);
    assert_eq!(reading.findings(), ["unknown-list 1:1 a directory file has no list `usrs`"]);
    assert_eq!(reading.found[0].help.as_deref(), Some("did you mean `users`?"));
    // A list of the other section is read all the same: what it declares is used elsewhere.
    let reading = read("{\"apps\": [{\"id\": \"a\"}]}", Format::Json, Section::Directory);
    assert_eq!(reading.findings(), ["unknown-list 1:2 a directory file has no list `apps`"]);
    assert_eq!(
        reading.found[0].help.as_deref(),
        Some("`apps` belong in a file that `facts: catalog:` names")
    );
    assert_eq!(reading.lines(), ["apps id=a"]);
}

#[test]
fn a_map_or_list_in_the_wrong_place_is_reported_and_passed_over() {
    let yaml = "users:\n- email: a@x\n  name: {first: A,\n    last: B}\n  groups: [x, [y], {z: 1}, ~, w]\n- b@x\n- [c@x]\n- email: d@x\ngroups: {g: [a@x]}\n";
    check(
        Format::Yaml,
        Section::Directory,
        yaml,
        &[
            "wrong-shape 3:9 `name` has a map where a value belongs",
            "wrong-shape 5:15 the list of `groups` has another list where a value belongs",
            "wrong-shape 5:20 the list of `groups` has a map where a value belongs",
            "wrong-shape 5:28 the list of `groups` has an empty entry where a value belongs",
            "wrong-shape 6:3 an entry is a map of fields, and this is none",
            "wrong-shape 7:3 an entry is a map of fields, and this is none",
            "wrong-shape 9:9 `groups` is not a list here",
        ],
        &["users email=a@x groups=[x, w]", "users email=d@x"],
    );
    let reading = read(yaml, Format::Yaml, Section::Directory);
    let slice = |at: usize| reading.sources.slice(reading.found[at].primary.span);
    assert_eq!((slice(0), slice(1), slice(2), slice(4)), ("{first: A,", "[y]", "{z: 1}", "b@x"));
    check(
        Format::Json,
        Section::Directory,
        "\"users\"",
        &["wrong-shape 1:1 this is a single value, not a fact file"],
        &[],
    );
}

#[test]
fn every_bad_line_of_json_lines_is_reported() {
    let text = "{\"email\":\"a@x\"}\n{\"email\":\"b@x\"\n[1]\n{\"email\":\"c@x\",}\n{\"email\" \"d@x\"}\n{'email': 1}\n{\"email\":\"e@x\"} x\nnope\n{\"email\":\"f@x\",\"n\":01}\n{\"email\":\"g\\q@x\"}\n{\"email\":\"h@x\" \"n\":1}\n{\"email\":\"i@x\n";
    check(
        Format::JsonLines,
        Section::Directory,
        text,
        &[
            "malformed-facts 2:15 expected `,` or `}`, found the end of the line",
            "wrong-shape 3:1 this line is not an object",
            "malformed-facts 4:15 a comma stands before `}`",
            "malformed-facts 5:10 expected `:`, found `\"`",
            "malformed-facts 6:2 expected a key in double quotes, found `'`",
            "malformed-facts 7:17 expected nothing more, found `x`",
            "malformed-facts 8:1 `nope` is not a JSON value",
            "wrong-shape 8:1 this line is not an object",
            "malformed-facts 9:20 `01` is not a JSON value",
            "malformed-facts 10:12 JSON has no such escape",
            "malformed-facts 11:16 a comma is missing before this",
            "malformed-facts 12:10 this string does not end on its line",
        ],
        &[
            "users email=a@x",
            "users email=b@x",
            "users email=c@x",
            "users email=e@x",
            "users email=f@x n=01",
            "users email=gq@x",
            "users email=h@x n=1",
        ],
    );
}

#[test]
fn every_bad_row_of_csv_is_reported() {
    let text = "email,role\na@x\nb@x,member,extra, more \nc@x,\"member\nd@x,\"x\"y\ne@x,member\n";
    check(
        Format::Csv,
        Section::Directory,
        text,
        &[
            "bad-row 2:1 this row has 1 cell, the header has 2",
            "bad-row 3:12 this row has 4 cells, the header has 2",
            "malformed-facts 4:5 this quote is never closed",
            "malformed-facts 5:5 text follows the closing quote of this cell",
        ],
        &[
            "users email=a@x",
            "users email=b@x role=member",
            "users email=c@x role=member",
            "users email=d@x role=x",
            "users email=e@x role=member",
        ],
    );
}

#[test]
fn a_header_that_says_nothing_is_reported_once() {
    let help = |text: &str, section| {
        let reading = read(text, Format::Csv, section);
        assert_eq!(reading.found.len(), 1);
        assert_eq!(reading.found[0].code.name, "bad-header");
        reading.found[0].help.clone().unwrap()
    };
    assert!(help("ana@x.example,member\nbo@x,m\n", Section::Directory).contains("names the columns"));
    assert!(help("email;role\na@x;b\n", Section::Directory).contains("separated by `,`"));
    assert!(help("name,stage\nx,beta\n", Section::Catalog).contains("`scope`"));
}

#[test]
fn broken_yaml_is_reported_where_it_breaks_and_what_stands_before_counts() {
    let text = "users:\n- email: a@x\n  role: m\n- email: b@x\n   role: m\n- email: c@x\n";
    let reading = read(text, Format::Yaml, Section::Directory);
    assert_eq!(reading.found.len(), 1);
    assert_eq!(reading.found[0].code.name, "malformed-facts");
    assert_eq!(reading.sources.start(reading.found[0].primary.span).line, 5);
    assert_eq!(reading.lines()[0], "users email=a@x role=m");
    for (text, line) in
        [("users: [{email: a@x}", 1), ("users:\n\t- email: a@x\n", 2), ("users:\n- *nobody\n", 2)]
    {
        let reading = read(text, Format::Yaml, Section::Directory);
        assert_eq!(reading.found.len(), 1, "{text:?}: {:?}", reading.findings());
        assert_eq!(reading.sources.start(reading.found[0].primary.span).line, line, "{text:?}");
    }
}

#[test]
fn a_tag_that_changes_a_value_is_not_passed_over() {
    for (value, tag) in [
        ("!!binary c2FsZXM=", "binary"),
        ("[!!binary c2FsZXM=]", "binary"),
        ("!!null [sales]", "null"),
        ("!!set {sales: }", "set"),
        ("!group sales", "group"),
        ("!<tag:x.example,2026:group> sales", "group"),
    ] {
        let reading =
            read(&format!("users:\n- email: a@x\n  groups: {value}\n"), Format::Yaml, Section::Directory);
        let expected = format!("the tag `{tag}` makes of this what facts do not have");
        assert_eq!(reading.found.len(), 1, "{value}: {:?}", reading.findings());
        assert_eq!(reading.found[0].message, expected, "{value}");
        assert_eq!(reading.sources.start(reading.found[0].primary.span).line, 3, "{value}");
    }
    let reading =
        read("users:\n- !!map {email: ! a@x, groups: !!seq [!!str 5]}\n", Format::Yaml, Section::Directory);
    assert!(reading.found.is_empty(), "{:?}", reading.findings());
}

#[test]
fn rows_that_end_with_a_carriage_return_alone_are_not_taken_for_the_header() {
    let reading = read("email,role\rana@x,member\r", Format::Csv, Section::Directory);
    assert_eq!(reading.findings(), ["bad-header 1:11 a carriage return alone ends no row"]);
}

#[test]
fn a_file_has_at_most_two_hundred_findings() {
    let text = "nope\n".repeat(5000);
    let reading = read(&text, Format::JsonLines, Section::Directory);
    assert_eq!(reading.found.len(), 201);
    assert!(reading.found.iter().any(|d| d.message.contains("more than 200 problems")));
}
