//! Users, apps and developers with their fields.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::clauses::repeated;
use super::{Lowering, Node};
use crate::syntax::ast::{Entity, Field, FieldValue, Name};
use crate::syntax::grammar::{Rule, parts};
use crate::terms::EntityKind;
use crate::text::Span;

/// An entity whose fields are being read.
pub(in crate::syntax) struct EntityParts {
    entity: Entity,
    /// The keys so far, once there are so many that looking through the fields would take long.
    keys: FxHashMap<CompactString, Span>,
}

/// How many fields are looked through one by one.
const FEW: usize = 32;

impl EntityParts {
    /// An entity without fields.
    pub(in crate::syntax) fn new(kind: EntityKind, name: Name, span: Span) -> Self {
        Self { entity: Entity { kind, name, fields: Vec::new(), span }, keys: FxHashMap::default() }
    }

    /// The entity, which ends at the end of `span`.
    pub(in crate::syntax) fn finish(self, span: Span) -> Entity {
        Entity { span, ..self.entity }
    }

    /// Where the field called `key` stands, if there is one.
    fn place_of(&mut self, key: &str) -> Option<Span> {
        let Self { entity, keys } = self;
        if entity.fields.len() < FEW {
            return entity
                .fields
                .iter()
                .find(|field| same_key(&field.key.text, key))
                .map(|field| field.key.span);
        }
        for field in entity.fields.iter().skip(keys.len()) {
            keys.insert(dashed(&field.key.text), field.key.span);
        }
        keys.get(&dashed(key)).copied()
    }
}

impl Lowering<'_> {
    /// `user NAME { … }`, `app NAME { … }` or `developer NAME { … }`; nothing if a user's name is no address.
    pub(super) fn entity(&mut self, node: Node<'_>) -> Option<Entity> {
        let span = self.span(&node);
        let kind = match node.as_rule() {
            Rule::user => EntityKind::User,
            Rule::app_facts => EntityKind::App,
            _ => EntityKind::Developer,
        };
        let mut inner = parts(node);
        let name = inner.next()?;
        let name = self.entity_name(kind, &name);
        // The fields are read even where the name is of no use: each mistake is said.
        let mut entity = EntityParts::new(kind, name.clone().unwrap_or_else(|| blank(span)), span);
        for field in inner {
            self.field(&mut entity, field);
        }
        name.map(|_| entity.finish(span))
    }

    /// The name of an entity; a user's is an e-mail address.
    pub(in crate::syntax) fn entity_name(&mut self, kind: EntityKind, node: &Node<'_>) -> Option<Name> {
        let name = self.name(node);
        if kind != EntityKind::User || super::name::is_address(&name.text, name.quoted) {
            return Some(name);
        }
        self.push(crate::syntax::explain::messages::bad_user_name(&name));
        None
    }

    /// One field of an entity.
    pub(in crate::syntax) fn field(&mut self, parts_so_far: &mut EntityParts, node: Node<'_>) {
        let span = self.span(&node);
        let mut inner = parts(node);
        let Some(key) = inner.next() else { return };
        let key = self.name(&key);
        if let Some(first) = parts_so_far.place_of(&key.text) {
            self.push(repeated(key.span, &key.text, first));
            return;
        }
        let values: Vec<_> = inner.map(|value| FieldValue { name: self.name(&value) }).collect();
        // A trailing comma and the blanks around it belong to no value.
        let span = values.last().map_or(span, |last| key.span.to(last.name.span));
        parts_so_far.entity.fields.push(Field { key, values, span });
    }
}

/// A key with `-` for `_`: keys may be written with either.
fn dashed(key: &str) -> CompactString {
    key.chars().map(|c| if c == '_' { '-' } else { c }).collect()
}

fn same_key(a: &str, b: &str) -> bool {
    let dashed = |byte: u8| if byte == b'_' { b'-' } else { byte };
    a.len() == b.len() && a.bytes().map(dashed).eq(b.bytes().map(dashed))
}

fn blank(span: Span) -> Name {
    Name { text: CompactString::default(), span, quoted: false }
}
