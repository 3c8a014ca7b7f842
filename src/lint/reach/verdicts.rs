//! What approvals come to, found out app by app: whom blocks and withholds keep from an app is the same for all its approvals.

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use super::Reach;
use crate::census::Census;
use crate::eval::Truth;
use crate::text::{AppId, Id, RuleId, UserId};

/// What an approval comes to.
#[derive(Clone, Copy, Default)]
pub(super) struct Verdict {
    /// It approves somebody of something.
    pub(super) approves: bool,
    /// No block wins over it for somebody and something.
    pub(super) is_unblocked: bool,
    /// Somebody whom it approves of an app may install it.
    pub(super) lets_in: bool,
}

/// What each approval comes to that was looked at.
pub(super) type Verdicts = FxHashMap<RuleId, Verdict>;

/// How many pairs of an approval and an app are in memory at once.
const PAIRS: usize = 1 << 22;

/// What these approvals come to; there are fewer if there was too much to look at.
pub(super) fn of_approvals(census: &Census<'_>, approvals: &[RuleId]) -> Verdicts {
    let mut verdicts = Verdicts::default();
    let mut pairs: Vec<(AppId, RuleId)> = Vec::new();
    for (at, &approval) in approvals.iter().enumerate() {
        pairs.extend(census.apps(approval).iter().map(|&app| (app, approval)));
        if pairs.len() < PAIRS && at + 1 < approvals.len() {
            continue;
        }
        pairs.sort_unstable();
        let mut of_these = Verdicts::default();
        for of_app in pairs.chunk_by(|one, other| one.0 == other.0) {
            let Some(&(app, _)) = of_app.first() else { continue };
            if (OfApp { census, app, blocked: None, stopped: None }).judge(of_app, &mut of_these).is_none() {
                return verdicts;
            }
        }
        verdicts.extend(of_these);
        pairs.clear();
    }
    verdicts
}

/// One app with those who are kept from it.
struct OfApp<'a, 'r> {
    census: &'a Census<'r>,
    app: AppId,
    /// By blocks; `None`: nobody asked yet.
    blocked: Option<FixedBitSet>,
    /// By blocks or withholds; `None`: nobody asked yet.
    stopped: Option<FixedBitSet>,
}

impl OfApp<'_, '_> {
    fn judge(&mut self, approvals: &[(AppId, RuleId)], verdicts: &mut Verdicts) -> Option<()> {
        for &(_, approval) in approvals {
            let verdict = verdicts.entry(approval).or_default();
            if !verdict.lets_in && self.is_reviewed(approval) {
                self.add(approval, verdict)?;
            }
        }
        self.census.spend(approvals.len()).then_some(())
    }

    fn is_reviewed(&self, approval: RuleId) -> bool {
        self.census.ask(UserId::from_index(0), self.app, |case| {
            case.rule(approval).is_some_and(|row| case.in_force(row) && case.is_reviewed(row))
        })
    }

    /// Adds what the approval comes to on this app.
    fn add(&mut self, approval: RuleId, verdict: &mut Verdict) -> Option<()> {
        let Self { census, app, blocked, stopped } = self;
        let able = census.able(*app);
        let kinds = census.kinds_of(approval)?;
        let somebody_is_able = able.ones().any(|kind| kinds.get(kind).is_some_and(|&count| count > 0));
        if verdict.is_unblocked && !somebody_is_able {
            return Some(());
        }
        if blocked.is_none() {
            *blocked = Some(census.blocked(*app)?);
        }
        let blocked = blocked.as_ref()?;
        if somebody_is_able && stopped.is_none() {
            let mut all = blocked.clone();
            census.add_withheld(*app, &mut all)?;
            *stopped = Some(all);
        }
        let stopped = stopped.as_ref().filter(|_| somebody_is_able);
        let is_in = |user: UserId| {
            stopped.is_some_and(|stopped| !stopped.contains(user.index())) && able.contains(census.kind(user))
        };
        let people = census.people(approval);
        census.some_fitting(
            approval,
            *app,
            &people,
            |truth| truth == Truth::True,
            |user| {
                verdict.approves = true;
                verdict.is_unblocked |= !blocked.contains(user.index());
                verdict.lets_in |= is_in(user);
                // Nothing is left to be found.
                verdict.lets_in || verdict.is_unblocked && stopped.is_none()
            },
        )?;
        Some(())
    }
}

impl Reach<'_> {
    /// What an approval comes to; `None`: there was too much to look at.
    pub(super) fn verdict(&self, approval: RuleId) -> Option<Verdict> {
        let verdict = self.verdicts.get(&approval).copied();
        if verdict.is_none() {
            self.census.give_up();
        }
        verdict
    }
}
