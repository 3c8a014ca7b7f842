//! One entity of a fact file, as written.

use std::borrow::Cow;

use crate::diagnostics::Sink;
use crate::text::Span;

/// What a record describes: which list of the file it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// An entry of `users`.
    User,
    /// An entry of `groups`.
    Group,
    /// An entry of `developers`.
    Developer,
    /// An entry of `apps`.
    App,
    /// An entry of `scopes`.
    Scope,
}

impl RecordKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::User, Self::Group, Self::Developer, Self::App, Self::Scope];

    /// The name of the list: `users`, `groups`, `developers`, `apps` or `scopes`.
    pub fn list_name(self) -> &'static str {
        match self {
            Self::User => "users",
            Self::Group => "groups",
            Self::Developer => "developers",
            Self::App => "apps",
            Self::Scope => "scopes",
        }
    }
}

/// One entity as written: its fields in the order of the file. No key stands twice (that was reported, and the first one stands).
#[derive(Clone, Copy, Debug)]
pub struct Record<'r> {
    /// What it describes.
    pub kind: RecordKind,
    /// A place for findings about the whole record: its first line, or the keyword and name of an item.
    pub span: Span,
    /// Its fields.
    pub fields: &'r [Field<'r>],
    /// The scalars that the fields' values refer to.
    pub scalars: &'r [Scalar<'r>],
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Field<'r> {
    /// The key as written. `-` and `_` mean the same in keys; [`Record::field`] knows that.
    pub key: Cow<'r, str>,
    /// Where the key stands (in CSV: in the header).
    pub key_span: Span,
    /// Where the value stands, all of it.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// The shape of a field's value; the scalars lie in [`Record::scalars`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// `null`, `~` or nothing: the fact is left out. (An empty CSV cell makes no field at all.)
    Null,
    /// One scalar, at this position.
    One(u32),
    /// A list of scalars, at these positions. In CSV a cell with `;` and the cell `none` (the empty list) are lists.
    List {
        /// The position of the first.
        start: u32,
        /// How many.
        len: u32,
    },
}

/// One value.
#[derive(Clone, Debug)]
pub struct Scalar<'r> {
    /// The text as written, without quotes and escapes.
    pub text: Cow<'r, str>,
    /// How it was written.
    pub shape: ScalarShape,
    /// Where it stands.
    pub span: Span,
}

/// How a scalar was written; which of these a field takes is not the reader's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarShape {
    /// In quotes: certainly text.
    Quoted,
    /// Without quotes where the format has no types (YAML plain scalars, CSV cells, words of a policy file): text, number, date or flag.
    Bare,
    /// A JSON number.
    Number,
    /// A JSON `true` or `false`.
    Flag,
}

impl<'r> Record<'r> {
    /// The field with this key (written here with `-`), if it stands in the record.
    pub fn field(&self, key: &str) -> Option<&'r Field<'r>> {
        // Nearly always it is written just so.
        let exact = self.fields.iter().find(|field| field.key == key);
        exact.or_else(|| self.fields.iter().find(|field| same_key(&field.key, key)))
    }

    /// The scalars of a value: none, one, or those of the list.
    pub fn scalars_of(&self, value: Value) -> &'r [Scalar<'r>] {
        let (start, len) = match value {
            Value::Null => (0, 0),
            Value::One(at) => (at as usize, 1),
            Value::List { start, len } => (start as usize, len as usize),
        };
        self.scalars.get(start..start.saturating_add(len)).unwrap_or_default()
    }
}

/// Whether two keys are the same when `-` and `_` are.
pub fn same_key(a: &str, b: &str) -> bool {
    let dash = |byte: u8| if byte == b'_' { b'-' } else { byte };
    a.len() == b.len() && a.bytes().map(dash).eq(b.bytes().map(dash))
}

/// Takes the records of fact files, in order.
pub trait RecordSink {
    /// Takes one record; what is wrong with its meaning goes to `out`.
    fn record(&mut self, record: Record<'_>, out: &mut Sink);
}

/// Takes the records of one file with the buffers that they stand in.
pub(super) trait Taker<'t> {
    /// Takes one record. What the buffers hold afterwards does not matter.
    fn take(
        &mut self,
        kind: RecordKind,
        span: Span,
        fields: &mut Vec<Field<'t>>,
        scalars: &mut Vec<Scalar<'t>>,
        out: &mut Sink,
    );
}

/// Hands each record on at once.
pub(super) struct AtOnce<'s>(pub(super) &'s mut dyn RecordSink);

impl<'t> Taker<'t> for AtOnce<'_> {
    #[inline]
    fn take(
        &mut self,
        kind: RecordKind,
        span: Span,
        fields: &mut Vec<Field<'t>>,
        scalars: &mut Vec<Scalar<'t>>,
        out: &mut Sink,
    ) {
        self.0.record(Record { kind, span, fields, scalars }, out);
    }
}
