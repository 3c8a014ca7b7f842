//! What an explanation says: grounds of an allow, near misses, and how a rule comes to apply.

use admit::decision::{BlockedHow, Decision, Ground, Reason};
use serde_json::json;

use super::world::World;

const APP: &str = "developer contoso { kind third-party }
attribute app.risk: one of low < high
attribute user.trained: flag
app gong { developer contoso  listing listed  stage published  managed-by user  scopes meeting:write  risk high }
group field { group emea }
group emea { group sales }
group sales { ana@x.example }
group others { bo@x.example }
";

fn world(policy: &str) -> World {
    World::standard(&format!("{APP}{policy}"))
}

fn near_misses(policy: &str) -> Vec<(String, String)> {
    let json = world(policy).json("ana@x.example", "gong");
    let reasons = json["reasons"].as_array().unwrap();
    let reason = reasons.iter().find(|reason| reason["code"] == "approval-required").unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let misses = reason["near_misses"].as_array().cloned().unwrap_or_default();
    misses.iter().map(|miss| (text(&miss["kind"]), text(&miss["detail"]))).collect()
}

#[test]
fn each_kind_of_near_miss_says_what_is_missing() {
    for (policy, kind, detail) in [
        ("approve gong for everyone until 2026-11-30", "expired", "it ended on 2026-11-30"),
        ("approve gong for everyone starting 2026-12-02", "not-yet", "it starts on 2026-12-02"),
        (
            "approve gong for everyone reviewed meeting:read",
            "outgrown",
            "`gong` asks for `meeting:write`, beyond what was reviewed",
        ),
        (
            "approve gong for group others, bo@x.example, role admin",
            "other-people",
            "it is for group `others`, `bo@x.example` and role `admin`, and not for `ana@x.example`",
        ),
        (
            "approve gong for everyone except group field",
            "other-people",
            "it excepts group `field`, and `ana@x.example` is in `sales`, which is in `emea`, which is in `field`",
        ),
        ("approve gong for everyone when app.risk is low", "condition", "`app.risk is low` is false"),
        (
            "approve gong for everyone when app.risk is high and not user.trained",
            "condition",
            "`user.trained` is not known (`trained` of user `ana@x.example`)",
        ),
        (
            "approve gong for group others until 2026-11-30 when app.risk is low",
            "expired",
            "it ended on 2026-11-30; it is for group `others`, and not for `ana@x.example`; `app.risk is low` is false",
        ),
    ] {
        assert_eq!(near_misses(policy), [(kind.to_owned(), detail.to_owned())], "{policy}");
    }
}

#[test]
fn approvals_of_other_apps_are_no_near_misses() {
    assert_eq!(
        near_misses("approve all apps except gong for everyone\napprove apps by zoom for everyone"),
        []
    );
}

#[test]
fn near_misses_stand_in_the_order_of_the_rules() {
    let misses = near_misses(
        "approve all apps for group others until 2026-11-30
        approve gong for group others
        approve apps by contoso for everyone starting 2027-01-01
        approve gong, all apps for bo@x.example",
    );
    let kinds: Vec<&str> = misses.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["expired", "other-people", "not-yet", "other-people"]);
}

fn how(policy: &str) -> BlockedHow {
    let decision = world(policy).install("ana@x.example", "gong");
    match decision.reasons.into_iter().next() {
        Some(Reason::Blocked { how, .. }) => how.into_iter().next().unwrap(),
        other => panic!("not blocked: {other:?}"),
    }
}

#[test]
fn a_block_says_how_it_selects_the_user() {
    for (people, expected) in [
        ("", ""),
        (" for everyone", ""),
        (" for ana@x.example", "it names `ana@x.example`"),
        (" for group sales", "`ana@x.example` is in `sales`"),
        (" for group field", "`ana@x.example` is in `sales`, which is in `emea`, which is in `field`"),
        (" for role base", "`ana@x.example` has role `special`, which extends `base`"),
        (" for group field, ana@x.example", "it names `ana@x.example`"),
    ] {
        let policy = format!(
            "block gong{people}\nrole base {{ scopes user-level }}\nrole special extends base {{ }}\ngrant special to group emea"
        );
        assert_eq!(how(&policy).user, expected, "{people}");
    }
}

