//! Decisions with all that explains them, as the JSON of schema `admit.decision/1` without the texts in `detail`.

use serde_json::{Map, Value as Json, json};

use super::condition::{self, Pair};
use super::decision::*;
use super::project::{App, Project, Rule};
use super::selection::{in_force, is_over, is_to_come, listing, selects_app, selects_user};
use super::truth::{Facts, Truth};
use super::{grounds, next_steps, scopes};

/// What failed, for the parts that build on it.
pub struct Failures {
    pub unavailable: bool,
    /// Blocks with whether they apply surely.
    pub blocks: Vec<(Rule, Truth)>,
    pub approval_required: bool,
    pub admin_managed: bool,
    /// Required scopes that are not held.
    pub missing: Vec<String>,
    pub unknown: Facts,
}

impl Failures {
    fn none(&self) -> bool {
        !self.unavailable
            && self.blocks.is_empty()
            && !self.approval_required
            && !self.admin_managed
            && self.missing.is_empty()
            && self.unknown.is_empty()
    }
}

/// Every conjunct of allow that fails for the user and the app.
pub fn failures(project: &Project, user: &str, app: &App, day: &str) -> Failures {
    let mut unknown = Facts::new();
    let entity = format!("app:{}", app.id);
    let mut lacks = |fact: &str| unknown.insert((entity.clone(), fact.to_owned()));
    let approval_required = match required(project, app) {
        None => {
            lacks("listing");
            false
        }
        Some(required) => {
            required && exempt(project, app, day).is_empty() && approved(project, user, app, day).is_empty()
        }
    };
    let is_installer = installer(project, user, day).is_some();
    if app.managed_by.is_none() && !is_installer {
        lacks("managed-by");
    }
    if app.scopes.is_none() {
        lacks("scopes");
    }
    let availability = available(project, app, day);
    unknown.extend(availability.facts());
    Failures {
        unavailable: availability == Truth::False,
        blocks: blocked(project, user, app, day)
            .into_iter()
            .map(|(rule, truth)| (rule.clone(), truth))
            .collect(),
        approval_required,
        admin_managed: app.managed_by.as_deref() == Some("admin") && !is_installer,
        missing: missing(project, user, app, day),
        unknown,
    }
}

/// Required scopes that the user does not hold, each once.
pub fn missing(project: &Project, user: &str, app: &App, day: &str) -> Vec<String> {
    let required = distinct(app.scopes.as_deref().unwrap_or_default());
    required.into_iter().filter(|scope| !holds(project, user, scope, app, day)).collect()
}

/// The names in order, each once.
pub fn distinct(names: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in names {
        if !found.contains(name) {
            found.push(name.clone());
        }
    }
    found
}

/// May the user install the app on the day?
pub fn install(project: &Project, user: &str, app: &str, day: &str) -> Json {
    let app = project.app(app);
    let failures = failures(project, user, app, day);
    let mut answer = Answer::new(json!({ "user": user, "action": "install", "app": app.id, "at": day }));
    answer.judge(project, user, app, day, &failures);
    answer.finish()
}

/// May the user approve the app on the day?
pub fn approve(project: &Project, user: &str, app: &str, day: &str) -> Json {
    let mut answer = Answer::new(json!({ "user": user, "action": "approve", "app": app, "at": day }));
    if have(project, &roles(project, user, day), APPROVE_PRIVILEGE) {
        answer.list("grounds", vec![json!({ "kind": "installer", "privilege": APPROVE_PRIVILEGE })]);
    } else {
        answer.reasons.push(missing_privilege(project));
    }
    answer.finish()
}

/// May the administrator add the app for the user on the day?
pub fn add(project: &Project, by: &str, user: &str, app: &str, day: &str) -> Json {
    let app = project.app(app);
    let question = json!({ "user": user, "action": "add", "app": app.id, "by": by, "at": day });
    let mut answer = Answer::new(question);
    let mut failures = failures(project, user, app, day);
    // Only a user-managed app can be added for somebody, whoever that is.
    failures.admin_managed = app.managed_by.as_deref() == Some("admin");
    if app.managed_by.is_none() {
        failures.unknown.insert((format!("app:{}", app.id), "managed-by".to_owned()));
    }
    let may_act = have(project, &roles(project, by, day), APPROVE_PRIVILEGE);
    if !may_act {
        answer.reasons.push(missing_privilege(project));
    }
    answer.judge(project, user, app, day, &failures);
    if answer.reasons.is_empty() {
        let may_act = json!({ "kind": "installer", "privilege": APPROVE_PRIVILEGE });
        let grounds = answer.json.entry("grounds").or_insert_with(|| json!([]));
        grounds.as_array_mut().expect("grounds are a list").push(may_act);
    }
    answer.finish()
}

