//! The people and apps that a rule is about, as pairs.

use super::census::Census;
use crate::eval::{Case, Truth};
use crate::program::{Ask, Comparand, Conditions, Node, Program, Subject, Test};
use crate::terms::EntityKind;
use crate::text::{AppId, RuleId, UserId};

/// What a condition, or a test in it, looks at besides the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct LooksAt {
    /// At the user.
    pub(crate) user: bool,
    /// At the app or its developer.
    pub(crate) app: bool,
}

impl LooksAt {
    /// What one test looks at.
    pub(crate) fn of_test(program: &Program, test: &Test) -> Self {
        let other = |comparand: &Comparand| match comparand {
            Comparand::Subject(subject) => Self::of_subject(program, *subject),
            Comparand::Value(_) | Comparand::Today => Self::default(),
        };
        let compared = match &test.ask {
            Ask::Is(one) | Ask::IsNot(one) | Ask::Compare(_, one) => other(one),
            Ask::In(list) => {
                let list = list.of(&program.conditions.comparands);
                list.iter().map(other).fold(Self::default(), Self::or)
            }
            _ => Self::default(),
        };
        Self::of_subject(program, test.subject).or(compared)
    }

    fn of_subject(program: &Program, subject: Subject) -> Self {
        let (user, app) = (Self { user: true, app: false }, Self { user: false, app: true });
        match subject {
            Subject::UserEmail | Subject::UserDomain | Subject::UserRoles | Subject::UserGroups => user,
            Subject::Attribute(id) => match program.attributes.get(id).map(|attribute| attribute.owner) {
                Some(EntityKind::User) => user,
                _ => app,
            },
            _ => app,
        }
    }

    fn or(self, other: Self) -> Self {
        Self { user: self.user || other.user, app: self.app || other.app }
    }
}

/// The tests of the condition at this position, in the order of the text.
pub(crate) fn tests(conditions: &Conditions, at: usize) -> impl Iterator<Item = &Test> {
    let nodes = conditions.nodes.get(at..end(&conditions.nodes, at)).unwrap_or_default();
    nodes.iter().filter_map(|node| match node {
        Node::Test(test) => conditions.tests.get(*test as usize),
        _ => None,
    })
}

/// Where the node at this position ends.
fn end(nodes: &[Node], mut at: usize) -> usize {
    loop {
        match nodes.get(at) {
            Some(Node::And { end } | Node::Or { end }) => return *end as usize,
            Some(Node::Not) => at += 1,
            Some(Node::Test(_)) => return at + 1,
            None => return at,
        }
    }
}

impl Census<'_> {
    /// Whether `found` says yes to some pair of the rule's people and these apps. Pairs may be passed over for which `accepts` says no to
    /// the truth of the rule's condition, and need not be: `found` looks at it again. `None`: there are too many pairs to look at.
    pub(crate) fn some_pair(
        &self,
        rule: RuleId,
        apps: &[AppId],
        accepts: fn(Truth) -> bool,
        found: impl FnMut(&Case<'_>) -> bool,
    ) -> Option<bool> {
        self.some_pair_of(rule, apps, |_| true, accepts, found)
    }

    /// The same, only of the people whom `worthwhile` does not pass over: it is asked first and costs next to nothing.
    pub(crate) fn some_pair_of(
        &self,
        rule: RuleId,
        apps: &[AppId],
        worthwhile: impl Fn(UserId) -> bool,
        accepts: fn(Truth) -> bool,
        mut found: impl FnMut(&Case<'_>) -> bool,
    ) -> Option<bool> {
        let people = self.people(rule);
        for &app in apps {
            let mut asked = 0;
            let found = self.some_fitting(rule, app, &people, accepts, |user| {
                worthwhile(user) && {
                    asked += 8;
                    self.ask(user, app, &mut found)
                }
            })?;
            if found {
                return Some(true);
            }
            if !self.spend(asked) {
                return None;
            }
        }
        Some(false)
    }
}
