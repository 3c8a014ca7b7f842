//! Hypothetical facts laid over a project: what is stated replaces what was, field by field.

use super::dice::Dice;
use super::render;
use super::render::record::{self, FieldValue, Kind, Record};
use super::vocabulary::{DAYS, DEVELOPERS, GROUPS, scopes};
use crate::reference::project::{App, Developer, Notify, Project, User};

/// The text of one entity with some of its fields; `project` becomes what it is with them.
pub fn facts(dice: &mut Dice, project: &mut Project) -> String {
    let record = entity(dice, project);
    render::entity(dice, &record)
}

/// One entity with some of its fields; `project` becomes what it is with them.
pub fn entity(dice: &mut Dice, project: &mut Project) -> Record {
    if dice.chance(50) { user(dice, project) } else { app(dice, project) }
}

/// Some fields of the record, which of the others are as they were.
fn user(dice: &mut Dice, project: &mut Project) -> Record {
    let everybody: Vec<String> = project.everybody().into_iter().collect();
    let email = if dice.chance(20) { "newbie@a.example".to_owned() } else { dice.one(&everybody) };
    let roles: Vec<String> = project.roles.iter().map(|role| role.name.clone()).collect();
    // Attributes of somebody else: values of the right types.
    let other = dice.one(&project.users);
    let before = project.user(&email).cloned().unwrap_or(User { email: email.clone(), ..User::default() });
    let mut stated = User { email: email.clone(), ..User::default() };
    let mut after = before;
    // Whoever is told about requests has to stay able to approve them.
    let told = matches!(&project.account.notify, Notify::Recipients(told) if told.contains(&email));
    if dice.chance(50) && !told {
        let some = dice.some(&roles, 0, 2);
        stated.roles = Some(some.clone());
        after.roles = Some(some);
    }
    for (name, value) in other.attributes {
        if dice.chance(50) {
            stated.attributes.insert(name.clone(), value.clone());
            after.attributes.insert(name, value);
        }
    }
    let mut record = record::user(dice, &stated);
    record.fields.retain(|(key, _)| key != "groups");
    if dice.chance(50) {
        // All memberships, those by lists of groups too, give way.
        after.groups = dice.some(&GROUPS.map(str::to_owned), 0, 2);
        project.groups.iter_mut().for_each(|group| group.members.retain(|member| *member != email));
        record.fields.push(("groups".to_owned(), FieldValue::List(after.groups.clone())));
    }
    project.users.retain(|user| user.email != email);
    project.users.push(after);
    record
}

fn app(dice: &mut Dice, project: &mut Project) -> Record {
    let ids: Vec<String> = project.apps.iter().map(|app| app.id.clone()).collect();
    let id = if dice.chance(20) { "new.app".to_owned() } else { dice.one(&ids) };
    let known = project.apps.iter().find(|app| app.id == id).cloned();
    let mut after = known.unwrap_or(App { id: id.clone(), ..App::default() });
    let mut record =
        Record { kind: Kind::App, fields: vec![("id".to_owned(), FieldValue::Text(id.clone()))] };
    let mut state = |key: &str, value: &str| {
        record.fields.push((key.to_owned(), FieldValue::Text(value.to_owned())));
        Some(value.to_owned())
    };
    if dice.chance(40) {
        let developer = dice.pick(&DEVELOPERS);
        after.developer = state("developer", developer);
        if project.developers.iter().all(|known| known.id != developer) {
            project.developers.push(Developer { id: developer.to_owned(), ..Developer::default() });
        }
    }
    if dice.chance(30) {
        after.managed_by = state("managed-by", dice.pick(&["user", "admin"]));
    }
    if dice.chance(40) {
        // A listed app is published, or of no known stage.
        let listed = after.listing.as_deref() == Some("listed");
        after.stage =
            state("stage", if listed { "published" } else { dice.pick(&["published", "beta", "private"]) });
    }
    let is_published = after.stage.as_deref().is_none_or(|stage| stage == "published");
    if dice.chance(30) {
        after.listing =
            state("listing", if is_published { dice.pick(&["listed", "unlisted"]) } else { "unlisted" });
    }
    if after.stage.as_deref() == Some("beta") && dice.chance(50) {
        let day = dice.pick(&DAYS).to_owned();
        record.fields.push(("beta-until".to_owned(), FieldValue::Date(day.clone())));
        after.beta_until = Some(day);
    }
    if dice.chance(50) {
        let asked = dice.some(&scopes(), 0, 2);
        record.fields.push(("scopes".to_owned(), FieldValue::List(asked.clone())));
        after.scopes = Some(asked);
    }
    project.apps.retain(|app| app.id != id);
    project.apps.push(after);
    record
}
