//! Apps.

use super::slot::Slot;
use super::values::Single;
use super::{Intake, set};
use crate::diagnostics::Sink;
use crate::facts::{Field, Record, RecordKind, ScalarShape};
use crate::model::resolve::declare::{Claim, Verdict, claim_of, judge};
use crate::model::resolve::duplicate::duplicate_definition;
use crate::model::{App, Ref, Value};
use crate::terms::{Listing, ManagedBy, Stage};
use crate::text::{AppId, AttributeId, Date, ScopeId, Span, Symbol};

/// What was stated about an app.
#[derive(Default)]
pub(in crate::model::resolve) struct AppFacts {
    pub(in crate::model::resolve) title: Option<Symbol>,
    pub(in crate::model::resolve) marketplace_id: Option<Symbol>,
    pub(in crate::model::resolve) developer: Option<(Symbol, Span)>,
    pub(in crate::model::resolve) listing: Option<(Listing, Span)>,
    pub(in crate::model::resolve) stage: Option<(Stage, Span)>,
    pub(in crate::model::resolve) managed_by: Option<ManagedBy>,
    pub(in crate::model::resolve) scopes: Option<Vec<Ref<ScopeId>>>,
    pub(in crate::model::resolve) optional_scopes: Option<Vec<Ref<ScopeId>>>,
    pub(in crate::model::resolve) beta_until: Option<Date>,
    pub(in crate::model::resolve) attributes: Vec<(AttributeId, Value)>,
}

const LISTINGS: &[(&str, Listing)] = &[("listed", Listing::Listed), ("unlisted", Listing::Unlisted)];
const STAGES: &[(&str, Stage)] = &[
    ("published", Stage::Published),
    ("beta", Stage::Beta),
    ("development", Stage::Development),
    ("private", Stage::Private),
];
const MANAGERS: &[(&str, ManagedBy)] = &[("user", ManagedBy::User), ("admin", ManagedBy::Admin)];

impl Intake<'_, '_> {
    pub(super) fn app(&mut self, record: &Record<'_>, out: &mut Sink) {
        let key = self.key(record, out);
        let known = key.as_ref().and_then(|(name, _)| self.resolver.model.app(name));
        let verdict = judge(known.and_then(|id| claim_of(&self.resolver.claims.apps, id)), self.rank);
        if matches!(verdict, Verdict::Replaced) {
            return;
        }
        let facts = self.app_facts(record, out);
        let Some((name, span)) = key else { return };
        if let Verdict::Twice(first) = verdict {
            return self.push(duplicate_definition("app", &name, first, span), out);
        }
        let symbol = self.resolver.model.names.intern(&name);
        let id = self.resolver.new_app(symbol, record.span);
        self.resolver.claims.apps.push(Claim { rank: self.rank, span });
        self.resolver.lay_app(id, facts);
    }

    /// Reads the facts of an app; what is wrong is reported and left out.
    pub(in crate::model::resolve) fn app_facts(&mut self, record: &Record<'_>, out: &mut Sink) -> AppFacts {
        let mut facts = AppFacts::default();
        for (position, field) in record.fields.iter().enumerate() {
            match self.slot(RecordKind::App, position, field, out) {
                Slot::Listing => facts.listing = self.word(record, field, LISTINGS, out),
                Slot::Stage => facts.stage = self.word(record, field, STAGES, out),
                Slot::ManagedBy => {
                    facts.managed_by = self.word(record, field, MANAGERS, out).map(|(by, _): (_, Span)| by);
                }
                Slot::Scopes => facts.scopes = self.scope_list(record, field, out),
                Slot::OptionalScopes => facts.optional_scopes = self.scope_list(record, field, out),
                Slot::BetaUntil => facts.beta_until = self.date(record, field, out),
                Slot::Attribute(id) => {
                    facts.attributes.extend(self.attribute(id, record, field, out).map(|value| (id, value)));
                }
                slot @ (Slot::Title | Slot::MarketplaceId | Slot::Developer) => {
                    let Some(text) = self.text(record, field, out) else { continue };
                    let symbol = self.resolver.model.names.intern(&text.text);
                    match slot {
                        Slot::Title => facts.title = Some(symbol),
                        Slot::MarketplaceId => facts.marketplace_id = Some(symbol),
                        _ => facts.developer = Some((symbol, text.span)),
                    }
                }
                _ => {}
            }
        }
        self.check_listing(&facts, out);
        facts
    }

