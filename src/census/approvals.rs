//! Who approves what.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use super::census::Census;
use crate::eval::Truth;
use crate::program::RuleKind;
use crate::text::{AppId, Id, RuleId, UserId};

/// Lists of approvals by app.
#[derive(Debug, Default)]
pub(super) struct Approvals {
    lists: HashMap<AppId, Arc<[RuleId]>, FxBuildHasher>,
    /// How long they are together.
    length: usize,
}

impl Approvals {
    /// How long they may be together.
    const LENGTH: usize = 1 << 22;

    fn keep(&mut self, app: AppId, list: &Arc<[RuleId]>) {
        self.length += list.len();
        if self.length > Self::LENGTH {
            self.lists.clear();
            self.length = list.len();
        }
        self.lists.insert(app, Arc::clone(list));
    }
}

impl Census<'_> {
    /// The approvals in force that are surely about the app and whose review, if they have one, covers it: those for the most people
    /// first.
    pub(crate) fn approvals(&self, app: AppId) -> Arc<[RuleId]> {
        if let Some(approvals) = self.approvals.borrow().lists.get(&app) {
            return Arc::clone(approvals);
        }
        let mut approvals = self.ask(UserId::from_index(0), app, |case| {
            let mut approvals = case.rules_about(RuleKind::Approve, u64::MAX, None);
            approvals.retain(|&rule| {
                case.selects_app(rule) == Truth::True
                    && case.rule(rule).is_some_and(|row| case.is_reviewed(row))
            });
            approvals
        });
        approvals.sort_by_cached_key(|&approval| Reverse(self.breadth(approval)));
        let approvals: Arc<[RuleId]> = approvals.into();
        self.approvals.borrow_mut().keep(app, &approvals);
        approvals
    }
}
