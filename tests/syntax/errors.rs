//! What people are told about mistakes.

use super::parse;

/// Each mistake with what is said about it.
fn told(cases: &[&str]) -> String {
    let mut text = String::new();
    for case in cases {
        text += &format!("──── {}\n{}", case.replace('\n', "\n     "), parse(case).rendered());
    }
    text
}

#[test]
fn mistakes_in_rules() {
    let told = told(&[
        "aprove slack for everyone",
        "approve slack fr group sales",
        "approve slack for grop sales",
        "approve slack",
        "approve slack group sales",
        "approve slack ana@x.example",
        "approve for everyone",
        "approve",
        "approve slack zoom for everyone",
        "approve slack for ana@x.example bo@x.example",
        "approve apps for everyone",
        "approve al apps for everyone",
        "approve a:b for everyone",
        "approve café for everyone",
        "approve slack for sales",
        "approve slack for everyone, except group x",
        "approve slack for everyone\n  untill 2027-01-01",
        "approve slack for everyone until 2026-13-01",
        "approve slack for everyone until 2026-1-1",
        "approve slack for everyone until 2026/12/01",
        "approve slack for everyone until 2026-12-01-app",
        "approve slack for everyone until tomorrow",
        "approve slack for everyone because reviewed",
        "approve slack for everyone because \"reviewed",
        "approve slack for everyone because \"a \\d b\" id x",
        "approve slack for everyone because “reviewed”",
        "approve slack for everyone because 'reviewed'",
        "approve slack for everyone;",
        "approve slack for everyone until 2027-01-01 until 2028-01-01",
        "approve slack for everyone from group x",
        "block slack for everyone reviewed meeting:read",
        "waive capture on slack for ana@x.example",
        "withhold from group interns",
        "withhold phone:* for group interns",
        "grant admin for group x",
        "accept group x gains slack owner a@x.example until 2027-01-01 because \"x\"",
        "accept group x gain slack until 2027-01-01",
        "approve slack for everyone }",
        "approve slack for everyone owner dana",
        "for everyone",
        "approve slack,\n  for everyone",
        "approve slack for everyone // why",
        "approve slack for\u{a0}everyone",
        "hello world",
        "role: x { }",
        "Approve slack for everyone",
        "{ \"policies\": [] }",
    ]);
    insta::assert_snapshot!(told);
}

#[test]
fn mistakes_in_conditions() {
    let told = told(&[
        "block x when app.risk = high",
        "block x when app.risk == high",
        "block x when app.risk != high",
        "block x when app.trial && user.new",
        "block x when app.trial || user.new",
        "block x when !app.trial",
        "block x when app.risk not in [high]",
        "block x when app.risk not high",
        "block x when app.risk in high, low",
        "block x when app.risk in [high low]",
        "block x when app.risk in [high, low",
        "block x when app.risk in []",
        "block x when (app.trial and user.new",
        "block x when app.trial and user.new or app.old",
        "block x when app.trial and",
        "block x when",
        "block x when not not app.trial",
        "block x when risk is high",
        "block x when usr.risk is high",
        "block x when app.risk equals high",
        "block x when app.risk iss high",
        "block x when app.scopes any [set x]",
        "block x when app.scopes contains set capture",
        "block x when app.risk is until 2026-01-01",
        "block x when \"app.risk\" is high",
        "block x when app.risk )",
        "block x when app.risk is not",
        "block x when app.risk in [not]",
        "block x when today > user.end",
        "block x when 3 < user.seats",
    ]);
    insta::assert_snapshot!(told);
}

#[test]
fn mistakes_in_blocks() {
    let told = told(&[
        "account x {\n  listed apps { approval required }\n  unlisted app { approval required }\n  notify nobody\n}",
        "account x {\n  listed apps {\n    approval required\n  unlisted apps { approval optional }\n  notify nobody\n}",
        "account x {\n  notfy nobody\n  notify nobdy\n  default rle member\n  requests by \"x\"\n  sub-accounts maybe\n  listed apps { aproval required\n    approval needed }\n  listed apps { }\n}",
        "role x {\n  privleges A\n  scopes user-level admin-level\n  scopes a\n}",
        "role x {\n  scopes\n}\nrole y extend x { }\nrole z { scopes user-level }",
        "role x {\n  scopes user-level\n\nrole y { scopes user-level }",
        "role x { scopes user-level",
        "role x scopes user-level",
        "role x {}\n}\nrole y {}",
        "group sales { ana@x.example bo@x.example, carl, role x, everyone }\ngroup b { group sales }",
        "group sales {\n  ana@x.example,\n  bo@x.example\n\ngroup other { a@x.example }",
        "allowlist a { x, apps, apps by, all app, y:z }\nallowlist b { y }",
        "scope-set s { recording:*, set, café, [x] }",
        "app x {\n  name: \"Slack\"\n  stage = published\n  listing\n}",
        "app x {\n  name \"Slack\" \"Two\"\n  stage published\n  stage beta\n  beta_until 2026-01-01 beta-until 2026-01-02\n}",
        "app x {\n  developer contoso\n  stage ((\n  role member\n}\napp y { stage beta }",
        "ap x {\n  developer contoso\n  stage beta\n}\napp y { stage beta }",
        "user kim { role member }",
        "role x { privileges User:* }",
        "attribute department: text",
        "attribute user.department text",
        "attribute user.department: string",
        "attribute user.department: one of a < b, c",
        "test \"x\" at 2026-1-1 {\n  alow everyone install x\n  allow everyone instal x\n  deny everyone install x with\n  allow everyone install x with blocked\n  given usr x { }\n  given user a@x.example { role }\n  only everyone install all apps when app.x = y\n}",
        "test x {\n  given app a {\n    stage beta\n  deny everyone install a\n}",
    ]);
    insta::assert_snapshot!(told);
}

