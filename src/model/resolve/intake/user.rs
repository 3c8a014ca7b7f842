//! Users.

use super::batch::{Described, SIZE};
use super::slot::Slot;
use super::values::Single;
use super::{Intake, set};
use crate::diagnostics::Sink;
use crate::facts::{Record, RecordKind, Scalar, ScalarShape};
use crate::model::resolve::Layer;
use crate::model::resolve::duplicate::duplicate_definition;
use crate::model::{Origin, RoleList, Value};
use crate::terms::fold_email;
use crate::text::{AttributeId, GroupId, RoleId, Span, UserId};

/// What was stated about a user.
#[derive(Default)]
pub(in crate::model::resolve) struct UserFacts {
    pub(in crate::model::resolve) roles: Option<RoleList>,
    pub(in crate::model::resolve) states_groups: bool,
    pub(in crate::model::resolve) groups: Vec<GroupId>,
    pub(in crate::model::resolve) attributes: Vec<(AttributeId, Value)>,
    /// A buffer for the roles.
    role_ids: Vec<RoleId>,
}

impl Intake<'_, '_> {
    pub(super) fn user(&mut self, record: &Record<'_>, out: &mut Sink) {
        let key = self.key(record, out);
        if self.rank != Layer::PROJECT && key.as_ref().is_some_and(|(email, _)| self.is_replaced_user(email))
        {
            return;
        }
        let mut facts = std::mem::take(&mut self.spare);
        self.user_facts(record, &mut facts, out);
        if let Some((email, span)) = key {
            self.batch.add(&fold_email(&email), span, &facts);
        }
        self.spare = facts;
        // What replaces a baseline's user must be known at once.
        if self.batch.len() >= SIZE || self.rank != Layer::PROJECT {
            self.flush(out);
        }
    }

    /// Stores the users of the batch.
    pub(super) fn flush(&mut self, out: &mut Sink) {
        let mut batch = std::mem::take(&mut self.batch);
        self.resolver.model.names.expect(batch.users().map(|user| user.email));
        for user in batch.users() {
            if let Some(id) = self.describe_user(user.email, user.span, out) {
                self.store_user(id, &user);
            }
        }
        batch.clear();
        self.batch = batch;
    }

    /// Reads the facts of a user; what is wrong is reported and left out.
    pub(in crate::model::resolve) fn user_facts(
        &mut self,
        record: &Record<'_>,
        facts: &mut UserFacts,
        out: &mut Sink,
    ) {
        facts.roles = None;
        facts.states_groups = false;
        facts.groups.clear();
        facts.attributes.clear();
        let mut role_key: Option<Span> = None;
        for (position, field) in record.fields.iter().enumerate() {
            match self.slot(RecordKind::User, position, field, out) {
                slot @ (Slot::Role | Slot::Roles) => {
                    let Some(scalars) = self.roles_of(record, field, slot, out) else { continue };
                    if let Some(other) = role_key.replace(field.key_span) {
                        self.role_and_roles(other, field.key_span, out);
                        continue;
                    }
                    facts.roles = Some(self.role_list(scalars, &mut facts.role_ids, out));
                }
                Slot::Groups => {
                    let Some(scalars) = self.list(record, field) else { continue };
                    facts.states_groups = true;
                    for scalar in scalars {
                        facts.groups.extend(self.group_name(scalar, out));
                    }
                }
                Slot::Attribute(id) => {
                    facts.attributes.extend(self.attribute(id, record, field, out).map(|value| (id, value)));
                }
                _ => {}
            }
        }
    }

