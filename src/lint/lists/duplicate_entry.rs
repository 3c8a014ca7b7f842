//! Nothing stands twice in one list.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Fix, Sink};
use crate::lint::{Context, entry};
use crate::syntax::ast::{
    AppSelection, AppSelector, AppSelectorKind, AssertionKind, AttributeType, Condition, ConditionKind,
    Entity, Installer, Item, ItemKind, Literal, LiteralKind, Name, Notify, People, Principal, PrincipalKind,
    Rule, RuleKind, ScopeTerm, ScopeTermKind, TestKind,
};
use crate::terms::fold_email;
use crate::text::{SourceMap, Span};

declare_code! {
    /// An entry that the same list has already.
    DUPLICATE_ENTRY = Lint, Warning, "duplicate-entry", "an entry that the same list has already"
}

/// What an entry is, and its name.
type Key<'t> = (&'static str, Cow<'t, str>);

pub(super) fn entries_stand_once(context: &Context<'_>, out: &mut Sink) {
    let mut lists = Lists { sources: context.sources, seen: FxHashMap::default(), out };
    for item in context.trees.iter().flat_map(|tree| &tree.items) {
        lists.item(item);
    }
}

struct Lists<'s, 't> {
    sources: &'s SourceMap,
    seen: FxHashMap<Key<'t>, Span>,
    out: &'s mut Sink,
}

impl<'t> Lists<'_, 't> {
    fn list(&mut self, entries: impl ExactSizeIterator<Item = (Key<'t>, Span)>) {
        if entries.len() < 2 {
            return;
        }
        self.seen.clear();
        for (key, span) in entries {
            if let Some(&first) = self.seen.get(&key) {
                self.out.push(duplicate_entry(self.sources, span, first));
            } else {
                self.seen.insert(key, span);
            }
        }
    }

    fn item(&mut self, item: &'t Item) {
        match &item.kind {
            ItemKind::Account(account) => {
                for exempt in
                    [&account.listed, &account.unlisted].into_iter().flatten().flat_map(|s| &s.exempts)
                {
                    self.rule(exempt);
                }
                if let Some(Notify::Recipients(names)) = account.notify.as_ref().map(|notify| &notify.value) {
                    self.list(names.iter().map(|name| (("user", fold_email(&name.text)), name.span)));
                }
                if let Some(installers) = &account.installers {
                    self.list(installers.value.iter().map(installer));
                }
            }
            ItemKind::Role { extends, privileges, scopes, .. } => {
                self.names(extends);
                self.list(privileges.iter().map(privilege));
                self.list(scopes.iter().map(scope));
            }
            ItemKind::ScopeSet { scopes, .. } => self.list(scopes.iter().map(scope)),
            ItemKind::Group { members, .. } => self.list(members.iter().map(principal)),
            ItemKind::Allowlist { apps, .. } => self.list(apps.iter().map(app)),
            ItemKind::Entity(entity) => self.entity(entity),
            ItemKind::Rule(rule) => self.rule(rule),
            ItemKind::Test(test) => {
                test.given.iter().for_each(|entity| self.entity(entity));
                for assertion in &test.assertions {
                    self.people(&assertion.people);
                    self.apps(&assertion.apps);
                    assertion.when.iter().for_each(|when| self.condition(when));
                    if let AssertionKind::Deny { with } = &assertion.kind {
                        self.names(with);
                    }
                }
            }
            ItemKind::Accept(accept) => {
                self.people(&accept.people);
                self.apps(&accept.apps);
            }
            // An order that names a value twice is an error; in a list of choices it does no harm but is one too many.
            ItemKind::Attribute(attribute) => {
                if let AttributeType::OneOf { values, ordered: false } = &attribute.ty {
                    self.names(values);
                }
            }
        }
    }

    fn names(&mut self, names: &'t [Name]) {
        self.list(names.iter().map(|name| (("name", Cow::from(name.text.as_str())), name.span)));
    }

    fn entity(&mut self, entity: &'t Entity) {
        for field in &entity.fields {
            let values = field.values.iter();
            self.list(values.map(|value| (("value", Cow::from(value.name.text.as_str())), value.name.span)));
        }
    }

    fn rule(&mut self, rule: &'t Rule) {
        match &rule.kind {
            RuleKind::Withhold { scopes } => self.list(scopes.iter().map(scope)),
            RuleKind::Approve { reviewed: Some(reviewed) } => self.list(reviewed.value.iter().map(scope)),
            _ => {}
        }
        rule.apps.iter().for_each(|apps| self.apps(apps));
        rule.people.iter().for_each(|people| self.people(people));
        rule.when.iter().for_each(|when| self.condition(when));
    }

    fn people(&mut self, people: &'t People) {
        self.list(people.include.iter().map(principal));
        self.list(people.except.iter().map(principal));
    }

    fn apps(&mut self, apps: &'t AppSelection) {
        self.list(apps.include.iter().map(app));
        self.list(apps.except.iter().map(app));
    }

    /// The parser's nesting limit bounds the recursion.
    fn condition(&mut self, condition: &'t Condition) {
        match &condition.kind {
            ConditionKind::And(parts) | ConditionKind::Or(parts) => {
                parts.iter().for_each(|part| self.condition(part));
            }
            ConditionKind::Not(part) => self.condition(part),
            ConditionKind::Test { test, .. } => {
                if let TestKind::In(values) | TestKind::AnyIn(values) | TestKind::AllIn(values) = test {
                    self.list(values.iter().map(literal));
                }
            }
        }
    }
}

