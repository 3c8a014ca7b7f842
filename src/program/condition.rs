//! Conditions and the attributes they look at.

use super::{Day, Name, PrincipalId, Run, ScopeListId};
use crate::terms::{CompareOp, EntityKind};
use crate::text::{AttributeId, RoleId};

/// Every condition.
#[derive(Clone, Debug, Default)]
pub(crate) struct Conditions {
    /// The shared vector of nodes: a node, then its parts one after the other.
    pub(crate) nodes: Vec<Node>,
    /// The tests.
    pub(crate) tests: Vec<Test>,
    /// The shared vector of what tests compare with.
    pub(crate) comparands: Vec<Comparand>,
    /// The shared vector of roles that tests name, each list sorted.
    pub(crate) roles: Vec<RoleId>,
    /// The shared vector of groups that tests name, each list sorted.
    pub(crate) groups: Vec<PrincipalId>,
}

/// The position of a condition's first node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ConditionId(pub(crate) u32);

impl ConditionId {
    /// The node at this position.
    pub(crate) fn at(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX))
    }
}

/// One node of a condition.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Node {
    /// All of the parts between here and there.
    And {
        /// The position after the last part.
        end: u32,
    },
    /// Any of the parts between here and there.
    Or {
        /// The position after the last part.
        end: u32,
    },
    /// Not the part that follows.
    Not,
    /// The test with this number.
    Test(u32),
}

/// One test of an attribute.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Test {
    /// What it looks at.
    pub(crate) subject: Subject,
    /// What it asks.
    pub(crate) ask: Ask,
    /// How it is written.
    pub(crate) text: Name,
}

/// What a test looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// `app.id`
    AppId,
    /// `app.developer`
    AppDeveloper,
    /// `app.developer-kind`
    AppDeveloperKind,
    /// `app.listing`
    AppListing,
    /// `app.stage`
    AppStage,
    /// `app.managed-by`
    AppManagedBy,
    /// `app.scopes`
    AppScopes,
    /// `app.required-scopes`
    AppRequiredScopes,
    /// `app.optional-scopes`
    AppOptionalScopes,
    /// `user.email`
    UserEmail,
    /// `user.domain`
    UserDomain,
    /// `user.roles`
    UserRoles,
    /// `user.groups`
    UserGroups,
    /// A declared attribute.
    Attribute(AttributeId),
}

/// What a test asks of its subject.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ask {
    /// A flag that is true.
    Flag,
    /// Equal.
    Is(Comparand),
    /// Not equal.
    IsNot(Comparand),
    /// An order comparison.
    Compare(CompareOp, Comparand),
    /// Equal to any of these, in [`Conditions::comparands`].
    In(Run),
    /// Some scope belongs to the list.
    AnyScope(ScopeListId),
    /// Every scope belongs to the list.
    AllScopes(ScopeListId),
    /// Some role is among these, in [`Conditions::roles`].
    AnyRole(Run),
    /// Every role is among these, in [`Conditions::roles`].
    AllRoles(Run),
    /// Some group is among these, in [`Conditions::groups`].
    AnyGroup(Run),
    /// Every group is among these, in [`Conditions::groups`].
    AllGroups(Run),
}

/// What a scalar is compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Comparand {
    /// A value.
    Value(Value),
    /// The day of the question.
    Today,
    /// Another attribute of the same type.
    Subject(Subject),
}

/// A value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value {
    /// A text.
    Text(Name),
    /// A flag.
    Flag(bool),
    /// A number; never NaN or infinite.
    Number(f64),
    /// A day.
    Day(Day),
    /// The position of a word among the type's choices.
    Choice(u16),
}

/// A declared attribute with everybody's values.
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    /// Whose attribute it is.
    pub(crate) owner: EntityKind,
    /// Its name without the owner.
    pub(crate) name: Name,
    /// The values by the number of the owner's id.
    pub(crate) column: Column,
}

/// Values of one type, in little room; the vectors may end early.
#[derive(Clone, Debug)]
pub(crate) enum Column {
    /// Texts by their names; `u32::MAX`: not known.
    Text(Vec<u32>),
    /// 0 and 1; `u8::MAX`: not known.
    Flag(Vec<u8>),
    /// Numbers; NaN: not known.
    Number(Vec<f64>),
    /// Days; `None`: not known.
    Day(Vec<Option<Day>>),
    /// Positions among the choices; `u16::MAX`: not known.
    Choice(Vec<u16>),
}

impl Column {
    /// The value at `row`, if it is known.
    pub(crate) fn get(&self, row: usize) -> Option<Value> {
        match self {
            Self::Text(column) => {
                column.get(row).filter(|&&name| name != u32::MAX).map(|&name| Value::Text(Name(name)))
            }
            Self::Flag(column) => {
                column.get(row).filter(|&&flag| flag != u8::MAX).map(|&flag| Value::Flag(flag == 1))
            }
            Self::Number(column) => {
                column.get(row).filter(|number| !number.is_nan()).map(|&number| Value::Number(number))
            }
            Self::Day(column) => column.get(row).copied().flatten().map(Value::Day),
            Self::Choice(column) => {
                column.get(row).filter(|&&choice| choice != u16::MAX).map(|&choice| Value::Choice(choice))
            }
        }
    }
}
