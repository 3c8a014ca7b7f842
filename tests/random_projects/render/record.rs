//! Entities as records of keys and values, which every format can say.

use std::collections::BTreeMap;

use crate::random_projects::dice::Dice;
use crate::random_projects::render::conditions::plain;
use crate::reference::project::{App, Developer, Group, Scope, User, Value};

/// What a record describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    User,
    Group,
    Developer,
    App,
    Scope,
}

impl Kind {
    /// The list it stands in.
    pub fn list(self) -> &'static str {
        match self {
            Self::User => "users",
            Self::Group => "groups",
            Self::Developer => "developers",
            Self::App => "apps",
            Self::Scope => "scopes",
        }
    }
}

#[derive(Clone, Debug)]
pub enum FieldValue {
    Text(String),
    /// A number or flag.
    Literal(String),
    Date(String),
    List(Vec<String>),
    Null,
}

#[derive(Clone, Debug)]
pub struct Record {
    pub kind: Kind,
    /// The key of the name first.
    pub fields: Vec<(String, FieldValue)>,
}

impl Record {
    fn new(kind: Kind, key: &str, name: &str) -> Self {
        Self { kind, fields: vec![(key.to_owned(), FieldValue::Text(name.to_owned()))] }
    }

    /// The address of the user that it describes.
    pub fn user(&self) -> Option<String> {
        match (self.kind, self.fields.first()) {
            (Kind::User, Some((_, FieldValue::Text(email)))) => Some(email.to_lowercase()),
            _ => None,
        }
    }

    fn put(&mut self, dice: &mut Dice, key: &str, value: FieldValue) {
        let key = if dice.chance(50) { key.replace('-', "_") } else { key.to_owned() };
        self.fields.push((key, value));
    }

    /// A fact, or nothing (or a null) where it is not known.
    fn maybe(&mut self, dice: &mut Dice, key: &str, value: Option<&String>) {
        match value {
            Some(value) => self.put(dice, key, FieldValue::Text(value.clone())),
            None if dice.chance(10) => self.put(dice, key, FieldValue::Null),
            None => {}
        }
    }

    /// A list, which may be left out where it is empty.
    fn list(&mut self, dice: &mut Dice, key: &str, values: &[String]) {
        if !values.is_empty() || dice.chance(40) {
            self.put(dice, key, FieldValue::List(values.to_vec()));
        }
    }

    fn values(&mut self, dice: &mut Dice, values: &BTreeMap<String, Value>) {
        for (name, value) in values {
            let value = match value {
                Value::Word(word) => FieldValue::Text(word.clone()),
                Value::Date(day) => FieldValue::Date(day.clone()),
                literal => FieldValue::Literal(plain(literal)),
            };
            self.put(dice, name, value);
        }
    }
}

pub fn user(dice: &mut Dice, user: &User) -> Record {
    let email = if dice.chance(20) { user.email.to_uppercase() } else { user.email.clone() };
    let mut record = Record::new(Kind::User, "email", &email);
    match user.roles.as_deref() {
        None => {}
        Some([role]) if dice.chance(60) => record.put(dice, "role", FieldValue::Text(role.clone())),
        Some(roles) => record.put(dice, "roles", FieldValue::List(roles.to_vec())),
    }
    record.list(dice, "groups", &user.groups);
    record.values(dice, &user.attributes);
    record
}

pub fn group(dice: &mut Dice, group: &Group) -> Record {
    let mut record = Record::new(Kind::Group, "id", &group.name);
    record.list(dice, "members", &group.members);
    record.list(dice, "groups", &group.groups);
    if record.fields.len() == 1 {
        record.put(dice, "members", FieldValue::List(Vec::new()));
    }
    record
}

pub fn developer(dice: &mut Dice, developer: &Developer) -> Record {
    let mut record = Record::new(Kind::Developer, "id", &developer.id);
    // Always there, because it is what tells a developer from an app in files without lists.
    let kind = developer.kind.clone().map_or(FieldValue::Null, FieldValue::Text);
    record.put(dice, "kind", kind);
    record.maybe(dice, "name", Some(&format!("{} & Co", developer.id)));
    record.values(dice, &developer.attributes);
    record
}

pub fn app(dice: &mut Dice, app: &App) -> Record {
    let mut record = Record::new(Kind::App, "id", &app.id);
    record.maybe(dice, "developer", app.developer.as_ref());
    record.maybe(dice, "listing", app.listing.as_ref());
    record.maybe(dice, "stage", app.stage.as_ref());
    record.maybe(dice, "managed-by", app.managed_by.as_ref());
    match &app.scopes {
        Some(scopes) => record.put(dice, "scopes", FieldValue::List(scopes.clone())),
        None => record.maybe(dice, "scopes", None),
    }
    record.list(dice, "optional-scopes", &app.optional_scopes);
    if let Some(day) = &app.beta_until {
        record.put(dice, "beta-until", FieldValue::Date(day.clone()));
    }
    if dice.chance(20) {
        record.put(dice, "name", FieldValue::Text(format!("App \"{}\"", app.id)));
        record.put(dice, "marketplace-id", FieldValue::Text("xwlydKrzRnOvk-iYtIX83w".to_owned()));
    }
    record.values(dice, &app.attributes);
    record
}

pub fn scope(dice: &mut Dice, scope: &Scope) -> Record {
    let mut record = Record::new(Kind::Scope, "scope", &scope.name);
    record.put(dice, "level", FieldValue::Text(scope.level.clone()));
    record.list(dice, "privileges", &scope.privileges);
    record.list(dice, "implies", &scope.implies);
    if dice.chance(20) {
        record.put(dice, "may-need", FieldValue::List(vec!["Acme:Rare".to_owned()]));
        record.put(dice, "summary", FieldValue::Text("what it is for".to_owned()));
    }
    record
}
