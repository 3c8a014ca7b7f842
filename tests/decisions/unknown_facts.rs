//! A missing fact never yields allow, and a denial says which facts are missing and where they belong.

use serde_json::json;

use super::world::World;

const PEOPLE: &str = "group sales { ana@x.example }
developer contoso { kind third-party }
developer somebody { name \"Somebody\" }
attribute app.risk: one of low < high
attribute developer.verified: flag
attribute user.contract-end: date
approve all apps for everyone
";

fn facts_of(app: &str) -> serde_json::Value {
    let json = World::standard(&format!("{PEOPLE}app gong {{ {app} }}")).json("ana@x.example", "gong");
    let reasons = json["reasons"].as_array().cloned().unwrap_or_default();
    let unknown = reasons.into_iter().find(|reason| reason["code"] == "unknown-fact");
    let facts =
        unknown.map(|reason| reason["facts"].as_array().cloned().unwrap_or_default()).unwrap_or_default();
    facts
        .iter()
        .map(|fact| format!("{} {}", fact["entity"].as_str().unwrap(), fact["fact"].as_str().unwrap()))
        .collect::<Vec<_>>()
        .into()
}

#[test]
fn each_fact_that_decides_is_named_with_its_place() {
    const ALL: &str = "developer contoso  listing listed  stage published  managed-by user  scopes none";
    assert_eq!(facts_of(ALL), json!([]));
    for (left_out, expected) in [
        ("listing listed", json!(["app:gong listing"])),
        ("stage published", json!(["app:gong stage"])),
        ("managed-by user", json!(["app:gong managed-by"])),
        ("scopes none", json!(["app:gong scopes"])),
        ("developer contoso", json!([])),
    ] {
        assert_eq!(facts_of(&ALL.replace(left_out, "")), expected, "{left_out}");
    }
    for (app, expected) in [
        ("developer contoso  stage beta", json!(["app:gong beta-until"])),
        ("developer somebody  stage beta", json!(["app:gong beta-until", "developer:somebody kind"])),
        ("stage beta", json!(["app:gong beta-until", "app:gong developer"])),
        ("developer somebody  stage private", json!(["developer:somebody kind"])),
        ("stage private", json!(["app:gong developer"])),
        ("stage beta  beta-until 2026-11-30", json!(["app:gong developer"])),
        ("listing listed", json!(["app:gong developer", "app:gong stage"])),
        ("listing listed  developer somebody", json!(["app:gong stage", "developer:somebody kind"])),
    ] {
        assert_eq!(facts_of(&format!("{app}  managed-by user  scopes none")), expected, "{app}");
    }
}

#[test]
fn an_installer_does_not_need_to_know_who_manages_the_app() {
    let world = World::standard(&format!(
        "{PEOPLE}app gong {{ developer contoso  listing listed  stage published  scopes none }}
        role boss {{ privileges MarketPlace:Edit }}
        user boss@x.example {{ role boss }}"
    ));
    assert!(world.allows("boss@x.example", "gong"));
    assert_eq!(world.json("boss@x.example", "gong")["grounds"][1]["kind"], "installer");
    assert!(!world.allows("ana@x.example", "gong"));
}

fn blocked(block: &str, app: &str) -> serde_json::Value {
    World::standard(&format!("{PEOPLE}app gong {{ {app} }}\n{block}")).json("ana@x.example", "gong")
}

#[test]
fn a_block_that_may_apply_applies() {
    const APP: &str = "managed-by user  scopes none  stage published";
    for (block, app, unknown) in [
        (
            "block all apps when app.risk is high",
            "listing listed  developer contoso",
            json!(["app:gong risk"]),
        ),
        ("block apps by contoso", "listing listed", json!(["app:gong developer"])),
        ("block internal apps", "listing listed", json!(["app:gong developer"])),
        ("block internal apps", "listing listed  developer somebody", json!(["developer:somebody kind"])),
        ("block all apps except apps by contoso", "listing listed", json!(["app:gong developer"])),
        ("block all apps when not developer.verified", "listing listed", json!(["app:gong developer"])),
        (
            "block all apps when not developer.verified",
            "listing listed  developer contoso",
            json!(["developer:contoso verified"]),
        ),
        (
            "block all apps when user.contract-end < today or app.risk is high",
            "listing listed  developer contoso",
            json!(["app:gong risk", "user:ana@x.example contract-end"]),
        ),
        (
            "block apps in list when app.risk is high\nallowlist list { apps by contoso, internal apps }",
            "listing listed",
            json!(["app:gong developer", "app:gong risk"]),
        ),
    ] {
        let json = blocked(block, &format!("{APP}  {app}"));
        assert_eq!(json["reasons"][0]["code"], "blocked", "{block}");
        let step = &json["next_steps"][0];
        assert_eq!(step["kind"], "complete-facts", "{block}");
        let facts: Vec<String> = step["facts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|fact| format!("{} {}", fact["entity"].as_str().unwrap(), fact["fact"].as_str().unwrap()))
            .collect();
        assert_eq!(json!(facts), unknown, "{block}");
    }
}

#[test]
fn a_block_that_surely_does_not_apply_does_not() {
    const APP: &str = "managed-by user  scopes none  stage published  listing listed";
    for block in [
        "block all apps when app.risk is high and app.listing is unlisted",
        "block unlisted apps when app.risk is high",
        "block apps by contoso except gong",
        "block all apps for group nobody when app.risk is high\ngroup nobody { eve@x.example }",
    ] {
        assert_eq!(blocked(block, APP)["outcome"], "allow", "{block}");
    }
}

#[test]
fn an_approval_that_may_select_the_app_does_not_approve_it() {
    let world = World::standard(
        "app gong { managed-by user  scopes none  stage published  listing listed }
        developer contoso { kind third-party }
        group sales { ana@x.example }
        approve apps by contoso for everyone
        approve all apps except internal apps for everyone",
    );
    let json = world.json("ana@x.example", "gong");
    let misses = json["reasons"][0]["near_misses"].as_array().unwrap();
    assert_eq!(misses.len(), 2);
    for miss in misses {
        assert_eq!(miss["kind"], "condition");
        assert_eq!(miss["detail"], "whether it is for `gong` is not known (`developer` of app `gong`)");
    }
}

#[test]
fn a_waiver_that_may_select_the_app_lifts_nothing() {
    let world = World::standard(&format!(
        "{PEOPLE}app gong {{ managed-by user  scopes none  stage published  listing listed }}
        block gong id no-gong
        waive no-gong on apps by contoso for everyone until 2027-01-01 because \"x\""
    ));
    assert_eq!(world.codes("ana@x.example", "gong"), ["blocked"]);
}