/// May the app use the scope on the day, on behalf of the user?
pub fn use_scope(project: &Project, app: &str, scope: &str, user: Option<&str>, day: &str) -> Json {
    let app = project.app(app);
    let mut question = json!({ "action": "use", "app": app.id, "scope": scope, "at": day });
    if let Some(user) = user {
        question["user"] = json!(user);
    }
    let mut answer = Answer::new(question);
    let mut asked = app.scopes.iter().flatten().chain(&app.optional_scopes);
    let is_asked = asked.any(|asked| scopes::implied(project, asked).iter().any(|implied| implied == scope));
    let may_be_asked = is_asked || app.scopes.is_none();
    if !may_be_asked {
        answer.reasons.push(json!({ "code": "not-asked", "scope": scope }));
    }
    if let Some(user) = user {
        let held = holds(project, user, scope, app, day);
        if held && is_asked {
            answer.list("grounds", vec![grounds::scope_ground(project, user, scope, day)]);
        }
        if !held {
            let missing = missing_scope(project, user, scope, app, day);
            answer.reasons.push(json!({ "code": "missing-scopes", "scopes": [missing] }));
        }
        if !held && is_asked && withheld(project, user, scope, app, day).is_none() {
            let step = next_steps::request_privileges(project, user, &[scope.to_owned()], day);
            answer.list("next_steps", vec![step]);
        }
    }
    if may_be_asked && !is_asked {
        let fact = json!({ "entity": format!("app:{}", app.id), "fact": "scopes" });
        answer.reasons.push(json!({ "code": "unknown-fact", "facts": [fact] }));
    }
    answer.finish()
}

fn missing_privilege(project: &Project) -> Json {
    let mut reason = json!({ "code": "missing-privilege", "privilege": APPROVE_PRIVILEGE });
    put(&mut reason, "roles", roles_that(project, |roles| have(project, roles, APPROVE_PRIVILEGE)));
    reason
}

/// The roles that alone (closed over `extends`) are enough, by name.
pub fn roles_that(project: &Project, enough: impl Fn(&[String]) -> bool) -> Vec<Json> {
    let mut names: Vec<&String> = project.roles.iter().map(|role| &role.name).collect();
    names.sort();
    names.retain(|name| enough(&closed(project, vec![(*name).clone()])));
    names.into_iter().map(|name| json!(name)).collect()
}

/// An answer in the making.
struct Answer {
    json: Map<String, Json>,
    reasons: Vec<Json>,
}

impl Answer {
    fn new(query: Json) -> Self {
        let json =
            Map::from_iter([("schema".to_owned(), json!("admit.decision/1")), ("query".to_owned(), query)]);
        Self { json, reasons: Vec::new() }
    }

    fn list(&mut self, key: &str, items: Vec<Json>) {
        if !items.is_empty() {
            self.json.insert(key.to_owned(), json!(items));
        }
    }

    fn judge(&mut self, project: &Project, user: &str, app: &App, day: &str, failures: &Failures) {
        self.reasons.extend(reasons(project, user, app, day, failures));
        if failures.none() && self.reasons.is_empty() {
            self.list("grounds", grounds::grounds(project, user, app, day));
        } else {
            self.list("next_steps", next_steps::next_steps(project, user, app, day, failures));
        }
        let refused = distinct(&app.optional_scopes);
        let refused = refused.into_iter().filter(|scope| !holds(project, user, scope, app, day));
        self.list("refused_at_consent", refused.map(Json::from).collect());
    }

    fn finish(mut self) -> Json {
        let outcome = if self.reasons.is_empty() { "allow" } else { "deny" };
        self.json.insert("outcome".to_owned(), json!(outcome));
        let reasons = std::mem::take(&mut self.reasons);
        self.list("reasons", reasons);
        Json::Object(self.json)
    }
}

