//! What a single rule, and a single reason, makes of a user and an app: what policy tests ask.

use super::Evaluator;
use super::truth::Truth;
use crate::program::{Node, RuleEffect, RuleKind};
use crate::terms::ReasonCode;
use crate::text::{AppId, Date, RuleId, UserId};

/// Stands for any app where only the user matters.
const NO_APP: AppId = AppId(u32::MAX);

impl Evaluator<'_> {
    /// Whether the rule is for the user on that day.
    pub(crate) fn rule_selects_user(&mut self, rule: RuleId, user: UserId, at: Date) -> bool {
        self.case(user, NO_APP, at.into()).selects_person(rule)
    }

    /// Whether the rule is about the app; `None`: not known.
    pub(crate) fn rule_selects_app(&mut self, rule: RuleId, app: AppId, at: Date) -> Option<bool> {
        known(self.case(UserId(u32::MAX), app, at.into()).selects_app(rule))
    }

    /// Whether the rule's condition holds; `None`: not known. Without a condition it does.
    pub(crate) fn rule_condition(
        &mut self,
        rule: RuleId,
        user: UserId,
        app: AppId,
        at: Date,
    ) -> Option<bool> {
        let case = self.case(user, app, at.into());
        case.rule(rule).map_or(Some(true), |row| known(case.condition(row)))
    }

    /// Tells `see` whether each test of the rule's condition holds, in the order written.
    pub(crate) fn rule_tests(
        &mut self,
        rule: RuleId,
        user: UserId,
        app: AppId,
        at: Date,
        mut see: impl FnMut(usize, Option<bool>),
    ) {
        let case = self.case(user, app, at.into());
        let conditions = &case.program.conditions;
        let Some(first) = case.rule(rule).and_then(|row| row.condition) else { return };
        let start = first.0 as usize;
        let (_, end) = case.node(start);
        let nodes = conditions.nodes.get(start..end).unwrap_or_default();
        let tests = nodes.iter().filter_map(|node| match node {
            Node::Test(test) => conditions.tests.get(*test as usize),
            Node::And { .. } | Node::Or { .. } | Node::Not => None,
        });
        for (number, test) in tests.enumerate() {
            see(number, known(case.test(test)));
        }
    }

    /// Adds the approvals, exemptions, blocks and withholds that are in force and select the user and the app, or may, whatever their
    /// conditions say, and the waivers in force of the latter two; of withholds those that take a scope which the app requires. Some may
    /// stand there twice.
    pub(crate) fn rules_reaching(&mut self, user: UserId, app: AppId, at: Date, found: &mut Vec<RuleId>) {
        let case = self.case(user, app, at.into());
        let rules = &case.program.rules;
        let section = case.app.row.listing.map(RuleEffect::Exempt);
        for kind in [RuleKind::Approve, RuleKind::Block, RuleKind::Withhold, RuleKind::Exempt] {
            let mut add = |rule: RuleId| {
                let Some(row) = case.rule(rule) else { return false };
                let excepted = case.person.has_any(row.people_except.of(&rules.principals))
                    || case.app.selected_by_any(row.apps_except.of(&rules.selectors)) == Truth::True;
                let effect = rules.texts.get(rule).map(|text| text.effect);
                let elsewhere = kind == RuleKind::Exempt && effect != section;
                let idle = kind == RuleKind::Withhold && !case.takes(rule, case.required());
                if case.in_force(row) && !excepted && !elsewhere && !idle {
                    found.push(rule);
                    found.extend(case.waivers(rule));
                }
                false
            };
            case.any_rule(kind, case.app.list(kind), u64::MAX, &mut add);
            case.any_rule(kind, case.app.unknown, u64::MAX, &mut add);
        }
    }

    /// Whether a denial of the install carries this reason.
    pub(crate) fn denied_for(&mut self, reason: ReasonCode, user: UserId, app: AppId, at: Date) -> bool {
        let case = self.case(user, app, at.into());
        match reason {
            ReasonCode::Unavailable => case.available() == Truth::False,
            ReasonCode::Blocked => case.blocked(),
            ReasonCode::ApprovalRequired => {
                case.requires_approval() == Some(true) && !case.exempt() && !case.approved()
            }
            ReasonCode::AdminManaged => case.may_add() == Truth::False,
            ReasonCode::MissingScopes => !case.holds_required(),
            ReasonCode::UnknownFact => {
                case.available() == Truth::Unknown
                    || case.requires_approval().is_none()
                    || case.may_add() == Truth::Unknown
                    || !case.app.row.scopes_known
            }
            ReasonCode::MissingPrivilege | ReasonCode::NotAsked => false,
        }
    }
}

fn known(truth: Truth) -> Option<bool> {
    match truth {
        Truth::True => Some(true),
        Truth::False => Some(false),
        Truth::Unknown => None,
    }
}
