//! Entities of policies as records, so that both ways of stating facts go through one intake.

use std::borrow::Cow;

use super::intake::record_kind;
use crate::facts::{Field, Record, RecordKind, Scalar, ScalarShape, Value};
use crate::syntax::ast;
use crate::text::Span;

/// An entity with the fields and scalars of its record.
pub(super) struct Entity<'e> {
    pub(super) kind: RecordKind,
    span: Span,
    fields: Vec<Field<'e>>,
    scalars: Vec<Scalar<'e>>,
}

impl<'e> Entity<'e> {
    pub(super) fn new(entity: &'e ast::Entity) -> Self {
        let kind = record_kind(entity.kind);
        let head = Span { end: entity.name.span.end, ..entity.span };
        let mut made = Self { kind, span: head, fields: Vec::new(), scalars: Vec::new() };
        let key = if kind == RecordKind::User { "email" } else { "id" };
        // The name is a text whatever it looks like, and never the word `none`.
        made.scalars.push(Scalar {
            text: Cow::Borrowed(&entity.name.text),
            shape: ScalarShape::Quoted,
            span: entity.name.span,
        });
        made.fields.push(Field {
            key: Cow::Borrowed(key),
            key_span: entity.name.span,
            span: entity.name.span,
            value: Value::One(0),
        });
        for field in &entity.fields {
            made.field(field);
        }
        made
    }

    fn field(&mut self, field: &'e ast::Field) {
        let start = u32::try_from(self.scalars.len()).unwrap_or(u32::MAX);
        let len = u32::try_from(field.values.len()).unwrap_or(0);
        for ast::FieldValue { name } in &field.values {
            let shape = if name.quoted { ScalarShape::Quoted } else { ScalarShape::Bare };
            self.scalars.push(Scalar { text: Cow::Borrowed(&name.text), shape, span: name.span });
        }
        let (Some(first), Some(last)) = (field.values.first(), field.values.last()) else { return };
        self.fields.push(Field {
            key: Cow::Borrowed(&field.key.text),
            key_span: field.key.span,
            span: first.name.span.to(last.name.span),
            value: if len == 1 { Value::One(start) } else { Value::List { start, len } },
        });
    }

    pub(super) fn record(&self) -> Record<'_> {
        Record { kind: self.kind, span: self.span, fields: &self.fields, scalars: &self.scalars }
    }
}
