//! What a condition may look at, and of which type that is.

use super::Resolver;
use crate::diagnostics::Sink;
use crate::model::{AttributeType, Subject};
use crate::syntax::ast;
use crate::terms::{DeveloperKind, EntityKind, Listing, ManagedBy, Stage};

/// The type of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Flag,
    Number,
    Date,
    Choice { ordered: bool },
    Scopes,
    Roles,
    Groups,
}

impl Type {
    pub(super) fn is_set(self) -> bool {
        matches!(self, Self::Scopes | Self::Roles | Self::Groups)
    }
}

/// The built-in subjects: whose, the name after the dot, which.
const BUILT_IN: &[(EntityKind, &str, Subject)] = &[
    (EntityKind::App, "id", Subject::AppId),
    (EntityKind::App, "developer", Subject::AppDeveloper),
    (EntityKind::App, "developer-kind", Subject::AppDeveloperKind),
    (EntityKind::App, "listing", Subject::AppListing),
    (EntityKind::App, "stage", Subject::AppStage),
    (EntityKind::App, "managed-by", Subject::AppManagedBy),
    (EntityKind::App, "scopes", Subject::AppScopes),
    (EntityKind::App, "required-scopes", Subject::AppRequiredScopes),
    (EntityKind::App, "optional-scopes", Subject::AppOptionalScopes),
    (EntityKind::User, "email", Subject::UserEmail),
    (EntityKind::User, "domain", Subject::UserDomain),
    (EntityKind::User, "roles", Subject::UserRoles),
    (EntityKind::User, "groups", Subject::UserGroups),
];

impl Subject {
    /// The built-in subject `OWNER.NAME`, if there is one.
    pub(crate) fn built_in(owner: EntityKind, name: &str) -> Option<Self> {
        BUILT_IN
            .iter()
            .find(|(whose, word, _)| *whose == owner && *word == name)
            .map(|&(_, _, subject)| subject)
    }

    /// The names of the built-in subjects of a kind of entity.
    pub(super) fn built_in_names(owner: EntityKind) -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().filter(move |(whose, ..)| *whose == owner).map(|&(_, name, _)| name)
    }

    /// The words a built-in choice may be.
    pub(super) fn built_in_choices(self) -> Vec<&'static str> {
        match self {
            Self::AppDeveloperKind => DeveloperKind::ALL.iter().map(|word| word.name()).collect(),
            Self::AppListing => Listing::ALL.iter().map(|word| word.name()).collect(),
            Self::AppStage => Stage::ALL.iter().map(|word| word.name()).collect(),
            Self::AppManagedBy => ManagedBy::ALL.iter().map(|word| word.name()).collect(),
            _ => Vec::new(),
        }
    }
}

impl Resolver<'_> {
    /// The subject of a path; an unknown one is reported.
    pub(super) fn subject(&mut self, path: &ast::AttributePath, out: &mut Sink) -> Option<Subject> {
        let key = path.name.text.as_str();
        if let Some(subject) = Subject::built_in(path.owner, key) {
            return Some(subject);
        }
        let found = match key.contains('_') {
            true => self.model.attribute(path.owner, &key.replace('_', "-")),
            false => self.model.attribute(path.owner, key),
        };
        if found.is_none() {
            self.unknown_attribute(path, out);
        }
        found.map(Subject::Attribute)
    }

    pub(super) fn type_of(&self, subject: Subject) -> Type {
        match subject {
            Subject::AppId | Subject::AppDeveloper | Subject::UserEmail | Subject::UserDomain => Type::Text,
            Subject::AppDeveloperKind | Subject::AppListing | Subject::AppStage | Subject::AppManagedBy => {
                Type::Choice { ordered: false }
            }
            Subject::AppScopes | Subject::AppRequiredScopes | Subject::AppOptionalScopes => Type::Scopes,
            Subject::UserRoles => Type::Roles,
            Subject::UserGroups => Type::Groups,
            Subject::Attribute(id) => match self.model.attributes.at(id).ty {
                AttributeType::Text => Type::Text,
                AttributeType::Flag => Type::Flag,
                AttributeType::Number => Type::Number,
                AttributeType::Date => Type::Date,
                AttributeType::OneOf { ordered, .. } => Type::Choice { ordered },
            },
        }
    }

    /// The words a choice may be.
    pub(super) fn choices(&self, subject: Subject) -> Vec<&str> {
        match subject {
            Subject::Attribute(id) => match &self.model.attributes.at(id).ty {
                AttributeType::OneOf { choices, .. } => {
                    choices.iter().map(|&choice| self.model.name(choice)).collect()
                }
                _ => Vec::new(),
            },
            built_in => built_in.built_in_choices(),
        }
    }

    /// The position of a word among the choices of a subject.
    pub(super) fn choice(&self, subject: Subject, word: &str) -> Option<u16> {
        let position = match subject {
            Subject::Attribute(id) => match &self.model.attributes.at(id).ty {
                AttributeType::OneOf { choices, .. } => {
                    let symbol = self.model.names.get(word)?;
                    choices.iter().position(|&choice| choice == symbol)
                }
                _ => None,
            },
            built_in => built_in.built_in_choices().iter().position(|&choice| choice == word),
        };
        position.and_then(|at| u16::try_from(at).ok())
    }

    /// Whether values of two scalar subjects may be compared with each other.
    pub(super) fn comparable(&self, a: Subject, b: Subject) -> bool {
        match (a, b) {
            (Subject::Attribute(a), Subject::Attribute(b)) => {
                let (a, b) = (&self.model.attributes.at(a).ty, &self.model.attributes.at(b).ty);
                a == b
            }
            _ => {
                let (x, y) = (self.type_of(a), self.type_of(b));
                x == y && !x.is_set() && (!matches!(x, Type::Choice { .. }) || a == b)
            }
        }
    }

    /// A subject as people write it.
    pub(super) fn subject_name(&self, subject: Subject) -> String {
        if let Subject::Attribute(id) = subject {
            let attribute = self.model.attributes.at(id);
            return format!("{}.{}", attribute.owner, self.model.name(attribute.name));
        }
        BUILT_IN
            .iter()
            .find(|(.., known)| *known == subject)
            .map(|(owner, name, _)| format!("{owner}.{name}"))
            .unwrap_or_default()
    }

    /// Whose attribute a subject is.
    pub(super) fn owner_of(&self, subject: Subject) -> EntityKind {
        match subject {
            Subject::Attribute(id) => self.model.attributes.at(id).owner,
            Subject::UserEmail | Subject::UserDomain | Subject::UserRoles | Subject::UserGroups => {
                EntityKind::User
            }
            _ => EntityKind::App,
        }
    }
}
