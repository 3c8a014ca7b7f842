//! Kinds of users: those whose roles are the same on a day.

use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::census::Census;
use super::sets::Crowd;
use crate::eval::{Case, Truth};
use crate::program::PrincipalId;
use crate::text::{AppId, Id, RuleId, ScopeId, UserId};

/// The kind of each user.
#[derive(Debug)]
pub(super) enum Kinds {
    /// Of no more than 256: people are looked up in no order, and so a million of them are near at hand.
    Few(Vec<u8>),
    Many(Vec<u32>),
}

impl Kinds {
    /// The kinds of all users, of `count`.
    pub(super) fn of(kinds: Vec<u32>, count: usize) -> Self {
        if count > 1 << u8::BITS {
            return Self::Many(kinds);
        }
        Self::Few(kinds.into_iter().map(|kind| u8::try_from(kind).unwrap_or(u8::MAX)).collect())
    }

    #[inline]
    fn get(&self, user: UserId) -> usize {
        match self {
            Self::Few(kinds) => kinds.get(user.index()).map_or(usize::MAX, |&kind| usize::from(kind)),
            Self::Many(kinds) => kinds.get(user.index()).map_or(usize::MAX, |&kind| kind as usize),
        }
    }
}

/// Of whom it is counted how many are of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Counted {
    /// Those whom one principal selects.
    Principal(PrincipalId),
    /// The people of one rule.
    Rule(RuleId),
}

impl Census<'_> {
    /// How many sets of people of several kinds are kept.
    const CROWDS: usize = 256;
    /// How many counts are kept.
    const COUNTS: usize = 1 << 22;

    /// The kind of a user, below [`Census::kinds`].
    #[inline]
    pub(crate) fn kind(&self, user: UserId) -> usize {
        self.kinds.get(user)
    }

    /// Somebody of each kind.
    pub(crate) fn samples(&self) -> &[UserId] {
        &self.samples
    }

    /// The kinds of users who could install the app if it were approved for them and no rule stood in their way.
    pub(crate) fn able(&self, app: AppId) -> Arc<FixedBitSet> {
        if let Some(Some(able)) = self.able.borrow().get(app.index()) {
            return Arc::clone(able);
        }
        let mut able = FixedBitSet::with_capacity(self.samples.len());
        for (kind, &sample) in self.samples.iter().enumerate() {
            able.set(kind, self.ask(sample, app, is_able));
        }
        let able = Arc::new(able);
        // Where there are as many kinds as that, they are found anew each time.
        if self.samples.len() <= 1024
            && let Some(place) = self.able.borrow_mut().get_mut(app.index())
        {
            *place = Some(Arc::clone(&able));
        }
        able
    }

    /// Everybody of these [kinds](Self::able).
    pub(crate) fn able_people(&self, app: AppId) -> Arc<Crowd> {
        let able = self.able(app);
        if let Some(people) = self.able_people.borrow().get(&able) {
            return Arc::clone(people);
        }
        let mut people = self.nobody();
        able.ones().for_each(|kind| self.by_kind.get(kind).add(&mut people));
        let people = Arc::new(Crowd::from(people));
        let mut kept = self.able_people.borrow_mut();
        if kept.len() < Self::CROWDS {
            kept.insert(able, Arc::clone(&people));
        }
        people
    }

    /// Whether somebody [able](Self::able) to install the app may be among the rule's people, its condition aside: surely not where it
    /// is not so.
    pub(crate) fn able_may_be_among(&self, rule: RuleId, able: &FixedBitSet) -> bool {
        let able = able.ones().fold(0, |bits, kind| bits | kind_bit(kind));
        let (people, _) = self.principals(rule);
        let mut known = self.kind_bits.borrow_mut();
        people.iter().any(|&principal| {
            let Some(bits) = known.get_mut(principal.0 as usize) else { return true };
            if *bits == 0 {
                let people = self.selected_by(principal).iter();
                *bits = people.fold(0, |bits, &user| bits | kind_bit(self.kind(user)));
            }
            *bits & able != 0
        })
    }

    /// The kinds of users whose roles give the scope.
    pub(crate) fn given(&self, scope: ScopeId) -> Arc<FixedBitSet> {
        if let Some(given) = self.given.borrow().get(&scope) {
            return Arc::clone(given);
        }
        let mut given = FixedBitSet::with_capacity(self.samples.len());
        for (kind, &sample) in self.samples.iter().enumerate() {
            given.set(kind, self.ask(sample, AppId::from_index(0), |case| case.gives(scope)));
        }
        let given = Arc::new(given);
        self.given.borrow_mut().insert(scope, Arc::clone(&given));
        given
    }

    /// How many of the rule's people are of each kind; `None`: there are too many to look at.
    pub(crate) fn kinds_of(&self, rule: RuleId) -> Option<Arc<Vec<usize>>> {
        let rules = &self.program().rules;
        let (row, text) = (rules.rows.get(rule)?, rules.texts.get(rule)?);
        let of = match text.people.of(&rules.principals) {
            [one] if row.people_except.is_empty() => Counted::Principal(*one),
            _ => Counted::Rule(rule),
        };
        if let Some(counts) = self.counts.borrow().get(&of) {
            return Some(Arc::clone(counts));
        }
        let people = self.people(rule);
        if !self.spend(people.len() / 64 + 1) {
            return None;
        }
        let mut counts = vec![0; self.samples.len()];
        for &user in people.iter() {
            if let Some(count) = counts.get_mut(self.kind(user)) {
                *count += 1;
            }
        }
        let counts = Arc::new(counts);
        let mut kept = self.counts.borrow_mut();
        if kept.len() * self.samples.len() < Self::COUNTS {
            kept.insert(of, Arc::clone(&counts));
        }
        Some(counts)
    }
}

/// One of 64 bits for each kind.
fn kind_bit(kind: usize) -> u64 {
    1 << (kind % 64)
}

/// Whether nothing but approvals, blocks and withholds can keep the user from the app: what is the same for all of a kind.
fn is_able(case: &Case<'_>) -> bool {
    case.scopes_known()
        && case.requires_approval().is_some()
        && case.available() == Truth::True
        && case.may_add() == Truth::True
        && case.required().iter().all(|&scope| case.gives(scope))
}