fn principal(entry: &Principal) -> (Key<'_>, Span) {
    let key = match &entry.kind {
        PrincipalKind::User(name) => ("user", fold_email(&name.text)),
        PrincipalKind::Group(name) => ("group", Cow::from(name.text.as_str())),
        PrincipalKind::Role(name) => ("role", Cow::from(name.text.as_str())),
        PrincipalKind::Everyone => ("everyone", Cow::from("")),
    };
    (key, entry.span)
}

fn app(entry: &AppSelector) -> (Key<'_>, Span) {
    let key = match &entry.kind {
        AppSelectorKind::App(name) => ("app", Cow::from(name.text.as_str())),
        AppSelectorKind::ByDeveloper(name) => ("by", Cow::from(name.text.as_str())),
        AppSelectorKind::InAllowlist(name) => ("in", Cow::from(name.text.as_str())),
        AppSelectorKind::Listed => ("listed", Cow::from("")),
        AppSelectorKind::Unlisted => ("unlisted", Cow::from("")),
        AppSelectorKind::Internal => ("internal", Cow::from("")),
        AppSelectorKind::All => ("all", Cow::from("")),
    };
    (key, entry.span)
}

fn scope(entry: &ScopeTerm) -> (Key<'_>, Span) {
    let key = match &entry.kind {
        ScopeTermKind::Scope(name) => ("scope", Cow::from(name.text.as_str())),
        ScopeTermKind::Pattern(name) => ("pattern", Cow::from(name.text.as_str())),
        ScopeTermKind::Set(name) => ("set", Cow::from(name.text.as_str())),
        ScopeTermKind::Level(level) => ("level", Cow::from(level.list_word())),
    };
    (key, entry.span)
}

fn privilege(name: &Name) -> (Key<'_>, Span) {
    (("privilege", Cow::from(name.text.to_ascii_lowercase())), name.span)
}

fn installer(installer: &Installer) -> (Key<'_>, Span) {
    match installer {
        Installer::Privilege(name) => privilege(name),
        Installer::Role(name, span) => (("role", Cow::from(name.text.as_str())), *span),
    }
}

fn literal(literal: &Literal) -> (Key<'_>, Span) {
    let key = match &literal.kind {
        LiteralKind::Word(name) | LiteralKind::Date(_, name) | LiteralKind::Number(_, name) => {
            ("word", Cow::from(name.text.as_str()))
        }
        LiteralKind::Today => ("today", Cow::from("")),
        LiteralKind::Attribute(path) => {
            ("attribute", Cow::from(format!("{}.{}", path.owner, path.name.text)))
        }
        LiteralKind::Scopes(term) => scope(term).0,
    };
    (key, literal.span)
}

fn duplicate_entry(sources: &SourceMap, second: Span, first: Span) -> Diagnostic {
    let text = sources.slice(second);
    let fix =
        entry::without(sources, second).map(|edit| Fix::keeping(format!("leave `{text}` out"), vec![edit]));
    Diagnostic::new(&DUPLICATE_ENTRY, second, format!("`{text}` stands twice in this list"))
        .label("again here")
        .related(first, "first here")
        .help("leave it out")
        .maybe_fix(fix)
}
