//! What approvals come to, found out app by app: whom blocks and withholds keep from an app is the same for all its approvals.

use rustc_hash::FxHashMap;

use super::Reach;
use super::approvals::is_true;
use super::lookers::Lookers;
use crate::census::{Census, Crowd};
use crate::eval::Case;
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
const FEW: usize = 4;

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
        OfApp { census, app, unblocked: None, open: None }.judge(of_app, &mut verdicts)?;
    }
    Some(verdicts)
}

/// One app with those who are kept from it and those who are not.
struct OfApp<'a, 'r> {
    census: &'a Census<'r>,
    app: AppId,
    /// Those whom no block keeps from it; `None`: nobody asked yet.
    unblocked: Option<Crowd>,
    /// Those whom nothing but a missing approval keeps from it; `None`: nobody asked yet.
    open: Option<Crowd>,
}

impl OfApp<'_, '_> {
    fn judge(&mut self, approvals: &[(AppId, RuleId)], verdicts: &mut Verdicts) -> Option<()> {
        // Also of an approval that does not hold for the app it is known what it comes to.
        for &(_, approval) in approvals {
            verdicts.entry(approval).or_default();
        }
        let mut reviewed: Vec<RuleId> = approvals.iter().map(|pair| pair.1).collect();
        self.census.ask(UserId::from_index(0), self.app, |case| {
            reviewed.retain(|&approval| {
                case.rule(approval).is_some_and(|row| case.in_force(row) && case.is_reviewed(row))
            });
        });
        for approval in reviewed {
            let verdict = verdicts.entry(approval).or_default();
            if !verdict.lets_in {
                self.add(approval, verdict)?;
            }
        }
        self.census.spend(approvals.len()).then_some(())
    }

    /// Adds what the approval comes to on this app.
    fn add(&mut self, approval: RuleId, verdict: &mut Verdict) -> Option<()> {
        let (census, app) = (self.census, self.app);
        let able = census.able(app);
        if census.able_may_be_among(approval, &able) {
            verdict.lets_in = census.fits_some_of(approval, app, self.open()?)?;
        }
        verdict.is_unblocked |= verdict.lets_in;
        if !verdict.is_unblocked && self.unblocked.is_none() {
            verdict.is_unblocked = self.leaves_first(approval)?;
        }
        if !verdict.is_unblocked {
            verdict.is_unblocked = census.fits_some_of(approval, app, self.unblocked()?)?;
        }
        verdict.approves |= verdict.is_unblocked;
        if !verdict.approves {
            verdict.approves = census.fits_some_of(approval, app, &census.everybody().into())?;
        }
        Some(())
    }

    /// Whether no block keeps somebody of the first few from the app whom the approval approves of it: mostly so, and then it need not be
    /// found out whom else blocks leave.
    fn leaves_first(&self, approval: RuleId) -> Option<bool> {
        let people = self.census.people(approval);
        let first = people.get(..FEW).unwrap_or(&people);
        self.census.some_fitting(approval, self.app, first, is_true, |user| {
            self.census.ask(user, self.app, |case| !case.blocked())
        })
    }

    fn unblocked(&mut self) -> Option<&Crowd> {
        if self.unblocked.is_none() {
            self.unblocked = Some(self.census.unblocked(self.app)?.into());
        }
        self.unblocked.as_ref()
    }

    fn open(&mut self) -> Option<&Crowd> {
        if self.open.is_none() {
            let (census, app) = (self.census, self.app);
            let able = census.able_people(app);
            self.open = Some(match able.few() {
                Some(few) => {
                    let mut open = census.nobody();
                    let is_open = |case: &Case<'_>| !case.blocked() && !case.withheld(case.required());
                    let few = few.iter().filter(|&&user| census.ask(user, app, is_open));
                    few.for_each(|user| open.insert(user.index()));
                    open.into()
                }
                None => {
                    let mut open = self.unblocked()?.bits().clone();
                    census.remove_withheld(app, &mut open)?;
                    open.intersect_with(able.bits());
                    open.into()
                }
            });
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
