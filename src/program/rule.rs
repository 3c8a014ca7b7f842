//! Rules.

use super::{ConditionId, Day, Name, PrincipalId, RuleIndex, RuleKind, Run, ScopeListId, SelectorId};
use crate::terms::Listing;
use crate::text::{IdVec, RoleId, RuleId, Span};

/// Every rule, in the order of files and then of text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    /// What deciding needs of each.
    pub(crate) rows: IdVec<RuleId, Rule>,
    /// What selecting from scratch and explaining need of each.
    pub(crate) texts: IdVec<RuleId, RuleText>,
    /// The shared vector of principals, each list sorted.
    pub(crate) principals: Vec<PrincipalId>,
    /// The shared vector of selectors, each list sorted.
    pub(crate) selectors: Vec<SelectorId>,
    /// The shared vector of waivers, by what they lift.
    pub(crate) waivers: Vec<RuleId>,
    /// The rules under each selector, by [`RuleKind`].
    pub(crate) indexes: [RuleIndex; 4],
}

impl Rules {
    /// Where rules of this kind are found.
    #[inline]
    pub(crate) fn index(&self, kind: RuleKind) -> &RuleIndex {
        let [approve, block, withhold, exempt] = &self.indexes;
        match kind {
            RuleKind::Approve => approve,
            RuleKind::Block => block,
            RuleKind::Withhold => withhold,
            RuleKind::Exempt => exempt,
        }
    }
}

/// What deciding needs of a rule that its principals and selectors have led to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    /// The first day it is in force.
    pub(crate) first: Day,
    /// The last day it is in force.
    pub(crate) last: Day,
    /// Whom it excepts, in [`Rules::principals`].
    pub(crate) people_except: Run,
    /// Which apps it excepts, in [`Rules::selectors`].
    pub(crate) apps_except: Run,
    /// Under which condition.
    pub(crate) condition: Option<ConditionId>,
    /// The scopes that an approval reviewed, or that a withhold takes away.
    pub(crate) scopes: Option<ScopeListId>,
    /// The waivers that lift it, in [`Rules::waivers`].
    pub(crate) waivers: Run,
}

/// The rest of a rule.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RuleText {
    /// What it does.
    pub(crate) effect: RuleEffect,
    /// Whom it selects, in [`Rules::principals`].
    pub(crate) people: Run,
    /// Which apps it selects, in [`Rules::selectors`].
    pub(crate) apps: Run,
    /// The path of its file.
    pub(crate) file: Name,
    /// Its line, from 1.
    pub(crate) line: u32,
    /// Its column in characters, from 1.
    pub(crate) column: u32,
    /// Its tight region.
    pub(crate) head: Span,
    /// Its id.
    pub(crate) id: Option<Name>,
    /// Why it exists.
    pub(crate) because: Option<Name>,
    /// Who answers for it.
    pub(crate) owner: Option<Name>,
}

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RuleEffect {
    /// Lets the people have the apps.
    Approve,
    /// Keeps the people from the apps.
    Block,
    /// Keeps the people from handing scopes to the apps.
    Withhold,
    /// Frees apps of a section from approval.
    Exempt(Listing),
    /// Lifts a block or withhold.
    Waive(RuleId),
    /// Gives the people a role.
    Grant(RoleId),
    /// Nothing: it was not whole. No checked project has one.
    Nothing,
}
