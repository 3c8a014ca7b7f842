//! Puts a record together in buffers that are used again for the next one.

use std::borrow::Cow;
use std::hash::BuildHasher;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::Section;
use super::findings::Findings;
use super::record::{Field, RecordKind, Scalar, Taker, Value, same_key};
use crate::text::Span;

/// From this many fields on, keys are looked up in a table: comparing each with each would be slow.
const MANY_FIELDS: usize = 24;

/// The keys of earlier records are remembered up to this many.
const LONGEST_SHAPE: usize = 64;

/// The record being read.
#[derive(Default)]
pub(super) struct Builder<'t> {
    fields: Vec<Field<'t>>,
    scalars: Vec<Scalar<'t>>,
    /// Distinct keys of earlier records in the order they come in. Most records have some of these in this order, and then none of their
    /// keys can stand twice.
    shape: Vec<Cow<'t, str>>,
    /// The position in `shape` after the key that came last.
    cursor: usize,
    /// A key of this record did not follow the order of `shape`.
    disorderly: bool,
    /// The key that was placed last is nowhere in `shape` and belongs at `cursor`.
    novel: bool,
    /// The positions of the fields by their keys, where there are many fields that did not follow the order.
    table: HashTable<u32>,
    /// The fields that `<<` brought, which a key of the record itself replaces. Empty unless there are such.
    merged: Vec<bool>,
}

/// What to do with the value of a key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It is the value of a new field.
    New,
    /// It replaces the value of this field.
    Replace(usize),
    /// The key stood there already: the value counts for nothing.
    Nowhere,
}

impl<'t> Builder<'t> {
    /// Forgets the record before.
    #[inline]
    pub(super) fn begin(&mut self) {
        self.fields.clear();
        self.scalars.clear();
        self.merged.clear();
        self.cursor = 0;
        self.disorderly = false;
        if !self.table.is_empty() {
            self.table.clear();
        }
    }

    /// The fields so far.
    pub(super) fn fields(&self) -> &[Field<'t>] {
        &self.fields
    }

    /// Finds the place of `key`; a key that stands twice is reported.
    #[inline]
    pub(super) fn place(
        &mut self,
        key: &str,
        span: Span,
        merging: bool,
        findings: &mut Findings<'_>,
    ) -> Place {
        self.novel = false;
        if !self.disorderly {
            let ahead = self.shape.get(self.cursor..).unwrap_or_default();
            if let Some(skipped) = ahead.iter().position(|known| known.as_ref() == key) {
                self.cursor += skipped + 1;
                return Place::New;
            }
        }
        self.search(key, span, merging, findings)
    }

    /// As [`Builder::place`], for a key that is not among those that usually come next.
    fn search(&mut self, key: &str, span: Span, merging: bool, findings: &mut Findings<'_>) -> Place {
        let known = || self.shape.iter().any(|known| same_key(known, key));
        self.novel = !self.disorderly && self.shape.len() < LONGEST_SHAPE && !known();
        self.disorderly = !self.novel;
        match self.position(key) {
            None => Place::New,
            Some(_) if merging => Place::Nowhere,
            Some(at) if self.merged.get(at) == Some(&true) => Place::Replace(at),
            Some(at) => {
                let first = self.fields.get(at).map_or(span, |field| field.key_span);
                findings.duplicate_key(key, first, span);
                Place::Nowhere
            }
        }
    }

    /// The field with this key.
    fn position(&mut self, key: &str) -> Option<usize> {
        if self.fields.len() < MANY_FIELDS {
            return self.fields.iter().position(|field| same_key(&field.key, key));
        }
        let fields = &self.fields;
        let key_of = |at: u32| fields.get(at as usize).map_or("", |field| &*field.key);
        for at in self.table.len()..fields.len() {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            self.table.insert_unique(hash(key_of(at)), at, |&at| hash(key_of(at)));
        }
        self.table.find(hash(key), |&at| same_key(key_of(at), key)).map(|&at| at as usize)
    }

    /// Adds a field at the place that its key was given.
    #[inline]
    pub(super) fn add(&mut self, place: Place, merging: bool, field: Field<'t>) {
        match place {
            Place::Nowhere => {}
            Place::New => {
                if self.novel {
                    self.shape.insert(self.cursor, field.key.clone());
                    self.cursor += 1;
                }
                self.fields.push(field);
                if merging || !self.merged.is_empty() {
                    self.merged.resize(self.fields.len().saturating_sub(1), false);
                    self.merged.push(merging);
                }
            }
            Place::Replace(at) => {
                if let (Some(old), Some(merged)) = (self.fields.get_mut(at), self.merged.get_mut(at)) {
                    *old = field;
                    *merged = false;
                }
            }
        }
    }

    /// Adds a field whose key is known not to stand in the record.
    #[inline]
    pub(super) fn push(&mut self, field: Field<'t>) {
        self.fields.push(field);
    }

    /// Adds a scalar; a field's value tells where those of it lie.
    #[inline]
    pub(super) fn scalar(&mut self, scalar: Scalar<'t>) {
        self.scalars.push(scalar);
    }

    /// How many scalars there are, as a position in values.
    #[inline]
    pub(super) fn mark(&self) -> u32 {
        u32::try_from(self.scalars.len()).unwrap_or(u32::MAX)
    }

    /// The value that the scalars added since `mark` make as a list.
    pub(super) fn list_since(&self, mark: u32) -> Value {
        Value::List { start: mark, len: self.mark().saturating_sub(mark) }
    }

    /// Where the first and the last scalar stand that were added since `mark`.
    pub(super) fn spans_since(&self, mark: u32) -> (Option<Span>, Option<Span>) {
        let since = self.scalars.get(mark as usize..).unwrap_or_default();
        (since.first().map(|scalar| scalar.span), since.last().map(|scalar| scalar.span))
    }

    /// Hands the record over. Without a list that says so, its keys say what it is.
    pub(super) fn finish(
        &mut self,
        kind: Option<RecordKind>,
        section: Section,
        span: Span,
        records: &mut dyn Taker<'t>,
        findings: &mut Findings<'_>,
    ) {
        let kind = kind.unwrap_or_else(|| RecordKind::of_keys(section, &self.fields));
        records.take(kind, span, &mut self.fields, &mut self.scalars, findings.sink());
    }
}

/// A hash that is the same for keys that are the same.
fn hash(key: &str) -> u64 {
    if key.contains('_') {
        FxBuildHasher.hash_one(key.replace('_', "-").as_str())
    } else {
        FxBuildHasher.hash_one(key)
    }
}
