//! Who is in which group, asked many times.

use std::cell::{Cell, RefCell};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostics::Code;
use crate::program::{Jagged, Program};
use crate::text::{GroupId, Id, UserId};

/// Groups with their members, and how much may still be looked at: however deep groups nest, lints end soon. What would take longer is
/// not looked into, nothing is claimed about it, and it is said which lints that is about.
pub(super) struct Membership<'p> {
    program: &'p Program,
    /// The users in each group's own list, or whose own facts name it.
    users: Jagged<UserId>,
    /// The groups in each group's list.
    inner: Jagged<GroupId>,
    steps: Cell<usize>,
    /// The lint that looks at the moment.
    by: Cell<Option<&'static Code>>,
    /// Those that had too much to look at.
    gave_up: RefCell<Vec<&'static Code>>,
}

/// Groups that a walk came across, each with the group it started from.
pub(super) type Below = FxHashMap<GroupId, GroupId>;

impl<'p> Membership<'p> {
    /// About a fifth of a second of walking for each lint.
    const STEPS: usize = 10_000_000;

    pub(super) fn new(program: &'p Program) -> Self {
        let groups = program.groups.names.len();
        let of_users = || {
            let users = program.users.rows.ids();
            users.flat_map(|user| {
                program.users.direct_groups(user).iter().map(move |group| (group.index(), user))
            })
        };
        let of_groups = || {
            program.groups.names.ids().flat_map(|inner| {
                program.groups.parents.get(inner.index()).iter().map(move |outer| (outer.index(), inner))
            })
        };
        Self {
            program,
            users: Jagged::from_pairs(groups, of_users),
            inner: Jagged::from_pairs(groups, of_groups),
            steps: Cell::new(Self::STEPS),
            by: Cell::new(None),
            gave_up: RefCell::default(),
        }
    }

    /// Lets another lint take as many steps again.
    pub(super) fn lend_to(&self, lint: &'static Code) {
        self.steps.set(Self::STEPS);
        self.by.set(Some(lint));
    }

    /// The lints that had too much to look at, in order.
    pub(super) fn gave_up(&self) -> Vec<&'static Code> {
        self.gave_up.borrow().clone()
    }

    /// Whether so many more steps may be taken; they are then.
    pub(super) fn spend(&self, steps: usize) -> bool {
        let left = self.steps.get().checked_sub(steps);
        self.steps.set(left.unwrap_or(0));
        if left.is_none()
            && let Some(lint) = self.by.take()
        {
            self.gave_up.borrow_mut().push(lint);
        }
        left.is_some()
    }

    /// The users in a group's own list, or whose own facts name it.
    pub(super) fn direct(&self, group: GroupId) -> &[UserId] {
        self.users.get(group.index())
    }

    /// Whether the user is in the group, nested ones included; `None`: not looked into.
    pub(super) fn has(&self, group: GroupId, user: UserId) -> Option<bool> {
        let mut rest = self.program.users.direct_groups(user).to_vec();
        let mut seen = FxHashSet::<GroupId>::default();
        while let Some(one) = rest.pop() {
            if one == group {
                return Some(true);
            }
            if seen.insert(one) {
                let outer = self.program.groups.parents.get(one.index());
                if !self.spend(outer.len() + 1) {
                    return None;
                }
                rest.extend(outer);
            }
        }
        Some(false)
    }

    /// Every user in the group, nested ones included, each once; `None`: not looked into.
    pub(super) fn all(&self, group: GroupId) -> Option<Vec<UserId>> {
        let below = self.below(&[group])?.0;
        let mut groups: Vec<GroupId> = below.into_keys().collect();
        groups.sort_unstable();
        let mut all = Vec::new();
        for one in groups {
            let direct = self.direct(one);
            if !self.spend(direct.len()) {
                return None;
            }
            all.extend_from_slice(direct);
        }
        all.sort_unstable();
        all.dedup();
        Some(all)
    }

    /// The groups in these and below them, each with the one that it was reached from, and those of `roots` that lie below another with
    /// that other; `None`: not looked into.
    pub(super) fn below(&self, roots: &[GroupId]) -> Option<(Below, Below)> {
        let mut below: Below = roots.iter().map(|&root| (root, root)).collect();
        let mut covered = Below::default();
        for &root in roots {
            let mut rest = vec![root];
            while let Some(one) = rest.pop() {
                let inner = self.inner.get(one.index());
                if !self.spend(inner.len() + 1) {
                    return None;
                }
                for &next in inner {
                    match below.get(&next) {
                        None => {
                            below.insert(next, root);
                            rest.push(next);
                        }
                        // Another of the roots: what lies below it is walked from there.
                        Some(&from) if from == next => {
                            covered.entry(next).or_insert(root);
                        }
                        Some(_) => {}
                    }
                }
            }
        }
        Some((below, covered))
    }
}
