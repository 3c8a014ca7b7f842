//! The reference itself, held to cases worked out by hand: each row of the table and each thing a decision tells.

use serde_json::{Value as Json, json};

use super::decision::*;
use super::explain::{add, allowed, approve, install, use_scope};
use super::project::*;
use super::scopes::fits;
use super::truth::Truth;

const ANA: &str = "ana@x.example";
const DAY: &str = "2026-12-01";

/// One user with the role `member`, which gives user-level scopes; one published, listed, user-managed app that asks for `a:read`.
/// Listed apps need approval, unlisted ones do not.
fn base() -> Project {
    Project {
        account: Account {
            listed_approval_required: true,
            default_role: Some("member".to_owned()),
            ..Account::default()
        },
        roles: vec![
            role("member", &[], &[ScopeTerm::Level("user".to_owned())]),
            Role { extends: vec!["member".to_owned()], ..role("boss", &["marketplace:edit"], &[]) },
        ],
        users: vec![User { email: ANA.to_owned(), ..User::default() }],
        developers: vec![Developer {
            id: "dev".to_owned(),
            kind: text("third-party"),
            ..Developer::default()
        }],
        apps: vec![App {
            id: "gong".to_owned(),
            developer: text("dev"),
            listing: text("listed"),
            stage: text("published"),
            managed_by: text("user"),
            scopes: Some(vec!["a:read".to_owned()]),
            ..App::default()
        }],
        scopes: vec![
            Scope { implies: vec!["a:read".to_owned()], ..scope("a:write", "user") },
            scope("a:read", "user"),
            Scope { privileges: vec!["P:1".to_owned(), "P:2".to_owned()], ..scope("a:read:admin", "admin") },
        ],
        ..Project::default()
    }
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn role(name: &str, privileges: &[&str], scopes: &[ScopeTerm]) -> Role {
    let privileges = privileges.iter().map(|privilege| (*privilege).to_owned()).collect();
    Role { name: name.to_owned(), privileges, scopes: scopes.to_vec(), ..Role::default() }
}

fn scope(name: &str, level: &str) -> Scope {
    Scope { name: name.to_owned(), level: level.to_owned(), ..Scope::default() }
}

fn for_user(email: &str) -> Option<People> {
    Some(People { include: vec![Principal::User(email.to_owned())], except: Vec::new() })
}

fn gong() -> Option<Apps> {
    Some(Apps { include: vec![AppSelector::App("gong".to_owned())], except: Vec::new() })
}

fn approval() -> Rule {
    Rule {
        effect: Effect::Approve { reviewed: None },
        apps: gong(),
        people: for_user(ANA),
        id: text("ok"),
        ..Rule::default()
    }
}

fn block() -> Rule {
    Rule { effect: Effect::Block, apps: gong(), id: text("no"), ..Rule::default() }
}

fn withhold(name: &str) -> Rule {
    let scopes = vec![ScopeTerm::Scope(name.to_owned())];
    Rule { effect: Effect::Withhold { scopes }, people: for_user(ANA), id: text("keep"), ..Rule::default() }
}

fn waive(id: &str) -> Rule {
    let effect = Effect::Waive { rule: id.to_owned() };
    Rule { effect, people: for_user(ANA), until: text("2026-12-31"), id: text("lift"), ..Rule::default() }
}

fn grant(name: &str) -> Rule {
    Rule { effect: Effect::Grant { role: name.to_owned() }, people: for_user(ANA), ..Rule::default() }
}

fn risky(test: Test) -> Option<Condition> {
    Some(Condition::Test("app.risk".to_owned(), test))
}

fn is_high() -> Test {
    Test::Is(Operand::Value(Value::Word("high".to_owned())))
}

/// The answer for the one user and the one app.
fn answer(project: &Project) -> Json {
    let answer = install(project, ANA, "gong", DAY);
    assert_eq!(answer["outcome"] == "allow", allowed(project, ANA, "gong", DAY), "{answer:#}");
    answer
}

fn codes(project: &Project) -> Vec<String> {
    let answer = answer(project);
    let reasons = answer["reasons"].as_array().cloned().unwrap_or_default();
    reasons.iter().map(|reason| reason["code"].as_str().unwrap().to_owned()).collect()
}

fn with(rules: &[Rule]) -> Project {
    Project { rules: rules.to_vec(), ..base() }
}

#[test]
fn available_by_stage_developer_and_day() {
    let truth = |stage: Option<&str>, kind: Option<&str>, until: Option<&str>| {
        let mut project = base();
        project.developers[0].kind = kind.map(str::to_owned);
        project.apps[0].stage = stage.map(str::to_owned);
        project.apps[0].beta_until = until.map(str::to_owned);
        match available(&project, &project.apps[0], DAY) {
            Truth::True => "yes".to_owned(),
            Truth::False => "no".to_owned(),
            Truth::Unknown(facts) => facts.into_iter().map(|(_, fact)| fact).collect::<Vec<_>>().join("+"),
        }
    };
    assert_eq!(truth(Some("published"), None, None), "yes");
    assert_eq!(truth(Some("private"), Some("internal"), None), "yes");
    assert_eq!(truth(Some("private"), Some("third-party"), None), "no");
    assert_eq!(truth(Some("development"), None, None), "kind");
    assert_eq!(truth(Some("beta"), Some("zoom"), Some(DAY)), "yes");
    assert_eq!(truth(Some("beta"), Some("zoom"), Some("2026-11-30")), "no");
    assert_eq!(truth(Some("beta"), None, Some("2026-11-30")), "kind");
    assert_eq!(truth(Some("beta"), Some("zoom"), None), "beta-until");
    assert_eq!(truth(Some("beta"), Some("internal"), None), "yes");
    assert_eq!(truth(Some("beta"), None, None), "beta-until+kind");
    assert_eq!(truth(None, Some("zoom"), None), "stage");
    assert_eq!(truth(None, None, None), "stage+kind");
}

#[test]
fn approval_is_required_by_the_section_of_the_listing() {
    assert_eq!(codes(&base()), ["approval-required"]);
    let mut unlisted = base();
    unlisted.apps[0].listing = text("unlisted");
    assert_eq!(answer(&unlisted)["grounds"][0], json!({ "kind": "approval-optional" }));
    let mut unknown = with(&[approval()]);
    unknown.apps[0].listing = None;
    assert_eq!(codes(&unknown), ["unknown-fact"]);
    // A beta that states no listing is unlisted.
    unknown.apps[0].stage = text("beta");
    unknown.apps[0].beta_until = text(DAY);
    assert_eq!(codes(&unknown), [""; 0]);
}

#[test]
fn an_exemption_frees_apps_of_its_own_section_only() {
    let exempt = |listing: &str| Rule {
        effect: Effect::Exempt { listing: listing.to_owned() },
        apps: gong(),
        because: text("by us"),
        ..Rule::default()
    };
    let answer = answer(&with(&[exempt("listed")]));
    assert_eq!(answer["grounds"][0]["kind"], "exemption");
    assert_eq!(answer["grounds"][0]["because"], "by us");
    assert_eq!(codes(&with(&[exempt("unlisted")])), ["approval-required"]);
    let unknown = Rule { when: risky(is_high()), ..exempt("listed") };
    assert_eq!(codes(&with(&[unknown])), ["approval-required"]);
}

#[test]
fn an_approval_holds_or_is_a_near_miss_of_the_first_kind() {
    let near_miss = |rule: Rule| answer(&with(&[rule]))["reasons"][0]["near_misses"][0]["kind"].clone();
    assert_eq!(answer(&with(&[approval()]))["grounds"][0]["rule"]["id"], "ok");
    let until = |day: &str| Rule { until: text(day), ..approval() };
    assert_eq!(near_miss(until(DAY)), Json::Null);
    assert_eq!(near_miss(until("2026-11-30")), "expired");
    assert_eq!(near_miss(Rule { starting: text("2026-12-02"), ..approval() }), "not-yet");
    let reviewed = |terms: &[ScopeTerm]| Effect::Approve { reviewed: Some(terms.to_vec()) };
    assert_eq!(
        near_miss(Rule { effect: reviewed(&[ScopeTerm::Pattern("a:*".to_owned())]), ..approval() }),
        Json::Null
    );
    // `a:write` implies `a:read`, which does not count here.
    assert_eq!(
        near_miss(Rule { effect: reviewed(&[ScopeTerm::Scope("a:write".to_owned())]), ..approval() }),
        "outgrown"
    );
    assert_eq!(near_miss(Rule { people: for_user("bo@x.example"), ..approval() }), "other-people");
    assert_eq!(near_miss(Rule { when: risky(is_high()), ..approval() }), "condition");
    let both = Rule { people: for_user("bo@x.example"), until: text("2026-11-30"), ..approval() };
    assert_eq!(near_miss(both), "expired");
    let elsewhere = Apps { include: vec![AppSelector::Unlisted], except: Vec::new() };
    assert_eq!(near_miss(Rule { apps: Some(elsewhere), ..approval() }), Json::Null);
}

#[test]
fn a_block_applies_when_true_or_unknown_unless_waived_for_sure() {
    let blocked = |rules: &[Rule]| codes(&with(&[&[approval()], rules].concat())) == ["blocked"];
    assert!(blocked(&[block()]));
    assert!(blocked(&[Rule { when: risky(is_high()), ..block() }]));
    assert!(!blocked(&[Rule { people: for_user("bo@x.example"), ..block() }]));
    assert!(!blocked(&[Rule { until: text("2026-11-30"), ..block() }]));
    assert!(!blocked(&[block(), waive("no")]));
    assert!(blocked(&[block(), Rule { until: text("2026-11-30"), ..waive("no") }]));
    assert!(blocked(&[block(), Rule { people: for_user("bo@x.example"), ..waive("no") }]));
    let waived = answer(&with(&[approval(), block(), waive("no")]));
    assert_eq!(
        waived["grounds"][1],
        json!({ "kind": "waiver", "rule": { "id": "lift", "file": "", "line": 0, "column": 0 } })
    );
    let mut known = with(&[approval(), Rule { when: risky(is_high()), ..block() }]);
    known.apps[0].attributes.insert("risk".to_owned(), Value::Word("low".to_owned()));
    assert_eq!(codes(&known), [""; 0]);
}

#[test]
fn roles_come_from_facts_or_the_default_and_from_grants() {
    let mut project = with(&[grant("boss")]);
    assert_eq!(roles(&project, ANA, DAY), ["member", "boss"]);
    assert_eq!(roles(&project, "bo@x.example", DAY), ["member"]);
    project.users[0].roles = Some(Vec::new());
    assert_eq!(roles(&project, ANA, DAY), ["boss", "member"]);
    project.rules[0].starting = text("2026-12-02");
    assert_eq!(roles(&project, ANA, DAY), [""; 0]);
}

#[test]
fn a_scope_is_held_by_role_by_implication_or_by_all_its_privileges() {
    let gives = |role: Role, scope: &str| {
        let name = role.name.clone();
        let project = Project { roles: vec![role], ..base() };
        give(&project, &[name], scope)
    };
    assert!(gives(role("r", &[], &[ScopeTerm::Level("user".to_owned())]), "a:read"));
    assert!(gives(role("r", &[], &[ScopeTerm::Scope("a:write".to_owned())]), "a:read"));
    assert!(!gives(role("r", &[], &[ScopeTerm::Scope("a:read".to_owned())]), "a:write"));
    assert!(gives(role("r", &["p:1", "P:2"], &[]), "a:read:admin"));
    assert!(!gives(role("r", &["P:1"], &[]), "a:read:admin"));
    assert!(!gives(role("r", &["P:1", "P:2"], &[]), "a:read"));
    assert!(gives(role("r", &[], &[ScopeTerm::Level("admin".to_owned())]), "b:admin:c"));
    assert!(gives(role("r", &[], &[ScopeTerm::Level("master".to_owned())]), "b:admin:master"));
}

#[test]
fn a_withhold_takes_a_scope_and_all_that_imply_it() {
    let mut project = with(&[approval(), withhold("a:read")]);
    let missing =
        json!([{ "scope": "a:read", "withheld_by": { "id": "keep", "file": "", "line": 0, "column": 0 } }]);
    assert_eq!(answer(&project)["reasons"][0]["scopes"], missing);
    assert_eq!(answer(&project)["next_steps"], Json::Null);
    project.apps[0].scopes = Some(vec!["a:write".to_owned()]);
    assert_eq!(codes(&project), ["missing-scopes"]);
    project.rules[1] = withhold("a:write");
    assert_eq!(codes(&project), ["missing-scopes"]);
    project.apps[0].scopes = Some(vec!["a:read".to_owned()]);
    assert_eq!(codes(&project), [""; 0]);
    assert_eq!(codes(&with(&[approval(), withhold("a:read"), waive("keep")])), [""; 0]);
    let unknown = Rule { when: risky(is_high()), ..withhold("a:read") };
    assert_eq!(codes(&with(&[approval(), unknown])), ["missing-scopes"]);
    let elsewhere = Apps { include: vec![AppSelector::Unlisted], except: Vec::new() };
    assert_eq!(codes(&with(&[approval(), Rule { apps: Some(elsewhere), ..withhold("a:read") }])), [""; 0]);
}

#[test]
fn only_installers_add_apps_that_are_not_known_to_be_managed_by_user() {
    let mut project = with(&[approval()]);
    project.apps[0].managed_by = text("admin");
    assert_eq!(codes(&project), ["admin-managed"]);
    project.users.push(User {
        email: "boss@x.example".to_owned(),
        roles: Some(vec!["boss".to_owned()]),
        ..User::default()
    });
    assert_eq!(
        answer(&project)["next_steps"],
        json!([{ "kind": "request-install", "installers": ["boss@x.example"] }])
    );
    project.apps[0].managed_by = None;
    assert_eq!(codes(&project), ["unknown-fact"]);
    project.rules.push(grant("boss"));
    assert_eq!(codes(&project), [""; 0]);
    let grounds = answer(&project)["grounds"].clone();
    assert_eq!(
        grounds.as_array().unwrap().last().unwrap(),
        &json!({ "kind": "installer", "privilege": "MarketPlace:Edit" })
    );
    project.account.installers = Some(vec![Installer::Role("member".to_owned())]);
    let grounds = answer(&project)["grounds"].clone();
    assert_eq!(
        grounds.as_array().unwrap().last().unwrap(),
        &json!({ "kind": "installer", "role": "member" })
    );
}

#[test]
fn missing_scopes_say_what_would_give_them() {
    let mut project = with(&[approval()]);
    project.apps[0].scopes = Some(vec!["a:read:admin".to_owned()]);
    project.apps[0].optional_scopes = vec!["a:read".to_owned(), "b:admin".to_owned()];
    project.roles.push(role("opener", &["P:1", "P:2"], &[]));
    project.roles.push(role("half", &["P:1"], &[]));
    project.users[0].roles = Some(vec!["half".to_owned()]);
    let answer = answer(&project);
    let missing = json!([{ "scope": "a:read:admin", "lacking_privileges": ["P:2"], "roles": ["opener"] }]);
    assert_eq!(answer["reasons"], json!([{ "code": "missing-scopes", "scopes": missing }]));
    assert_eq!(answer["refused_at_consent"], json!(["a:read", "b:admin"]));
    let steps = json!([{ "kind": "request-privileges", "privileges": ["P:2"], "roles": ["opener"] }]);
    assert_eq!(answer["next_steps"], steps);
}

#[test]
fn every_failing_conjunct_is_told_and_the_path_is_whole() {
    let mut project = base();
    project.account.notify = Notify::Recipients(vec!["boss@x.example".to_owned()]);
    project.users.push(User {
        email: "boss@x.example".to_owned(),
        roles: Some(vec!["boss".to_owned()]),
        ..User::default()
    });
    let app = &mut project.apps[0];
    (app.stage, app.scopes, app.managed_by) = (None, None, text("admin"));
    project.rules.push(Rule { when: risky(is_high()), ..block() });
    assert_eq!(codes(&project), ["blocked", "approval-required", "admin-managed", "unknown-fact"]);
    let fact = |fact: &str| json!({ "entity": "app:gong", "fact": fact });
    let steps = json!([
        { "kind": "complete-facts", "facts": [fact("risk"), fact("scopes"), fact("stage")] },
        { "kind": "request-approval", "approvers": ["boss@x.example"], "notified": ["boss@x.example"] },
        { "kind": "request-install", "installers": ["boss@x.example"] },
    ]);
    assert_eq!(answer(&project)["next_steps"], steps);
    project.rules.push(block());
    assert_eq!(answer(&project)["next_steps"], Json::Null);
}

#[test]
fn an_unknown_lasts_only_as_long_as_it_matters() {
    let mut project = with(&[approval()]);
    project.apps[0].developer = None;
    let by_or = |other: AppSelector| Rule {
        apps: Some(Apps { include: vec![AppSelector::Internal, other], except: Vec::new() }),
        ..approval()
    };
    project.rules[0] = by_or(AppSelector::Unlisted);
    assert_eq!(codes(&project), ["approval-required"]);
    project.rules[0] = by_or(AppSelector::Listed);
    assert_eq!(codes(&project), [""; 0]);
    let high_or_listed = Condition::Or(vec![
        Condition::Test("app.risk".to_owned(), is_high()),
        Condition::Test("app.listing".to_owned(), Test::Is(Operand::Value(Value::Word("listed".to_owned())))),
    ]);
    project.rules[0].when = Some(Condition::Not(Box::new(high_or_listed)));
    assert_eq!(codes(&project), ["approval-required"]);
}

#[test]
fn approving_and_adding_need_the_privilege() {
    let mut project = with(&[approval()]);
    let reasons =
        json!([{ "code": "missing-privilege", "privilege": "MarketPlace:Edit", "roles": ["boss"] }]);
    assert_eq!(approve(&project, ANA, "gong", DAY)["reasons"], reasons);
    assert_eq!(add(&project, "bo@x.example", ANA, "gong", DAY)["reasons"], reasons);
    project.rules.push(grant("boss"));
    assert_eq!(approve(&project, ANA, "gong", DAY)["outcome"], "allow");
    assert_eq!(add(&project, ANA, ANA, "gong", DAY)["outcome"], "allow");
    project.apps[0].managed_by = text("admin");
    assert_eq!(add(&project, ANA, ANA, "gong", DAY)["reasons"], json!([{ "code": "admin-managed" }]));
}

#[test]
fn an_app_uses_what_it_asks_for_and_what_that_implies() {
    let mut project = base();
    project.apps[0].scopes = Some(vec!["a:write".to_owned()]);
    let codes = |project: &Project, scope: &str, user: Option<&str>| {
        let answer = use_scope(project, "gong", scope, user, DAY);
        let reasons = answer["reasons"].as_array().cloned().unwrap_or_default();
        reasons.iter().map(|reason| reason["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&project, "a:read", Some(ANA)), [""; 0]);
    assert_eq!(codes(&project, "a:read:admin", None), ["not-asked"]);
    assert_eq!(codes(&project, "a:read:admin", Some(ANA)), ["not-asked", "missing-scopes"]);
    project.apps[0].optional_scopes = vec!["a:read:admin".to_owned()];
    assert_eq!(codes(&project, "a:read:admin", Some(ANA)), ["missing-scopes"]);
    project.apps[0].scopes = None;
    assert_eq!(codes(&project, "a:read:admin", None), [""; 0]);
    assert_eq!(codes(&project, "a:read", None), ["unknown-fact"]);
}

#[test]
fn a_star_is_any_run_of_characters() {
    for (pattern, text, expected) in [
        ("a:*", "a:b:c", true),
        ("a:*", "a:", true),
        ("a:*", "ab", false),
        ("*", "", true),
        ("*:admin", "a:admin:b", false),
        ("a*b*c", "a-b-b-c", true),
        ("a*b*c", "a-c-b", false),
    ] {
        assert_eq!(fits(pattern.as_bytes(), text.as_bytes()), expected, "{pattern} {text}");
    }
}
