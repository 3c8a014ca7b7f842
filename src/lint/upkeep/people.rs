//! Who is there, and who can approve.

use std::collections::BTreeMap;

use super::Context;
use crate::eval::Evaluator;
use crate::model::Origin;
use crate::text::{Date, UserId};

/// Answers who can approve on which day.
pub(super) struct Approvers<'a> {
    evaluator: Evaluator<'a>,
    known: BTreeMap<(UserId, Date), bool>,
}

impl<'a> Approvers<'a> {
    pub(super) fn new(context: &Context<'a>) -> Self {
        Self { evaluator: Evaluator::new(context.program), known: BTreeMap::new() }
    }

    /// Whether the user can approve apps on that day.
    pub(super) fn can(&mut self, user: UserId, day: Date) -> bool {
        let Self { evaluator, known } = self;
        *known.entry((user, day)).or_insert_with(|| evaluator.can_approve(user, day))
    }

    /// Whether anybody can approve apps on that day.
    pub(super) fn any(&mut self, day: Date) -> bool {
        !self.evaluator.approvers_on(day).is_empty()
    }
}

/// Whether the project has a directory, so that someone whom it does not describe is not there: some user is described outside of the
/// policies.
pub(super) fn has_directory(context: &Context<'_>) -> bool {
    let model = context.model;
    model.users.rows.iter().any(|user| user.origin == Origin::Described && !model.in_policy(user.span))
}

/// Whether the directory says nothing of a user whom a group's list still names. (Someone whom nothing but a rule names is unknown, which
/// is said elsewhere.)
pub(super) fn has_departed(context: &Context<'_>, user: UserId) -> bool {
    context.model.users.rows.get(user).is_some_and(|user| user.origin == Origin::Listed)
}
