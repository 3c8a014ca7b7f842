//! Names that policies must declare and do not.

use super::Resolver;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::Subject;
use crate::syntax::ast;
use crate::terms::written;
use crate::text::Span;

declare_code! {
    /// A role that nothing declares.
    UNKNOWN_ROLE = Resolve, Error, "unknown-role", "a role that nothing declares"
}
declare_code! {
    /// A group that nothing declares or names.
    UNKNOWN_GROUP = Resolve, Error, "unknown-group", "a group that neither policies nor facts know"
}
declare_code! {
    /// An allowlist that nothing declares.
    UNKNOWN_ALLOWLIST = Resolve, Error, "unknown-allowlist", "an allowlist that nothing declares"
}
declare_code! {
    /// A scope set that nothing declares.
    UNKNOWN_SCOPE_SET = Resolve, Error, "unknown-scope-set", "a scope set that nothing declares"
}
declare_code! {
    /// A `waive` of a rule that does not exist.
    UNKNOWN_RULE = Resolve, Error, "unknown-rule", "a waived rule that does not exist"
}
declare_code! {
    /// A condition on an attribute that nothing declares.
    UNKNOWN_ATTRIBUTE = Resolve, Error, "unknown-attribute", "a condition on an attribute that nothing declares"
}

impl Resolver<'_> {
    pub(super) fn unknown_role(&self, name: &str, span: Span) -> Option<Diagnostic> {
        if self.broken.has("role", name) {
            return None;
        }
        let roles = &self.model.roles;
        let known = roles.iter().map(|role| self.model.name(role.name));
        let help = self
            .budget
            .did_you_mean(name, known)
            .unwrap_or_else(|| format!("declare it: `role {} {{ … }}`", written(name)));
        Some(Diagnostic::new(&UNKNOWN_ROLE, span, format!("unknown role `{name}`")).help(help))
    }

    pub(super) fn unknown_group(&self, name: &str, span: Span, out: &mut Sink) {
        if self.broken.has("group", name) {
            return;
        }
        let groups = &self.model.groups;
        let known = groups.iter().map(|group| self.model.name(group.name));
        let help = self.budget.did_you_mean(name, known).unwrap_or_else(|| {
            let name = written(name);
            format!("declare it: `group {name} {{ … }}`, or name it in the `groups` of a user's facts")
        });
        out.push(Diagnostic::new(&UNKNOWN_GROUP, span, format!("unknown group `{name}`")).help(help));
    }

    pub(super) fn unknown_allowlist(&self, name: &ast::Name, out: &mut Sink) {
        let text = name.text.as_str();
        if self.broken.has("allowlist", text) {
            return;
        }
        let lists = &self.model.allowlists;
        let known = lists.iter().map(|list| self.model.name(list.name));
        let help = if self.model.developer(text).is_some() {
            format!("`{text}` is a developer: write `apps by {}`", written(text))
        } else {
            self.budget
                .did_you_mean(text, known)
                .unwrap_or_else(|| format!("declare it: `allowlist {} {{ … }}`", written(text)))
        };
        out.push(
            Diagnostic::new(&UNKNOWN_ALLOWLIST, name.span, format!("unknown allowlist `{text}`")).help(help),
        );
    }

    pub(super) fn unknown_scope_set(&self, name: &ast::Name, out: &mut Sink) {
        let text = name.text.as_str();
        if self.broken.has("scope-set", text) {
            return;
        }
        let sets = &self.model.scope_sets;
        let known = sets.iter().map(|set| self.model.name(set.name));
        let help = self
            .budget
            .did_you_mean(text, known)
            .unwrap_or_else(|| format!("declare it: `scope-set {} {{ … }}`", written(text)));
        out.push(
            Diagnostic::new(&UNKNOWN_SCOPE_SET, name.span, format!("unknown scope set `{text}`")).help(help),
        );
    }

    pub(super) fn unknown_rule(&self, name: &ast::Name, out: &mut Sink) {
        let text = name.text.as_str();
        if self.broken.has("id", text) {
            return;
        }
        let rules = &self.model.rules;
        let known = rules.iter().map(|rule| rule.id.map(|(id, _)| self.model.name(id)));
        let help = match self.budget.nearest_of(text, known) {
            Some(near) => format!("did you mean `{}`?", written(near)),
            None => format!("give the `block` or `withhold` you mean the clause `id {}`", written(text)),
        };
        out.push(
            Diagnostic::new(&UNKNOWN_RULE, name.span, format!("no rule has the id `{text}`")).help(help),
        );
    }

    pub(super) fn unknown_attribute(&self, path: &ast::AttributePath, out: &mut Sink) {
        let owner = path.owner;
        let full = format!("{owner}.{}", path.name.text);
        if self.broken.has("attribute", &full) {
            return;
        }
        let declared = self.model.attributes.iter().filter(|attribute| attribute.owner == owner);
        let mut names: Vec<&str> = Subject::built_in_names(owner).collect();
        names.extend(declared.map(|attribute| self.model.name(attribute.name)));
        let help = match self.budget.nearest(&path.name.text, names) {
            Some(near) => format!("did you mean `{owner}.{near}`?"),
            None => format!("declare it: {}", attribute_declaration(&full)),
        };
        out.push(
            Diagnostic::new(&UNKNOWN_ATTRIBUTE, path.span, format!("unknown attribute `{full}`")).help(help),
        );
    }
}

/// How an attribute is declared, in full words such as `user.department`.
pub(super) fn attribute_declaration(attribute: &str) -> String {
    format!("`attribute {attribute}: text` (or flag, number, date, one of a, b)")
}
