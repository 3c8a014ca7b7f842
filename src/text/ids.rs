//! Typed dense ids: each entity of a kind has a number from 0 up, and a table of that kind is a plain vector.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A dense number for one thing of one kind.
pub trait Id: Copy + Eq + Ord + std::hash::Hash + fmt::Debug {
    /// The id of the `index`-th thing. More than `u32::MAX` things of a kind saturate at the last id.
    fn from_index(index: usize) -> Self;
    /// The position of the thing in its table.
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u32);

        impl Id for $name {
            fn from_index(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
            fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    )*};
}

ids! {
    /// A declared attribute of users, apps or developers.
    AttributeId,
    /// A role.
    RoleId,
    /// A group of users.
    GroupId,
    /// A user.
    UserId,
    /// A developer of apps.
    DeveloperId,
    /// An app of the marketplace.
    AppId,
    /// An allowlist of apps.
    AllowlistId,
    /// A named set of scopes.
    ScopeSetId,
    /// A scope that an app may ask for.
    ScopeId,
    /// A role privilege such as `MarketPlace:Edit`.
    PrivilegeId,
    /// A rule: approve, block, withhold, waive, grant or exempt.
    RuleId,
}

/// A vector indexed by one kind of id.
#[derive(Clone, PartialEq, Eq)]
pub struct IdVec<I, T> {
    items: Vec<T>,
    kind: PhantomData<fn(I) -> I>,
}

impl<I: Id, T> IdVec<I, T> {
    /// An empty table.
    pub fn new() -> Self {
        Self { items: Vec::new(), kind: PhantomData }
    }
    /// A table over `items`, whose ids are their positions.
    pub fn from_vec(items: Vec<T>) -> Self {
        Self { items, kind: PhantomData }
    }
    /// Adds `item` and returns its id.
    pub fn push(&mut self, item: T) -> I {
        let id = I::from_index(self.items.len());
        self.items.push(item);
        id
    }
    /// How many things there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
    /// The thing with this id, if the table has it.
    pub fn get(&self, id: I) -> Option<&T> {
        self.items.get(id.index())
    }
    /// The thing with this id for changing, if the table has it.
    pub fn get_mut(&mut self, id: I) -> Option<&mut T> {
        self.items.get_mut(id.index())
    }
    /// The thing with this id, which the table that made the id has.
    #[expect(clippy::indexing_slicing, reason = "an id is only made by the table that holds its thing")]
    pub fn at(&self, id: I) -> &T {
        &self.items[id.index()]
    }
    /// The thing with this id for changing.
    #[expect(clippy::indexing_slicing, reason = "an id is only made by the table that holds its thing")]
    pub fn at_mut(&mut self, id: I) -> &mut T {
        &mut self.items[id.index()]
    }
    /// All things in order of their ids.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }
    /// All things in order of their ids, for changing.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.items.iter_mut()
    }
    /// All ids in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.items.len()).map(I::from_index)
    }
    /// All things with their ids, in order.
    pub fn enumerate(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.items.iter().enumerate().map(|(index, item)| (I::from_index(index), item))
    }
    /// The things as a slice.
    pub fn as_slice(&self) -> &[T] {
        &self.items
    }
    /// How many things there is room for.
    pub fn capacity(&self) -> usize {
        self.items.capacity()
    }
    /// Makes room for `additional` more things.
    pub fn reserve(&mut self, additional: usize) {
        self.items.reserve(additional);
    }
}

impl<I: Id, T> Default for IdVec<I, T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<I: Id, T: fmt::Debug> fmt::Debug for IdVec<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}

impl<I: Id, T> FromIterator<T> for IdVec<I, T> {
    fn from_iter<It: IntoIterator<Item = T>>(iter: It) -> Self {
        Self::from_vec(iter.into_iter().collect())
    }
}

#[expect(clippy::indexing_slicing, reason = "an id is only made by the table that holds its thing")]
impl<I: Id, T> Index<I> for IdVec<I, T> {
    type Output = T;
    fn index(&self, id: I) -> &T {
        &self.items[id.index()]
    }
}

#[expect(clippy::indexing_slicing, reason = "an id is only made by the table that holds its thing")]
impl<I: Id, T> IndexMut<I> for IdVec<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.items[id.index()]
    }
}
