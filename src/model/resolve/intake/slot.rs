//! What the keys of records mean.

use crate::facts::RecordKind;
use crate::terms::EntityKind;
use crate::text::AttributeId;

/// The meaning of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// The name of the record.
    Key,
    Role,
    Roles,
    Groups,
    Members,
    Title,
    MarketplaceId,
    Developer,
    DeveloperKind,
    Listing,
    Stage,
    ManagedBy,
    Scopes,
    OptionalScopes,
    BetaUntil,
    Level,
    Privileges,
    MayNeed,
    Implies,
    Equivalents,
    Summary,
    /// A declared attribute.
    Attribute(AttributeId),
    /// Nothing; that was reported.
    Unknown,
}

/// Every field: of which records, its key, its meaning.
const FIELDS: &[(RecordKind, &str, Slot)] = &[
    (RecordKind::User, "email", Slot::Key),
    (RecordKind::User, "role", Slot::Role),
    (RecordKind::User, "roles", Slot::Roles),
    (RecordKind::User, "groups", Slot::Groups),
    (RecordKind::Group, "id", Slot::Key),
    (RecordKind::Group, "members", Slot::Members),
    (RecordKind::Group, "groups", Slot::Groups),
    (RecordKind::Developer, "id", Slot::Key),
    (RecordKind::Developer, "name", Slot::Title),
    (RecordKind::Developer, "kind", Slot::DeveloperKind),
    (RecordKind::App, "id", Slot::Key),
    (RecordKind::App, "name", Slot::Title),
    (RecordKind::App, "marketplace-id", Slot::MarketplaceId),
    (RecordKind::App, "developer", Slot::Developer),
    (RecordKind::App, "listing", Slot::Listing),
    (RecordKind::App, "stage", Slot::Stage),
    (RecordKind::App, "managed-by", Slot::ManagedBy),
    (RecordKind::App, "scopes", Slot::Scopes),
    (RecordKind::App, "optional-scopes", Slot::OptionalScopes),
    (RecordKind::App, "beta-until", Slot::BetaUntil),
    (RecordKind::Scope, "scope", Slot::Key),
    (RecordKind::Scope, "level", Slot::Level),
    (RecordKind::Scope, "privileges", Slot::Privileges),
    (RecordKind::Scope, "may-need", Slot::MayNeed),
    (RecordKind::Scope, "implies", Slot::Implies),
    (RecordKind::Scope, "equivalents", Slot::Equivalents),
    (RecordKind::Scope, "summary", Slot::Summary),
];

/// The meaning of a key, written with `-`.
pub(super) fn field(kind: RecordKind, key: &str) -> Option<Slot> {
    FIELDS.iter().find(|(of, name, _)| *of == kind && *name == key).map(|&(_, _, slot)| slot)
}

/// The keys of a kind of record.
pub(super) fn keys(kind: RecordKind) -> impl Iterator<Item = &'static str> {
    FIELDS.iter().filter(move |(of, ..)| *of == kind).map(|&(_, name, _)| name)
}

/// The field that a key means which differs from it in case, in signs between words or in a plural only: one of those that grant or keep
/// something where they are left out.
pub(super) fn meant(kind: RecordKind, key: &str) -> Option<&'static str> {
    let letters = |key: &str| -> String {
        let letters = key.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect::<String>().trim_end_matches('s').to_owned()
    };
    let tells = |slot: Slot| {
        matches!(slot, Slot::Role | Slot::Roles | Slot::Groups | Slot::Members | Slot::OptionalScopes)
    };
    let same = |&&(of, name, slot): &&(RecordKind, &str, Slot)| {
        of == kind && tells(slot) && letters(name) == letters(key)
    };
    FIELDS.iter().find(same).map(|&(_, name, _)| name)
}

/// The key that names a record.
pub(super) fn key(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::User => "email",
        RecordKind::Scope => "scope",
        RecordKind::Group | RecordKind::Developer | RecordKind::App => "id",
    }
}

/// Which entity a kind of record describes, if that entity has attributes.
pub(super) fn owner(kind: RecordKind) -> Option<EntityKind> {
    match kind {
        RecordKind::User => Some(EntityKind::User),
        RecordKind::Developer => Some(EntityKind::Developer),
        RecordKind::App => Some(EntityKind::App),
        RecordKind::Group | RecordKind::Scope => None,
    }
}

/// The kind of record that describes an entity.
pub(in crate::model::resolve) fn record_kind(kind: EntityKind) -> RecordKind {
    match kind {
        EntityKind::User => RecordKind::User,
        EntityKind::Developer => RecordKind::Developer,
        EntityKind::App => RecordKind::App,
    }
}

/// Whether entities of a kind have a field of this name without any declaration.
pub(in crate::model::resolve) fn is_field(owner: EntityKind, key: &str) -> bool {
    field(record_kind(owner), key).is_some()
}

/// A column's key and meaning, once it was seen.
type Column = Option<(Box<str>, Slot)>;

/// What the columns of the last record of each kind were, by position: most files repeat the same keys in the same order.
#[derive(Default)]
pub(super) struct Columns {
    kinds: [Vec<Column>; 5],
}

impl Columns {
    /// The meaning of the column at `position`, if it still has this key.
    pub(super) fn get(&self, kind: RecordKind, position: usize, key: &str) -> Option<Slot> {
        let (known, slot) = self.kinds.get(kind as usize)?.get(position)?.as_ref()?;
        (**known == *key).then_some(*slot)
    }

    /// Remembers the meaning of a column. Columns far out are not remembered.
    pub(super) fn set(&mut self, kind: RecordKind, position: usize, key: &str, slot: Slot) {
        const MOST: usize = 512;
        let Some(columns) = self.kinds.get_mut(kind as usize) else { return };
        if position < MOST && columns.len() <= position {
            columns.resize_with(position + 1, || None);
        }
        if let Some(column) = columns.get_mut(position) {
            *column = Some((key.into(), slot));
        }
    }
}
