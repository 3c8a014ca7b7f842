//! Which roles a user has on a day, which scopes these hold, and what withholds take away.

use serde_json::{Value as Json, json};

use super::world::{ACCOUNT, World};

const CATALOG: &str = "
scopes:
  - { scope: 'vault:read', level: admin, privileges: [Vault:Read] }
  - { scope: 'vault:write', level: admin, privileges: [Vault:Read, Vault:Edit], implies: ['vault:read'] }
  - { scope: 'vault:own', level: user, privileges: [] }
  - { scope: 'vault:all:master', level: master, privileges: [], implies: ['vault:write'] }
";

fn world(policy: &str) -> World {
    let policy = format!(
        "{ACCOUNT}
        app gong {{ listing unlisted  stage published  managed-by user  scopes vault:read }}
        app writer {{ listing unlisted  stage published  managed-by user  scopes vault:write }}
        app own {{ listing unlisted  stage published  managed-by user  scopes vault:own }}
        group sales {{ ana@x.example }}
        group emea {{ group sales }}
        {policy}"
    );
    World::with_facts(&policy, &[("catalog/scopes.yaml", CATALOG)])
}

fn holds(policy: &str) -> (bool, bool) {
    let world = world(policy);
    (world.allows("ana@x.example", "gong"), world.allows("ana@x.example", "writer"))
}

#[test]
fn a_scope_is_held_by_level_name_pattern_set_implication_or_privileges() {
    for (role, expected) in [
        ("scopes admin-level", (true, true)),
        ("scopes user-level", (false, false)),
        ("scopes master-level", (true, true)),
        ("scopes vault:read", (true, false)),
        ("scopes vault:write", (true, true)),
        ("scopes vault:*", (true, true)),
        ("scopes *:read", (true, false)),
        ("scopes set vault", (true, false)),
        ("scopes set outer", (true, false)),
        ("privileges Vault:Read", (true, false)),
        ("privileges vault:read, VAULT:EDIT", (true, true)),
        ("privileges Vault:Edit", (false, false)),
    ] {
        let policy = format!(
            "role special {{ {role} }}
            user ana@x.example {{ role special }}
            scope-set vault {{ vault:read }}
            scope-set outer {{ set vault }}"
        );
        assert_eq!(holds(&policy), expected, "{role}");
    }
}

#[test]
fn privileges_open_a_scope_only_where_the_catalogue_lists_some() {
    let world = world("role special { privileges Vault:Read }\nuser ana@x.example { role special }");
    assert!(!world.allows("ana@x.example", "own"));
    assert!(world.allows("ana@x.example", "gong"));
}

#[test]
fn roles_come_from_facts_or_the_default_and_from_grants_and_what_they_extend() {
    const ROLES: &str =
        "role reader { scopes vault:read }\nrole writer extends reader { scopes vault:write }\n";
    for (facts, expected) in [
        ("", (false, false)),
        ("user ana@x.example { role reader }", (true, false)),
        ("user ana@x.example { roles reader, member }", (true, false)),
        ("user ana@x.example { role writer }", (true, true)),
        ("grant reader to ana@x.example", (true, false)),
        ("grant writer to group sales", (true, true)),
        ("grant writer to group emea", (true, true)),
        ("grant writer to everyone", (true, true)),
        ("grant writer to everyone except group emea", (false, false)),
        ("grant writer to group sales until 2026-11-30", (false, false)),
        ("grant writer to group sales until 2026-12-01", (true, true)),
        ("grant writer to group sales starting 2026-12-01", (true, true)),
        ("grant writer to group sales starting 2026-12-02", (false, false)),
        ("user ana@x.example { roles none }\ngrant reader to ana@x.example", (true, false)),
    ] {
        assert_eq!(holds(&format!("{ROLES}{facts}")), expected, "{facts}");
    }
    let world = world("user ana@x.example { roles none }");
    assert!(!world.allows("ana@x.example", "own"), "`roles none` is no role, not the default one");
}