#[test]
fn mistakes_in_directives() {
    let told = told(&[
        "# admit: allow unused-role because \"soon\"\nrole x {}",
        "# admit: allow unused-role\nrole x {}",
        "# admit: alow unused-role because \"x\"\nrole x {}",
        "# admit: allow because \"x\"\nrole x {}",
        "# admit: allow unused-role until 2026-13-01 because \"x\"\nrole x {}",
        "# admit: allow unused-role because \" \"\nrole x {}",
        "# admit: allow unused-role because \"x\" x\nrole x {}",
        "# admit: allow a b because \"x\"\nrole x {}",
        "role x {}\n# admit: allow unused-role because \"x\"",
        "role x {\n  # admit: allow unused-role because \"x\"\n}",
        "role x {} # admit: allow unused-role because \"x\"\nrole y {}",
        "account x {\n  listed apps {\n    # admit: allow missing-reason because \"x\"\n    approval required\n  }\n}",
    ]);
    insta::assert_snapshot!(told);
}

#[test]
fn ten_mistakes_in_one_file_are_ten_findings_and_the_rest_is_kept() {
    let text = "\
account harbour {
  listed apps { approval required }
  unlisted apps { aproval required }
  notify nobody
}
role a { scopes user-level }
rol b { scopes user-level }
role c {
  privileges MarketPlace:Edit
  scpoes user-level
}
group sales { ana@x.example bo@x.example }
approve slack fr group sales
approve zoom for group sales
block all apps when app.risk == high
withhold phone:* from group interns until 2026-02-30
app notes {
  stage: beta
  listing listed
}
waive w for everyone because \"unclosed
block notes for kim@x.example id notes
test \"t\" { alow everyone install notes }
approve apps for everyone
grant a to everyone
";
    let parsed = parse(text);
    let told: Vec<String> =
        parsed.messages().iter().map(|told| told.split(": ").next().unwrap().to_owned()).collect();
    assert_eq!(
        told,
        [
            "3:19 unknown-clause",
            "7:1 unknown-item",
            "10:3 unknown-clause",
            "12:29 missing-comma",
            "13:15 unknown-clause",
            "15:30 unsupported-operator",
            "16:43 bad-date",
            "18:8 unexpected-text",
            "21:30 unterminated-string",
            "23:12 unknown-clause",
            "24:9 bare-apps",
        ]
    );
    let kept: Vec<String> = parsed.tree.items.iter().map(super::shown::item).collect();
    assert_eq!(
        kept,
        [
            "account harbour listed={Required } unlisted={ } notify=Nobody",
            "role a extends[] privileges[] scopes[level:user]",
            "role c extends[] privileges[MarketPlace:Edit] scopes[]",
            "group sales ana@x.example bo@x.example",
            "approve [zoom] for [group:sales]",
            "withhold pattern:phone:* for [group:interns]",
            "app notes {listing=listed}",
            "block [notes] for [kim@x.example] id=notes",
            "test \"t\": ",
            "grant a for [EVERYONE]",
        ]
    );
}

#[test]
fn reading_goes_on_where_an_item_starts_a_line() {
    // Not after a comma, `for`, `to`, `from` or `except`.
    let kept = |text: &str| parse(text).tree.items.iter().map(super::shown::item).collect::<Vec<_>>();
    assert_eq!(kept("approve ! for everyone,\nrole x { }\nblock y"), ["block [y]"]);
    assert_eq!(kept("approve ! for\nrole x\nblock y"), ["block [y]"]);
    assert_eq!(kept("approve ! x\n  block y"), ["block [y]"]);
    assert_eq!(kept("approve ! x block z\nblock y"), ["block [y]"]);
    // A broken item in braces ends with its brace, not with a field that is called like an item.
    assert_eq!(kept("ap x {\n  developer y\n  stage beta\n}\nblock y"), ["block [y]"]);
    assert_eq!(kept("app x {\n  stage ???\n  developer y\n}\nblock y"), ["app x {developer=y}", "block [y]"]);
}
