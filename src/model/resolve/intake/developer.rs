//! Developers.

use super::slot::Slot;
use super::{Intake, set};
use crate::diagnostics::Sink;
use crate::facts::{Record, RecordKind};
use crate::model::resolve::declare::{Claim, Verdict, claim_of, judge};
use crate::model::resolve::duplicate::duplicate_definition;
use crate::model::{Developer, Value};
use crate::terms::DeveloperKind;
use crate::text::{AttributeId, DeveloperId, Span, Symbol};

/// What was stated about a developer.
#[derive(Default)]
pub(in crate::model::resolve) struct DeveloperFacts {
    pub(in crate::model::resolve) title: Option<Symbol>,
    pub(in crate::model::resolve) kind: Option<DeveloperKind>,
    pub(in crate::model::resolve) attributes: Vec<(AttributeId, Value)>,
}

impl Intake<'_, '_> {
    pub(super) fn developer(&mut self, record: &Record<'_>, out: &mut Sink) {
        let key = self.key(record, out);
        let claims = |this: &Self, id| claim_of(&this.resolver.claims.developers, id);
        let holder = key.as_ref().and_then(|(name, _)| claims(self, self.resolver.model.developer(name)?));
        if matches!(judge(holder, self.rank), Verdict::Replaced) {
            return;
        }
        let facts = self.developer_facts(record, out);
        let Some((name, span)) = key else { return };
        if name == DeveloperKind::Zoom.name() {
            return self.reserved_developer(span, out);
        }
        if let Verdict::Twice(first) = judge(holder, self.rank) {
            return self.push(duplicate_definition("developer", &name, first, span), out);
        }
        let symbol = self.resolver.model.names.intern(&name);
        let id = self.resolver.new_developer(symbol, Some(record.span));
        self.resolver.claims.developers.push(Claim { rank: self.rank, span });
        self.resolver.lay_developer(id, facts);
    }

    /// Reads the facts of a developer; what is wrong is reported and left out.
    pub(in crate::model::resolve) fn developer_facts(
        &mut self,
        record: &Record<'_>,
        out: &mut Sink,
    ) -> DeveloperFacts {
        let kinds: Vec<_> = DeveloperKind::ALL.iter().map(|&kind| (kind.name(), kind)).collect();
        let mut facts = DeveloperFacts::default();
        for (position, field) in record.fields.iter().enumerate() {
            match self.slot(RecordKind::Developer, position, field, out) {
                Slot::Title => {
                    let title = self.text(record, field, out);
                    facts.title = title.map(|title| self.resolver.model.names.intern(&title.text));
                }
                Slot::DeveloperKind => {
                    facts.kind = self.word(record, field, &kinds, out).map(|(kind, _): (_, Span)| kind);
                }
                Slot::Attribute(id) => {
                    facts.attributes.extend(self.attribute(id, record, field, out).map(|value| (id, value)));
                }
                _ => {}
            }
        }
        facts
    }
}

impl crate::model::resolve::Resolver<'_> {
    /// Adds a developer of whom nothing is known.
    pub(in crate::model::resolve) fn new_developer(
        &mut self,
        name: Symbol,
        span: Option<Span>,
    ) -> DeveloperId {
        let id = self.model.developers.push(Developer { name, span, title: None, kind: None });
        self.model.lookup.developers.insert(name, id);
        id
    }

    /// Lays stated facts over a developer.
    pub(in crate::model::resolve) fn lay_developer(&mut self, id: DeveloperId, facts: DeveloperFacts) {
        let developer = self.model.developers.at_mut(id);
        developer.title = facts.title.or(developer.title);
        developer.kind = facts.kind.or(developer.kind);
        for (attribute, value) in facts.attributes {
            set(&mut self.model.attributes.at_mut(attribute).column, id, value);
        }
    }
}