fn reasons(project: &Project, user: &str, app: &App, day: &str, failures: &Failures) -> Vec<Json> {
    let mut reasons = Vec::new();
    if failures.unavailable {
        reasons.push(json!({ "code": "unavailable" }));
    }
    if !failures.blocks.is_empty() {
        let rules: Vec<Json> = failures.blocks.iter().map(|(rule, _)| place_with_because(rule)).collect();
        reasons.push(json!({ "code": "blocked", "rules": rules }));
    }
    if failures.approval_required {
        let mut reason = json!({ "code": "approval-required" });
        put(&mut reason, "near_misses", near_misses(project, user, app, day));
        reasons.push(reason);
    }
    if failures.admin_managed {
        reasons.push(json!({ "code": "admin-managed" }));
    }
    if !failures.missing.is_empty() {
        let scopes: Vec<Json> =
            failures.missing.iter().map(|scope| missing_scope(project, user, scope, app, day)).collect();
        reasons.push(json!({ "code": "missing-scopes", "scopes": scopes }));
    }
    if !failures.unknown.is_empty() {
        reasons.push(json!({ "code": "unknown-fact", "facts": facts(&failures.unknown) }));
    }
    reasons
}

pub fn facts(facts: &Facts) -> Vec<Json> {
    facts.iter().map(|(entity, fact)| json!({ "entity": entity, "fact": fact })).collect()
}

/// One for each approval that may select the app but does not hold, with the first way in which it does not.
fn near_misses(project: &Project, user: &str, app: &App, day: &str) -> Vec<Json> {
    let mut found = Vec::new();
    for rule in
        project.rules.iter().filter(|rule| matches!(rule.effect, super::project::Effect::Approve { .. }))
    {
        let selected = selects_app(project, rule.apps.as_ref(), app);
        if !selected.may_be() {
            continue;
        }
        let pair = Pair { project, user: Some(user), app, day };
        let kind = if is_over(rule, day) {
            "expired"
        } else if is_to_come(rule, day) {
            "not-yet"
        } else if !covers(project, rule, app) {
            "outgrown"
        } else if !selects_user(project, rule.people.as_ref(), user, day) {
            "other-people"
        } else {
            let surely = selected.is_true() && condition::holds(&pair, rule.when.as_ref()).is_true();
            assert!(!surely && in_force(rule, day), "an approval that holds is no near miss");
            "condition"
        };
        found.push(json!({ "kind": kind, "rule": place(rule) }));
    }
    found
}

fn missing_scope(project: &Project, user: &str, scope: &str, app: &App, day: &str) -> Json {
    let mut missing = json!({ "scope": scope });
    if let Some(withhold) = withheld(project, user, scope, app, day) {
        missing["withheld_by"] = place_with_because(withhold);
        return missing;
    }
    put(&mut missing, "lacking_privileges", lacking(project, user, scope, day));
    put(&mut missing, "roles", roles_that(project, |roles| give(project, roles, scope)));
    missing
}

/// The privileges that the catalogue lists for the scope and that the user does not have.
fn lacking(project: &Project, user: &str, scope: &str, day: &str) -> Vec<Json> {
    let roles = roles(project, user, day);
    let listed = privileges(project, scope).iter().filter(|privilege| !have(project, &roles, privilege));
    listed.map(|privilege| json!(privilege)).collect()
}

pub fn place(rule: &Rule) -> Json {
    let (file, line, column) = &rule.place;
    let mut place = json!({ "file": file, "line": line, "column": column });
    if let Some(id) = &rule.id {
        place["id"] = json!(id);
    }
    place
}

fn place_with_because(rule: &Rule) -> Json {
    let mut place = place(rule);
    if let Some(because) = &rule.because {
        place["because"] = json!(because);
    }
    place
}

/// Sets a list that has something in it.
pub fn put(json: &mut Json, key: &str, items: Vec<Json>) {
    if !items.is_empty() {
        json[key] = json!(items);
    }
}

/// Whether an allow is right by the table alone, without looking at any reason.
pub fn allowed(project: &Project, user: &str, app: &str, day: &str) -> bool {
    let app = project.app(app);
    let approval = match (listing(app), required(project, app)) {
        (None, _) | (_, None) => false,
        (_, Some(false)) => true,
        (_, Some(true)) => {
            !exempt(project, app, day).is_empty() || !approved(project, user, app, day).is_empty()
        }
    };
    let may_add = app.managed_by.as_deref() == Some("user") || installer(project, user, day).is_some();
    let held = match &app.scopes {
        None => false,
        Some(scopes) => scopes.iter().all(|scope| holds(project, user, scope, app, day)),
    };
    available(project, app, day).is_true()
        && blocked(project, user, app, day).is_empty()
        && approval
        && may_add
        && held
}
