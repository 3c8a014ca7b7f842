//! Declared attributes and the entities that carry them.

use super::Name;
use crate::terms::EntityKind;
use crate::text::Span;

/// `attribute OWNER.NAME: TYPE`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeDeclaration {
    /// Whose attribute it is.
    pub owner: EntityKind,
    /// Its name without the owner. The span covers the name alone.
    pub name: Name,
    /// Its type.
    pub ty: AttributeType,
    /// Where the type stands.
    pub type_span: Span,
}

/// The type of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeType {
    /// `text`
    Text,
    /// `flag`
    Flag,
    /// `number`
    Number,
    /// `date`
    Date,
    /// `one of a, b` or `one of a < b < c`
    OneOf {
        /// The values in the order written.
        values: Vec<Name>,
        /// Whether they were joined by `<`.
        ordered: bool,
    },
}

/// `user NAME { … }`, `app NAME { … }` or `developer NAME { … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityKind,
    /// Its name.
    pub name: Name,
    /// Its fields in the order written; which fields exist is not the grammar's business.
    pub fields: Vec<Field>,
    /// From the keyword to the closing brace.
    pub span: Span,
}

/// `KEY VALUE, VALUE …` in an entity. The keys are words such as `name`, `scopes`, `beta-until` or an attribute's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The key.
    pub key: Name,
    /// The values, at least one.
    pub values: Vec<FieldValue>,
    /// From the key to the last value.
    pub span: Span,
}

/// One value of a field, as written: a word, string, number, date, e-mail address, scope or privilege.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldValue {
    /// The text; a bare `none` among the values of a list field means the empty list.
    pub name: Name,
}
