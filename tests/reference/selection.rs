//! Which apps and which people.

use super::decision::roles;
use super::project::{App, AppSelector, Apps, People, Principal, Project, Rule};
use super::truth::{Truth, all, any, not};

/// What the facts say of an app's developer kind; `None` with the fact that is missing.
pub fn developer_kind(project: &Project, app: &App) -> Result<String, Truth> {
    let Some(developer) = project.developer_of(app) else {
        return Err(Truth::unknown(format!("app:{}", app.id), "developer"));
    };
    developer.kind.clone().ok_or_else(|| Truth::unknown(format!("developer:{}", developer.id), "kind"))
}

/// The app's listing: stated, or `unlisted` for a stage that is known not to be published.
pub fn listing(app: &App) -> Option<&str> {
    match (&app.listing, app.stage.as_deref()) {
        (Some(listing), _) => Some(listing),
        (None, None | Some("published")) => None,
        (None, Some(_)) => Some("unlisted"),
    }
}

fn selector_selects(project: &Project, selector: &AppSelector, app: &App) -> Truth {
    let entity = || format!("app:{}", app.id);
    let listed_as = |wanted: &str| match listing(app) {
        Some(listing) => (listing == wanted).into(),
        None => Truth::unknown(entity(), "listing"),
    };
    match selector {
        AppSelector::App(id) => (&app.id == id).into(),
        AppSelector::By(id) => match &app.developer {
            Some(developer) => (developer == id).into(),
            None => Truth::unknown(entity(), "developer"),
        },
        AppSelector::In(name) => {
            let list = project.allowlists.iter().find(|list| &list.name == name).expect("lists are declared");
            any(list.selectors.iter().map(|selector| selector_selects(project, selector, app)))
        }
        AppSelector::Listed => listed_as("listed"),
        AppSelector::Unlisted => listed_as("unlisted"),
        AppSelector::Internal => match developer_kind(project, app) {
            Ok(kind) => (kind == "internal").into(),
            Err(unknown) => unknown,
        },
        AppSelector::All => Truth::True,
    }
}

/// Whether the selection selects the app; no selection selects every app.
pub fn selects_app(project: &Project, apps: Option<&Apps>, app: &App) -> Truth {
    let Some(apps) = apps else { return Truth::True };
    let included = any(apps.include.iter().map(|selector| selector_selects(project, selector, app)));
    let excepted = any(apps.except.iter().map(|selector| selector_selects(project, selector, app)));
    all([included, not(excepted)])
}

/// The user's groups: by facts, by lists of groups, and those that contain one of these.
pub fn groups(project: &Project, user: &str) -> Vec<String> {
    let mut found = project.user(user).map(|user| user.groups.clone()).unwrap_or_default();
    loop {
        let before = found.len();
        for group in &project.groups {
            let contains = group.members.iter().any(|member| member == user)
                || group.groups.iter().any(|inner| found.contains(inner));
            if contains && !found.contains(&group.name) {
                found.push(group.name.clone());
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

fn principal_selects(project: &Project, principal: &Principal, user: &str, day: &str) -> bool {
    match principal {
        Principal::User(email) => email == user,
        Principal::Group(group) => groups(project, user).contains(group),
        Principal::Role(role) => roles(project, user, day).contains(role),
        Principal::Everyone => true,
    }
}

/// Whether the people of a rule contain the user on the day; no people are everyone.
pub fn selects_user(project: &Project, people: Option<&People>, user: &str, day: &str) -> bool {
    let Some(people) = people else { return true };
    let any = |principals: &[Principal]| principals.iter().any(|p| principal_selects(project, p, user, day));
    any(&people.include) && !any(&people.except)
}

/// Whether the rule is in force on the day: both ends count.
pub fn in_force(rule: &Rule, day: &str) -> bool {
    !is_over(rule, day) && !is_to_come(rule, day)
}

pub fn is_over(rule: &Rule, day: &str) -> bool {
    rule.until.as_ref().is_some_and(|until| day > until.as_str())
}

pub fn is_to_come(rule: &Rule, day: &str) -> bool {
    rule.starting.as_ref().is_some_and(|starting| day < starting.as_str())
}
