//! What holds for every project: the order of files and items never matters.

use std::collections::BTreeMap;

use admit::compile::compile;
use admit::decision::Outcome;
use admit::diagnostics::Sink;
use admit::eval::Evaluator;
use admit::syntax;
use admit::text::{Date, SourceMap};

use super::cases::{cases, load, states_account};
use super::mini::{self, Files};

/// The project with the items of its policies dealt anew over as many files, and all files in another order.
fn shuffled(files: &Files, random: &mut fastrand::Rng) -> Files {
    let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut items: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut dealt = Files { files: Vec::new(), zoom: files.zoom };
    for (path, text) in &files.files {
        if !path.ends_with(".admit") {
            dealt.files.push((path.clone(), text.clone()));
            continue;
        }
        let mut sources = SourceMap::new();
        let file = sources.add(path.clone(), text.clone());
        let tree = syntax::parse(file, text, &mut Sink::new());
        let texts = tree.items.iter().map(|item| sources.slice(item.span).to_owned());
        items.entry(folder(path)).or_default().extend(texts);
    }
    for (folder, mut texts) in items {
        random.shuffle(&mut texts);
        let cut = random.usize(0..=texts.len());
        let late = texts.split_off(cut);
        dealt.files.push((format!("{folder}a.admit"), texts.join("\n")));
        dealt.files.push((format!("{folder}b.admit"), late.join("\n\n")));
    }
    random.shuffle(&mut dealt.files);
    dealt
}

/// The findings without their places. Which of two accounts is the second one depends on the order, and so may the words.
fn findings(outcome: &mini::Outcome) -> Vec<String> {
    let mut all: Vec<String> = outcome
        .found
        .iter()
        .map(|found| match found.code.name {
            "several-accounts" => found.code.name.to_owned(),
            _ => format!("{} {} {}", found.severity.name(), found.code.name, found.message),
        })
        .collect();
    all.sort();
    // Some findings are made once per file, and the items of a file are dealt over two.
    all.dedup();
    all
}

#[test]
fn the_order_of_files_and_items_never_matters_to_findings() {
    let mut random = fastrand::Rng::with_seed(5);
    for case in cases() {
        let mut files = load(&case);
        if !states_account(&case, &files) {
            files = files.with_account();
        }
        let outcome = files.analyse();
        // What cannot be read is in no tree and would be lost.
        if outcome.found.iter().any(|found| found.code.stage == admit::diagnostics::Stage::Syntax) {
            continue;
        }
        for _ in 0..4 {
            let other = shuffled(&files, &mut random).analyse();
            assert_eq!(findings(&outcome), findings(&other), "{}", case.display());
        }
    }
}

/// Every answer of a project on some days: user, app, day, allowed.
fn answers(files: &Files) -> Vec<(String, String, Date, bool)> {
    let outcome = files.analyse();
    let checked = outcome.checked.as_ref().expect("a project without errors");
    let program = compile(checked, &outcome.sources);
    let mut evaluator = Evaluator::new(&program);
    let mut all = Vec::new();
    for user in program.users() {
        for app in program.apps() {
            for day in ["2026-12-01", "2026-12-21", "2027-04-01", "2027-07-01"] {
                let day = Date::parse(day).unwrap();
                let allowed = evaluator.install(user, app, day) == Outcome::Allow;
                let names = (program.user_name(user).to_owned(), program.app_name(app).to_owned());
                all.push((names.0, names.1, day, allowed));
            }
        }
    }
    all.sort();
    all
}

#[test]
fn the_order_of_files_and_items_never_matters_to_decisions() {
    let case = cases().into_iter().find(|case| case.ends_with("tour.admit")).unwrap();
    let files = load(&case);
    let expected = answers(&files);
    assert!(expected.iter().any(|(.., allowed)| *allowed) && expected.iter().any(|(.., allowed)| !*allowed));
    let mut random = fastrand::Rng::with_seed(9);
    for _ in 0..5 {
        assert_eq!(answers(&shuffled(&files, &mut random)), expected);
    }
}

#[test]
fn entities_and_fact_files_make_the_same_model() {
    let policies = "attribute user.department: text\nattribute user.seats: number\nattribute app.reviewed: date\n\
                    attribute developer.verified: flag\ngroup sales { }\n";
    let entities = "developer contoso { name \"Contoso\"  kind third-party  verified true }\n\
                    app notes { name \"Notes\"  marketplace-id x1  developer contoso  listing listed  stage published \
                    managed-by user  scopes meeting:read, user:read  optional-scopes none  reviewed 2026-01-31 }\n\
                    app beta { developer contoso  stage beta  beta-until 2027-01-31 }\n\
                    user Ana@X.example { roles member, owner  groups sales, legal  department \"R&D\"  seats 12 }\n\
                    user bo@x.example { roles none }\n";
    let yaml = "developers: [{id: contoso, name: Contoso, kind: third-party, verified: true}]\napps:\n  - {id: notes, name: Notes, \
                marketplace_id: x1, developer: contoso, listing: listed, stage: published, managed_by: user, scopes: [meeting:read, \
                \"user:read\"], optional_scopes: [], reviewed: 2026-01-31}\n  - {id: beta, developer: contoso, stage: beta, beta_until: \
                2027-01-31}\n";
    let csv = "email,roles,groups,department,seats\nana@x.example,member;owner,sales;legal,R&D,12\nBO@x.example,none,,,\n";
    let written = Files::new(&[("policies/a.admit", policies), ("policies/b.admit", entities)])
        .with_account()
        .analyse();
    let read =
        Files::new(&[("policies/a.admit", policies), ("catalog/a.yaml", yaml), ("directory/u.csv", csv)]);
    let read = read.with_account().analyse();
    assert_eq!((written.codes(), read.codes()), (vec![], vec![]), "{}{}", written.text(), read.text());
    assert_eq!(facts(&written), facts(&read));
}

/// Everything a model knows about entities, by name.
fn facts(outcome: &mini::Outcome) -> String {
    let model = &outcome.model;
    let name = |symbol| model.name(symbol).to_owned();
    let mut all = Vec::new();
    for (id, user) in model.users.rows.enumerate() {
        let roles = model
            .users
            .stated_roles(id)
            .map(|roles| roles.iter().map(|&role| name(model.roles[role].name)).collect::<Vec<_>>());
        let groups: Vec<String> =
            model.users.groups(id).iter().map(|&group| name(model.groups[group].name)).collect();
        all.push(format!("{} {:?} {roles:?} {groups:?}", name(user.email), user.origin));
    }
    for app in model.apps.iter() {
        let scopes = |refs: &[admit::model::Ref<admit::text::ScopeId>]| {
            refs.iter().map(|scope| name(model.scopes[scope.id].name)).collect::<Vec<_>>()
        };
        all.push(format!(
            "{} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            name(app.name),
            app.title.map(name),
            app.marketplace_id.map(name),
            app.developer.map(|developer| name(model.developers[developer.id].name)),
            (app.listing, app.listing_assumed),
            app.stage,
            app.managed_by,
            app.scopes.as_deref().map(scopes),
            scopes(&app.optional_scopes),
            app.beta_until
        ));
    }
    for developer in model.developers.iter() {
        all.push(format!("{} {:?} {:?}", name(developer.name), developer.title.map(name), developer.kind));
    }
    for attribute in model.attributes.iter() {
        let values = attribute.column.iter().map(|value| match value {
            Some(admit::model::Value::Text(text)) => name(*text),
            other => format!("{other:?}"),
        });
        all.push(format!("{} {:?}", name(attribute.name), values.collect::<Vec<_>>()));
    }
    all.join("\n")
}
