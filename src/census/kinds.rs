//! Kinds of users: those whose roles are the same on a day.

use std::borrow::Cow;
use std::sync::Arc;

use fixedbitset::FixedBitSet;

use super::census::Census;
use super::sets::Crowd;
use crate::eval::{Case, Truth};
use crate::program::{Principal, PrincipalId};
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
        let (people, _) = self.principals(rule);
        people.iter().any(|&principal| match self.counts(principal) {
            None => !able.is_clear(),
            Some(counts) => able.ones().any(|kind| counts.get(kind).is_some_and(|&count| count > 0)),
        })
    }

    /// How many of those whom a principal selects are of each kind; `None`: that would be too many counts.
    fn counts(&self, principal: PrincipalId) -> Option<&[u32]> {
        let kinds = self.samples.len();
        let all = self.counts.get_or_init(|| self.count()).as_deref()?;
        let start = principal.0 as usize * kinds;
        all.get(start..start + kinds)
    }

    /// By the number of a principal, how many of those whom it selects are of each kind.
    fn count(&self) -> Option<Box<[u32]>> {
        let (users, kinds) = (&self.program().users, self.samples.len());
        let size = users.principals.len().checked_mul(kinds).filter(|&size| size <= Self::COUNTS)?;
        let mut counts = vec![0; size];
        let mut add = |principal: usize, kind: usize, more: u32| {
            counts.get_mut(principal * kinds + kind).into_iter().for_each(|count| *count += more);
        };
        for (user, row) in users.rows.enumerate() {
            let kind = self.kind(user);
            // Everyone is counted below.
            let principals = row.selected_by.of(&users.selected_by).iter().filter(|one| one.0 != 0);
            principals.for_each(|principal| add(principal.0 as usize, kind, 1));
        }
        for (principal, selects) in users.principals.iter().enumerate() {
            if let Principal::Everyone | Principal::Role(_) = selects {
                let selected = self.selected_by(PrincipalId(u32::try_from(principal).ok()?));
                selected.iter().for_each(|&user| add(principal, self.kind(user), 1));
            }
        }
        Some(counts.into())
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
    pub(crate) fn kinds_of(&self, rule: RuleId) -> Option<Cow<'_, [u32]>> {
        if let ([one], []) = self.principals(rule)
            && let Some(counts) = self.counts(*one)
        {
            return Some(Cow::Borrowed(counts));
        }
        let people = self.people(rule);
        if !self.spend(people.len() / 64 + 1) {
            return None;
        }
        let mut counts = vec![0; self.samples.len()];
        for &user in people.iter() {
            counts.get_mut(self.kind(user)).into_iter().for_each(|count| *count += 1);
        }
        Some(Cow::Owned(counts))
    }
}

/// Whether nothing but approvals, blocks and withholds can keep the user from the app: what is the same for all of a kind.
fn is_able(case: &Case<'_>) -> bool {
    case.scopes_known()
        && case.requires_approval().is_some()
        && case.available() == Truth::True
        && case.may_add() == Truth::True
        && case.required().iter().all(|&scope| case.gives(scope))
}
