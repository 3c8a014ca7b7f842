//! Questions other than installing.

use super::Evaluator;
use super::case::Case;
use super::explain::{self, Managed};
use super::scopes::closed;
use super::truth::Truth;
use crate::decision::{
    Action, Decision, Ground, MissingScope, Outcome, Question, Reason, SCHEMA, UnknownFact,
};
use crate::program::{Day, Program};
use crate::text::{AppId, Date, Id, ScopeId, UserId};

/// May the user approve the app?
pub(super) fn approve(evaluator: &mut Evaluator<'_>, user: UserId, app: AppId, at: Date) -> Decision {
    let question = explain::question(evaluator.program, Action::Approve, Some(user), app, at);
    let reasons: Vec<Reason> = lacks_approval_privilege(evaluator, user, at.into()).into_iter().collect();
    decided(question, reasons, vec![may_act(evaluator.program)])
}

/// May the administrator add the app for the user?
pub(super) fn add(
    evaluator: &mut Evaluator<'_>,
    admin: UserId,
    user: UserId,
    app: AppId,
    at: Date,
) -> Decision {
    let program = evaluator.program;
    let first = lacks_approval_privilege(evaluator, admin, at.into()).into_iter().collect();
    let judged = explain::judge(evaluator, user, app, at, Managed::ByUserAlone);
    let mut question = explain::question(program, Action::Add, Some(user), app, at);
    question.by = Some(program.user_name(admin).to_owned());
    let mut decision = explain::finish(evaluator, question, app, judged, first);
    if decision.outcome == Outcome::Allow {
        decision.grounds.push(may_act(program));
    }
    decision
}

/// May the app use the scope, on behalf of the user?
pub(super) fn use_scope(
    evaluator: &mut Evaluator<'_>,
    app: AppId,
    scope: &str,
    user: Option<UserId>,
    at: Date,
) -> Decision {
    let program = evaluator.program;
    let mut question = explain::question(program, Action::Use, user, app, at);
    question.scope = Some(scope.to_owned());
    let known = program.scope(scope);
    let asked = is_asked(evaluator, app, known);
    let mut reasons = Vec::new();
    let mut grounds = Vec::new();
    let mut next_steps = Vec::new();
    if asked == Truth::False {
        reasons.push(Reason::NotAsked { scope: scope.to_owned() });
    }
    if let (Some(user), Some(scope)) = (user, known) {
        match held(evaluator, user, app, scope, at) {
            Ok(ground) => grounds.push(ground),
            Err(missing) => {
                if asked == Truth::True && missing.withheld_by.is_none() {
                    next_steps.push(explain::request_privileges(vec![missing.clone()]));
                }
                reasons.push(Reason::MissingScopes { scopes: vec![missing] });
            }
        }
    }
    if asked == Truth::Unknown {
        let entity = format!("app:{}", program.app_name(app));
        let facts = vec![UnknownFact { entity, fact: "scopes".to_owned() }];
        reasons.push(Reason::UnknownFact { facts });
    }
    Decision { next_steps, ..decided(question, reasons, grounds) }
}

/// Whether the app asks for the scope or for one that implies it. Unknown where the scopes it must have might.
fn is_asked(evaluator: &mut Evaluator<'_>, app: AppId, scope: Option<ScopeId>) -> Truth {
    let program = evaluator.program;
    let target = evaluator.apps.app(program, app);
    let asked = [target.row.required, target.row.optional];
    let mut asked = asked.iter().flat_map(|run| run.of(&program.apps.scopes));
    // Whatever implies the scope is in the table, as is every scope that an app asks for.
    let implying = scope.map(|scope| closed(scope, |one| program.scopes.implied_by.get(one.index())));
    if implying.is_some_and(|implying| asked.any(|one| implying.contains(one))) {
        Truth::True
    } else if target.row.scopes_known {
        Truth::False
    } else {
        Truth::Unknown
    }
}

/// What holds the scope for the user on that app, or why it is not held.
#[expect(clippy::result_large_err, reason = "a scope is either held or missing; neither is rare")]
fn held(
    evaluator: &mut Evaluator<'_>,
    user: UserId,
    app: AppId,
    scope: ScopeId,
    at: Date,
) -> Result<Ground, MissingScope> {
    let Evaluator { program, people, apps, giving, scopes, words, .. } = evaluator;
    let day = at.into();
    let (person, app) = (people.person(program, user, day), apps.app(program, app));
    let case = Case { program, day, person, app, scopes };
    explain::held(&explain::Story::new(case, *words), giving, scope)
}

/// The reason against someone who does not hold `MarketPlace:Edit`.
fn lacks_approval_privilege(evaluator: &mut Evaluator<'_>, user: UserId, day: Day) -> Option<Reason> {
    let program = evaluator.program;
    let privilege = program.account.approve_privilege;
    let person = evaluator.people.person(program, user, day);
    if privilege.is_some_and(|privilege| person.roles.has_privilege(privilege)) {
        return None;
    }
    let roles = privilege.map_or(Vec::new(), |privilege| explain::with_privilege(program, privilege));
    Some(Reason::MissingPrivilege {
        privilege: approval_privilege(program),
        roles: explain::role_names(program, &roles),
    })
}

/// What lets the holder of `MarketPlace:Edit` approve, and add for others.
fn may_act(program: &Program) -> Ground {
    Ground::Installer { privilege: Some(approval_privilege(program)), role: None }
}

/// `MarketPlace:Edit`, as the project writes it.
fn approval_privilege(program: &Program) -> String {
    let privilege = program.account.approve_privilege.and_then(|id| program.privileges.get(id));
    privilege.map_or("MarketPlace:Edit", |&name| program.names.text(name)).to_owned()
}

fn decided(query: Question, reasons: Vec<Reason>, grounds: Vec<Ground>) -> Decision {
    let allowed = reasons.is_empty();
    Decision {
        schema: SCHEMA,
        query,
        outcome: if allowed { Outcome::Allow } else { Outcome::Deny },
        grounds: if allowed { grounds } else { Vec::new() },
        reasons,
        refused_at_consent: Vec::new(),
        next_steps: Vec::new(),
    }
}
