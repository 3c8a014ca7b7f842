//! The table of the language's section on decisions: one function for each of its rows, named after it.

use super::condition::{self, Pair};
use super::project::{App, Effect, Installer, Project, Role, Rule};
use super::scopes;
use super::selection::{developer_kind, in_force, listing, selects_app, selects_user};
use super::truth::{Truth, all, any};

/// The privilege of those who approve.
pub const APPROVE_PRIVILEGE: &str = "MarketPlace:Edit";

/// Stage published; or developer kind internal (with any stage); or beta with the day not after its end.
pub fn available(project: &Project, app: &App, day: &str) -> Truth {
    let internal = match developer_kind(project, app) {
        Ok(kind) => (kind == "internal").into(),
        Err(unknown) => unknown,
    };
    let entity = || format!("app:{}", app.id);
    let by_stage = match (app.stage.as_deref(), &app.beta_until) {
        (None, _) => Truth::unknown(entity(), "stage"),
        (Some("published"), _) => Truth::True,
        (Some("beta"), None) => Truth::unknown(entity(), "beta-until"),
        (Some("beta"), Some(end)) => (day <= end.as_str()).into(),
        _ => Truth::False,
    };
    any([by_stage, internal])
}

/// Whether the section for the app's listing requires approval; nothing where the listing is not known.
pub fn required(project: &Project, app: &App) -> Option<bool> {
    Some(match listing(app)? {
        "listed" => project.account.listed_approval_required,
        _ => project.account.unlisted_approval_required,
    })
}

/// The exemptions of the app's section that are in force and surely select it.
pub fn exempt<'p>(project: &'p Project, app: &App, day: &str) -> Vec<&'p Rule> {
    let of_section = |rule: &&Rule| match &rule.effect {
        Effect::Exempt { listing: section } => Some(section.as_str()) == listing(app),
        _ => false,
    };
    let holds = |rule: &&Rule| {
        let pair = Pair { project, user: None, app, day };
        in_force(rule, day)
            && selects_app(project, rule.apps.as_ref(), app).is_true()
            && condition::holds(&pair, rule.when.as_ref()).is_true()
    };
    project.rules.iter().filter(of_section).filter(holds).collect()
}

/// Whether every scope the app asks for is literally among those reviewed; a missing list is not.
pub fn covers(project: &Project, approve: &Rule, app: &App) -> bool {
    let Effect::Approve { reviewed: Some(reviewed) } = &approve.effect else { return true };
    match &app.scopes {
        None => false,
        Some(required) => {
            required.iter().chain(&app.optional_scopes).all(|scope| scopes::matches(project, reviewed, scope))
        }
    }
}

/// The approvals that hold for the user and the app.
pub fn approved<'p>(project: &'p Project, user: &str, app: &App, day: &str) -> Vec<&'p Rule> {
    let holds = |rule: &&Rule| {
        let pair = Pair { project, user: Some(user), app, day };
        matches!(rule.effect, Effect::Approve { .. })
            && in_force(rule, day)
            && selects_app(project, rule.apps.as_ref(), app).is_true()
            && selects_user(project, rule.people.as_ref(), user, day)
            && condition::holds(&pair, rule.when.as_ref()).is_true()
            && covers(project, rule, app)
    };
    project.rules.iter().filter(holds).collect()
}

/// How far a block or withhold applies to the user and the app, were it not waived: true, unknown or not at all.
pub fn applies(project: &Project, rule: &Rule, user: &str, app: &App, day: &str) -> Truth {
    let pair = Pair { project, user: Some(user), app, day };
    if !in_force(rule, day) || !selects_user(project, rule.people.as_ref(), user, day) {
        return Truth::False;
    }
    all([selects_app(project, rule.apps.as_ref(), app), condition::holds(&pair, rule.when.as_ref())])
}

/// The waivers of a rule that surely lift it for the user and the app.
pub fn waivers<'p>(project: &'p Project, lifted: &Rule, user: &str, app: &App, day: &str) -> Vec<&'p Rule> {
    let lifts = |rule: &&Rule| {
        matches!(&rule.effect, Effect::Waive { rule } if Some(rule) == lifted.id.as_ref())
            && in_force(rule, day)
            && selects_user(project, rule.people.as_ref(), user, day)
            && selects_app(project, rule.apps.as_ref(), app).is_true()
    };
    project.rules.iter().filter(lifts).collect()
}

