//! Layer 1: what an evaluation answers, as plain data that owns its texts and serialises to the JSON of schema `admit.decision/1`.
//!
//! Field order here is key order there; what is empty or absent is left out. Fields marked `skip` carry what only human output shows.

use serde::Serialize;

use crate::terms::ReasonCode;
use crate::text::{Date, Span};

/// The name of the JSON schema.
pub const SCHEMA: &str = "admit.decision/1";

/// What was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// May the user install the app?
    Install,
    /// May the user approve the app?
    Approve,
    /// May an administrator add the app for the user?
    Add,
    /// May the app use a scope?
    Use,
}

/// A question, with the names it was asked with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The user it is about; absent for `use` without `for`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// What is to be done.
    pub action: Action,
    /// The app.
    pub app: String,
    /// The scope, for `use`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The administrator who acts, for `add`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The day.
    #[serde(serialize_with = "date")]
    pub at: Date,
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Yes.
    Allow,
    /// No.
    Deny,
}

/// A decision with everything that explains it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decision {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// What was asked.
    pub query: Question,
    /// The answer.
    pub outcome: Outcome,
    /// Everything an allow rests on; empty on a deny.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub grounds: Vec<Ground>,
    /// Every failing conjunct; empty on an allow.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// Optional scopes that the user does not hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused_at_consent: Vec<String>,
    /// The path to yes, in order; empty when nothing the person can ask for helps.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub next_steps: Vec<NextStep>,
}

/// A rule by its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleRef {
    /// Its id, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its file, relative to the project.
    pub file: String,
    /// Its line, from 1.
    pub line: u32,
    /// Its column in characters, from 1.
    pub column: u32,
    /// Why it exists; set only where the JSON has it inside the rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Its tight region.
    #[serde(skip)]
    pub span: Span,
    /// Who answers for it.
    #[serde(skip)]
    pub owner: Option<String>,
}

/// One thing that an allow rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Ground {
    /// An approval.
    Approval {
        /// Which.
        rule: RuleRef,
        /// Why it was given.
        #[serde(skip_serializing_if = "Option::is_none")]
        because: Option<String>,
        /// How the user is selected, such as "through group `field`".
        #[serde(skip)]
        via: String,
    },
    /// An exemption.
    Exemption {
        /// Which.
        rule: RuleRef,
        /// Why it was given.
        #[serde(skip_serializing_if = "Option::is_none")]
        because: Option<String>,
    },
    /// The app's section does not require approval.
    ApprovalOptional,
    /// A waiver that lifts a block or withhold which would have applied.
    Waiver {
        /// The waiver.
        rule: RuleRef,
        /// Why it was given.
        #[serde(skip_serializing_if = "Option::is_none")]
        because: Option<String>,
        /// The rule it lifts.
        #[serde(skip)]
        lifts: RuleRef,
    },
    /// A required scope is held.
    Scope {
        /// The scope.
        scope: String,
        /// A role that grants it.
        #[serde(skip_serializing_if = "Option::is_none")]
        role: Option<String>,
        /// Or the privileges that open it.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        privileges: Vec<String>,
    },
    /// The user may add admin-managed apps (and this one is), or, for `approve` and `add`, may act.
    Installer {
        /// The privilege that says so.
        #[serde(skip_serializing_if = "Option::is_none")]
        privilege: Option<String>,
        /// Or the role that says so.
        #[serde(skip_serializing_if = "Option::is_none")]
        role: Option<String>,
    },
}

