//! The lists of a fact file, and what an entry is that stands in none of them.

use super::Section;
use super::record::{Field, RecordKind, same_key};

impl RecordKind {
    /// The list that `name` names, such as `users`.
    pub(super) fn of_list(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.list_name() == name)
    }

    /// The kind that `name` names for a single entry, such as `user`.
    pub(super) fn of_entry(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.list_name().strip_suffix('s') == Some(name))
    }

    /// The lists that a section holds.
    pub(super) fn of_section(section: Section) -> &'static [Self] {
        match section {
            Section::Directory => &[Self::User, Self::Group],
            Section::Catalog => &[Self::Developer, Self::App, Self::Scope],
        }
    }

    /// The section whose files hold this kind.
    pub(super) fn section(self) -> Section {
        match self {
            Self::User | Self::Group => Section::Directory,
            Self::Developer | Self::App | Self::Scope => Section::Catalog,
        }
    }

    /// What an entry with these keys is where no list says so: a line of JSON lines, an entry of a bare list.
    ///
    /// In a directory file an entry with `email` is a user, else one with `id` or `members` is a group. In a catalog file an entry with
    /// `scope` is a scope, else one with `kind` is a developer; everything else is an app.
    pub(super) fn of_keys(section: Section, fields: &[Field<'_>]) -> Self {
        Self::of_names(section, |key| fields.iter().any(|field| same_key(&field.key, key)))
    }

    /// As [`RecordKind::of_keys`], for anything that knows its keys.
    pub(super) fn of_names(section: Section, has: impl Fn(&str) -> bool) -> Self {
        match section {
            Section::Directory if has("email") => Self::User,
            Section::Directory if has("id") || has("members") => Self::Group,
            Section::Directory => Self::User,
            Section::Catalog if has("scope") => Self::Scope,
            Section::Catalog if has("kind") => Self::Developer,
            Section::Catalog => Self::App,
        }
    }
}
