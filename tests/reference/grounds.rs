//! What an allow rests on.

use serde_json::{Value as Json, json};

use super::decision::*;
use super::explain::{distinct, place};
use super::project::{App, Effect, Installer, Project, Rule};

/// Every ground, in order.
pub fn grounds(project: &Project, user: &str, app: &App, day: &str) -> Vec<Json> {
    let mut grounds = Vec::new();
    if required(project, app) == Some(false) {
        grounds.push(json!({ "kind": "approval-optional" }));
    } else {
        grounds.extend(exempt(project, app, day).into_iter().map(|rule| of_rule("exemption", rule)));
        grounds.extend(approved(project, user, app, day).into_iter().map(|rule| of_rule("approval", rule)));
    }
    grounds.extend(waived(project, user, app, day));
    for scope in distinct(app.scopes.as_deref().unwrap_or_default()) {
        grounds.push(scope_ground(project, user, &scope, day));
    }
    if app.managed_by.as_deref() != Some("user") {
        grounds.push(match installer(project, user, day) {
            Some(Installer::Privilege(privilege)) => json!({ "kind": "installer", "privilege": privilege }),
            Some(Installer::Role(role)) => json!({ "kind": "installer", "role": role }),
            None => panic!("only an installer may add an app that is not known to be managed by user"),
        });
    }
    grounds
}

fn of_rule(kind: &str, rule: &Rule) -> Json {
    let mut ground = json!({ "kind": kind, "rule": place(rule) });
    if let Some(because) = &rule.because {
        ground["because"] = json!(because);
    }
    ground
}

/// The waivers that lift something which would otherwise keep the user from the app, or from handing it a scope it asks for.
fn waived(project: &Project, user: &str, app: &App, day: &str) -> Vec<Json> {
    let would_apply = |rule: &Rule| {
        let concerns = match &rule.effect {
            Effect::Block => true,
            Effect::Withhold { .. } => {
                let required = app.scopes.iter().flatten();
                required.into_iter().any(|scope| takes(project, rule, scope))
            }
            _ => false,
        };
        concerns && applies(project, rule, user, app, day).may_be()
    };
    let lifting = |waive: &&Rule| {
        let Effect::Waive { rule: id } = &waive.effect else { return false };
        let lifted =
            project.rules.iter().find(|rule| rule.id.as_ref() == Some(id)).expect("ids are declared");
        would_apply(lifted)
            && waivers(project, lifted, user, app, day).iter().any(|other| other.place == waive.place)
    };
    project.rules.iter().filter(lifting).map(|rule| of_rule("waiver", rule)).collect()
}

/// The first role by name that grants the scope, else the privileges that open it.
pub fn scope_ground(project: &Project, user: &str, scope: &str, day: &str) -> Json {
    let mut roles = roles(project, user, day);
    roles.sort();
    match roles.iter().find(|role| grants(project, role, scope)) {
        Some(role) => json!({ "kind": "scope", "scope": scope, "role": role }),
        None => json!({ "kind": "scope", "scope": scope, "privileges": privileges(project, scope) }),
    }
}
