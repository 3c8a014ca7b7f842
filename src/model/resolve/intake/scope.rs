//! Scopes of the project's own catalogue.

use super::Intake;
use super::slot::Slot;
use super::values::Single;
use crate::diagnostics::Sink;
use crate::facts::{Field, Record, RecordKind};
use crate::model::resolve::duplicate::duplicate_definition;
use crate::model::resolve::scopes::blank;
use crate::model::{Ref, Scope};
use crate::terms::Level;
use crate::text::{PrivilegeId, Span, Symbol};

/// Levels as catalogues write them: `member` reaches other people's data, and so may what is not specified.
const LEVELS: &[(&str, Level)] = &[
    ("user", Level::User),
    ("admin", Level::Admin),
    ("master", Level::Master),
    ("member", Level::Admin),
    ("unspecified", Level::Admin),
];

impl Intake<'_, '_> {
    pub(super) fn scope(&mut self, record: &Record<'_>, out: &mut Sink) {
        let key = self.key(record, out);
        let name = key.as_ref().map(|(name, _)| self.resolver.model.names.intern(name));
        let placeholder = self.resolver.model.names.intern("");
        let scope = self.scope_facts(record, name.unwrap_or(placeholder), out);
        let Some((name, span)) = key else { return };
        let id = self.resolver.scope(&name, span);
        if let Some(&first) = self.resolver.catalogued.get(&id) {
            return self.push(duplicate_definition("scope", &name, first, span), out);
        }
        self.resolver.catalogued.insert(id, span);
        self.resolver.model.has_catalogue = true;
        *self.resolver.model.scopes.at_mut(id) = scope;
    }

    fn scope_facts(&mut self, record: &Record<'_>, name: Symbol, out: &mut Sink) -> Scope {
        let mut scope = Scope { known: true, ..blank(name, record.span, Level::Admin) };
        for (position, field) in record.fields.iter().enumerate() {
            match self.slot(RecordKind::Scope, position, field, out) {
                Slot::Level => {
                    let level = self.word(record, field, LEVELS, out);
                    scope.level = level.map_or(scope.level, |(level, _): (_, Span)| level);
                }
                Slot::Privileges => scope.privileges = self.privileges(record, field, out),
                Slot::MayNeed => scope.may_need = self.privileges(record, field, out),
                Slot::Implies => {
                    let implied: Vec<Ref<_>> = self.scope_list(record, field, out).unwrap_or_default();
                    scope.implies = implied.into_iter().map(|implied| implied.id).collect();
                }
                Slot::Equivalents => {
                    for scalar in self.list(record, field).unwrap_or_default() {
                        if self.is_text(&Single::of(scalar), out) {
                            scope.equivalents.push(self.resolver.model.names.intern(&scalar.text));
                        }
                    }
                }
                Slot::Summary => {
                    let text = self.single(record, field, out);
                    scope.summary = text.map(|text| self.resolver.model.names.intern(&text.text));
                }
                _ => {}
            }
        }
        scope
    }

    fn privileges<'k>(&mut self, record: &Record<'k>, field: &Field<'k>, out: &mut Sink) -> Vec<PrivilegeId> {
        let mut found = Vec::new();
        for scalar in self.list(record, field).unwrap_or_default() {
            if self.is_text(&Single::of(scalar), out) {
                found.push(self.resolver.privilege(&scalar.text));
            }
        }
        found
    }
}
