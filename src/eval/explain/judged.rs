//! Every conjunct judged: the reasons or the grounds, and what the path to yes takes.

use super::applied::Applied;
use super::giving::Giving;
use super::places::rule_ref;
use super::scopes::{missing_scope, scope_ground};
use super::steps::Path;
use super::story::Story;
use crate::decision::{BlockedHow, Ground, MissingScope, Reason, RuleRef, UnknownFact};
use crate::eval::truth::Truth;
use crate::program::RuleKind;
use crate::terms::{ManagedBy, Stage};
use crate::text::{RuleId, ScopeId};

/// What was judged.
pub(in crate::eval) struct Judged {
    /// Every failing conjunct.
    pub(in crate::eval) reasons: Vec<Reason>,
    /// Everything an allow rests on; empty where there are reasons.
    pub(in crate::eval) grounds: Vec<Ground>,
    /// Optional scopes that are not held.
    pub(in crate::eval) refused_at_consent: Vec<String>,
    /// What the path to yes takes; `None`: nothing the person can ask for helps, or nothing is needed.
    pub(super) path: Option<Path>,
}

/// Which apps may be added as far as who manages them matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::eval) enum Managed {
    /// Those managed by user, and for installers all.
    ByAnybody,
    /// Only those managed by user.
    ByUserAlone,
}

/// Judges every conjunct.
pub(super) fn judge(case: &Story<'_>, giving: &mut Giving, managed: Managed) -> Judged {
    let blocks = case.applied(RuleKind::Block);
    let withholds = case.applied(RuleKind::Withhold);
    let missing = missing(case, giving, &withholds.standing);
    let mut facts = Vec::new();
    let mut reasons = Vec::new();
    reasons.extend(unavailable(case, &mut facts));
    reasons.extend(blocked(case, &blocks.standing));
    reasons.extend(approval_required(case, &mut facts));
    reasons.extend(admin_managed(case, managed, &mut facts));
    let path = Path::new(case, &reasons, &blocks.standing, &missing);
    if !missing.is_empty() {
        reasons.push(Reason::MissingScopes {
            scopes: missing.into_iter().map(|(_, missing)| missing).collect(),
        });
    }
    if !case.app.row.scopes_known {
        facts.push(case.app_fact("scopes"));
    }
    facts.sort();
    facts.dedup();
    let path = path.filter(|_| !reasons.is_empty() || !facts.is_empty()).map(|path| path.with_facts(&facts));
    if !facts.is_empty() {
        reasons.push(Reason::UnknownFact { facts });
    }
    let grounds = if reasons.is_empty() { grounds(case, &blocks, &withholds) } else { Vec::new() };
    Judged { reasons, grounds, refused_at_consent: refused(case, &withholds.standing), path }
}

fn unavailable(case: &Story<'_>, facts: &mut Vec<UnknownFact>) -> Option<Reason> {
    match case.available() {
        Truth::True => None,
        Truth::Unknown => {
            facts.extend(case.availability_facts());
            None
        }
        Truth::False => {
            let ended = case.app.row.beta_until.and_then(|end| end.date());
            let ended = ended.filter(|_| case.app.row.stage == Some(Stage::Beta));
            let detail = match (ended, case.app.row.stage) {
                (Some(end), _) => format!("its beta ended on {end}"),
                (None, Some(Stage::Development)) => {
                    "it is in development and its developer is not internal".to_owned()
                }
                (None, _) => "it is private and its developer is not internal".to_owned(),
            };
            Some(Reason::Unavailable { detail, ended_beta: ended.is_some() })
        }
    }
}

fn blocked(case: &Story<'_>, standing: &[RuleId]) -> Option<Reason> {
    let (rules, how): (Vec<RuleRef>, Vec<BlockedHow>) = standing
        .iter()
        .filter_map(|&rule| Some((rule_ref(case.program, rule, true)?, case.how(rule))))
        .unzip();
    (!rules.is_empty()).then_some(Reason::Blocked { rules, how })
}

fn approval_required(case: &Story<'_>, facts: &mut Vec<UnknownFact>) -> Option<Reason> {
    match case.requires_approval() {
        None => {
            facts.push(case.app_fact("listing"));
            None
        }
        Some(true) if !case.exempt() && !case.approved() => {
            Some(Reason::ApprovalRequired { near_misses: case.near_misses() })
        }
        Some(_) => None,
    }
}

fn admin_managed(case: &Story<'_>, managed: Managed, facts: &mut Vec<UnknownFact>) -> Option<Reason> {
    let may_add = match (managed, case.app.row.managed_by) {
        (Managed::ByAnybody, _) => case.may_add(),
        (Managed::ByUserAlone, None) => Truth::Unknown,
        (Managed::ByUserAlone, Some(by)) => (by == ManagedBy::User).into(),
    };
    if may_add == Truth::Unknown {
        facts.push(case.app_fact("managed-by"));
    }
    (may_add == Truth::False).then_some(Reason::AdminManaged)
}

/// Required scopes that the user does not hold.
fn missing(case: &Story<'_>, giving: &mut Giving, withholds: &[RuleId]) -> Vec<(ScopeId, MissingScope)> {
    let mut missing = Vec::new();
    for &scope in case.required() {
        let taken_by = case.taken_by(withholds, scope);
        if taken_by.is_some() || !case.gives(scope) {
            missing.push((scope, missing_scope(case, giving, scope, taken_by)));
        }
    }
    missing
}

/// Optional scopes that the user does not hold.
fn refused(case: &Story<'_>, withholds: &[RuleId]) -> Vec<String> {
    let held = |scope: ScopeId| case.gives(scope) && case.taken_by(withholds, scope).is_none();
    let refused = case.optional().iter().filter(|&&scope| !held(scope));
    refused.map(|&scope| case.scope_name(scope).to_owned()).collect()
}

/// Everything that an allow rests on.
fn grounds(case: &Story<'_>, blocks: &Applied, withholds: &Applied) -> Vec<Ground> {
    let mut grounds = match case.requires_approval() {
        Some(true) => case.approval_grounds(),
        _ => vec![Ground::ApprovalOptional],
    };
    let of_required = |rule: &&RuleId| case.takes(**rule, case.required());
    let lifted: Vec<RuleId> =
        blocks.lifted.iter().chain(withholds.lifted.iter().filter(of_required)).copied().collect();
    grounds.extend(case.waiver_grounds(&lifted));
    grounds.extend(case.required().iter().map(|&scope| scope_ground(case, scope)));
    if case.app.row.managed_by != Some(ManagedBy::User) {
        grounds.push(installer_ground(case));
    }
    grounds
}

/// What makes the user an installer: the first privilege in the account's order, else the first role.
fn installer_ground(case: &Story<'_>) -> Ground {
    let program = case.program;
    let roles = case.person.roles;
    let account = &program.account;
    let privilege = account.installer_privileges.iter().find(|&&privilege| roles.has_privilege(privilege));
    if let Some(&privilege) = privilege {
        let name = program.privileges.get(privilege).map(|&name| program.names.text(name).to_owned());
        return Ground::Installer { privilege: name, role: None };
    }
    let role = account.installer_roles.iter().find(|&&role| roles.has(role));
    let name = role.and_then(|&role| program.roles.rows.get(role));
    Ground::Installer { privilege: None, role: name.map(|row| program.names.text(row.name).to_owned()) }
}
