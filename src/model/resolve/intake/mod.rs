//! Second pass: records of fact files and entities of policies become users, groups, developers, apps and scopes.
//!
//! Each kind of record is read into a plain struct (`…Facts`) that says only what was stated; the struct is then stored as a definition,
//! laid over what is known (`assume`), or thrown away (a `given` of a test is only checked here).

mod app;
mod batch;
mod developer;
mod findings;
mod group;
mod recent;
mod scope;
mod slot;
mod user;
mod values;

use std::borrow::Cow;

use hashbrown::HashSet;
use rustc_hash::FxBuildHasher;

use super::entity::Entity;
use super::{Layer, Resolver};
use crate::diagnostics::{Diagnostic, Sink};
use crate::facts::{self, Field, Format, Reading, Record, RecordKind, RecordSink, Section};
use crate::syntax::ast;
use crate::terms::is_unseen;
use crate::text::{FileId, GroupId, Id, RoleId, Span, UserId};

use batch::Batch;
pub(crate) use findings::UNDECLARED_ATTRIBUTE;
pub(super) use findings::{
    INVALID_VALUE, LISTED_BUT_UNPUBLISHED, MISSING_FIELD, RESERVED_DEVELOPER, ROLE_AND_ROLES,
};
use recent::Recent;
use slot::{Columns, Slot};
pub(super) use slot::{is_field, record_kind};
pub(super) use user::UserFacts;

/// How many findings about meaning one file may have: a column that is wrong a million times is one mistake.
const LIMIT: u32 = 200;

impl<'a> Resolver<'a> {
    /// Takes the facts of one layer: for the project its entities and fact files, for a baseline its entities and groups.
    pub(super) fn take_facts(&mut self, layer: Layer<'a>, facts: &mut Reading<'_, '_, '_>, out: &mut Sink) {
        let mut intake = Intake::new(self, layer.rank);
        for item in layer.trees.iter().flat_map(|tree| &tree.items) {
            match &item.kind {
                ast::ItemKind::Entity(entity) => intake.entity(entity, out),
                ast::ItemKind::Group { name, members } if layer.rank != Layer::PROJECT => {
                    intake.resolver.declare_group_item(layer.rank, name, item.head, members, out);
                }
                _ => {}
            }
        }
        if layer.rank == Layer::PROJECT {
            intake.take_files(facts, out);
        }
    }
}

/// Takes records.
pub(super) struct Intake<'r, 'a> {
    pub(super) resolver: &'r mut Resolver<'a>,
    /// The rank of the layer whose records these are.
    rank: u16,
    /// Whether they come from CSV, where `;` in a cell makes a list of what may be one text.
    csv: bool,
    /// The file of the last record, and how many findings it may still have.
    file: Option<FileId>,
    left: u32,
    /// What the columns of the last records were.
    columns: Columns,
    /// Users that this layer describes; only asked below the project.
    described: HashSet<UserId, FxBuildHasher>,
    /// Undeclared keys that were reported.
    undeclared: HashSet<(FileId, RecordKind, Box<str>), FxBuildHasher>,
    /// Buffers that are used for each user again.
    spare: UserFacts,
    /// Users who are stored together.
    batch: Batch,
    /// Groups and roles that were named lately.
    groups: Recent<GroupId>,
    roles: Recent<RoleId>,
}

impl RecordSink for Intake<'_, '_> {
    fn record(&mut self, record: Record<'_>, out: &mut Sink) {
        self.enter(record.span.file);
        match record.kind {
            RecordKind::User => self.user(&record, out),
            RecordKind::Group => self.group(&record, out),
            RecordKind::Developer => self.developer(&record, out),
            RecordKind::App => self.app(&record, out),
            RecordKind::Scope => self.scope(&record, out),
        }
    }
}

impl<'r, 'a> Intake<'r, 'a> {
    pub(super) fn new(resolver: &'r mut Resolver<'a>, rank: u16) -> Self {
        Self {
            resolver,
            rank,
            csv: false,
            file: None,
            left: LIMIT,
            columns: Columns::default(),
            described: HashSet::default(),
            undeclared: HashSet::default(),
            spare: UserFacts::default(),
            batch: Batch::default(),
            groups: Recent::default(),
            roles: Recent::default(),
        }
    }

    /// Takes the records of all fact files.
    fn take_files(&mut self, facts: &mut Reading<'_, '_, '_>, out: &mut Sink) {
        let sources = self.resolver.sources;
        while let Some(file) = facts.next() {
            if file.section == Section::Directory {
                self.resolver.expect_users(sources.file(file.file).text());
            }
            self.csv = file.format == Format::Csv;
            facts.deliver(self, out);
            self.flush(out);
        }
    }

