//! The rows of the table: available, required, exempt, approved, blocked, installer; and both sides of each boundary.

use super::world::{World, codes};

const APP: &str = "developer contoso { kind third-party }
app gong { developer contoso  listing listed  stage published  managed-by user  scopes meeting:read }
group sales { ana@x.example }
group others { bo@x.example }
";

fn world(policy: &str) -> World {
    World::standard(&format!("{APP}{policy}"))
}

fn app(facts: &str) -> World {
    World::standard(&format!(
        "app gong {{ managed-by user  scopes none  {facts} }}
        developer contoso {{ kind third-party }}
        developer us {{ kind internal }}
        developer somebody {{ name \"Somebody\" }}
        approve all apps for everyone
        group sales {{ ana@x.example }}"
    ))
}

#[test]
fn an_app_is_available_when_published_or_internal_or_a_running_beta() {
    for (facts, expected) in [
        ("developer contoso  listing listed  stage published", &[][..]),
        ("developer us  stage private", &[]),
        ("developer us  stage development", &[]),
        ("developer us  stage beta", &[]),
        ("developer us  listing unlisted", &[]),
        ("developer contoso  stage private", &["unavailable"]),
        ("developer contoso  stage development", &["unavailable"]),
        ("developer contoso  stage beta  beta-until 2026-11-30", &["unavailable"]),
        ("developer contoso  stage beta  beta-until 2026-12-01", &[]),
        ("developer contoso  stage beta", &["unknown-fact"]),
        ("developer contoso  listing listed", &["unknown-fact"]),
        ("developer somebody  listing listed  stage published", &[]),
        ("developer somebody  stage beta  beta-until 2026-12-01", &[]),
        ("developer somebody  stage beta  beta-until 2026-11-30", &["unknown-fact"]),
        ("developer somebody  stage private", &["unknown-fact"]),
        ("stage development", &["unknown-fact"]),
        ("developer zoom  listing listed  stage published", &[]),
        ("developer zoom  stage private", &["unavailable"]),
    ] {
        assert_eq!(app(facts).codes("ana@x.example", "gong"), expected, "{facts}");
    }
}

#[test]
fn a_beta_lasts_through_its_last_day() {
    let world = app("developer contoso  stage beta  beta-until 2026-12-31");
    assert!(world.allows_at("ana@x.example", "gong", "2026-12-31"));
    let after = world.install_at("ana@x.example", "gong", "2027-01-01");
    assert_eq!(codes(&after), ["unavailable"]);
    assert!(format!("{after:?}").contains("its beta ended on 2026-12-31"));
}

#[test]
fn each_section_says_whether_its_apps_need_approval() {
    let listed = world("");
    assert_eq!(listed.codes("ana@x.example", "gong"), ["approval-required"]);
    let unlisted = World::standard(&APP.replace("listing listed", "listing unlisted"));
    assert!(unlisted.allows("ana@x.example", "gong"));
    let unpublished =
        World::standard(&APP.replace("listing listed  stage published", "stage beta  beta-until 2027-01-01"));
    assert!(unpublished.allows("ana@x.example", "gong"), "not published and nothing stated: unlisted");
}

#[test]
fn an_exemption_frees_only_its_own_section() {
    let account = "
        account example {
          listed apps { approval required  exempt apps by contoso when app.risk is low until 2026-12-31 because \"x\" }
          unlisted apps { approval required }
          notify nobody
          default role member
        }
        attribute app.risk: one of low < high
        ";
    let with = |facts: &str| {
        World::new(&format!(
            "{account}{}",
            APP.replace("managed-by user", &format!("managed-by user {facts}"))
        ))
    };
    let low = with("risk low");
    assert!(low.allows_at("ana@x.example", "gong", "2026-12-31"));
    assert!(!low.allows_at("ana@x.example", "gong", "2027-01-01"));
    assert!(!with("risk high").allows("ana@x.example", "gong"));
    assert!(!with("").allows("ana@x.example", "gong"), "an unknown risk exempts nothing");
    let unlisted = format!("{account}{}", APP.replace("listing listed", "listing unlisted  risk low"));
    assert!(!World::new(&unlisted).allows("ana@x.example", "gong"));
}

#[test]
fn an_approval_holds_from_its_first_to_its_last_day() {
    let world = world("approve gong for everyone starting 2026-12-02 until 2026-12-30");
    for (day, expected) in
        [("2026-12-01", false), ("2026-12-02", true), ("2026-12-30", true), ("2026-12-31", false)]
    {
        assert_eq!(world.allows_at("ana@x.example", "gong", day), expected, "{day}");
    }
}

#[test]
fn an_approval_is_for_its_people_only() {
    for (people, ana, bo) in [
        ("everyone", true, true),
        ("group sales", true, false),
        ("ana@x.example", true, false),
        ("ANA@x.example", true, false),
        ("role member", true, true),
        ("everyone except group sales", false, true),
        ("everyone except role member", false, false),
        ("group sales, bo@x.example", true, true),
        ("group sales except ana@x.example", false, false),
    ] {
        let world = world(&format!("approve gong for {people}"));
        let allowed = (world.allows("ana@x.example", "gong"), world.allows("bo@x.example", "gong"));
        assert_eq!(allowed, (ana, bo), "{people}");
    }
}

#[test]
fn an_approval_is_for_its_apps_only() {
    for (apps, expected) in [
        ("gong", true),
        ("all apps", true),
        ("listed apps", true),
        ("unlisted apps", false),
        ("internal apps", false),
        ("apps by contoso", true),
        ("apps by zoom", false),
        ("apps in tools", true),
        ("apps in outer", true),
        ("apps in by-contoso", true),
        ("apps in empty", false),
        ("all apps except gong", false),
        ("all apps except apps in outer", false),
        ("all apps except apps in empty", true),
        ("gong except listed apps", false),
    ] {
        let world = world(&format!(
            "approve {apps} for everyone
            allowlist tools {{ gong }}
            allowlist outer {{ apps in tools }}
            allowlist by-contoso {{ apps by contoso }}
            allowlist empty {{ apps by zoom }}"
        ));
        assert_eq!(world.allows("ana@x.example", "gong"), expected, "{apps}");
    }
}

#[test]
fn a_reviewed_approval_holds_while_the_app_asks_for_no_more() {
    for (reviewed, expected) in [
        ("meeting:read", true),
        ("meeting:*", true),
        ("user-level", true),
        ("set both", true),
        ("meeting:write", false),
        ("recording:*", false),
        ("admin-level", false),
    ] {
        let world = world(&format!(
            "approve gong for everyone reviewed {reviewed}\nscope-set both {{ meeting:read, user:read }}"
        ));
        assert_eq!(
            world.allows("ana@x.example", "gong"),
            expected,
            "{reviewed}: only literally what is asked for"
        );
    }
    let optional = APP.replace("scopes meeting:read", "scopes meeting:read  optional-scopes user:read");
    let policy = format!("{optional}approve gong for everyone reviewed meeting:read");
    assert!(!World::standard(&policy).allows("ana@x.example", "gong"), "optional scopes count");
}

#[test]
fn a_block_wins_over_every_approval() {
    let blocked = world("approve gong for everyone\nblock all apps for group sales");
    assert_eq!(blocked.codes("ana@x.example", "gong"), ["blocked"]);
    assert!(blocked.allows("bo@x.example", "gong"));
    let everyone = world("approve gong for everyone\nblock gong");
    assert_eq!(everyone.codes("bo@x.example", "gong"), ["blocked"]);
    let except = world("approve gong for everyone\nblock all apps except gong");
    assert!(except.allows("ana@x.example", "gong"));
    let ended = world("approve gong for everyone\nblock gong until 2026-12-01");
    assert!(!ended.allows_at("ana@x.example", "gong", "2026-12-01"));
    assert!(ended.allows_at("ana@x.example", "gong", "2026-12-02"));
}

#[test]
fn a_waiver_lifts_one_rule_for_its_people_and_apps_on_its_days() {
    let world = |waive: &str| {
        world(&format!(
            "approve gong for everyone
            block gong id no-gong
            group all {{ group sales, group others }}
            {waive} starting 2026-12-01 until 2026-12-31 because \"x\""
        ))
    };
    let lifted = world("waive no-gong for group sales");
    for (day, expected) in
        [("2026-11-30", false), ("2026-12-01", true), ("2026-12-31", true), ("2027-01-01", false)]
    {
        assert_eq!(lifted.allows_at("ana@x.example", "gong", day), expected, "{day}");
    }
    assert!(!lifted.allows("bo@x.example", "gong"));
    assert!(world("waive no-gong on listed apps for group all").allows("bo@x.example", "gong"));
    assert!(!world("waive no-gong on apps by zoom for group all").allows("bo@x.example", "gong"));
    assert!(!world("waive no-gong for group all except group sales").allows("ana@x.example", "gong"));
}

#[test]
fn a_waiver_lifts_nothing_else() {
    let world = world(
        "approve gong for everyone
        block gong id one
        block gong id two
        waive one for everyone until 2027-01-01 because \"x\"",
    );
    let json = world.json("ana@x.example", "gong");
    assert_eq!(json["reasons"][0]["rules"].as_array().unwrap().len(), 1);
    assert_eq!(json["reasons"][0]["rules"][0]["id"], "two");
}

#[test]
fn only_installers_may_add_admin_managed_apps() {
    let managed = |installers: &str| {
        World::new(&format!(
            "account example {{
              listed apps {{ approval optional }}
              unlisted apps {{ approval optional }}
              notify nobody
              default role member
              {installers}
            }}
            {}
            role boss extends member {{ privileges marketplace:EDIT }}
            role chief extends boss {{ }}
            role head {{ privileges Custom:Install }}
            user cy@x.example {{ role chief }}
            user dee@x.example {{ roles head, member }}",
            APP.replace("managed-by user", "managed-by admin")
        ))
    };
    for (installers, cy, dee) in [
        ("", true, false),
        ("installers MarketPlace:Edit", true, false),
        ("installers Custom:Install", false, true),
        ("installers Custom:Install, role boss", true, true),
        ("installers role head", false, true),
    ] {
        let world = managed(installers);
        assert_eq!(world.codes("ana@x.example", "gong"), ["admin-managed"], "{installers}");
        let allowed = (world.allows("cy@x.example", "gong"), world.allows("dee@x.example", "gong"));
        assert_eq!(allowed, (cy, dee), "{installers}");
    }
}

#[test]
fn every_failing_conjunct_is_reported_in_order() {
    let world = World::new(
        "account example {
          listed apps { approval required }
          unlisted apps { approval required }
          notify nobody
          default role member
        }
        developer contoso { kind third-party }
        app gong { developer contoso  stage private  managed-by admin  scopes recording:read:admin }
        app half { stage published  managed-by admin }
        group sales { ana@x.example }
        block gong for group sales",
    );
    let all = ["unavailable", "blocked", "approval-required", "admin-managed", "missing-scopes"];
    assert_eq!(world.codes("ana@x.example", "gong"), all);
    assert_eq!(world.codes("ana@x.example", "half"), ["admin-managed", "unknown-fact"]);
}
