//! Conditions and attributes.

use super::naming::{Named, sorted};
use super::scopes::ScopeLists;
use super::texts::Texts;
use crate::model::{self, AttributeType, Condition, Model, SetTerms};
use crate::program::{
    self, Ask, Attribute, Column, Comparand, ConditionId, Day, Node, Principal, Run, Subject, Test, Value,
    Widening,
};
use crate::text::{AttributeId, IdVec};

/// Conditions as they come up.
pub(super) struct Conditions<'m> {
    named: &'m Named,
    made: program::Conditions,
}

impl<'m> Conditions<'m> {
    /// None so far.
    pub(super) fn new(named: &'m Named) -> Self {
        Self { named, made: program::Conditions::default() }
    }

    /// All of them.
    pub(super) fn finish(self) -> program::Conditions {
        self.made
    }

    /// Adds a condition.
    pub(super) fn add(
        &mut self,
        condition: &Condition,
        texts: &mut Texts<'m>,
        scopes: &mut ScopeLists<'m>,
    ) -> ConditionId {
        let at = self.made.nodes.len();
        match condition {
            Condition::And(parts) | Condition::Or(parts) => {
                self.made.nodes.push(Node::And { end: 0 });
                for part in parts {
                    self.add(part, texts, scopes);
                }
                let end = u32::try_from(self.made.nodes.len()).unwrap_or(u32::MAX);
                if let Some(node) = self.made.nodes.get_mut(at) {
                    let all = matches!(condition, Condition::And(_));
                    *node = if all { Node::And { end } } else { Node::Or { end } };
                }
            }
            Condition::Not(part) => {
                self.made.nodes.push(Node::Not);
                self.add(part, texts, scopes);
            }
            Condition::Test { span, subject, test } => {
                let subject = self::subject(*subject);
                let ask = self.ask(subject, test, texts, scopes);
                let number = u32::try_from(self.made.tests.len()).unwrap_or(u32::MAX);
                self.made.tests.push(Test { subject, ask, text: texts.source(*span) });
                self.made.nodes.push(Node::Test(number));
            }
            // No checked project has one; none of nothing is false.
            Condition::Invalid => self.made.nodes.push(Node::Or { end: ConditionId::at(at + 1).0 }),
        }
        ConditionId::at(at)
    }

    fn ask(
        &mut self,
        subject: Subject,
        test: &model::Test,
        texts: &mut Texts<'m>,
        scopes: &mut ScopeLists<'m>,
    ) -> Ask {
        let mut comparand = |comparand: &model::Comparand| self::comparand(subject, comparand, texts);
        match test {
            model::Test::Flag => Ask::Flag,
            model::Test::Is(value) => Ask::Is(comparand(value)),
            model::Test::IsNot(value) => Ask::IsNot(comparand(value)),
            model::Test::Compare(op, value) => Ask::Compare(*op, comparand(value)),
            model::Test::In(values) => {
                let start = self.made.comparands.len();
                self.made.comparands.extend(values.iter().map(comparand));
                Ask::In(Run::since(start, &self.made.comparands))
            }
            model::Test::AnyIn(terms) | model::Test::Contains(terms) => match terms {
                SetTerms::Scopes(terms) => Ask::AnyScope(scopes.list(terms, Widening::Implying, texts)),
                SetTerms::Roles(roles) => Ask::AnyRole(self.roles(roles)),
                SetTerms::Groups(groups) => Ask::AnyGroup(self.groups(groups)),
            },
            model::Test::AllIn(terms) => match terms {
                SetTerms::Scopes(terms) => Ask::AllScopes(scopes.list(terms, Widening::Nothing, texts)),
                SetTerms::Roles(roles) => Ask::AllRoles(self.roles(roles)),
                SetTerms::Groups(groups) => Ask::AllGroups(self.groups(groups)),
            },
        }
    }

    fn roles(&mut self, roles: &[crate::text::RoleId]) -> Run {
        let start = self.made.roles.len();
        self.made.roles.extend(sorted(roles.to_vec()));
        Run::since(start, &self.made.roles)
    }

