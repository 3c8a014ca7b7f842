//! A case that is being explained.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Deref;

use super::reach::Reach;
use crate::eval::case::Case;
use crate::eval::lookup::PersonRoom;
use crate::eval::walk;
use crate::program::{Gaps, Selector};
use crate::text::{AllowlistId, GroupId, Id, RoleId};

/// A case with what is found once and told of many rules: through what the user and the app come to be where they are.
pub(in crate::eval) struct Story<'a> {
    case: Case<'a>,
    /// Whether sentences for people are wanted.
    pub(super) words: bool,
    groups: OnceCell<Reach<GroupId>>,
    roles: OnceCell<Reach<RoleId>>,
    allowlists: OnceCell<Reach<AllowlistId>>,
    gap_lists: OnceCell<[HashSet<AllowlistId>; 3]>,
}

impl<'a> Deref for Story<'a> {
    type Target = Case<'a>;

    fn deref(&self) -> &Case<'a> {
        &self.case
    }
}

impl<'a> Story<'a> {
    /// The story of a case; `words`: with what only sentences for people need.
    pub(in crate::eval) fn new(case: Case<'a>, words: bool) -> Self {
        Self {
            case,
            words,
            groups: OnceCell::new(),
            roles: OnceCell::new(),
            allowlists: OnceCell::new(),
            gap_lists: OnceCell::new(),
        }
    }

    /// From the groups that the user is a direct member of to those that contain them.
    pub(super) fn groups(&self) -> &Reach<GroupId> {
        self.groups.get_or_init(|| {
            let direct = self.program.users.direct_groups(self.person.id);
            Reach::new(direct, |group| self.program.groups.parents.get(group.index()))
        })
    }

    /// From the roles that facts and grants give the user to those they extend.
    pub(super) fn roles(&self) -> &Reach<RoleId> {
        self.roles.get_or_init(|| {
            let direct = PersonRoom::direct_roles(self.program, &self.person, self.day);
            Reach::new(&direct, |role| self.program.roles.extends.get(role.index()))
        })
    }

    /// From the allowlists that list what surely selects the app to those that contain them.
    pub(super) fn allowlists(&self) -> &Reach<AllowlistId> {
        self.allowlists.get_or_init(|| {
            let lists = &self.program.apps.allowlists;
            let base = self.app.row.base(self.app.id);
            let direct: Vec<AllowlistId> =
                base.iter().flat_map(|&selector| lists.listing(selector)).copied().collect();
            Reach::new(&direct, |list| lists.listing(Selector::InAllowlist(list)))
        })
    }

    /// The allowlists that the app may be in for want of its developer, its developer's kind and its listing.
    pub(super) fn gap_lists(&self) -> &[HashSet<AllowlistId>; 3] {
        self.gap_lists.get_or_init(|| {
            [Gaps::DEVELOPER, Gaps::KIND, Gaps::LISTING].map(|gap| {
                let gap = Gaps(self.app.row.gaps.0 & gap);
                walk::allowlists(self.program, &gap.base(self.program.apps.developers.len()))
            })
        })
    }
}
