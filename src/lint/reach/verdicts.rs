//! What approvals come to, found out app by app: whom blocks and withholds keep from an app is the same for all its approvals.

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use super::Reach;
use super::approvals::is_true;
use super::lookers::Lookers;
use crate::census::Census;
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

impl Verdict {
    /// Adds what the approval comes to on other apps.
    fn add(&mut self, other: Self) {
        self.approves |= other.approves;
        self.is_unblocked |= other.is_unblocked;
        self.lets_in |= other.lets_in;
    }
}

/// What each approval comes to that was looked at.
pub(super) type Verdicts = FxHashMap<RuleId, Verdict>;

/// How many pairs of an approval and an app are in memory at once.
const PAIRS: usize = 1 << 22;

/// How many people are asked about one by one before all are looked at together.
const FEW: usize = 8;

/// What these approvals come to; there are fewer if there was too much to look at.
pub(super) fn of_approvals(lookers: &mut Lookers<'_>, approvals: &[RuleId]) -> Verdicts {
    lookers.within_half(|lookers| {
        let mut all = Verdicts::default();
        let mut pairs: Vec<(AppId, RuleId)> = Vec::new();
        for (at, &approval) in approvals.iter().enumerate() {
            let apps = lookers.first().census.apps(approval);
            pairs.extend(apps.iter().map(|&app| (app, approval)));
            if pairs.len() < PAIRS && at + 1 < approvals.len() {
                continue;
            }
            pairs.sort_unstable();
            // Not within an app: who is kept from it is found out once.
            let middle = pairs.get(pairs.len() / 2).map(|pair| pair.0);
            let (one, other) = pairs.split_at(pairs.partition_point(|pair| Some(pair.0) < middle));
            let of_each = lookers.each_of(one, other, |looker, pairs| {
                looker.within(u64::MAX, || of_pairs(&looker.census, pairs)).0
            });
            // Of an approval that both look at, one may not have come to the end.
            let Some(of_each) = of_each.into_iter().collect::<Option<Vec<Verdicts>>>() else { break };
            for (rule, verdict) in of_each.into_iter().flatten() {
                all.entry(rule).or_default().add(verdict);
            }
            pairs.clear();
        }
        all
    })
}

/// What they come to on the apps that they stand with, in the order of the apps; `None`: there is too much to look at.
fn of_pairs(census: &Census<'_>, pairs: &[(AppId, RuleId)]) -> Option<Verdicts> {
    let mut verdicts = Verdicts::default();
    for of_app in pairs.chunk_by(|one, other| one.0 == other.0) {
        let Some(&(app, _)) = of_app.first() else { continue };
        OfApp { census, app, blocked: None, open: None }.judge(of_app, &mut verdicts)?;
    }
    Some(verdicts)
}

/// One app with those who are kept from it and those who are not.
struct OfApp<'a, 'r> {
    census: &'a Census<'r>,
    app: AppId,
    /// Whom blocks keep from it; `None`: nobody asked yet.
    blocked: Option<FixedBitSet>,
    /// Those whom nothing but a missing approval keeps from it; `None`: nobody asked yet.
    open: Option<FixedBitSet>,
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
        let (census, app) = (self.census, self.app);
        let able = census.able(app);
        let kinds = census.kinds_of(approval)?;
        let somebody_is_able = able.ones().any(|kind| kinds.get(kind).is_some_and(|&count| count > 0));
        if verdict.is_unblocked && !somebody_is_able {
            return Some(());
        }
        let people = census.people(approval);
        // Most have somebody among the first few. Only for the others it is worth it to find out whom rules keep from the app.
        let first = people.get(..FEW).unwrap_or(&people);
        census.some_fitting(approval, app, first, is_true, |user| {
            verdict.approves = true;
            let is_able = able.contains(census.kind(user));
            if !verdict.is_unblocked || is_able {
                census.ask(user, app, |case| {
                    let is_unblocked = !case.blocked();
                    verdict.is_unblocked |= is_unblocked;
                    verdict.lets_in |= is_able && is_unblocked && !case.withheld(case.required());
                });
            }
            verdict.lets_in
        })?;
        if first.len() == people.len() || verdict.lets_in {
            return Some(());
        }
        if somebody_is_able {
            let open = self.open(&able)?;
            let open: Vec<UserId> =
                people.iter().copied().filter(|user| open.contains(user.index())).collect();
            verdict.lets_in = census.some_fitting(approval, app, &open, is_true, |_| true)?;
        }
        if verdict.lets_in {
            (verdict.approves, verdict.is_unblocked) = (true, true);
        } else if !verdict.is_unblocked {
            let blocked = self.blocked()?;
            census.some_fitting(approval, app, &people, is_true, |user| {
                verdict.approves = true;
                verdict.is_unblocked = !blocked.contains(user.index());
                verdict.is_unblocked
            })?;
        }
        Some(())
    }

    fn blocked(&mut self) -> Option<&FixedBitSet> {
        if self.blocked.is_none() {
            self.blocked = Some(self.census.blocked(self.app)?);
        }
        self.blocked.as_ref()
    }

    fn open(&mut self, able: &FixedBitSet) -> Option<&FixedBitSet> {
        if self.open.is_none() {
            let (census, app) = (self.census, self.app);
            let mut stopped = self.blocked()?.clone();
            census.add_withheld(app, &mut stopped)?;
            self.open = Some(census.others_of(able, &stopped));
        }
        self.open.as_ref()
    }
}

impl Reach<'_, '_> {
    /// What an approval comes to; `None`: there was too much to look at.
    pub(super) fn verdict(&self, approval: RuleId) -> Option<Verdict> {
        let verdict = self.verdicts.get(&approval).copied();
        if verdict.is_none() {
            self.census.give_up();
        }
        verdict
    }
}
