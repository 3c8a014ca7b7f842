//! Declared attributes and their values.

use crate::terms::EntityKind;
use crate::text::{Date, Span, Symbol};

/// A declared attribute with everybody's values.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Whose attribute it is.
    pub owner: EntityKind,
    /// Its name without the owner, keys' `_` written as `-`.
    pub name: Symbol,
    /// Its type.
    pub ty: AttributeType,
    /// Where it is declared.
    pub span: Span,
    /// The value of each user, app or developer by the number of its id; the column may end early. `None`: not known.
    pub column: Vec<Option<Value>>,
}

/// The type of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeType {
    /// Any text; equal texts are equal byte for byte.
    Text,
    /// True or false.
    Flag,
    /// A number.
    Number,
    /// A day.
    Date,
    /// One of these words.
    OneOf {
        /// The words, in order.
        choices: Vec<Symbol>,
        /// Whether the order means less to more.
        ordered: bool,
    },
}

/// A value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A text.
    Text(Symbol),
    /// A flag.
    Flag(bool),
    /// A number; never NaN or infinite.
    Number(f64),
    /// A day.
    Date(Date),
    /// The position of a word among the type's choices.
    Choice(u16),
}
