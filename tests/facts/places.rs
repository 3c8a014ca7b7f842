//! Records and the exact places of their parts.

use super::*;

#[test]
fn every_format_says_the_same_and_points_at_its_own_text() {
    for (format, text) in USERS {
        let reading = read(text, format, Section::Directory);
        assert_eq!(reading.findings(), [""; 0], "{format:?}");
        assert_eq!(
            reading.lines(),
            [
                "users email=ana@x.example role=member groups=[sales, west ö] seats=3",
                "users email=bo@x.example groups=[]"
            ],
            "{format:?}"
        );
        reading.assert_spans();
        for record in &reading.records {
            for field in &record.fields {
                let key = reading.sources.slice(field.key_span);
                assert_eq!(key.trim_matches('"'), field.key, "{format:?}");
                let (_, values) = field.values.as_ref().unwrap();
                for (value, _, span) in values {
                    let written = reading.sources.slice(*span).trim_matches(['"', '\'']);
                    assert_eq!(written.replace("\\u00f6", "ö"), *value, "{format:?}");
                }
            }
        }
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_no_value_and_no_place() {
    for (format, text) in USERS {
        let plain = read(text, format, Section::Directory);
        let marked = format!("\u{feff}{}", text.replace("\r\n", "\n").replace('\n', "\r\n"));
        let reading = read(&marked, format, Section::Directory);
        assert_eq!(reading.findings(), [""; 0], "{format:?}");
        assert_eq!(reading.lines(), plain.lines(), "{format:?}");
        for (a, b) in reading.records.iter().zip(&plain.records) {
            for (a, b) in a.fields.iter().zip(&b.fields) {
                assert_eq!(
                    reading.sources.slice(a.span).replace('\r', ""),
                    plain.sources.slice(b.span).replace('\r', "")
                );
            }
        }
    }
}

#[test]
fn a_record_is_pointed_at_by_its_first_line() {
    let first = |format, text| {
        let reading = read(text, format, Section::Directory);
        reading.sources.slice(reading.records[0].span).to_owned()
    };
    let [yaml, json, lines, csv] = USERS.map(|(format, text)| first(format, text));
    assert_eq!(yaml, "email: ana@x.example");
    assert_eq!(json, "{\"email\": \"ana@x.example\", \"role\": \"member\",");
    assert!(lines.starts_with('{') && lines.ends_with("3}"));
    assert_eq!(csv, "ana@x.example,member,\"sales; west ö\",3");
}

#[test]
fn scalars_know_how_they_were_written() {
    let shapes = |format, text| {
        let reading = read(text, format, Section::Catalog);
        assert_eq!(reading.findings(), [""; 0]);
        let fields = reading.records[0].fields.clone();
        fields.into_iter().map(|f| f.values.map(|(_, v)| v[0].1)).collect::<Vec<_>>()
    };
    use ScalarShape::{Bare, Flag, Number, Quoted};
    let yaml = "apps:\n- id: a\n  b: \"1\"\n  c: 1\n  d: NO\n  e: ~\n  f:\n  g: !!str 5\n  h: 'null'\n  i: |\n    x\n";
    let expected = [
        Some(Bare),
        Some(Quoted),
        Some(Bare),
        Some(Bare),
        None,
        None,
        Some(Quoted),
        Some(Quoted),
        Some(Quoted),
    ];
    assert_eq!(shapes(Format::Yaml, yaml), expected);
    let json = "{\"apps\":[{\"id\":\"a\",\"b\":1,\"c\":-1.5e3,\"d\":true,\"e\":null}]}";
    assert_eq!(shapes(Format::Json, json), [Some(Quoted), Some(Number), Some(Number), Some(Flag), None]);
    assert_eq!(shapes(Format::Csv, "id,b\n\"a\",1\n"), [Some(Bare), Some(Bare)]);
}

#[test]
fn norway_is_not_a_flag() {
    let reading = read("users: [{email: a@x, country: NO, on: yes}]", Format::Yaml, Section::Directory);
    assert_eq!(reading.lines(), ["users email=a@x country=NO on=yes"]);
}

#[test]
fn every_list_is_known_by_its_name_in_yaml_and_json() {
    let directory = "users:\n- email: a@x\ngroups:\n- id: g\n  members: [a@x]\n";
    let lines = read(directory, Format::Yaml, Section::Directory).lines();
    assert_eq!(lines, ["users email=a@x", "groups id=g members=[a@x]"]);
    let catalog = r#"{"developers":[{"id":"d"}],"apps":[{"id":"a"}],"scopes":[{"scope":"s"}]}"#;
    let lines = read(catalog, Format::Json, Section::Catalog).lines();
    assert_eq!(lines, ["developers id=d", "apps id=a", "scopes scope=s"]);
}

#[test]
fn lines_and_bare_lists_are_known_by_their_keys() {
    let directory = "{\"id\":\"g\",\"members\":[]}\n{\"email\":\"a@x\",\"id\":\"7\"}\n{\"members\":[\"a@x\"]}\n{\"groups\":[\"g\"],\"email\":\"b@x\"}\n";
    let lines = read(directory, Format::JsonLines, Section::Directory).lines();
    let expected = [
        "groups id=g members=[]",
        "users email=a@x id=7",
        "groups members=[a@x]",
        "users groups=[g] email=b@x",
    ];
    assert_eq!(lines, expected);
    let list = format!("[{}]", directory.trim_end().replace('\n', ","));
    assert_eq!(read(&list, Format::Json, Section::Directory).lines(), expected);
    assert_eq!(read(&list, Format::Yaml, Section::Directory).lines(), expected);

    let catalog = "{\"id\":\"a\"}\n{\"id\":\"d\",\"kind\":\"internal\"}\n{\"scope\":\"s\"}\n{\"developer\":{\"id\":\"e\"}}\n{\"apps\":[{\"id\":\"b\"},{\"id\":\"c\"}]}\n";
    let lines = read(catalog, Format::JsonLines, Section::Catalog).lines();
    assert_eq!(
        lines,
        [
            "apps id=a",
            "developers id=d kind=internal",
            "scopes scope=s",
            "developers id=e",
            "apps id=b",
            "apps id=c"
        ]
    );
}

#[test]
fn a_csv_header_says_what_the_rows_are() {
    let kind = |text, section| read(text, Format::Csv, section).records[0].kind;
    assert_eq!(kind("name,email\nAna,a@x\n", Section::Directory), RecordKind::User);
    assert_eq!(kind("id,members\ng,a@x;b@x\n", Section::Directory), RecordKind::Group);
    assert_eq!(kind("id,stage\na,beta\n", Section::Catalog), RecordKind::App);
    assert_eq!(kind("id,kind\nd,internal\n", Section::Catalog), RecordKind::Developer);
    assert_eq!(kind("scope,level\ns,user\n", Section::Catalog), RecordKind::Scope);
}

#[test]
fn csv_cells_hold_lists_quotes_line_breaks_and_nothing() {
    let text =
        "id , members,groups,note\n g ,a@x ; b@x;,none,\"say \"\"hi\"\", then\nleave\"\n\n\"h\",,x;,\n";
    let reading = read(text, Format::Csv, Section::Directory);
    assert_eq!(reading.findings(), [""; 0]);
    assert_eq!(
        reading.lines(),
        ["groups id=g members=[a@x, b@x] groups=[] note=say \"hi\", then\nleave", "groups id=h groups=[x]"]
    );
    let members = reading.records[0].fields[1].values.clone().unwrap().1;
    let slices: Vec<&str> = members.iter().map(|(_, _, span)| reading.sources.slice(*span)).collect();
    assert_eq!(slices, ["a@x", "b@x"]);
}

#[test]
fn a_quoted_csv_list_points_into_the_cell_unless_quotes_are_doubled() {
    let text = "email,groups\na@x,\" west;east \"\nb@x,\"a\"\"b;c\"\n";
    let reading = read(text, Format::Csv, Section::Directory);
    let slices = |at: usize| {
        let values = reading.records[at].fields[1].values.clone().unwrap().1;
        values.iter().map(|(_, _, span)| reading.sources.slice(*span).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(slices(0), ["west", "east"]);
    assert_eq!(slices(1), ["\"a\"\"b;c\"", "\"a\"\"b;c\""]);
}

#[test]
fn aliases_and_merge_keys_stand_for_what_they_name() {
    let text = "users:\n- &a\n  email: a@x\n  groups: &g [s, t]\n  role: r\n- <<: *a\n  email: b@x\n- email: c@x\n  groups: *g\n  <<: [{role: p}, {role: q, n: 1}]\n";
    let reading = read(text, Format::Yaml, Section::Directory);
    assert_eq!(reading.findings(), [""; 0]);
    assert_eq!(
        reading.lines(),
        [
            "users email=a@x groups=[s, t] role=r",
            "users email=b@x groups=[s, t] role=r",
            "users email=c@x groups=[s, t] role=p n=1"
        ]
    );
    reading.assert_spans();
}

#[test]
fn several_documents_are_read_one_after_the_other() {
    let text = "users: [{email: a@x}]\n---\nusers: [{email: b@x}]\n";
    let reading = read(text, Format::Yaml, Section::Directory);
    assert_eq!((reading.findings().len(), reading.lines().len()), (0, 2));
}

#[test]
fn an_empty_file_is_no_answer() {
    for format in [Format::Yaml, Format::Json, Format::JsonLines, Format::Csv] {
        for text in ["", "\n", "\u{feff}", " \r\n\n"] {
            let reading = read(text, format, Section::Directory);
            let empty = vec!["empty-facts 1:1 this fact file is empty".to_owned()];
            assert_eq!((reading.findings(), reading.lines()), (empty, vec![]), "{format:?} {text:?}");
        }
    }
    let reading = read("users:\ngroups: []\n", Format::Yaml, Section::Directory);
    assert_eq!((reading.findings(), reading.lines()), (vec![], vec![]));
}
