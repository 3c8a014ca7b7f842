//! Names that facts must know and do not.

use super::Resolver;
use super::selection::Strictness;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Severity, Sink};
use crate::model::Origin;
use crate::syntax::ast;
use crate::terms::{Level, fold_email, written};
use crate::text::Span;

declare_code! {
    /// An app that no catalogue describes.
    UNKNOWN_APP = Resolve, Error, "unknown-app", "an app that neither policies nor facts describe"
}
declare_code! {
    /// A developer that no catalogue describes.
    UNKNOWN_DEVELOPER = Resolve, Error, "unknown-developer", "a developer that neither policies nor facts describe"
}
declare_code! {
    /// A user who exists nowhere. Where a typo would open access the finding is an error, whatever the level of the code.
    UNKNOWN_USER = Resolve, Warning, "unknown-user", "a user whom no facts describe and no group lists"
}
declare_code! {
    /// A scope that no catalogue knows.
    UNKNOWN_SCOPE = Resolve, Warning, "unknown-scope", "a scope that no catalogue knows"
}

impl Resolver<'_> {
    pub(super) fn unknown_app(&self, name: &ast::Name, out: &mut Sink) {
        let text = name.text.as_str();
        if self.broken.has("app", text) {
            return;
        }
        let finding = Diagnostic::new(&UNKNOWN_APP, name.span, format!("unknown app `{text}`"));
        let finding = if self.model.allowlist(text).is_some() {
            finding.help(format!("`{text}` is an allowlist: write `apps in {}`", written(text)))
        } else if self.model.developer(text).is_some() {
            finding.help(format!("`{text}` is a developer: write `apps by {}`", written(text)))
        } else {
            let apps = &self.model.apps;
            let known = apps.iter().map(|app| self.model.name(app.name));
            let near = self.budget.did_you_mean(text, known);
            let stub = format!(
                "add it to the catalogue: `app {} {{ developer …  listing listed  stage published  managed-by user  scopes … }}`",
                written(text)
            );
            finding.help(match near {
                Some(near) => format!("{near} otherwise {stub}"),
                None => stub,
            })
        };
        out.push(finding);
    }

    pub(super) fn unknown_developer(&self, name: &str, span: Span, out: &mut Sink) {
        if self.broken.has("developer", name) {
            return;
        }
        let developers = &self.model.developers;
        let known = developers.iter().map(|developer| self.model.name(developer.name));
        let help = self
            .budget
            .did_you_mean(name, known)
            .unwrap_or_else(|| format!("describe it: `developer {} {{ kind third-party }}`", written(name)));
        out.push(Diagnostic::new(&UNKNOWN_DEVELOPER, span, format!("unknown developer `{name}`")).help(help));
    }

    pub(super) fn unknown_user(&self, email: &str, span: Span, strictness: Strictness, out: &mut Sink) {
        let email = fold_email(email);
        if self.broken.has("user", &email) {
            return;
        }
        let listed = self.model.user(&email).is_some_and(|user| {
            self.model.users.rows.get(user).is_some_and(|user| user.origin == Origin::Listed)
        });
        let or_group = if listed { "" } else { ", or list it in a group" };
        let add = format!(
            "add the address to the directory, or describe `user {} {{ … }}`{or_group}",
            written(&email)
        );
        let help = match self.nearest_user(&email, listed) {
            Some(near) => format!("did you mean `{}`? otherwise {add}", written(&near)),
            None => add,
        };
        let severity = match strictness {
            Strictness::Error => Severity::Error,
            Strictness::Warning => Severity::Warning,
        };
        out.push(
            Diagnostic::new(&UNKNOWN_USER, span, format!("no facts know the user `{email}`"))
                .severity(severity)
                .help(help),
        );
    }

    /// The known user with the same domain and the nearest name before it, or the same name and the nearest domain: one who is `described`,
    /// where to be listed in a group is not enough.
    fn nearest_user(&self, email: &str, described: bool) -> Option<String> {
        let (local, domain) = email.rsplit_once('@')?;
        let known = || {
            self.model.users.rows.iter().map(|user| match user.origin {
                Origin::Named => None,
                Origin::Listed if described => None,
                Origin::Listed | Origin::Given | Origin::Described => {
                    let other = self.model.name(user.email).rsplit_once('@');
                    other.filter(|other| *other != (local, domain))
                }
            })
        };
        let locals = known().map(|other| other.filter(|(_, other)| *other == domain).map(|(local, _)| local));
        if let Some(near) = self.budget.nearest_of(local, locals) {
            return Some(format!("{near}@{domain}"));
        }
        let domains =
            known().map(|other| other.filter(|(other, _)| *other == local).map(|(_, domain)| domain));
        self.budget.nearest_of(domain, domains).map(|near| format!("{local}@{near}"))
    }

    /// Reports scopes that no catalogue knows, once all facts are read. Without any catalogue nothing is said.
    pub(super) fn report_unknown_scopes(&mut self, out: &mut Sink) {
        if !self.model.has_catalogue {
            return;
        }
        for (id, span) in std::mem::take(&mut self.doubtful_scopes) {
            let scope = self.model.scopes.at(id);
            if scope.known {
                continue;
            }
            let name = self.model.name(scope.name);
            let near = self.nearest_scope(name);
            let level = Level::of_unknown_scope(name).list_word();
            let help = match near {
                Some(near) => format!("did you mean `{near}`? as it stands it counts as {level}"),
                None => {
                    format!("as it stands it counts as {level}; describe it under `scopes` in the catalogue")
                }
            };
            out.push(
                Diagnostic::new(&UNKNOWN_SCOPE, span, format!("no catalogue knows the scope `{name}`"))
                    .help(help),
            );
        }
    }
}
