//! Hypothetical facts laid over a model.

use admit::diagnostics::Sink;
use admit::model::{self, AppSelectorKind, Model, PrincipalKind};
use admit::syntax;
use admit::terms::{DeveloperKind, EntityKind, Listing, Stage};
use admit::text::SourceMap;

use super::mini::{Files, Outcome};

const PROJECT: &str = r#"
attribute user.department: text
group sales { ana@x.example }
group legal { }
developer contoso { kind third-party }
app notes { developer contoso  listing listed  stage published  managed-by user  scopes meeting:read  optional-scopes user:read }
user ana@x.example { role member  groups legal  department "Sales" }
"#;

fn assume(outcome: &mut Outcome, text: &str) -> Vec<&'static str> {
    let mut sources = std::mem::replace(&mut outcome.sources, SourceMap::new());
    let file = sources.add("--assume", text.to_owned());
    let mut out = Sink::new();
    let entities = syntax::parse_entities(file, text, &mut out);
    model::assume(&mut outcome.model, &entities, &sources, &mut out);
    outcome.sources = sources;
    out.found().iter().map(|found| found.code.name).collect()
}

fn groups(model: &Model, email: &str) -> Vec<String> {
    let user = model.user(email).unwrap();
    let own = model.users.groups(user).iter().map(|&group| &model.groups[group]);
    let listed = model.groups.iter().filter(|group| group.members.iter().any(|member| member.id == user));
    own.chain(listed).map(|group| model.name(group.name).to_owned()).collect()
}

#[test]
fn a_stated_field_replaces_that_field_and_no_other() {
    let mut outcome = Files::one(PROJECT).with_account().analyse();
    let codes = assume(
        &mut outcome,
        "app notes { stage beta  scopes none } user ANA@x.example { roles owner, admin }",
    );
    assert!(codes.is_empty(), "{codes:?}");
    let model = &outcome.model;
    let notes = &model.apps[model.app("notes").unwrap()];
    assert_eq!((notes.stage, notes.listing), (Some(Stage::Beta), Some(Listing::Listed)));
    assert_eq!((notes.scopes.as_deref(), notes.optional_scopes.len()), (Some(&[][..]), 1));
    let ana = model.user("ana@x.example").unwrap();
    assert_eq!(model.users.stated_roles(ana).unwrap().len(), 2);
    assert_eq!(groups(model, "ana@x.example"), ["legal", "sales"]);
    let department = model.attribute(EntityKind::User, "department").unwrap();
    assert!(model.attributes[department].column[0].is_some());
}

#[test]
fn groups_replace_all_direct_memberships() {
    let mut outcome = Files::one(PROJECT).with_account().analyse();
    assert!(assume(&mut outcome, "user ana@x.example { groups interns }").is_empty());
    assert_eq!(groups(&outcome.model, "ana@x.example"), ["interns"]);
    assert!(assume(&mut outcome, "user ana@x.example { groups none }").is_empty());
    assert!(groups(&outcome.model, "ana@x.example").is_empty());
}

#[test]
fn what_does_not_exist_comes_into_being() {
    let mut outcome = Files::one(PROJECT).with_account().analyse();
    let text = "app evil { developer unknown-co  stage private } user new@x.example { } developer other { kind internal }";
    assert!(assume(&mut outcome, text).is_empty());
    let model = &outcome.model;
    let evil = &model.apps[model.app("evil").unwrap()];
    assert_eq!((evil.listing, evil.listing_assumed), (Some(Listing::Unlisted), true));
    let developer = evil.developer.unwrap().id;
    assert_eq!(model.name(model.developers[developer].name), "unknown-co");
    assert_eq!(model.developers[developer].kind, None);
    assert_eq!(model.developers[model.developer("other").unwrap()].kind, Some(DeveloperKind::Internal));
    assert!(model.user("NEW@x.example").is_some());
}

#[test]
fn what_is_wrong_is_reported_and_left_out() {
    let mut outcome = Files::one(PROJECT).with_account().analyse();
    let text =
        "user ana@x.example { role nobody  colour red } app notes { stage publishd  scopes meeting:raed }";
    let mut codes = assume(&mut outcome, text);
    codes.sort_unstable();
    assert_eq!(codes, ["invalid-value", "undeclared-attribute", "unknown-role", "unknown-scope"]);
    assert_eq!(outcome.model.apps[outcome.model.app("notes").unwrap()].stage, Some(Stage::Published));
}

#[test]
fn assertions_of_a_test_mean_what_its_givens_bring_into_being() {
    let text = format!(
        "{PROJECT}\ntest \"t\" {{\n  given app one {{ developer new-co }}\n  given app two {{ developer new-co }}\n  given user new@x.example {{ }}\n  \
         deny new@x.example install two, one, apps by new-co\n}}\n"
    );
    let mut outcome = Files::one(&text).with_account().analyse();
    assert!(outcome.sealed, "{}", outcome.text());
    // Nobody outside of the test knows these apps.
    assert_eq!((outcome.model.app("one"), outcome.model.apps.len()), (None, 1));
    let test = outcome.model.tests[0].clone();
    let mut out = Sink::new();
    model::assume(&mut outcome.model, &test.given, &outcome.sources, &mut out);
    let model = &outcome.model;
    let assertion = &test.assertions[0];
    let apps: Vec<AppSelectorKind> = assertion.apps.include.iter().map(|selector| selector.kind).collect();
    let expected = [
        AppSelectorKind::App(model.app("two").unwrap()),
        AppSelectorKind::App(model.app("one").unwrap()),
        AppSelectorKind::ByDeveloper(model.developer("new-co").unwrap()),
    ];
    assert_eq!(apps, expected);
    assert_eq!(assertion.people.include[0].kind, PrincipalKind::User(model.user("new@x.example").unwrap()));
}
