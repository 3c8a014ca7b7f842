//! The outcome of an install, and nothing else.

use super::case::Case;
use super::truth::Truth;
use crate::decision::Outcome;

impl Case<'_> {
    /// Whether the user may install the app: every conjunct, the cheapest first.
    #[inline]
    pub(crate) fn install(&self) -> Outcome {
        let required = self.required();
        let allowed = self.app.row.scopes_known
            && self.available() == Truth::True
            && self.may_add() == Truth::True
            && required.iter().all(|&scope| self.gives(scope))
            && self.requires_approval().is_some_and(|needed| !needed || self.exempt() || self.approved())
            && !self.blocked()
            && !self.withheld(required);
        if allowed { Outcome::Allow } else { Outcome::Deny }
    }
}