#[test]
fn rules_select_by_the_roles_of_the_day() {
    let world = world(
        "role reader { scopes vault:read }
        role writer extends reader { }
        grant writer to ana@x.example starting 2026-12-02 until 2026-12-30
        user bo@x.example { role reader }
        block own for role reader",
    );
    for (day, expected) in
        [("2026-12-01", true), ("2026-12-02", false), ("2026-12-30", false), ("2026-12-31", true)]
    {
        assert_eq!(world.allows_at("ana@x.example", "own", day), expected, "{day}");
    }
    assert!(!world.allows("bo@x.example", "own"));
}

#[test]
fn a_withhold_takes_a_scope_and_whatever_implies_it() {
    const ADMIN: &str = "role special { scopes master-level, admin-level, user-level }\nuser ana@x.example { role special }\n";
    for (withhold, expected) in [
        ("withhold vault:read from everyone", (false, false)),
        ("withhold vault:write from everyone", (true, false)),
        ("withhold *:read from everyone", (false, false)),
        ("withhold set all from everyone", (false, false)),
        ("withhold user-level from everyone", (true, true)),
        ("withhold admin-level from group emea", (false, false)),
        ("withhold admin-level on gong from everyone", (false, true)),
        ("withhold admin-level on unlisted apps except gong from everyone", (true, false)),
        ("withhold admin-level from everyone except group emea", (true, true)),
        ("withhold admin-level from everyone when app.id is gong", (false, true)),
        ("withhold admin-level from everyone until 2026-11-30", (true, true)),
        ("withhold admin-level from everyone starting 2026-12-02", (true, true)),
        ("withhold admin-level on apps by zoom from everyone", (false, false)),
        (
            "withhold admin-level from everyone id w\nwaive w for group sales until 2027-01-01 because \"x\"",
            (true, true),
        ),
        (
            "withhold admin-level from everyone id w\nwaive w on writer for group sales until 2027-01-01 because \"x\"",
            (false, true),
        ),
    ] {
        let policy = format!("{ADMIN}scope-set all {{ vault:* }}\n{withhold}");
        assert_eq!(holds(&policy), expected, "{withhold}");
    }
}

fn missing(policy: &str, app: &str) -> Json {
    let json = world(policy).json("ana@x.example", app);
    assert_eq!(json["reasons"][0]["code"], "missing-scopes");
    json["reasons"][0]["scopes"][0].clone()
}

#[test]
fn a_missing_scope_says_what_would_give_it() {
    const ROLES: &str = "
        role zed extends reader { privileges Vault:Edit }
        role reader { privileges Vault:Read }
        role boss { scopes vault:all:master }
        role nobody { privileges Vault:Edit }
        ";
    assert_eq!(
        missing(&format!("{ROLES}user ana@x.example {{ role reader }}"), "writer"),
        json!({ "scope": "vault:write", "lacking_privileges": ["Vault:Edit"], "roles": ["admin", "boss", "owner", "zed"] })
    );
    assert_eq!(missing(ROLES, "gong")["lacking_privileges"], json!(["Vault:Read"]));
    let own = missing("user ana@x.example { roles none }", "own");
    assert_eq!(own, json!({ "scope": "vault:own", "roles": ["admin", "member", "owner"] }));
}

#[test]
fn a_withheld_scope_says_which_rule_takes_it() {
    let missing = missing(
        "withhold vault:own from group emea id keep because \"SEC-1\"\nwithhold user-level from everyone",
        "own",
    );
    assert_eq!(missing["withheld_by"]["id"], "keep");
    assert_eq!(missing["withheld_by"]["because"], "SEC-1");
    assert_eq!(missing.as_object().unwrap().len(), 2, "asking for a role would not help");
}

#[test]
fn optional_scopes_that_are_not_held_are_refused_and_stop_nothing() {
    let world = World::with_facts(
        &format!(
            "{ACCOUNT}
            app gong {{
              listing unlisted  stage published  managed-by user
              scopes vault:own  optional-scopes vault:read, user:read, meeting:read
            }}
            group sales {{ ana@x.example }}
            withhold meeting:read from everyone"
        ),
        &[("catalog/scopes.yaml", CATALOG)],
    );
    let json = world.json("ana@x.example", "gong");
    assert_eq!(json["outcome"], "allow");
    assert_eq!(json["refused_at_consent"], json!(["vault:read", "meeting:read"]));
}
