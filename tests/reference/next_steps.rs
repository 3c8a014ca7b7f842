//! The path from a denial to yes.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::decision::*;
use super::explain::{Failures, facts, missing, put, roles_that};
use super::project::{App, Notify, Project};
use super::truth::Facts;

/// The steps in order; none where nothing the person can ask for helps.
pub fn next_steps(project: &Project, user: &str, app: &App, day: &str, failures: &Failures) -> Vec<Json> {
    let surely_blocked = failures.blocks.iter().any(|(_, truth)| truth.is_true());
    let taken = |scope: &String| withheld(project, user, scope, app, day).is_some();
    if surely_blocked || failures.unavailable || failures.missing.iter().any(taken) {
        return Vec::new();
    }
    let mut steps = Vec::new();
    let mut unknown: Facts = failures.unknown.clone();
    unknown.extend(failures.blocks.iter().flat_map(|(_, truth)| truth.facts()));
    if !unknown.is_empty() {
        steps.push(json!({ "kind": "complete-facts", "facts": facts(&unknown) }));
    }
    if failures.approval_required {
        steps.push(request_approval(project, day));
    }
    if failures.admin_managed {
        let mut step = json!({ "kind": "request-install" });
        put(&mut step, "installers", installers(project, app, day));
        steps.push(step);
    } else if !failures.missing.is_empty() {
        steps.push(request_privileges(project, user, &failures.missing, day));
    }
    steps
}

fn request_approval(project: &Project, day: &str) -> Json {
    let everybody = project.everybody();
    let holders =
        everybody.iter().filter(|user| have(project, &roles(project, user, day), APPROVE_PRIVILEGE));
    let approvers: Vec<Json> = holders.map(|user| json!(user)).collect();
    let mut step = json!({ "kind": "request-approval" });
    let notified = match &project.account.notify {
        Notify::Recipients(recipients) => recipients.iter().map(|user| json!(user)).collect(),
        Notify::Automatically => approvers.clone(),
        Notify::Nobody => Vec::new(),
    };
    put(&mut step, "approvers", approvers);
    put(&mut step, "notified", notified);
    if let Some(via) = &project.account.requests_via {
        step["via"] = json!(via);
    }
    step
}

/// Installers who hold every scope that the app requires.
fn installers(project: &Project, app: &App, day: &str) -> Vec<Json> {
    let may = |user: &&String| {
        installer(project, user, day).is_some() && missing(project, user, app, day).is_empty()
    };
    project.everybody().iter().filter(may).map(|user| json!(user)).collect()
}

pub fn request_privileges(project: &Project, user: &str, missing: &[String], day: &str) -> Json {
    let own = roles(project, user, day);
    let mut lacking = BTreeSet::new();
    for scope in missing {
        let listed = privileges(project, scope).iter();
        lacking.extend(listed.filter(|privilege| !have(project, &own, privilege)).cloned());
    }
    let helps = |roles: &[String]| missing.iter().any(|scope| give(project, roles, scope));
    let mut step = json!({ "kind": "request-privileges" });
    put(&mut step, "privileges", lacking.into_iter().map(Json::from).collect());
    put(&mut step, "roles", roles_that(project, helps));
    step
}
