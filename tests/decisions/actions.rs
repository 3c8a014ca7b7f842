//! Approving, adding for somebody, and using a scope.

use admit::decision::Decision;
use admit::eval::Evaluator;
use admit::text::Date;
use serde_json::{Value as Json, json};

use super::world::{DAY, World};

fn world() -> World {
    World::standard(
        "role boss extends member { privileges MarketPlace:Edit }
        user dana@x.example { role boss }
        grant boss to temp@x.example until 2026-11-30
        group sales { ana@x.example }
        group low { lou@x.example }
        user lou@x.example { roles none }
        approve all apps for group sales
        withhold phone:* from everyone id keep
        app gong { listing listed  stage published  managed-by user  scopes meeting:write  optional-scopes phone:read }
        app bot { listing listed  stage published  managed-by admin  scopes none }
        app odd { listing listed  stage published  optional-scopes user:read }",
    )
}

fn ask(ask: impl Fn(&mut Evaluator<'_>, &World, Date) -> Decision) -> Json {
    let world = world();
    let mut evaluator = Evaluator::new(&world.program);
    let decision = ask(&mut evaluator, &world, Date::parse(DAY).unwrap());
    serde_json::to_value(decision).unwrap()
}

fn codes(json: &Json) -> Vec<&str> {
    let reasons = json["reasons"].as_array().map(Vec::as_slice).unwrap_or_default();
    reasons.iter().map(|reason| reason["code"].as_str().unwrap()).collect()
}

fn approve(user: &str) -> Json {
    ask(|evaluator, world, at| {
        evaluator.approve(world.program.user(user).unwrap(), world.program.app("gong").unwrap(), at)
    })
}

#[test]
fn those_with_the_privilege_on_that_day_approve() {
    let dana = approve("Dana@x.example");
    assert_eq!(dana["outcome"], "allow");
    assert_eq!(
        dana["query"],
        json!({ "user": "dana@x.example", "action": "approve", "app": "gong", "at": DAY })
    );
    assert_eq!(dana["grounds"], json!([{ "kind": "installer", "privilege": "MarketPlace:Edit" }]));
    assert_eq!(
        approve("temp@x.example")["reasons"],
        json!([{ "code": "missing-privilege", "privilege": "MarketPlace:Edit", "roles": ["admin", "boss", "owner"] }])
    );
}

fn add(admin: &str, user: &str, app: &str) -> Json {
    ask(|evaluator, world, at| {
        let user_id = |name| world.program.user(name).unwrap();
        evaluator.add(user_id(admin), user_id(user), world.program.app(app).unwrap(), at)
    })
}

#[test]
fn an_administrator_adds_only_user_managed_apps_for_those_who_may_have_them() {
    let added = add("dana@x.example", "ana@x.example", "gong");
    assert_eq!(added["outcome"], "allow");
    assert_eq!(added["query"]["by"], "dana@x.example");
    let grounds = added["grounds"].as_array().unwrap();
    assert_eq!(grounds.last(), Some(&json!({ "kind": "installer", "privilege": "MarketPlace:Edit" })));
    assert_eq!(added["refused_at_consent"], json!(["phone:read"]));
    assert_eq!(codes(&add("ana@x.example", "ana@x.example", "gong")), ["missing-privilege"]);
    assert_eq!(
        codes(&add("dana@x.example", "lou@x.example", "gong")),
        ["approval-required", "missing-scopes"]
    );
    assert_eq!(codes(&add("dana@x.example", "ana@x.example", "bot")), ["admin-managed"]);
    // An installer may not know who manages an app; who adds it for somebody must.
    assert_eq!(
        add("dana@x.example", "dana@x.example", "odd")["reasons"][1]["facts"],
        json!([{ "entity": "app:odd", "fact": "managed-by" }, { "entity": "app:odd", "fact": "scopes" }])
    );
}

fn uses(app: &str, scope: &str, user: Option<&str>) -> Json {
    ask(|evaluator, world, at| {
        let user = user.map(|user| world.program.user(user).unwrap());
        evaluator.use_scope(world.program.app(app).unwrap(), scope, user, at)
    })
}

#[test]
fn an_app_uses_what_it_asks_for_and_that_implies() {
    for (scope, expected) in [
        ("meeting:write", "allow"),
        ("meeting:read", "allow"),
        ("phone:read", "allow"),
        ("user:read", "deny"),
        ("never:heard:of", "deny"),
    ] {
        let json = uses("gong", scope, None);
        assert_eq!(json["outcome"], expected, "{scope}");
        assert_eq!(json["query"], json!({ "action": "use", "app": "gong", "scope": scope, "at": DAY }));
        if expected == "deny" {
            assert_eq!(json["reasons"], json!([{ "code": "not-asked", "scope": scope }]));
        }
    }
}

#[test]
fn an_app_uses_only_what_the_user_holds() {
    let held = uses("gong", "meeting:read", Some("ana@x.example"));
    assert_eq!(held["grounds"], json!([{ "kind": "scope", "scope": "meeting:read", "role": "member" }]));
    let withheld = uses("gong", "phone:read", Some("ana@x.example"));
    assert_eq!(withheld["reasons"][0]["scopes"][0]["withheld_by"]["id"], "keep");
    assert_eq!(withheld["next_steps"], Json::Null);
    let lacking = uses("gong", "meeting:read", Some("lou@x.example"));
    assert_eq!(codes(&lacking), ["missing-scopes"]);
    assert_eq!(lacking["next_steps"][0]["kind"], "request-privileges");
    assert_eq!(codes(&uses("gong", "user:read", Some("lou@x.example"))), ["not-asked", "missing-scopes"]);
}

#[test]
fn what_an_app_asks_for_may_not_be_known() {
    assert_eq!(uses("odd", "user:read", None)["outcome"], "allow");
    let unknown = uses("odd", "meeting:read", None);
    assert_eq!(
        unknown["reasons"],
        json!([{ "code": "unknown-fact", "facts": [{ "entity": "app:odd", "fact": "scopes" }] }])
    );
    assert_eq!(codes(&uses("odd", "never:heard:of", Some("ana@x.example"))), ["unknown-fact"]);
}
