//! Users whose records were read and who are looked up together.

use super::user::UserFacts;
use crate::model::{RoleList, Value};
use crate::text::{AttributeId, GroupId, Span};

/// How many users are looked up together.
pub(super) const SIZE: usize = 64;

/// A few users. Among a million names each address lies in cold memory; looked up together, they wait for it together.
#[derive(Default)]
pub(super) struct Batch {
    emails: String,
    users: Vec<Ends>,
    groups: Vec<GroupId>,
    attributes: Vec<(AttributeId, Value)>,
}

/// One user, with where its parts end in the lists of the batch.
struct Ends {
    email: usize,
    groups: usize,
    attributes: usize,
    span: Span,
    roles: Option<RoleList>,
}

/// One user of a batch.
pub(super) struct Described<'b> {
    pub(super) email: &'b str,
    pub(super) span: Span,
    pub(super) roles: Option<RoleList>,
    pub(super) groups: &'b [GroupId],
    pub(super) attributes: &'b [(AttributeId, Value)],
}

impl Batch {
    pub(super) fn add(&mut self, email: &str, span: Span, facts: &UserFacts) {
        self.emails.push_str(email);
        self.groups.extend_from_slice(&facts.groups);
        self.attributes.extend_from_slice(&facts.attributes);
        self.users.push(Ends {
            email: self.emails.len(),
            groups: self.groups.len(),
            attributes: self.attributes.len(),
            span,
            roles: facts.roles,
        });
    }

    pub(super) fn len(&self) -> usize {
        self.users.len()
    }

    pub(super) fn clear(&mut self) {
        self.emails.clear();
        self.users.clear();
        self.groups.clear();
        self.attributes.clear();
    }

    /// The users in the order they were added.
    pub(super) fn users(&self) -> impl Iterator<Item = Described<'_>> {
        let mut start = (0, 0, 0);
        self.users.iter().map(move |ends| {
            let (email, groups, attributes) = start;
            start = (ends.email, ends.groups, ends.attributes);
            Described {
                email: self.emails.get(email..ends.email).unwrap_or(""),
                span: ends.span,
                roles: ends.roles,
                groups: self.groups.get(groups..ends.groups).unwrap_or_default(),
                attributes: self.attributes.get(attributes..ends.attributes).unwrap_or_default(),
            }
        })
    }
}
