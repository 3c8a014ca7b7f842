//! What can be wrong with a fact.

use super::values::Single;
use super::{Intake, slot};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Severity, Sink, nearest, quoted_list};
use crate::facts::{Field, RecordKind, ScalarShape};
use crate::model::AttributeType;
use crate::model::resolve::unknown::attribute_declaration;
use crate::terms::{EntityKind, is_unseen};
use crate::text::{AttributeId, DateError, MOST_DIGITS, NumberError, Span, number};

declare_code! {
    /// A value that its field cannot have.
    INVALID_VALUE = Facts, Error, "invalid-value", "a value that the field or attribute cannot have"
}
declare_code! {
    /// A record without the field that names it.
    MISSING_FIELD = Facts, Error, "missing-field", "an entry without the field that says what it is about"
}
declare_code! {
    /// An app that is listed before it is published.
    LISTED_BUT_UNPUBLISHED = Facts, Error, "listed-but-unpublished", "an app that is said to be listed but not published"
}
declare_code! {
    /// A user with both `role` and `roles`.
    ROLE_AND_ROLES = Facts, Error, "role-and-roles", "a user with both `role` and `roles`"
}
declare_code! {
    /// A key that means nothing. Where it can only mean a field without which people have other groups or roles, the finding is an error,
    /// whatever the level of the code.
    UNDECLARED_ATTRIBUTE = Facts, Warning, "undeclared-attribute", "a field or column that nothing declares"
}
declare_code! {
    /// `zoom`, declared by the project.
    RESERVED_DEVELOPER = Resolve, Error, "reserved-developer", "a declaration of the built-in developer `zoom`"
}

impl Intake<'_, '_> {
    pub(super) fn missing_field(&mut self, kind: RecordKind, key: &str, span: Span, out: &mut Sink) {
        let list = kind.list_name();
        let finding = Diagnostic::new(&MISSING_FIELD, span, format!("an entry of `{list}` without `{key}`"))
            .help(format!("say which one it is: `{key}: …`"));
        self.push(finding, out);
    }

    pub(super) fn no_email(&mut self, single: &Single<'_>, out: &mut Sink) {
        let unseen = single.text.chars().find(|&sign| is_unseen(sign));
        let help = match unseen {
            Some(sign) => {
                format!("it has a character that cannot be seen, U+{:04X}: take that out", u32::from(sign))
            }
            None => "write it as `name@domain.example`".to_owned(),
        };
        let message = format!("`{}` is no e-mail address", single.text);
        self.push(Diagnostic::new(&INVALID_VALUE, single.span, message).help(help), out);
    }

    pub(super) fn name_in_field(&mut self, kind: EntityKind, key: &str, span: Span, out: &mut Sink) {
        let message = format!("the `{key}` of a {kind} stands before the brace");
        let finding = Diagnostic::new(&INVALID_VALUE, span, message).help("remove it here");
        self.push(finding, out);
    }

    pub(super) fn not_one_value(&mut self, field: &Field<'_>, out: &mut Sink) {
        let message = format!("`{}` takes one value, not a list", field.key);
        self.push(Diagnostic::new(&INVALID_VALUE, field.span, message).help("keep one of the values"), out);
    }

    pub(super) fn not_a_text(&mut self, single: &Single<'_>, out: &mut Sink) {
        let finding = if single.text.is_empty() {
            Diagnostic::new(&INVALID_VALUE, single.span, "an empty text says nothing")
                .help("fill it in, or leave the field out")
        } else {
            Diagnostic::new(&INVALID_VALUE, single.span, format!("`{}` is not a text", single.text))
                .help(format!("put it in quotes: \"{}\"", single.text))
        };
        self.push(finding, out);
    }

