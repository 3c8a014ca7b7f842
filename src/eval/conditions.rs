//! Conditions.

use std::cmp::Ordering;

use super::case::Case;
use super::lookup::Person;
use super::truth::Truth;
use crate::program::{Ask, Comparand, Node, Principal, Rule, Run, ScopeListId, Subject, Test, Value};
use crate::terms::EntityKind;
use crate::text::{Id, RuleId, ScopeId, UserId};

/// A value of an attribute at hand.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scalar<'a> {
    /// A stored value.
    Value(Value),
    /// A text that is no name of the program, such as a domain.
    Text(&'a str),
}

impl<'a> Case<'a> {
    /// Whether the rule's condition holds; without one it does.
    #[inline]
    pub(crate) fn condition(&self, rule: &Rule) -> Truth {
        match rule.condition {
            Some(condition) => self.node(condition.0 as usize).0,
            None => Truth::True,
        }
    }

    /// Whether the condition of the rule with this number holds; without one it does.
    pub(crate) fn condition_of(&self, rule: RuleId) -> Truth {
        self.rule(rule).map_or(Truth::Unknown, |row| self.condition(row))
    }

    /// … by what `judge` says of each test.
    pub(crate) fn condition_by(&self, rule: RuleId, judge: &impl Fn(&Test) -> Truth) -> Truth {
        let condition = self.rule(rule).and_then(|row| row.condition);
        condition.map_or(Truth::True, |condition| self.node_by(condition.0 as usize, judge).0)
    }

    /// Whether the part of a condition at this position holds, and where the next part starts.
    ///
    /// Recursive: the language bounds how deep conditions nest.
    pub(super) fn node(&self, at: usize) -> (Truth, usize) {
        self.node_by(at, &|test| self.test(test))
    }

    /// … by what `judge` says of each test.
    pub(super) fn node_by(&self, at: usize, judge: &impl Fn(&Test) -> Truth) -> (Truth, usize) {
        match self.program.conditions.nodes.get(at) {
            Some(&Node::And { end }) => {
                (self.parts(at + 1, end, Truth::True, Truth::False, Truth::and, judge), end as usize)
            }
            Some(&Node::Or { end }) => {
                (self.parts(at + 1, end, Truth::False, Truth::True, Truth::or, judge), end as usize)
            }
            Some(Node::Not) => {
                let (truth, next) = self.node_by(at + 1, judge);
                (truth.not(), next)
            }
            Some(&Node::Test(test)) => {
                let test = self.program.conditions.tests.get(test as usize);
                (test.map_or(Truth::Unknown, judge), at + 1)
            }
            None => (Truth::Unknown, at + 1),
        }
    }

    /// The parts from `at` up to `end` taken together; `enough` decides alone.
    fn parts(
        &self,
        mut at: usize,
        end: u32,
        none: Truth,
        enough: Truth,
        join: fn(Truth, Truth) -> Truth,
        judge: &impl Fn(&Test) -> Truth,
    ) -> Truth {
        let mut all = none;
        while at < end as usize && all != enough {
            let (part, next) = self.node_by(at, judge);
            all = join(all, part);
            at = next;
        }
        all
    }

    /// Whether one test holds.
    pub(crate) fn test(&self, test: &Test) -> Truth {
        let conditions = &self.program.conditions;
        match test.ask {
            Ask::Flag => match self.scalar(test.subject) {
                Some(Scalar::Value(Value::Flag(flag))) => flag.into(),
                _ => Truth::Unknown,
            },
            Ask::Is(comparand) => self.equal(test.subject, comparand),
            Ask::IsNot(comparand) => self.equal(test.subject, comparand).not(),
            Ask::Compare(op, comparand) => {
                let both = (self.scalar(test.subject), self.comparand(comparand));
                let (Some(Scalar::Value(a)), Some(Scalar::Value(b))) = both else { return Truth::Unknown };
                order(a, b).map_or(Truth::Unknown, |ordering| op.holds(ordering).into())
            }
            Ask::In(comparands) => comparands
                .of(&conditions.comparands)
                .iter()
                .fold(Truth::False, |any, &one| any.or(self.equal(test.subject, one))),
            Ask::AnyScope(list) => self.scopes_are(test.subject, list, true),
            Ask::AllScopes(list) => self.scopes_are(test.subject, list, false),
            Ask::AnyRole(_) | Ask::AllRoles(_) => self.roles_are(test.ask).into(),
            Ask::AnyGroup(groups) => self.person.has_any(groups.of(&conditions.groups)).into(),
            Ask::AllGroups(groups) => self.groups_are_among(groups).into(),
        }
    }