#[test]
fn a_block_says_how_it_selects_the_app() {
    for (block, expected) in [
        ("block gong", ""),
        ("block all apps", ""),
        ("block listed apps", "`gong` is listed"),
        ("block apps by contoso", "`gong` is by `contoso`"),
        ("block apps in tools", "`gong` is in allowlist `tools`"),
        ("block apps in outer", "`gong` is in allowlist `tools`, which is in `outer`"),
        ("block apps in theirs", "`gong` is by `contoso`, whose apps are in allowlist `theirs`"),
        ("block all apps when app.scopes any in [meeting:write]", "`gong` asks for `meeting:write`"),
        (
            "block all apps when app.scopes contains meeting:read",
            "`gong` asks for `meeting:write`, which implies `meeting:read`",
        ),
        (
            "block apps by contoso when app.risk is high",
            "`gong` is by `contoso`, and `app.risk is high` is true",
        ),
        ("block all apps when not app.risk is low", "`app.risk is low` is false"),
    ] {
        let policy = format!(
            "{block}\nallowlist tools {{ gong }}\nallowlist outer {{ apps in tools }}\nallowlist theirs {{ apps by contoso }}"
        );
        assert_eq!(how(&policy).app, expected, "{block}");
    }
}

fn grounds(policy: &str) -> Decision {
    let decision = world(policy).install("ana@x.example", "gong");
    assert_eq!(decision.reasons, []);
    decision
}

#[test]
fn an_allow_carries_every_ground_in_order() {
    let decision = grounds(
        "approve gong for group field because \"two\"
        approve all apps for everyone id broad
        block all apps for group sales id no because \"three\"
        withhold meeting:* from ana@x.example id keep
        waive no for ana@x.example until 2027-01-01 because \"four\"
        waive keep for group emea until 2027-01-01 because \"five\"
        approve gong for role member
        approve gong for group others",
    );
    let json = serde_json::to_value(&decision).unwrap();
    let kinds: Vec<&str> =
        json["grounds"].as_array().unwrap().iter().map(|ground| ground["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["approval", "approval", "approval", "waiver", "waiver", "scope"]);
    assert_eq!(json["grounds"][0]["because"], "two");
    assert_eq!(json["grounds"][1]["rule"]["id"], "broad");
    assert_eq!(json["grounds"][3]["because"], "four");
    assert_eq!(json["grounds"][4]["because"], "five");
    assert_eq!(json["grounds"][5], json!({ "kind": "scope", "scope": "meeting:write", "role": "member" }));
    let vias: Vec<&str> = decision
        .grounds
        .iter()
        .filter_map(|ground| match ground {
            Ground::Approval { via, .. } => Some(via.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(
        vias,
        [
            "through group `sales`, which is in `emea`, which is in `field`",
            "for everyone",
            "through role `member`"
        ]
    );
    let lifted: Vec<Option<&str>> = decision
        .grounds
        .iter()
        .filter_map(|ground| match ground {
            Ground::Waiver { lifts, .. } => Some(lifts.id.as_deref()),
            _ => None,
        })
        .collect();
    assert_eq!(lifted, [Some("no"), Some("keep")]);
}

#[test]
fn a_waiver_of_what_would_not_have_applied_is_no_ground() {
    let decision = grounds(
        "approve gong for everyone
        block gong for group others id no
        withhold phone:* from everyone id keep
        waive no for everyone until 2027-01-01 because \"x\"
        waive keep for everyone until 2027-01-01 because \"x\"",
    );
    assert_eq!(decision.grounds.len(), 2);
}

#[test]
fn rules_are_shown_by_file_line_and_column() {
    let world = World::standard(
        "app gong { listing listed  stage published  managed-by user  scopes none }\ngroup g { ana@x.example }\n  block gong id no because \"x\" owner bo@x.example",
    );
    let decision = world.install("ana@x.example", "gong");
    let Some(Reason::Blocked { rules, .. }) = decision.reasons.first() else { panic!("not blocked") };
    assert_eq!((rules[0].file.as_str(), rules[0].line, rules[0].column), ("policies/main.admit", 10, 3));
    assert_eq!(rules[0].owner.as_deref(), Some("bo@x.example"));
    assert_eq!(
        serde_json::to_value(&rules[0]).unwrap(),
        json!({ "id": "no", "file": "policies/main.admit", "line": 10, "column": 3, "because": "x" })
    );
}