/// The blocks that apply, each with whether surely or for want of a fact.
pub fn blocked<'p>(project: &'p Project, user: &str, app: &App, day: &str) -> Vec<(&'p Rule, Truth)> {
    let blocks = project.rules.iter().filter(|rule| matches!(rule.effect, Effect::Block));
    blocks
        .map(|rule| (rule, applies(project, rule, user, app, day)))
        .filter(|(rule, truth)| truth.may_be() && waivers(project, rule, user, app, day).is_empty())
        .collect()
}

pub fn role<'p>(project: &'p Project, name: &str) -> &'p Role {
    project.roles.iter().find(|role| role.name == name).expect("roles are declared")
}

/// The roles and all that they extend.
pub fn closed(project: &Project, mut roles: Vec<String>) -> Vec<String> {
    let mut next = 0;
    while let Some(name) = roles.get(next).cloned() {
        next += 1;
        for extended in &role(project, &name).extends {
            if !roles.contains(extended) {
                roles.push(extended.clone());
            }
        }
    }
    roles
}

/// The user's roles: by fact, else the default role, and by grants in force; closed over `extends`.
pub fn roles(project: &Project, user: &str, day: &str) -> Vec<String> {
    let by_fact = project.user(user).and_then(|user| user.roles.clone());
    let mut roles = by_fact.unwrap_or_else(|| project.account.default_role.iter().cloned().collect());
    for rule in &project.rules {
        if let Effect::Grant { role } = &rule.effect
            && in_force(rule, day)
            && selects_user(project, rule.people.as_ref(), user, day)
        {
            roles.push(role.clone());
        }
    }
    closed(project, roles)
}

/// Whether the roles together (already closed) have the privilege.
pub fn have(project: &Project, roles: &[String], privilege: &str) -> bool {
    let privileges = roles.iter().flat_map(|name| &role(project, name).privileges);
    privileges.into_iter().any(|own| own.eq_ignore_ascii_case(privilege))
}

/// Whether a role itself grants the scope or something that implies it.
pub fn grants(project: &Project, name: &str, scope: &str) -> bool {
    let terms = &role(project, name).scopes;
    scopes::implying(project, scope).iter().any(|implying| scopes::matches(project, terms, implying))
}

/// The privileges that the catalogue lists for the scope.
pub fn privileges<'p>(project: &'p Project, scope: &str) -> &'p [String] {
    scopes::entry(project, scope).map_or(&[], |entry| &entry.privileges)
}

/// Whether the roles together (already closed) open the scope by privileges.
pub fn open(project: &Project, roles: &[String], scope: &str) -> bool {
    let listed = privileges(project, scope);
    !listed.is_empty() && listed.iter().all(|privilege| have(project, roles, privilege))
}

/// Whether the roles together (already closed) give the scope.
pub fn give(project: &Project, roles: &[String], scope: &str) -> bool {
    roles.iter().any(|role| grants(project, role, scope)) || open(project, roles, scope)
}

/// Whether the user may hand the scope to the app.
pub fn holds(project: &Project, user: &str, scope: &str, app: &App, day: &str) -> bool {
    withheld(project, user, scope, app, day).is_none() && give(project, &roles(project, user, day), scope)
}

/// Whether a withhold's list takes the scope: it or something that it implies.
pub fn takes(project: &Project, withhold: &Rule, scope: &str) -> bool {
    let Effect::Withhold { scopes: terms } = &withhold.effect else { return false };
    scopes::implied(project, scope).iter().any(|implied| scopes::matches(project, terms, implied))
}

/// The first withhold that keeps the user from handing the scope to the app.
pub fn withheld<'p>(project: &'p Project, user: &str, scope: &str, app: &App, day: &str) -> Option<&'p Rule> {
    project.rules.iter().find(|rule| {
        takes(project, rule, scope)
            && applies(project, rule, user, app, day).may_be()
            && waivers(project, rule, user, app, day).is_empty()
    })
}

/// What makes the user an installer: the first privilege of the account's list that they have, else the first role.
pub fn installer(project: &Project, user: &str, day: &str) -> Option<Installer> {
    let roles = roles(project, user, day);
    let installers = match &project.account.installers {
        Some(installers) => installers.clone(),
        None => vec![Installer::Privilege(APPROVE_PRIVILEGE.to_owned())],
    };
    let is_privilege = |installer: &&Installer| matches!(installer, Installer::Privilege(_));
    let has = |installer: &&Installer| match installer {
        Installer::Privilege(privilege) => have(project, &roles, privilege),
        Installer::Role(role) => roles.contains(role),
    };
    let by_privilege = installers.iter().filter(is_privilege).find(has);
    by_privilege.or_else(|| installers.iter().filter(|i| !is_privilege(i)).find(has)).cloned()
}