    fn groups(&mut self, groups: &[crate::text::GroupId]) -> Run {
        let start = self.made.groups.len();
        let ids = self.named.principal_ids(groups.iter().map(|&group| Principal::Group(group)));
        self.made.groups.extend(ids);
        Run::since(start, &self.made.groups)
    }
}

fn comparand(subject: Subject, comparand: &model::Comparand, texts: &mut Texts<'_>) -> Comparand {
    match *comparand {
        model::Comparand::Value(value) => Comparand::Value(match (subject, value) {
            // Addresses are compared in lower case wherever they are written.
            (Subject::UserEmail | Subject::UserDomain, model::Value::Text(symbol)) => {
                let name = texts.name(symbol);
                let lower = texts.text_of(name).to_lowercase();
                Value::Text(texts.other(&lower))
            }
            (_, value) => self::value(value, texts),
        }),
        model::Comparand::Today => Comparand::Today,
        model::Comparand::Subject(other) => Comparand::Subject(self::subject(other)),
    }
}

fn value(value: model::Value, texts: &mut Texts<'_>) -> Value {
    match value {
        model::Value::Text(symbol) => Value::Text(texts.name(symbol)),
        model::Value::Flag(flag) => Value::Flag(flag),
        model::Value::Number(number) => Value::Number(number),
        model::Value::Date(date) => Value::Day(Day::from(date)),
        model::Value::Choice(choice) => Value::Choice(choice),
    }
}

fn subject(subject: model::Subject) -> Subject {
    match subject {
        model::Subject::AppId => Subject::AppId,
        model::Subject::AppDeveloper => Subject::AppDeveloper,
        model::Subject::AppDeveloperKind => Subject::AppDeveloperKind,
        model::Subject::AppListing => Subject::AppListing,
        model::Subject::AppStage => Subject::AppStage,
        model::Subject::AppManagedBy => Subject::AppManagedBy,
        model::Subject::AppScopes => Subject::AppScopes,
        model::Subject::AppRequiredScopes => Subject::AppRequiredScopes,
        model::Subject::AppOptionalScopes => Subject::AppOptionalScopes,
        model::Subject::UserEmail => Subject::UserEmail,
        model::Subject::UserDomain => Subject::UserDomain,
        model::Subject::UserRoles => Subject::UserRoles,
        model::Subject::UserGroups => Subject::UserGroups,
        model::Subject::Attribute(attribute) => Subject::Attribute(attribute),
    }
}

/// The attributes with everybody's values.
pub(super) fn attributes(model: &Model, texts: &mut Texts<'_>) -> IdVec<AttributeId, Attribute> {
    model
        .attributes
        .iter()
        .map(|attribute| Attribute {
            owner: attribute.owner,
            name: texts.name(attribute.name),
            column: column(attribute, texts),
        })
        .collect()
}

fn column(attribute: &model::Attribute, texts: &mut Texts<'_>) -> Column {
    let values = attribute.column.iter().copied();
    match attribute.ty {
        AttributeType::Text => Column::Text(
            values
                .map(|value| match value {
                    Some(model::Value::Text(symbol)) => texts.name(symbol).0,
                    _ => u32::MAX,
                })
                .collect(),
        ),
        AttributeType::Flag => Column::Flag(
            values
                .map(|value| match value {
                    Some(model::Value::Flag(flag)) => u8::from(flag),
                    _ => u8::MAX,
                })
                .collect(),
        ),
        AttributeType::Number => Column::Number(
            values
                .map(|value| match value {
                    Some(model::Value::Number(number)) => number,
                    _ => f64::NAN,
                })
                .collect(),
        ),
        AttributeType::Date => Column::Day(
            values
                .map(|value| match value {
                    Some(model::Value::Date(date)) => Some(Day::from(date)),
                    _ => None,
                })
                .collect(),
        ),
        AttributeType::OneOf { .. } => Column::Choice(
            values
                .map(|value| match value {
                    Some(model::Value::Choice(choice)) => choice,
                    _ => u16::MAX,
                })
                .collect(),
        ),
    }
}
