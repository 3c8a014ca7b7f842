//! How much is looked at to find what the tests decide: steps, not seconds, so that every machine finds the same.

use crate::model::Model;
use crate::suite::scene::{Ask, Scene};
use crate::suite::view::Looked;

/// So many users or apps are passed by in one step.
const PASSED_BY: u64 = 8;

/// The steps that are left. Each part of the work has its own, so that none leaves nothing to the next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Steps {
    /// Compiling the project with what tests state: each user, app and rule takes one.
    compiled: u64,
    /// Looking at what assertions are about: each pair of a user and an app takes one.
    looked: u64,
    /// Looking at pairs again without a rule: each takes one.
    tried: u64,
    /// Looking at pairs again without a grant: each takes one.
    granted: u64,
    /// Whether there were too few.
    sufficed: bool,
}

impl Default for Steps {
    fn default() -> Self {
        Self { compiled: 5_000_000, looked: 8_000_000, tried: 8_000_000, granted: 8_000_000, sufficed: true }
    }
}

impl Steps {
    /// Whether there were enough for all that was asked for.
    pub(super) fn sufficed(&self) -> bool {
        self.sufficed
    }

    /// Whether the project may be compiled once more.
    pub(super) fn compile(&mut self, model: &Model) -> bool {
        let size = model.users.len() + model.apps.len() + model.rules.len();
        take(&mut self.compiled, size as u64, &mut self.sufficed)
    }

    /// Whether the users and apps may be looked through for those that an assertion is about; how many pairs may be looked at then. One
    /// assertion gets at most half of what is left, so that there is something for the others.
    pub(super) fn look_through(&mut self, scene: &Scene<'_, '_>, ask: &Ask<'_>) -> Option<u64> {
        let cost = Looked::cost(scene, ask) / PASSED_BY;
        take(&mut self.looked, cost, &mut self.sufficed).then_some(self.looked.div_ceil(2))
    }

    /// Looks at one of the pairs of an assertion that has so many `left`.
    pub(super) fn look(&mut self, left: &mut u64) -> bool {
        take(left, 1, &mut self.sufficed) && take(&mut self.looked, 1, &mut self.sufficed)
    }

    /// Looks at a pair again without a rule.
    pub(super) fn try_pair(&mut self) -> bool {
        take(&mut self.tried, 1, &mut self.sufficed)
    }

    /// Looks through so many users and apps and looks at so many pairs again without a grant.
    pub(super) fn try_grant(&mut self, passed_by: usize, pairs: usize) -> bool {
        let cost = (passed_by as u64).div_ceil(PASSED_BY).saturating_add(pairs as u64);
        take(&mut self.granted, cost, &mut self.sufficed)
    }

    /// So many for each part, and no bound on compiling.
    pub(super) fn of_each(steps: u64) -> Self {
        Self { compiled: u64::MAX, looked: steps, tried: steps, granted: steps, sufficed: true }
    }
}

/// Takes so many, if they are there.
fn take(from: &mut u64, steps: u64, sufficed: &mut bool) -> bool {
    let left = from.checked_sub(steps);
    *from = left.unwrap_or(*from);
    *sufficed &= left.is_some();
    left.is_some()
}