    fn roles_of<'k>(
        &mut self,
        record: &Record<'k>,
        field: &crate::facts::Field<'k>,
        slot: Slot,
        out: &mut Sink,
    ) -> Option<&'k [Scalar<'k>]> {
        if slot == Slot::Roles {
            return self.list(record, field);
        }
        match record.scalars_of(field.value) {
            [] if field.value == crate::facts::Value::Null => None,
            one @ [_] => Some(one),
            _ => {
                self.not_one_value(field, out);
                None
            }
        }
    }

    /// The id of a list of roles; an unknown role is reported and left out.
    fn role_list(&mut self, scalars: &[Scalar<'_>], ids: &mut Vec<RoleId>, out: &mut Sink) -> RoleList {
        ids.clear();
        for scalar in scalars {
            let model = &self.resolver.model;
            match self.roles.get(&scalar.text, &model.names, |name| model.lookup.roles.get(name)) {
                Some(role) => ids.push(role),
                None => self.unknown_role(scalar, out),
            }
        }
        ids.sort_unstable();
        ids.dedup();
        self.resolver.role_list(ids)
    }

    fn unknown_role(&mut self, scalar: &Scalar<'_>, out: &mut Sink) {
        if !self.is_text(&Single::of(scalar), out) {
            return;
        }
        if let Some(finding) = self.resolver.unknown_role(&scalar.text, scalar.span) {
            self.push(finding, out);
        }
    }

    /// The group that a user's or group's facts name, which exists by that.
    pub(super) fn group_name(&mut self, scalar: &Scalar<'_>, out: &mut Sink) -> Option<GroupId> {
        // Nearly always a plain name that is known already.
        let model = &self.resolver.model;
        if matches!(scalar.shape, ScalarShape::Bare | ScalarShape::Quoted)
            && let Some(id) =
                self.groups.get(&scalar.text, &model.names, |name| model.lookup.groups.get(name))
        {
            return Some(id);
        }
        self.is_text(&Single::of(scalar), out)
            .then(|| self.resolver.group_named_by_facts(&scalar.text, scalar.span))
    }

    /// Whether a layer of higher rank describes the user of a baseline.
    fn is_replaced_user(&self, email: &str) -> bool {
        let model = &self.resolver.model;
        model.user(email).is_some_and(|id| {
            model.users.rows.at(id).origin == Origin::Described && !self.described.contains(&id)
        })
    }

    /// The user that a record describes, unless another record does.
    fn describe_user(&mut self, email: &str, span: Span, out: &mut Sink) -> Option<UserId> {
        let id = self.resolver.named_user(email, span, Origin::Named);
        let row = self.resolver.model.users.rows.at_mut(id);
        if row.origin != Origin::Described {
            row.origin = Origin::Described;
            row.span = span;
            self.resolver.has_users = true;
            if self.rank != Layer::PROJECT {
                self.described.insert(id);
            }
            return Some(id);
        }
        let first = row.span;
        self.push(duplicate_definition("user", &email.to_lowercase(), first, span), out);
        None
    }

    fn store_user(&mut self, id: UserId, user: &Described<'_>) {
        let model = &mut self.resolver.model;
        let users = &mut model.users;
        let start = u32::try_from(users.memberships.len()).unwrap_or(u32::MAX);
        users.memberships.extend_from_slice(user.groups);
        let expected = users.rows.capacity();
        let row = users.rows.at_mut(id);
        row.roles = user.roles;
        row.groups = (start, u32::try_from(user.groups.len()).unwrap_or(0));
        for &(attribute, value) in user.attributes {
            let column = &mut model.attributes.at_mut(attribute).column;
            if column.capacity() == 0 {
                column.reserve(expected);
            }
            set(column, id, value);
        }
    }
}

impl crate::model::resolve::Resolver<'_> {
    /// Makes room for the users of a file, so that a million of them are not moved twenty times.
    pub(super) fn expect_users(&mut self, text: &str) {
        // Every address has its `@`. Beyond the limit a file earns its room as it goes.
        const MOST: usize = 4_000_000;
        const LENGTH: usize = 28;
        let count = |sign| memchr::memchr_iter(sign, text.as_bytes()).count();
        let users = count(b'@').min(MOST).min(text.len() / 8);
        // Groups are most of what lists list.
        let memberships = users + count(b';').max(count(b',') / 2).min(users * 8);
        let model = &mut self.model;
        model.names.reserve(users, users * LENGTH);
        model.users.rows.reserve(users);
        model.users.memberships.reserve(memberships);
        model.lookup.users.reserve(model.names.len() + users);
    }

    /// The id of a list of roles that is sorted and has no duplicates.
    pub(in crate::model::resolve) fn role_list(&mut self, roles: &[RoleId]) -> RoleList {
        if let Some(&list) = self.role_lists.get(roles) {
            return list;
        }
        let list = RoleList(u32::try_from(self.model.users.role_lists.len()).unwrap_or(u32::MAX));
        self.model.users.role_lists.push(roles.to_vec());
        self.role_lists.insert(roles.into(), list);
        list
    }
}