    /// Only published apps are listed.
    fn check_listing(&mut self, facts: &AppFacts, out: &mut Sink) {
        if let (Some((Listing::Listed, listing)), Some((stage, span))) = (facts.listing, facts.stage)
            && stage != Stage::Published
        {
            self.listed_but_unpublished(listing, span, stage.name(), out);
        }
    }

    /// A list of scopes by name.
    pub(super) fn scope_list<'k>(
        &mut self,
        record: &Record<'k>,
        field: &Field<'k>,
        out: &mut Sink,
    ) -> Option<Vec<Ref<ScopeId>>> {
        let scalars = self.list(record, field)?;
        let mut found = Vec::with_capacity(scalars.len());
        for scalar in scalars {
            let single = Single::of(scalar);
            if !self.is_text(&single, out) {
                continue;
            }
            if scalar.text.contains(|sign: char| sign.is_whitespace() || matches!(sign, ',' | ';' | '|')) {
                self.joined_scopes(&single, out);
                continue;
            }
            if scalar.shape == ScalarShape::Bare && scalar.text.contains('*') {
                self.not_a_scope(&single, out);
                continue;
            }
            let id = self.resolver.scope(&scalar.text, scalar.span);
            found.push(Ref { id, span: scalar.span });
        }
        Some(found)
    }
}

impl crate::model::resolve::Resolver<'_> {
    /// Adds an app of which nothing is known.
    pub(in crate::model::resolve) fn new_app(&mut self, name: Symbol, span: Span) -> AppId {
        let id = self.model.apps.push(App {
            name,
            span,
            title: None,
            marketplace_id: None,
            developer: None,
            listing: None,
            listing_assumed: false,
            stage: None,
            managed_by: None,
            scopes: None,
            optional_scopes: Vec::new(),
            beta_until: None,
        });
        self.model.lookup.apps.insert(name, id);
        id
    }

    /// Lays stated facts over an app. Its developer is looked up when all are known.
    pub(in crate::model::resolve) fn lay_app(&mut self, id: AppId, facts: AppFacts) {
        let app = self.model.apps.at_mut(id);
        app.title = facts.title.or(app.title);
        app.marketplace_id = facts.marketplace_id.or(app.marketplace_id);
        app.stage = facts.stage.map(|(stage, _)| stage).or(app.stage);
        app.managed_by = facts.managed_by.or(app.managed_by);
        app.beta_until = facts.beta_until.or(app.beta_until);
        app.scopes = facts.scopes.or_else(|| app.scopes.take());
        if let Some(optional) = facts.optional_scopes {
            app.optional_scopes = optional;
        }
        let stated = facts.listing.map(|(listing, _)| listing).or(match app.listing_assumed {
            true => None,
            false => app.listing,
        });
        // An app that is not published is not listed.
        let unpublished = app.stage.is_some_and(|stage| stage != Stage::Published);
        app.listing_assumed = stated.is_none() && unpublished;
        app.listing = stated.or(unpublished.then_some(Listing::Unlisted));
        if let Some((developer, span)) = facts.developer {
            self.app_developers.push((id, developer, span));
        }
        for (attribute, value) in facts.attributes {
            set(&mut self.model.attributes.at_mut(attribute).column, id, value);
        }
    }

    /// Looks up the developers that apps name, now that all are known.
    pub(in crate::model::resolve) fn resolve_app_developers(&mut self, out: &mut Sink) {
        for (app, name, span) in std::mem::take(&mut self.app_developers) {
            match self.model.lookup.developers.get(name) {
                Some(id) => self.model.apps.at_mut(app).developer = Some(Ref { id, span }),
                None => self.unknown_developer(self.model.name(name), span, out),
            }
        }
    }
}