/// One failing conjunct. The JSON key `code` is [`Reason::code`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Reason {
    /// The app cannot be added by anybody on that day.
    Unavailable {
        /// What makes it so, such as "its beta ended on 2026-03-01".
        #[serde(skip)]
        detail: String,
        /// Whether what makes it so is a beta that ended.
        #[serde(skip)]
        ended_beta: bool,
    },
    /// Blocks apply.
    Blocked {
        /// Which.
        rules: Vec<RuleRef>,
        /// For each of `rules` in order: how it selects the user and the app.
        #[serde(skip)]
        how: Vec<BlockedHow>,
    },
    /// No approval covers the user.
    ApprovalRequired {
        /// Approvals of the app that fall short.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        near_misses: Vec<NearMiss>,
    },
    /// Only an installer may add the app.
    AdminManaged,
    /// Required scopes that the user does not hold.
    MissingScopes {
        /// Which, and what each lacks.
        scopes: Vec<MissingScope>,
    },
    /// Facts that decide are not known.
    UnknownFact {
        /// Which.
        facts: Vec<UnknownFact>,
    },
    /// The acting user lacks a privilege (`approve`, `add`).
    MissingPrivilege {
        /// Which.
        privilege: String,
        /// Roles that have it.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        roles: Vec<String>,
    },
    /// The app asks neither for the scope nor for one that implies it (`use`).
    NotAsked {
        /// Which.
        scope: String,
    },
}

impl Reason {
    /// The code of the reason.
    pub fn code(&self) -> ReasonCode {
        match self {
            Self::Unavailable { .. } => ReasonCode::Unavailable,
            Self::Blocked { .. } => ReasonCode::Blocked,
            Self::ApprovalRequired { .. } => ReasonCode::ApprovalRequired,
            Self::AdminManaged => ReasonCode::AdminManaged,
            Self::MissingScopes { .. } => ReasonCode::MissingScopes,
            Self::UnknownFact { .. } => ReasonCode::UnknownFact,
            Self::MissingPrivilege { .. } => ReasonCode::MissingPrivilege,
            Self::NotAsked { .. } => ReasonCode::NotAsked,
        }
    }
}

/// How a block or withhold comes to apply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BlockedHow {
    /// How it selects the user, such as "`pat@x.example` is in `agency-x`, which is in `contractors`"; empty: it is for everyone.
    pub user: String,
    /// How it selects the app, such as "`gong` asks for `recording:read`"; empty: it names the app itself, or is for all apps.
    pub app: String,
    /// Facts that are not known and that, being unknown, make it apply.
    pub unknown: Vec<UnknownFact>,
}

/// An approval that selects the app but falls short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NearMiss {
    /// The first way, in the order of [`NearMissKind`], in which it falls short.
    pub kind: NearMissKind,
    /// The approval.
    pub rule: RuleRef,
    /// All the ways, in words.
    pub detail: String,
}

/// How an approval falls short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NearMissKind {
    /// Its last day is past.
    Expired,
    /// Its first day is to come.
    NotYet,
    /// The app asks for more than was reviewed.
    Outgrown,
    /// It does not select the user.
    OtherPeople,
    /// Its condition is false or unknown (or whether it selects the app is unknown).
    Condition,
}

/// A required scope that the user does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MissingScope {
    /// The scope.
    pub scope: String,
    /// The privileges the user lacks to open it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lacking_privileges: Vec<String>,
    /// The roles that would give it, alone, sorted by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// The withhold that takes it away (the first by place, where there are several).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withheld_by: Option<RuleRef>,
    /// How that withhold comes to apply.
    #[serde(skip)]
    pub how: BlockedHow,
}

/// A fact that is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct UnknownFact {
    /// Whose, as `app:gong`, `developer:contoso` or `user:ana@x.example`.
    pub entity: String,
    /// The key it belongs under: `listing`, `stage`, `kind`, `scopes`, an attribute's name, ….
    pub fact: String,
}

/// One step on the path to yes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum NextStep {
    /// State these facts.
    CompleteFacts {
        /// Which.
        facts: Vec<UnknownFact>,
    },
    /// Ask for an approval.
    RequestApproval {
        /// Who can approve: holders of `MarketPlace:Edit`, sorted.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        approvers: Vec<String>,
        /// Who is told.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        notified: Vec<String>,
        /// Where to ask.
        #[serde(skip_serializing_if = "Option::is_none")]
        via: Option<String>,
    },
    /// Ask an installer to add the app.
    RequestInstall {
        /// Installers who hold every required scope, sorted.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        installers: Vec<String>,
    },
    /// Ask for privileges (or roles, where no privilege opens a scope).
    RequestPrivileges {
        /// Privileges that are lacking, sorted.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        privileges: Vec<String>,
        /// Roles that would give at least one missing scope, sorted.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        roles: Vec<String>,
    },
}

fn date<S: serde::Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(date)
}
