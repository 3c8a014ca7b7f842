//! Conditions, resolved and typed.

use super::{ScopeTerm, Value};
use crate::terms::CompareOp;
use crate::text::{AttributeId, GroupId, RoleId, Span};

/// A condition whose types fit.
#[derive(Clone, Debug)]
pub enum Condition {
    /// All of these.
    And(Vec<Condition>),
    /// Any of these.
    Or(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
    /// One test of an attribute.
    Test {
        /// Where it stands: what a near miss quotes.
        span: Span,
        /// The attribute.
        subject: Subject,
        /// What is asked of it.
        test: Test,
    },
    /// A test with an error that was reported.
    Invalid,
}

/// What a test looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// `app.id`, a text.
    AppId,
    /// `app.developer`, a text: the developer's id.
    AppDeveloper,
    /// `app.developer-kind`, a choice by the order of [`DeveloperKind::ALL`](crate::terms::DeveloperKind::ALL).
    AppDeveloperKind,
    /// `app.listing`, a choice by the order of [`Listing::ALL`](crate::terms::Listing::ALL).
    AppListing,
    /// `app.stage`, a choice by the order of [`Stage::ALL`](crate::terms::Stage::ALL).
    AppStage,
    /// `app.managed-by`, a choice by the order of [`ManagedBy::ALL`](crate::terms::ManagedBy::ALL).
    AppManagedBy,
    /// `app.scopes`, a set: required and optional.
    AppScopes,
    /// `app.required-scopes`, a set.
    AppRequiredScopes,
    /// `app.optional-scopes`, a set.
    AppOptionalScopes,
    /// `user.email`, a text in lower case.
    UserEmail,
    /// `user.domain`, a text in lower case: what follows the last `@`.
    UserDomain,
    /// `user.roles`, a set closed over `extends`.
    UserRoles,
    /// `user.groups`, a set closed over nesting.
    UserGroups,
    /// A declared attribute of the user, the app or the app's developer.
    Attribute(AttributeId),
}

/// What is asked of a subject.
#[derive(Clone, Debug)]
pub enum Test {
    /// A flag that is true.
    Flag,
    /// `is`: equal.
    Is(Comparand),
    /// `is not`: not equal.
    IsNot(Comparand),
    /// An order comparison.
    Compare(CompareOp, Comparand),
    /// `in`: equal to any of these.
    In(Vec<Comparand>),
    /// `any in`: some member of the set matches the terms.
    AnyIn(SetTerms),
    /// `all in`: every member of the set matches the terms.
    AllIn(SetTerms),
    /// `contains V`: the set has this member; the terms are one exact name.
    Contains(SetTerms),
}

/// What a scalar is compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Comparand {
    /// A value.
    Value(Value),
    /// The day of the query.
    Today,
    /// Another attribute of the same type.
    Subject(Subject),
}

/// What members of a set are matched with.
#[derive(Clone, Debug)]
pub enum SetTerms {
    /// Scopes.
    Scopes(Vec<ScopeTerm>),
    /// Roles.
    Roles(Vec<RoleId>),
    /// Groups.
    Groups(Vec<GroupId>),
}
