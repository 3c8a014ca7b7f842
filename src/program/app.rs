//! Apps, and what rules select apps by.

use super::{Day, Jagged, Name, NameIndex, Run};
use crate::terms::{DeveloperKind, Listing, ManagedBy, Stage};
use crate::text::{AllowlistId, AppId, DeveloperId, Id, IdVec, ScopeId};

/// What a rule selects apps by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Selector {
    /// Every app.
    All,
    /// Listed apps.
    Listed,
    /// Unlisted apps.
    Unlisted,
    /// Apps whose developer is internal.
    Internal,
    /// One app.
    App(AppId),
    /// Apps of a developer.
    ByDeveloper(DeveloperId),
    /// Apps in an allowlist.
    InAllowlist(AllowlistId),
}

/// The number of a selector that some rule names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SelectorId(pub(crate) u32);

impl SelectorId {
    /// Every app; always there.
    pub(crate) const ALL: Self = Self(0);
}

/// Every app.
#[derive(Clone, Debug, Default)]
pub(crate) struct Apps {
    /// A row for each.
    pub(crate) rows: IdVec<AppId, App>,
    /// Finds an app by its id as people write it.
    pub(crate) index: NameIndex,
    /// All numbered selectors in ascending order.
    pub(crate) selectors: Vec<Selector>,
    /// The shared vector of apps' selectors.
    pub(crate) selected_by: Vec<SelectorId>,
    /// The shared vector of scopes that apps ask for.
    pub(crate) scopes: Vec<ScopeId>,
    /// By the number of an app's gaps the numbered selectors of which it is not known whether they select it: each list is sorted, in
    /// [`Apps::selected_by`]. Some of them may surely select the app for another reason.
    pub(crate) unknown_selectors: Vec<Run>,
    /// Allowlists.
    pub(crate) allowlists: Allowlists,
    /// Developers.
    pub(crate) developers: IdVec<DeveloperId, Developer>,
}

impl Apps {
    /// The number of a selector, if some rule names it.
    pub(crate) fn selector_id(&self, selector: Selector) -> Option<SelectorId> {
        let at = self.selectors.binary_search(&selector).ok()?;
        u32::try_from(at).ok().map(SelectorId)
    }

    /// The selector with this number.
    pub(crate) fn selector(&self, id: SelectorId) -> Selector {
        self.selectors.get(id.0 as usize).copied().unwrap_or(Selector::All)
    }
}

/// One app. Every `None` is a fact that is not known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct App {
    /// Its id as people write it.
    pub(crate) name: Name,
    /// Where it is shown.
    pub(crate) listing: Option<Listing>,
    /// How far along it is.
    pub(crate) stage: Option<Stage>,
    /// Who adds it.
    pub(crate) managed_by: Option<ManagedBy>,
    /// The kind of its developer.
    pub(crate) developer_kind: Option<DeveloperKind>,
    /// Whether the scopes that it must have are known.
    pub(crate) scopes_known: bool,
    /// Which facts that selectors look at are not known.
    pub(crate) gaps: Gaps,
    /// Who makes it.
    pub(crate) developer: Option<DeveloperId>,
    /// The last day of a beta.
    pub(crate) beta_until: Option<Day>,
    /// The scopes it must have, in the order stated, in [`Apps::scopes`].
    pub(crate) required: Run,
    /// The scopes it would like, in the order stated, in [`Apps::scopes`].
    pub(crate) optional: Run,
    /// The numbered selectors that surely select it: sorted, in [`Apps::selected_by`].
    pub(crate) selected_by: Run,
    /// Those of them under which there are approvals, blocks, withholds and exemptions, by [`RuleKind`](super::RuleKind).
    pub(crate) lists: [Run; 4],
}

impl App {
    /// An app of which nothing is known.
    pub(crate) const NOTHING_KNOWN: Self = Self {
        name: Name(u32::MAX),
        listing: None,
        stage: None,
        managed_by: None,
        developer_kind: None,
        scopes_known: false,
        gaps: Gaps(0),
        developer: None,
        beta_until: None,
        required: Run::EMPTY,
        optional: Run::EMPTY,
        selected_by: Run::EMPTY,
        lists: [Run::EMPTY; 4],
    };

    /// What surely selects it, allowlists aside. `id` is its own.
    pub(crate) fn base(&self, id: AppId) -> Vec<Selector> {
        let mut base = vec![Selector::All, Selector::App(id)];
        base.extend(self.listing.map(|listing| match listing {
            Listing::Listed => Selector::Listed,
            Listing::Unlisted => Selector::Unlisted,
        }));
        base.extend((self.developer_kind == Some(DeveloperKind::Internal)).then_some(Selector::Internal));
        base.extend(self.developer.map(Selector::ByDeveloper));
        base
    }
}

/// Which facts that selectors look at are not known of an app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Gaps(pub(crate) u8);

impl Gaps {
    /// Its developer.
    pub(crate) const DEVELOPER: u8 = 1;
    /// The kind of its developer.
    pub(crate) const KIND: u8 = 2;
    /// Its listing.
    pub(crate) const LISTING: u8 = 4;
    /// How many combinations there are.
    pub(crate) const COUNT: u8 = 8;

    /// Whether all of it is known.
    #[inline]
    pub(crate) fn is_none(self) -> bool {
        self.0 == 0
    }
    /// What may select an app with these gaps, allowlists aside, where there are so many developers.
    pub(crate) fn base(self, developers: usize) -> Vec<Selector> {
        let has = |gap: u8| self.0 & gap != 0;
        let mut base = Vec::new();
        if has(Self::DEVELOPER) {
            base.extend((0..developers).map(|number| Selector::ByDeveloper(DeveloperId::from_index(number))));
        }
        if has(Self::KIND) {
            base.push(Selector::Internal);
        }
        if has(Self::LISTING) {
            base.extend([Selector::Listed, Selector::Unlisted]);
        }
        base
    }
}

/// Which allowlists list what.
#[derive(Clone, Debug, Default)]
pub(crate) struct Allowlists {
    /// Their names.
    pub(crate) names: IdVec<AllowlistId, Name>,
    /// The allowlists that list each allowlist, sorted.
    pub(crate) parents: Jagged<AllowlistId>,
    /// The allowlists that list each app by its id, sorted.
    pub(crate) by_app: Jagged<AllowlistId>,
    /// The allowlists that list the apps of each developer, sorted.
    pub(crate) by_developer: Jagged<AllowlistId>,
    /// The allowlists that list all, listed, unlisted and internal apps, in this order, each sorted.
    pub(crate) by_kind: Jagged<AllowlistId>,
}

impl Allowlists {
    /// The allowlists that list this themselves, sorted.
    pub(crate) fn listing(&self, selector: Selector) -> &[AllowlistId] {
        match selector {
            Selector::All => self.by_kind.get(0),
            Selector::Listed => self.by_kind.get(1),
            Selector::Unlisted => self.by_kind.get(2),
            Selector::Internal => self.by_kind.get(3),
            Selector::App(app) => self.by_app.get(app.index()),
            Selector::ByDeveloper(developer) => self.by_developer.get(developer.index()),
            Selector::InAllowlist(list) => self.parents.get(list.index()),
        }
    }
}

/// One developer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Developer {
    /// Its id as people write it.
    pub(crate) name: Name,
}
