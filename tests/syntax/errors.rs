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
    insta::assert_snapshot!(told(&[
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
    ]));
}

#[test]
fn mistakes_in_conditions() {
    insta::assert_snapshot!(told(&[
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
    ]));
}

#[test]
fn mistakes_in_blocks() {
    insta::assert_snapshot!(told(&[
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
        "attribute department: text",
        "attribute user.department text",
        "attribute user.department: string",
        "attribute user.department: one of a < b, c",
        "test \"x\" at 2026-1-1 {\n  alow everyone install x\n  allow everyone instal x\n  deny everyone install x with\n  allow everyone install x with blocked\n  given usr x { }\n  given user a@x.example { role }\n  only everyone install all apps when app.x = y\n}",
        "test x {\n  given app a {\n    stage beta\n  deny everyone install a\n}",
    ]));
}

#[test]
fn mistakes_in_directives() {
    insta::assert_snapshot!(told(&[
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
    ]));
}
