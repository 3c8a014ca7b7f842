//! The whole path to yes, in order.

use serde_json::{Value as Json, json};

use super::world::World;

const FACTS: &str = "
attribute app.risk: one of low < high
role boss extends member { privileges MarketPlace:Edit }
role reader extends member { scopes recording:read:admin }
user zoe@x.example { role boss }
user dana@x.example { role boss }
grant boss to late@x.example starting 2026-12-02
grant boss to group it
group it { it@x.example }
grant reader to it@x.example, dana@x.example
group sales { ana@x.example }
";

fn steps(account: &str, app: &str, policy: &str) -> Json {
    let world = World::new(&format!(
        "account example {{
          listed apps {{ approval required }}
          unlisted apps {{ approval optional }}
          default role member
          {account}
        }}
        {FACTS}
        app gong {{ stage published  {app} }}
        {policy}"
    ));
    let json = world.json("ana@x.example", "gong");
    assert_eq!(json["outcome"], "deny");
    json["next_steps"].clone()
}

#[test]
fn an_approval_is_asked_for_from_those_who_can_give_it_on_that_day() {
    const APP: &str = "listing listed  managed-by user  scopes none";
    let approvers = json!(["dana@x.example", "it@x.example", "zoe@x.example"]);
    assert_eq!(
        steps("notify nobody", APP, ""),
        json!([{ "kind": "request-approval", "approvers": approvers }])
    );
    assert_eq!(
        steps("notify automatically requests via \"https://forms.x.example\"", APP, ""),
        json!([{
            "kind": "request-approval", "approvers": approvers, "notified": approvers, "via": "https://forms.x.example"
        }])
    );
    assert_eq!(
        steps("notify zoe@x.example, dana@x.example", APP, "")[0]["notified"],
        json!(["zoe@x.example", "dana@x.example"])
    );
}

#[test]
fn the_steps_stand_in_order() {
    let steps = steps(
        "notify nobody",
        "listing listed  managed-by user  scopes recording:read:admin",
        "block gong when app.risk is high",
    );
    let kinds: Vec<&str> =
        steps.as_array().unwrap().iter().map(|step| step["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["complete-facts", "request-approval", "request-privileges"]);
    assert_eq!(steps[0]["facts"], json!([{ "entity": "app:gong", "fact": "risk" }]));
    assert_eq!(steps[2]["roles"], json!(["admin", "owner", "reader"]));
}

#[test]
fn an_admin_managed_app_is_added_by_an_installer_who_holds_the_scopes() {
    assert_eq!(
        steps("notify nobody", "listing unlisted  managed-by admin  scopes recording:read:admin", ""),
        json!([{ "kind": "request-install", "installers": ["dana@x.example", "it@x.example"] }])
    );
    assert_eq!(
        steps(
            "notify nobody",
            "listing unlisted  managed-by admin  scopes recording:read:admin",
            "withhold recording:* from dana@x.example"
        ),
        json!([{ "kind": "request-install", "installers": ["it@x.example"] }])
    );
}

#[test]
fn facts_of_every_failing_conjunct_are_asked_for_once() {
    assert_eq!(
        steps("notify nobody", "", "block gong when app.listing is listed or app.risk is high"),
        json!([{ "kind": "complete-facts", "facts": [
            { "entity": "app:gong", "fact": "listing" },
            { "entity": "app:gong", "fact": "managed-by" },
            { "entity": "app:gong", "fact": "risk" },
            { "entity": "app:gong", "fact": "scopes" },
        ] }])
    );
}

#[test]
fn there_is_no_path_where_nothing_the_person_can_ask_for_helps() {
    const APP: &str = "listing listed  managed-by user  scopes recording:read:admin";
    for (app, policy) in [
        (APP, "block gong for group sales"),
        (APP, "withhold recording:* from group sales"),
        (APP, "withhold recording:* from group sales when app.risk is high"),
        ("listing listed  managed-by user  scopes meeting:read", "withhold meeting:* from group sales"),
    ] {
        assert_eq!(steps("notify nobody", app, policy), Json::Null, "{policy}");
    }
    let world = World::standard(
        "developer contoso { kind third-party }
        app gong { developer contoso  stage private  managed-by user  scopes none }
        group sales { ana@x.example }",
    );
    assert_eq!(world.json("ana@x.example", "gong")["next_steps"], Json::Null);
}