    /// Starts a file anew: columns and the number of findings count per file.
    pub(super) fn enter(&mut self, file: FileId) {
        if self.file != Some(file) {
            self.file = Some(file);
            self.left = LIMIT;
            self.columns = Columns::default();
        }
    }

    fn entity(&mut self, entity: &ast::Entity, out: &mut Sink) {
        self.enter(entity.span.file);
        self.named_again(entity, out);
        let entity = Entity::new(entity);
        self.record(entity.record(), out);
        self.flush(out);
    }

    /// The name of an entity stands before its brace, and nowhere else.
    fn named_again(&mut self, entity: &ast::Entity, out: &mut Sink) {
        let key = slot::key(record_kind(entity.kind));
        if let Some(field) = entity.fields.iter().find(|field| field.key.text == key) {
            self.name_in_field(entity.kind, key, field.span, out);
        }
    }

    /// Adds a finding, unless the file had too many.
    fn push(&mut self, finding: Diagnostic, out: &mut Sink) {
        let Some(left) = self.left.checked_sub(1) else { return };
        self.left = left;
        let (code, span) = (finding.code, finding.primary.span);
        out.push(finding);
        if left == 0 {
            let message = format!("this file has more than {LIMIT} wrong facts, the rest is not shown");
            out.push(Diagnostic::new(code, span, message));
        }
    }

    /// What a field is. A key that means nothing is reported once per file.
    fn slot(&mut self, kind: RecordKind, position: usize, field: &Field<'_>, out: &mut Sink) -> Slot {
        if let Some(slot) = self.columns.get(kind, position, &field.key) {
            return slot;
        }
        let key = match field.key.contains('_') {
            true => Cow::Owned(field.key.replace('_', "-")),
            false => Cow::Borrowed(&*field.key),
        };
        let slot = slot::field(kind, &key)
            .or_else(|| {
                let owner = slot::owner(kind)?;
                self.resolver.model.attribute(owner, &key).map(Slot::Attribute)
            })
            .unwrap_or(Slot::Unknown);
        if slot == Slot::Unknown && self.undeclared.insert((field.key_span.file, kind, key.as_ref().into())) {
            self.undeclared_attribute(kind, &key, field.key_span, out);
        }
        self.columns.set(kind, position, &field.key, slot);
        slot
    }

    /// The name of a record: its `email`, `id` or `scope`. A record without is reported.
    fn key<'k>(&mut self, record: &Record<'k>, out: &mut Sink) -> Option<(Cow<'k, str>, Span)> {
        let key = slot::key(record.kind);
        let Some(field) = record.field(key).filter(|field| field.value != facts::Value::Null) else {
            self.missing_field(record.kind, key, record.span, out);
            return None;
        };
        let single = self.text(record, field, out)?;
        if record.kind == RecordKind::User && !is_email(&single.text) {
            self.no_email(&single, out);
            return None;
        }
        Some((single.text, single.span))
    }
}

/// Whether a text can be an e-mail address: something on both sides of an `@`, no space, and nothing that cannot be seen.
fn is_email(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ends =
        matches!((bytes.first(), bytes.last()), (Some(first), Some(last)) if *first != b'@' && *last != b'@');
    ends && memchr::memchr(b'@', bytes).is_some()
        && (bytes.iter().all(u8::is_ascii_graphic)
            || !text.contains(|sign: char| sign.is_whitespace() || is_unseen(sign)))
}

/// The facts of `given`s and hypotheses, which are read apart from any layer.
impl Intake<'_, '_> {
    /// Checks the facts of a `given` and forgets them.
    pub(super) fn check_given(&mut self, entity: &ast::Entity, out: &mut Sink) {
        self.enter(entity.span.file);
        self.named_again(entity, out);
        let entity = Entity::new(entity);
        let record = entity.record();
        self.enter(record.span.file);
        match record.kind {
            RecordKind::User => {
                let mut facts = std::mem::take(&mut self.spare);
                self.user_facts(&record, &mut facts, out);
                self.spare = facts;
            }
            RecordKind::Developer => {
                self.developer_facts(&record, out);
            }
            RecordKind::App => {
                self.app_facts(&record, out);
            }
            RecordKind::Group | RecordKind::Scope => {}
        }
    }
}

/// Sets the value of one thing in the column of an attribute.
pub(super) fn set<V>(column: &mut Vec<Option<V>>, at: impl Id, value: V) {
    let at = at.index();
    if column.len() == at {
        return column.push(Some(value));
    }
    if column.len() < at {
        column.resize_with(at + 1, || None);
    }
    if let Some(slot) = column.get_mut(at) {
        *slot = Some(value);
    }
}
