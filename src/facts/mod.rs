//! Layer 2: fact files. Readers for YAML, JSON, JSON lines and CSV hand out [`Record`]s one at a time, with the place of every value.
//!
//! A reader knows the four formats and nothing of what a field means; `model` gives a record its meaning, for facts and for entities
//! declared in policy files alike.

mod record;

pub use record::{Field, Record, RecordKind, RecordSink, Scalar, ScalarShape, Value, same_key};
