//! App and principal selectors.

use super::Resolver;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::{
    AppSelection, AppSelector, AppSelectorKind, Origin, People, Principal, PrincipalKind, Ref, User,
};
use crate::syntax::ast;
use crate::terms::{fold_email, written};
use crate::text::{AllowlistId, AppId, DeveloperId, GroupId, RoleId, Span, UserId};

declare_code! {
    /// A word after `apps by` that may be meant as a developer.
    AMBIGUOUS_APP = Resolve, Error, "ambiguous-app", "a name after `apps by X,` that could be another developer"
}

/// How bad it is that a user exists nowhere.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// A typo would open access.
    Error,
    /// Probably a typo.
    Warning,
}

impl Resolver<'_> {
    pub(super) fn app_selection(&mut self, selection: &ast::AppSelection, out: &mut Sink) -> AppSelection {
        let include = self.app_selectors(&selection.include, out);
        let except = self.app_selectors(&selection.except, out);
        let whole = selection.include.len() + selection.except.len();
        let has_unknown_names = include.len() + except.len() < whole;
        AppSelection { include, except, span: selection.span, has_unknown_names }
    }

    pub(super) fn app_selectors(
        &mut self,
        selectors: &[ast::AppSelector],
        out: &mut Sink,
    ) -> Vec<AppSelector> {
        let mut found = Vec::with_capacity(selectors.len());
        // The `apps by` that a plain name could be meant to continue.
        let mut after: Option<&ast::AppSelector> = None;
        for selector in selectors {
            if let ast::AppSelectorKind::App(name) = &selector.kind {
                if let Some(by) = after
                    && self.find_developer(&name.text).is_some()
                {
                    self.ambiguous_app(name, by.span, out);
                    continue;
                }
            } else {
                after = matches!(selector.kind, ast::AppSelectorKind::ByDeveloper(_)).then_some(selector);
            }
            if let Some(kind) = self.app_selector(&selector.kind, out) {
                found.push(AppSelector { kind, span: selector.span });
            }
        }
        found
    }

    fn app_selector(&mut self, kind: &ast::AppSelectorKind, out: &mut Sink) -> Option<AppSelectorKind> {
        Some(match kind {
            ast::AppSelectorKind::App(name) => AppSelectorKind::App(self.app(name, out)?),
            ast::AppSelectorKind::ByDeveloper(name) => {
                AppSelectorKind::ByDeveloper(self.developer(name, out)?)
            }
            ast::AppSelectorKind::InAllowlist(name) => {
                AppSelectorKind::InAllowlist(self.allowlist(name, out)?)
            }
            ast::AppSelectorKind::Listed => AppSelectorKind::Listed,
            ast::AppSelectorKind::Unlisted => AppSelectorKind::Unlisted,
            ast::AppSelectorKind::Internal => AppSelectorKind::Internal,
            ast::AppSelectorKind::All => AppSelectorKind::All,
        })
    }

    pub(super) fn people(&mut self, people: &ast::People, strictness: Strictness, out: &mut Sink) -> People {
        let include = self.principals(&people.include, strictness, out);
        let except = self.principals(&people.except, Strictness::Error, out);
        let has_unknown_names = include.len() + except.len() < people.include.len() + people.except.len();
        People { include, except, span: people.span, has_unknown_names }
    }

    fn principals(
        &mut self,
        all: &[ast::Principal],
        strictness: Strictness,
        out: &mut Sink,
    ) -> Vec<Principal> {
        let mut found = Vec::with_capacity(all.len());
        for principal in all {
            let kind = match &principal.kind {
                ast::PrincipalKind::User(name) => {
                    Some(PrincipalKind::User(self.user(name, strictness, out).id))
                }
                ast::PrincipalKind::Group(name) => {
                    self.group(name, out).map(|it| PrincipalKind::Group(it.id))
                }
                ast::PrincipalKind::Role(name) => self.role(name, out).map(|it| PrincipalKind::Role(it.id)),
                ast::PrincipalKind::Everyone => Some(PrincipalKind::Everyone),
            };
            found.extend(kind.map(|kind| Principal { kind, span: principal.span }));
        }
        found
    }

    /// The user of an address. One that exists nowhere is reported and comes into being without facts.
    pub(super) fn user(&mut self, name: &ast::Name, strictness: Strictness, out: &mut Sink) -> Ref<UserId> {
        let id = self.named_user(&name.text, name.span, Origin::Named);
        if self.model.users.rows.at(id).origin == Origin::Named {
            self.unknown_user(&name.text, name.span, strictness, out);
        }
        Ref { id, span: name.span }
    }

    /// The user of an address, who exists from now on, at least by `origin`.
    pub(super) fn named_user(&mut self, email: &str, span: Span, origin: Origin) -> UserId {
        let symbol = self.model.names.intern(&fold_email(email));
        if let Some(id) = self.model.lookup.users.get(symbol) {
            let row = self.model.users.rows.at_mut(id);
            row.origin = row.origin.max(origin);
            return id;
        }
        let id =
            self.model.users.rows.push(User { email: symbol, span, origin, roles: None, groups: (0, 0) });
        self.model.lookup.users.insert(symbol, id);
        id
    }

    pub(super) fn group(&self, name: &ast::Name, out: &mut Sink) -> Option<Ref<GroupId>> {
        let found = self.model.group(&name.text);
        if found.is_none() {
            self.unknown_group(&name.text, name.span, out);
        }
        found.map(|id| Ref { id, span: name.span })
    }

    pub(super) fn role(&self, name: &ast::Name, out: &mut Sink) -> Option<Ref<RoleId>> {
        let found = self.model.role(&name.text);
        if found.is_none()
            && let Some(finding) = self.unknown_role(&name.text, name.span)
        {
            out.push(finding);
        }
        found.map(|id| Ref { id, span: name.span })
    }

    pub(super) fn app(&self, name: &ast::Name, out: &mut Sink) -> Option<AppId> {
        let symbol = self.model.names.get(&name.text);
        let found = symbol.and_then(|symbol| {
            self.model.lookup.apps.get(symbol).or_else(|| self.given.apps.get(&symbol).copied())
        });
        if found.is_none() {
            self.unknown_app(name, out);
        }
        found
    }

    pub(super) fn developer(&self, name: &ast::Name, out: &mut Sink) -> Option<DeveloperId> {
        let found = self.find_developer(&name.text);
        if found.is_none() {
            self.unknown_developer(&name.text, name.span, out);
        }
        found
    }

    fn find_developer(&self, name: &str) -> Option<DeveloperId> {
        let symbol = self.model.names.get(name)?;
        self.model.lookup.developers.get(symbol).or_else(|| self.given.developers.get(&symbol).copied())
    }

    fn allowlist(&self, name: &ast::Name, out: &mut Sink) -> Option<AllowlistId> {
        let found = self.model.allowlist(&name.text);
        if found.is_none() {
            self.unknown_allowlist(name, out);
        }
        found
    }

    fn ambiguous_app(&self, name: &ast::Name, by: Span, out: &mut Sink) {
        let (text, typed) = (&name.text, written(&name.text));
        let (label, help) = if self.model.app(text).is_some() {
            let help = format!(
                "write `apps by {typed}` for the developer, or put the app `{text}` before any `apps by`"
            );
            ("an app and a developer have this name", help)
        } else {
            ("this names a developer", format!("repeat the words: `apps by {typed}`"))
        };
        out.push(
            Diagnostic::new(
                &AMBIGUOUS_APP,
                name.span,
                format!("`{text}` after `apps by` could be another developer"),
            )
            .label(label)
            .related(by, "`apps by` takes one developer")
            .help(help),
        );
    }
}
