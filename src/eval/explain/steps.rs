//! The path to yes.

use super::story::Story;
use crate::decision::{MissingScope, NextStep, Reason, UnknownFact};
use crate::eval::Evaluator;
use crate::program::{Day, Notify};
use crate::text::{AppId, RuleId, ScopeId, UserId};

/// What the path to yes takes.
pub(in crate::eval) struct Path {
    /// Facts that are not known.
    facts: Vec<UnknownFact>,
    /// Whether an approval is needed.
    approval: bool,
    /// Whether an installer is needed.
    installer: bool,
    /// Scopes that are missing, with what each lacks.
    scopes: Vec<MissingScope>,
}

impl Path {
    /// The path past these failures; `None` where nothing the person can ask for helps.
    pub(super) fn new(
        case: &Story<'_>,
        reasons: &[Reason],
        blocks: &[RuleId],
        missing: &[(ScopeId, MissingScope)],
    ) -> Option<Self> {
        let hopeless = reasons.iter().any(|reason| matches!(reason, Reason::Unavailable { .. }))
            || blocks.iter().any(|&rule| case.surely_applies(rule))
            || missing.iter().any(|(_, missing)| missing.withheld_by.is_some());
        if hopeless {
            return None;
        }
        Some(Self {
            facts: blocks.iter().flat_map(|&rule| case.undecided_facts(rule)).collect(),
            approval: reasons.iter().any(|reason| matches!(reason, Reason::ApprovalRequired { .. })),
            installer: reasons.iter().any(|reason| matches!(reason, Reason::AdminManaged)),
            scopes: missing.iter().map(|(_, missing)| missing.clone()).collect(),
        })
    }

    /// With more facts that are not known.
    pub(super) fn with_facts(mut self, facts: &[UnknownFact]) -> Self {
        self.facts.extend_from_slice(facts);
        self.facts.sort();
        self.facts.dedup();
        self
    }

    /// The steps in order.
    pub(super) fn steps(self, evaluator: &mut Evaluator<'_>, app: AppId, day: Day) -> Vec<NextStep> {
        let mut steps = Vec::new();
        if !self.facts.is_empty() {
            steps.push(NextStep::CompleteFacts { facts: self.facts });
        }
        if self.approval {
            steps.push(request_approval(evaluator, day));
        }
        if self.installer {
            steps.push(request_install(evaluator, app, day));
        } else if !self.scopes.is_empty() {
            steps.push(request_privileges(self.scopes));
        }
        steps
    }
}

fn request_approval(evaluator: &mut Evaluator<'_>, day: Day) -> NextStep {
    let program = evaluator.program;
    let emails = |users: &[UserId]| users.iter().map(|&user| program.user_name(user).to_owned()).collect();
    let approvers: Vec<String> = emails(evaluator.approvers(day));
    let notified = match &program.account.notify {
        Notify::Recipients(users) => emails(users),
        Notify::Automatically => approvers.clone(),
        Notify::Nobody => Vec::new(),
    };
    let via = program.account.requests_via.map(|via| program.names.text(via).to_owned());
    NextStep::RequestApproval { approvers, notified, via }
}

/// Installers who hold every scope that the app must have.
fn request_install(evaluator: &mut Evaluator<'_>, app: AppId, day: Day) -> NextStep {
    let program = evaluator.program;
    let all = evaluator.installers(day).to_vec();
    let able = all.into_iter().filter(|&user| evaluator.case(user, app, day).holds_required());
    NextStep::RequestInstall { installers: able.map(|user| program.user_name(user).to_owned()).collect() }
}

/// What the missing scopes lack, and the roles that would give at least one of them.
pub(in crate::eval) fn request_privileges(scopes: Vec<MissingScope>) -> NextStep {
    let (mut privileges, mut roles) = (Vec::new(), Vec::new());
    for scope in scopes {
        privileges.extend(scope.lacking_privileges);
        roles.extend(scope.roles);
    }
    for names in [&mut privileges, &mut roles] {
        names.sort();
        names.dedup();
    }
    NextStep::RequestPrivileges { privileges, roles }
}
