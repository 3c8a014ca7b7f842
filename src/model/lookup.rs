//! Which name is which id, for each kind of thing.

use std::marker::PhantomData;

use crate::terms::EntityKind;
use crate::text::{
    AllowlistId, AppId, AttributeId, DeveloperId, GroupId, Id, PrivilegeId, RoleId, RuleId, ScopeId,
    ScopeSetId, Symbol, UserId,
};

/// The ids of one kind by name: a plain vector over symbols, because a million users are looked up by it.
#[derive(Clone, Debug)]
pub(crate) struct NameMap<I> {
    /// One more than the id's number, or 0.
    ids: Vec<u32>,
    kind: PhantomData<fn(I) -> I>,
}

impl<I> Default for NameMap<I> {
    fn default() -> Self {
        Self { ids: Vec::new(), kind: PhantomData }
    }
}

impl<I: Id> NameMap<I> {
    /// The id of a name.
    pub(crate) fn get(&self, name: Symbol) -> Option<I> {
        let stored = *self.ids.get(name.index())?;
        (stored as usize).checked_sub(1).map(I::from_index)
    }

    /// Makes room for names up to the `names`-th symbol.
    pub(crate) fn reserve(&mut self, names: usize) {
        self.ids.reserve(names.saturating_sub(self.ids.len()));
    }

    /// Gives a name an id in place of any it had.
    pub(crate) fn insert(&mut self, name: Symbol, id: I) {
        if self.ids.len() <= name.index() {
            self.ids.resize(name.index() + 1, 0);
        }
        if let Some(slot) = self.ids.get_mut(name.index()) {
            *slot = u32::try_from(id.index() + 1).unwrap_or(0);
        }
    }
}

/// The ids of every kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lookup {
    pub(super) roles: NameMap<RoleId>,
    pub(super) groups: NameMap<GroupId>,
    pub(super) users: NameMap<UserId>,
    pub(super) developers: NameMap<DeveloperId>,
    pub(super) apps: NameMap<AppId>,
    pub(super) allowlists: NameMap<AllowlistId>,
    pub(super) scope_sets: NameMap<ScopeSetId>,
    pub(super) scopes: NameMap<ScopeId>,
    /// By the name in lower case.
    pub(super) privileges: NameMap<PrivilegeId>,
    pub(super) rules: NameMap<RuleId>,
    user_attributes: NameMap<AttributeId>,
    app_attributes: NameMap<AttributeId>,
    developer_attributes: NameMap<AttributeId>,
}

impl Lookup {
    /// The attributes of one kind of entity.
    pub(super) fn attributes_of(&self, owner: EntityKind) -> &NameMap<AttributeId> {
        match owner {
            EntityKind::User => &self.user_attributes,
            EntityKind::App => &self.app_attributes,
            EntityKind::Developer => &self.developer_attributes,
        }
    }

    /// The attributes of one kind of entity, for adding.
    pub(super) fn attributes_of_mut(&mut self, owner: EntityKind) -> &mut NameMap<AttributeId> {
        match owner {
            EntityKind::User => &mut self.user_attributes,
            EntityKind::App => &mut self.app_attributes,
            EntityKind::Developer => &mut self.developer_attributes,
        }
    }
}