    /// What a test says of another user: one that looks neither at roles nor at groups.
    #[inline]
    pub(crate) fn test_of(&self, test: &Test, user: UserId) -> Truth {
        let person = Person { id: user, ..self.person };
        Case { person, ..*self }.test(test)
    }

    fn equal(&self, subject: Subject, comparand: Comparand) -> Truth {
        match (self.scalar(subject), self.comparand(comparand)) {
            (Some(a), Some(b)) => self.same(a, b).into(),
            _ => Truth::Unknown,
        }
    }

    fn same(&self, a: Scalar<'_>, b: Scalar<'_>) -> bool {
        match (a, b) {
            (Scalar::Value(a), Scalar::Value(b)) => a == b,
            (Scalar::Text(a), Scalar::Text(b)) => a == b,
            (Scalar::Text(text), Scalar::Value(Value::Text(name)))
            | (Scalar::Value(Value::Text(name)), Scalar::Text(text)) => self.program.names.text(name) == text,
            _ => false,
        }
    }

    /// The scopes that a subject stands for; `None`: not known.
    pub(super) fn scopes_of(&self, subject: Subject) -> Option<(&'a [ScopeId], &'a [ScopeId])> {
        let known = self.app.row.scopes_known;
        match subject {
            Subject::AppScopes => known.then(|| (self.required(), self.optional())),
            Subject::AppRequiredScopes => known.then(|| (self.required(), &[][..])),
            Subject::AppOptionalScopes => Some((self.optional(), &[])),
            _ => None,
        }
    }

    fn scopes_are(&self, subject: Subject, list: ScopeListId, any: bool) -> Truth {
        let Some((some, others)) = self.scopes_of(subject) else { return Truth::Unknown };
        let mut scopes = some.iter().chain(others);
        let belongs = |scope: &ScopeId| self.belongs(list, *scope);
        if any { scopes.any(belongs) } else { scopes.all(belongs) }.into()
    }

    fn roles_are(&self, ask: Ask) -> bool {
        let roles = &self.program.conditions.roles;
        let mine = &self.person.roles.roles;
        match ask {
            Ask::AnyRole(run) => run.of(roles).iter().any(|&role| self.person.roles.has(role)),
            Ask::AllRoles(run) => mine.iter().all(|role| run.of(roles).binary_search(role).is_ok()),
            _ => false,
        }
    }

    /// All groups have numbers where a test asks this, so the user's principals hold all groups of the user.
    fn groups_are_among(&self, groups: Run) -> bool {
        let groups = groups.of(&self.program.conditions.groups);
        self.person.principals.iter().all(|principal| {
            !matches!(self.program.users.principal(*principal), Principal::Group(_))
                || groups.binary_search(principal).is_ok()
        })
    }

    fn comparand(&self, comparand: Comparand) -> Option<Scalar<'a>> {
        match comparand {
            Comparand::Value(value) => Some(Scalar::Value(value)),
            Comparand::Today => Some(Scalar::Value(Value::Day(self.day))),
            Comparand::Subject(subject) => self.scalar(subject),
        }
    }

    /// The value of an attribute that is no set; `None`: not known.
    pub(super) fn scalar(&self, subject: Subject) -> Option<Scalar<'a>> {
        let row = self.app.row;
        let email = || self.program.user_name(self.person.id);
        let value = match subject {
            Subject::AppId => Value::Text(row.name),
            Subject::AppDeveloper => Value::Text(self.program.apps.developers.get(row.developer?)?.name),
            // Words are ordered as their enumerations are.
            Subject::AppDeveloperKind => Value::Choice(row.developer_kind? as u16),
            Subject::AppListing => Value::Choice(row.listing? as u16),
            Subject::AppStage => Value::Choice(row.stage? as u16),
            Subject::AppManagedBy => Value::Choice(row.managed_by? as u16),
            Subject::UserEmail => return Some(Scalar::Text(email())),
            Subject::UserDomain => {
                return Some(Scalar::Text(email().rsplit_once('@').map_or("", |(_, domain)| domain)));
            }
            Subject::Attribute(id) => {
                let attribute = self.program.attributes.get(id)?;
                let owner = match attribute.owner {
                    EntityKind::User => self.person.id.index(),
                    EntityKind::App => self.app.id.index(),
                    EntityKind::Developer => row.developer?.index(),
                };
                attribute.column.get(owner)?
            }
            Subject::AppScopes
            | Subject::AppRequiredScopes
            | Subject::AppOptionalScopes
            | Subject::UserRoles
            | Subject::UserGroups => return None,
        };
        Some(Scalar::Value(value))
    }
}

fn order(a: Value, b: Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.partial_cmp(&b),
        (Value::Day(a), Value::Day(b)) => Some(a.cmp(&b)),
        (Value::Choice(a), Value::Choice(b)) => Some(a.cmp(&b)),
        _ => None,
    }
}
