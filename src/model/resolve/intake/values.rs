//! Reading the values of fields.

use std::borrow::Cow;

use super::Intake;
use crate::diagnostics::Sink;
use crate::facts::{Field, Record, Scalar, ScalarShape, Value as Shape};
use crate::model::{AttributeType, Value};
use crate::text::{self, AttributeId, Date, Span};

/// A single value.
pub(super) struct Single<'r> {
    pub(super) text: Cow<'r, str>,
    pub(super) shape: ScalarShape,
    pub(super) span: Span,
}

impl<'r> Single<'r> {
    pub(super) fn of(scalar: &'r Scalar<'r>) -> Self {
        Self { text: Cow::Borrowed(&scalar.text), shape: scalar.shape, span: scalar.span }
    }
}

impl Intake<'_, '_> {
    /// The one value of a field; `None` where it is left out, or a list, which is reported.
    pub(super) fn single<'k>(
        &mut self,
        record: &Record<'k>,
        field: &'k Field<'k>,
        out: &mut Sink,
    ) -> Option<Single<'k>> {
        match field.value {
            Shape::Null => None,
            Shape::One(_) => record.scalars_of(field.value).first().map(Single::of),
            Shape::List { .. } if self.csv => Some(self.cell(field)),
            Shape::List { .. } => {
                self.not_one_value(field, out);
                None
            }
        }
    }

    /// A CSV cell as one text, whatever `;` it holds.
    fn cell<'k>(&self, field: &'k Field<'k>) -> Single<'k> {
        let raw = self.resolver.sources.slice(field.span).trim();
        let text = match raw.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
            Some(inner) => inner.replace("\"\"", "\"").trim().to_owned(),
            None => raw.to_owned(),
        };
        Single { text: Cow::Owned(text), shape: ScalarShape::Bare, span: field.span }
    }

    /// The values of a list field; `None` where it is left out. A bare `none` alone is the empty list.
    pub(super) fn list<'k>(&self, record: &Record<'k>, field: &Field<'k>) -> Option<&'k [Scalar<'k>]> {
        match (field.value, record.scalars_of(field.value)) {
            (Shape::Null, _) => None,
            (Shape::One(_), [only]) if only.shape == ScalarShape::Bare && only.text == "none" => Some(&[]),
            (_, scalars) => Some(scalars),
        }
    }

    /// The one text of a field; anything else is reported.
    pub(super) fn text<'k>(
        &mut self,
        record: &Record<'k>,
        field: &'k Field<'k>,
        out: &mut Sink,
    ) -> Option<Single<'k>> {
        let single = self.single(record, field, out)?;
        self.is_text(&single, out).then_some(single)
    }

    /// Whether a value is a text that is not empty; anything else is reported.
    pub(super) fn is_text(&mut self, single: &Single<'_>, out: &mut Sink) -> bool {
        let fits = match single.shape {
            ScalarShape::Quoted | ScalarShape::Bare => !single.text.is_empty(),
            ScalarShape::Number | ScalarShape::Flag => false,
        };
        if !fits {
            self.not_a_text(single, out);
        }
        fits
    }

    /// A field whose value is one of a few words.
    pub(super) fn word<'k, T: Copy>(
        &mut self,
        record: &Record<'k>,
        field: &'k Field<'k>,
        words: &[(&str, T)],
        out: &mut Sink,
    ) -> Option<(T, Span)> {
        let single = self.single(record, field, out)?;
        let found = words.iter().find(|(word, _)| *word == single.text);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|&(word, _)| word).collect();
            self.not_a_word(&field.key, &single, &known, out);
        }
        found.map(|&(_, value)| (value, single.span))
    }

    /// A field whose value is a day.
    pub(super) fn date<'k>(
        &mut self,
        record: &Record<'k>,
        field: &'k Field<'k>,
        out: &mut Sink,
    ) -> Option<Date> {
        let single = self.single(record, field, out)?;
        match Date::parse(&single.text) {
            Ok(date) => Some(date),
            Err(error) => {
                self.not_a_date(&field.key, &single, error, out);
                None
            }
        }
    }

    /// The value of a declared attribute.
    pub(super) fn attribute<'k>(
        &mut self,
        id: AttributeId,
        record: &Record<'k>,
        field: &'k Field<'k>,
        out: &mut Sink,
    ) -> Option<Value> {
        let single = self.single(record, field, out)?;
        let model = &mut self.resolver.model;
        let shape = single.shape;
        let value = match &model.attributes.at(id).ty {
            AttributeType::Text => match shape {
                ScalarShape::Quoted | ScalarShape::Bare => {
                    Some(Value::Text(model.names.intern(&single.text)))
                }
                ScalarShape::Number | ScalarShape::Flag => None,
            },
            AttributeType::Flag => flag(&single).map(Value::Flag),
            AttributeType::Number => number(&single).map(Value::Number),
            AttributeType::Date => match Date::parse(&single.text) {
                Ok(date) => Some(Value::Date(date)),
                Err(error) => {
                    self.not_a_date(&field.key, &single, error, out);
                    return None;
                }
            },
            AttributeType::OneOf { choices, .. } => {
                let at = choices.iter().position(|&choice| model.names.resolve(choice) == single.text);
                at.and_then(|at| u16::try_from(at).ok()).map(Value::Choice)
            }
        };
        if value.is_none() {
            self.not_an_attribute(id, &field.key, &single, out);
        }
        value
    }
}

fn flag(single: &Single<'_>) -> Option<bool> {
    if single.shape == ScalarShape::Quoted {
        return None;
    }
    match () {
        () if single.text.eq_ignore_ascii_case("true") => Some(true),
        () if single.text.eq_ignore_ascii_case("false") => Some(false),
        () => None,
    }
}

fn number(single: &Single<'_>) -> Option<f64> {
    if single.shape == ScalarShape::Quoted {
        return None;
    }
    text::number(&single.text).ok()
}
