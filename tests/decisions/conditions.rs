//! Every kind of test in a condition, true, false and unknown.

use super::world::World;

const FACTS: &str = "
attribute app.risk: one of low < moderate < high
attribute app.home: text
attribute user.department: text
attribute user.backup: text
attribute user.level: number
attribute user.contract-end: date
attribute user.trained: flag
attribute developer.verified: flag
role auditor { scopes user-level }
role senior extends auditor { }
developer contoso { kind third-party  verified true }
app gong {
  developer contoso  listing listed  stage published  managed-by user
  scopes meeting:write, user:read  optional-scopes recording:read
  risk moderate  home \"Sales\"
}
group emea { group sales }
group sales { kim@x.example }
user kim@x.example {
  roles senior, member  department \"Sales\"  backup \"Legal\"  level 3  contract-end 2026-12-01  trained true
}
user new@y.example { roles none  groups none }
";

/// How the condition turns out: 1 holds, 0 does not, -1 is not known.
fn truth(user: &str, condition: &str) -> i32 {
    let world = World::standard(&format!(
        "{FACTS}
        approve gong for everyone when {condition}
        approve all apps for everyone until 2020-01-01"
    ));
    let holds = !world.codes(user, "gong").contains(&"approval-required");
    let world = World::standard(&format!("{FACTS}\nblock gong when {condition}"));
    let may_hold = world.codes(user, "gong").contains(&"blocked");
    match (holds, may_hold) {
        (true, true) => 1,
        (false, true) => -1,
        (false, false) => 0,
        (true, false) => panic!("`{condition}` holds and does not"),
    }
}

#[test]
fn known_facts_decide() {
    for (condition, expected) in [
        ("app.id is gong", 1),
        ("app.id is not gong", 0),
        ("app.id in [gong]", 1),
        ("app.developer is contoso", 1),
        ("app.developer-kind is third-party", 1),
        ("app.listing is unlisted", 0),
        ("app.stage is published", 1),
        ("app.managed-by is admin", 0),
        ("app.risk is moderate", 1),
        ("app.risk <= moderate", 1),
        ("app.risk < moderate", 0),
        ("app.risk >= moderate", 1),
        ("app.risk > moderate", 0),
        ("app.risk in [low, high]", 0),
        ("user.email is \"KIM@x.example\"", 1),
        ("user.email is kim@x.example", 1),
        ("user.domain is x.example", 1),
        ("user.domain is \"X.Example\"", 1),
        ("user.domain is y.example", 0),
        ("user.department is \"Sales\"", 1),
        ("user.department is \"sales\"", 0),
        ("user.department is user.backup", 0),
        ("user.department is app.home", 1),
        ("user.department in [\"Legal\", app.home]", 1),
        ("user.level > 2.5", 1),
        ("user.level >= 3", 1),
        ("user.level < 3", 0),
        ("user.contract-end >= today", 1),
        ("user.contract-end > today", 0),
        ("user.contract-end is 2026-12-01", 1),
        ("user.contract-end < 2026-12-01", 0),
        ("user.trained", 1),
        ("not user.trained", 0),
        ("user.trained is false", 0),
        ("developer.verified", 1),
        ("user.roles contains auditor", 1),
        ("user.roles any in [admin, senior]", 1),
        ("user.roles all in [senior, member]", 0),
        ("user.roles all in [senior, member, auditor]", 1),
        ("user.groups contains emea", 1),
        ("user.groups any in [emea]", 1),
        ("user.groups all in [sales]", 0),
        ("user.groups all in [sales, emea]", 1),
        ("app.scopes contains user:read", 1),
        ("app.scopes contains recording:read", 1),
        ("app.scopes contains meeting:read", 1),
        ("app.required-scopes contains recording:read", 0),
        ("app.optional-scopes contains recording:read", 1),
        ("app.scopes any in [meeting:read]", 1),
        ("app.scopes any in [recording:*, phone:*]", 1),
        ("app.scopes any in [admin-level]", 0),
        ("app.scopes all in [user-level]", 1),
        ("app.scopes all in [meeting:read, user:read, recording:read]", 0),
        ("app.scopes all in [meeting:*, user:*, recording:*]", 1),
        ("user.trained and app.risk is moderate", 1),
        ("user.trained and app.risk is high", 0),
        ("app.risk is high or user.trained", 1),
        ("not (app.risk is high or user.trained)", 0),
    ] {
        assert_eq!(truth("kim@x.example", condition), expected, "{condition}");
    }
}

#[test]
fn missing_facts_leave_tests_unknown_unless_others_decide() {
    for (condition, expected) in [
        ("user.department is \"Sales\"", -1),
        ("user.department is not \"Sales\"", -1),
        ("not user.trained", -1),
        ("user.level < 3", -1),
        ("user.contract-end > today", -1),
        ("user.department is app.home", -1),
        ("app.home in [\"Sales\", user.department]", 1),
        ("app.home in [\"Legal\", user.department]", -1),
        ("user.trained and app.risk is high", 0),
        ("user.trained or app.risk is moderate", 1),
        ("user.trained and app.risk is moderate", -1),
        ("user.trained or app.risk is high", -1),
        ("user.roles all in [member]", 1),
        ("user.roles any in [member]", 0),
        ("user.groups all in [sales]", 1),
        ("user.groups any in [sales]", 0),
        ("user.domain is y.example", 1),
    ] {
        assert_eq!(truth("new@y.example", condition), expected, "{condition}");
    }
}

#[test]
fn scopes_that_are_not_known_leave_tests_unknown() {
    let codes = |condition: &str| {
        World::standard(&format!(
            "app gong {{ listing listed  stage published  managed-by user  optional-scopes recording:read }}
            group sales {{ ana@x.example }}
            block gong when {condition}"
        ))
        .codes("ana@x.example", "gong")
    };
    for condition in [
        "app.scopes any in [phone:*]",
        "app.scopes all in [recording:*]",
        "app.required-scopes contains user:read",
    ] {
        assert!(codes(condition).contains(&"blocked"), "{condition}");
        assert!(codes(&format!("not {condition}")).contains(&"blocked"), "not {condition}");
    }
    assert!(!codes("app.optional-scopes any in [phone:*]").contains(&"blocked"));
}
