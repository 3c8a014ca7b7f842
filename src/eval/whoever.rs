//! What a rule selects, whoever asks and whatever else is decided.

use super::Evaluator;
use super::truth::Truth;
use crate::program::{Ask, Comparand, PrincipalId, Program, RuleEffect, SelectorId, Subject, Test};
use crate::terms::EntityKind;
use crate::text::{AppId, Date, Id, RuleId, UserId};

impl Evaluator<'_> {
    /// Whether the rule may select the app for somebody: its section, selection and condition, where every test that looks at the user and every
    /// missing fact counts as possible. Its days do not count.
    pub fn may_select(&mut self, rule: RuleId, app: AppId, at: Date) -> bool {
        let nobody = UserId::from_index(self.program.users.rows.len());
        let case = self.case(nobody, app, at.into());
        let program = case.program;
        let test = |test: &Test| if looks_at_user(program, test) { Truth::Unknown } else { case.test(test) };
        let condition = program.rules.rows.get(rule).and_then(|row| row.condition);
        let holds = condition.map_or(Truth::True, |condition| case.node_by(condition.0 as usize, &test).0);
        let inside = match program.rules.texts.get(rule).map(|text| text.effect) {
            Some(RuleEffect::Exempt(section)) => {
                case.app.row.listing.is_none_or(|listing| listing == section)
            }
            _ => true,
        };
        inside && case.selects_app(rule).and(holds) != Truth::False
    }

    /// Whether the rule selects the user on that day.
    pub fn selects_user(&mut self, rule: RuleId, user: UserId, at: Date) -> bool {
        // Any app will do; it need not exist.
        self.case(user, AppId::from_index(0), at.into()).selects_person(rule)
    }

    /// The numbered selectors that select the app or may.
    pub(crate) fn selectors_of(&mut self, app: AppId) -> Vec<SelectorId> {
        let target = self.apps.app(self.program, app);
        target.selectors.iter().chain(target.unknown).copied().collect()
    }

    /// The numbered principals that select the user on that day.
    pub(crate) fn principals_of(&mut self, user: UserId, at: Date) -> Vec<PrincipalId> {
        self.people.person(self.program, user, at.into()).all().collect()
    }
}

/// Whether a test looks at who asks.
fn looks_at_user(program: &Program, test: &Test) -> bool {
    let of_user = |subject: Subject| match subject {
        Subject::UserEmail | Subject::UserDomain | Subject::UserRoles | Subject::UserGroups => true,
        Subject::Attribute(id) => {
            program.attributes.get(id).is_some_and(|attribute| attribute.owner == EntityKind::User)
        }
        _ => false,
    };
    let compared = |comparand: &Comparand| matches!(*comparand, Comparand::Subject(other) if of_user(other));
    of_user(test.subject)
        || match test.ask {
            Ask::Is(one) | Ask::IsNot(one) | Ask::Compare(_, one) => compared(&one),
            Ask::In(many) => many.of(&program.conditions.comparands).iter().any(compared),
            _ => false,
        }
}