    pub(super) fn not_a_word(&mut self, key: &str, single: &Single<'_>, known: &[&str], out: &mut Sink) {
        let text = &*single.text;
        let all = quoted_list(known, "or");
        let help = match nearest(text, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`? `{key}` is {all}"),
            None => format!("`{key}` is {all}"),
        };
        let finding =
            Diagnostic::new(&INVALID_VALUE, single.span, format!("`{key}` is never `{text}`")).help(help);
        self.push(finding, out);
    }

    pub(super) fn not_a_date(&mut self, key: &str, single: &Single<'_>, error: DateError, out: &mut Sink) {
        let text = &single.text;
        let (message, help) = match error {
            DateError::Form => {
                (format!("`{key}` is a day, but `{text}` is not"), "write days as `2026-12-31`")
            }
            DateError::Calendar => {
                (format!("the calendar has no day `{text}`"), "days are written year-month-day")
            }
        };
        self.push(Diagnostic::new(&INVALID_VALUE, single.span, message).help(help), out);
    }

    /// A value that is not of the attribute's type.
    pub(super) fn not_an_attribute(
        &mut self,
        id: AttributeId,
        key: &str,
        single: &Single<'_>,
        out: &mut Sink,
    ) {
        let model = &self.resolver.model;
        let attribute = model.attributes.at(id);
        let text = &*single.text;
        let quoted = single.shape == ScalarShape::Quoted;
        let imprecise = attribute.ty == AttributeType::Number && number(text) == Err(NumberError::Imprecise);
        let (ty, help) = match &attribute.ty {
            AttributeType::Text => ("a text", format!("put it in quotes: \"{text}\"")),
            AttributeType::Flag if quoted => ("a flag", "write `true` or `false` without quotes".into()),
            AttributeType::Flag => ("a flag", "write `true` or `false`".into()),
            AttributeType::Number if quoted => ("a number", "write it without quotes".into()),
            AttributeType::Number if imprecise && !quoted => {
                ("a number", "declare ids and the like as `text`, and put them in quotes".into())
            }
            AttributeType::Number => ("a number", "write digits, such as `12` or `0.5`".into()),
            AttributeType::Date => ("a date", "write days as `2026-12-31`".into()),
            AttributeType::OneOf { choices, .. } => {
                let known: Vec<&str> = choices.iter().take(50).map(|&choice| model.name(choice)).collect();
                let all = format!("it is {}", quoted_list(&known, "or"));
                let help = match nearest(text, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`? {all}"),
                    None => all,
                };
                ("a `one of`", help)
            }
        };
        let message = match &attribute.ty {
            AttributeType::OneOf { .. } => format!("`{key}` is never `{text}`"),
            AttributeType::Number if imprecise && !quoted => {
                format!("`{key}` has more than {MOST_DIGITS} digits: it would be taken for another number")
            }
            _ if quoted => format!("`{key}` is {ty}, but `\"{text}\"` is a text"),
            _ => format!("`{key}` is {ty}, but `{text}` is not"),
        };
        let finding = Diagnostic::new(&INVALID_VALUE, single.span, message)
            .related(attribute.span, "declared here")
            .help(help);
        self.push(finding, out);
    }

    /// Several scopes in one text. They would be one scope that nothing knows and no rule is about.
    pub(super) fn joined_scopes(&mut self, single: &Single<'_>, out: &mut Sink) {
        let finding = Diagnostic::new(&INVALID_VALUE, single.span, format!("`{}` is no scope", single.text))
            .help("write several as a list: `[user:read, meeting:read]`; in a CSV cell, join them by `;`");
        self.push(finding, out);
    }

    /// A pattern where scopes must be named.
    pub(super) fn not_a_scope(&mut self, single: &Single<'_>, out: &mut Sink) {
        let finding = Diagnostic::new(
            &INVALID_VALUE,
            single.span,
            format!("`{}` is a pattern, but an app asks for scopes by name", single.text),
        )
        .help("list every scope that the app asks for");
        self.push(finding, out);
    }

    pub(super) fn listed_but_unpublished(&mut self, listing: Span, stage: Span, word: &str, out: &mut Sink) {
        let finding = Diagnostic::new(
            &LISTED_BUT_UNPUBLISHED,
            listing,
            format!("an app in stage `{word}` cannot be listed"),
        )
        .related(stage, "not published by this")
        .help("the marketplace lists published apps only: write `stage published`, or leave `listing` out");
        self.push(finding, out);
    }

    pub(super) fn role_and_roles(&mut self, role: Span, roles: Span, out: &mut Sink) {
        let (first, second) = if role <= roles { (role, roles) } else { (roles, role) };
        let finding =
            Diagnostic::new(&ROLE_AND_ROLES, second, "a user has either `role` or `roles`, not both")
                .related(first, "the other one")
                .help("put all of them in `roles`");
        self.push(finding, out);
    }

    pub(super) fn reserved_developer(&mut self, span: Span, out: &mut Sink) {
        let finding = Diagnostic::new(
            &RESERVED_DEVELOPER,
            span,
            "the developer `zoom` is built in and cannot be declared",
        )
        .help("remove this; apps may name `zoom` as their developer without it");
        self.push(finding, out);
    }

    pub(super) fn undeclared_attribute(&mut self, kind: RecordKind, key: &str, span: Span, out: &mut Sink) {
        let list = kind.list_name();
        let finding = Diagnostic::new(&UNDECLARED_ATTRIBUTE, span, format!("`{list}` have no field `{key}`"));
        if let Some(meant) = slot::meant(kind, key) {
            let finding = finding
                .severity(Severity::Error)
                .label(format!("`{meant}` would be taken for left out, which is none or the default"))
                .help(format!("write `{meant}`, or give the field another name if it is something else"));
            return self.push(finding, out);
        }
        let model = &self.resolver.model;
        let owner = slot::owner(kind);
        let declared = model.attributes.iter().filter(|attribute| Some(attribute.owner) == owner);
        let mut names: Vec<&str> = slot::keys(kind).collect();
        names.extend(declared.map(|attribute| model.name(attribute.name)));
        let near = self.resolver.budget.nearest(key, names);
        let help = match (near, owner) {
            (Some(near), _) => format!("did you mean `{near}`? nothing reads it as it stands"),
            (None, Some(owner)) => {
                let declared = |name: &str| attribute_declaration(&format!("{owner}.{name}"));
                match attribute_name(key) {
                    Some(name) if name == key => {
                        format!("nothing reads it; to use it, declare {}", declared(&name))
                    }
                    Some(name) => format!(
                        "nothing reads it; to use it, rename it to `{name}` and declare {}",
                        declared(&name)
                    ),
                    None => "nothing reads it; to use it, give it a name of letters from a to z, digits and `-`, and \
                             declare that as an attribute"
                        .to_owned(),
                }
            }
            (None, None) => "nothing reads it; remove it".into(),
        };
        self.push(finding.help(help), out);
    }
}

/// The name of an attribute nearest to a key: itself where it is one. `None`: it has letters that no name has.
fn attribute_name(key: &str) -> Option<String> {
    let is_odd = |letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.'));
    if !key.is_ascii() {
        return None;
    }
    let words: Vec<&str> = key.split(is_odd).filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join("-"))
}

#[cfg(test)]
mod tests {
    use super::attribute_name;

    #[test]
    fn a_key_that_is_no_name_has_one_near_it() {
        let names = ["shoe size", "cost-centre", "Cost Centre (EUR)", "größe", "?"].map(attribute_name);
        let near = ["shoe-size", "cost-centre", "Cost-Centre-EUR"].map(|name| Some(name.to_owned()));
        assert_eq!((&names[..3], &names[3..]), (&near[..], &[None, None][..]));
    }
}
