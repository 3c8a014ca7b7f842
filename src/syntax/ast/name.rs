//! Words as written.

use compact_str::CompactString;

use crate::text::Span;

/// A value with the place it was written at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A word or quoted string. Bare and quoted mean the same, so two names are equal when their texts are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The text, with escapes already read. E-mail addresses are as written here; they are compared in lower case.
    pub text: CompactString,
    /// Where it stands, quotes included.
    pub span: Span,
    /// Whether it was written in quotes.
    pub quoted: bool,
}
