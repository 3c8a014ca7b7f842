//! A project as plain data: names are strings, days are ISO texts (which sort by time), everything is a list.

use std::collections::{BTreeMap, BTreeSet};

/// A whole project, with what it takes from the library already in its lists.
#[derive(Clone, Debug, Default)]
pub struct Project {
    pub account: Account,
    pub attributes: Vec<Attribute>,
    pub roles: Vec<Role>,
    pub groups: Vec<Group>,
    pub users: Vec<User>,
    pub developers: Vec<Developer>,
    pub apps: Vec<App>,
    pub allowlists: Vec<Allowlist>,
    pub scope_sets: Vec<ScopeSet>,
    /// Exemptions and grants included, in the order of files and of text.
    pub rules: Vec<Rule>,
    /// The scope catalogue.
    pub scopes: Vec<Scope>,
}

#[derive(Clone, Debug, Default)]
pub struct Account {
    pub listed_approval_required: bool,
    pub unlisted_approval_required: bool,
    pub notify: Notify,
    pub default_role: Option<String>,
    /// `None`: left out, which means `MarketPlace:Edit`.
    pub installers: Option<Vec<Installer>>,
    pub requests_via: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub enum Notify {
    Recipients(Vec<String>),
    Automatically,
    #[default]
    Nobody,
}

#[derive(Clone, Debug)]
pub enum Installer {
    Privilege(String),
    Role(String),
}

#[derive(Clone, Debug)]
pub struct Attribute {
    /// `user`, `app` or `developer`.
    pub owner: String,
    pub name: String,
    pub ty: Type,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    Text,
    Flag,
    Number,
    Date,
    OneOf { choices: Vec<String>, ordered: bool },
}

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text, or a word of a `one of`.
    Word(String),
    Flag(bool),
    Number(f64),
    Date(String),
}

#[derive(Clone, Debug, Default)]
pub struct Role {
    pub name: String,
    pub extends: Vec<String>,
    pub privileges: Vec<String>,
    pub scopes: Vec<ScopeTerm>,
}

#[derive(Clone, Debug, Default)]
pub struct Group {
    pub name: String,
    pub members: Vec<String>,
    pub groups: Vec<String>,
}

#[derive(Clone, Debug, Default)]
pub struct User {
    pub email: String,
    /// `None`: the facts name none.
    pub roles: Option<Vec<String>>,
    pub groups: Vec<String>,
    pub attributes: BTreeMap<String, Value>,
}

#[derive(Clone, Debug, Default)]
pub struct Developer {
    pub id: String,
    pub kind: Option<String>,
    pub attributes: BTreeMap<String, Value>,
}

#[derive(Clone, Debug, Default)]
pub struct App {
    pub id: String,
    pub developer: Option<String>,
    pub listing: Option<String>,
    pub stage: Option<String>,
    pub managed_by: Option<String>,
    pub scopes: Option<Vec<String>>,
    pub optional_scopes: Vec<String>,
    pub beta_until: Option<String>,
    pub attributes: BTreeMap<String, Value>,
}

#[derive(Clone, Debug, Default)]
pub struct Allowlist {
    pub name: String,
    pub selectors: Vec<AppSelector>,
}

#[derive(Clone, Debug, Default)]
pub struct ScopeSet {
    pub name: String,
    pub terms: Vec<ScopeTerm>,
}

/// A scope of the catalogue.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    pub name: String,
    pub level: String,
    pub privileges: Vec<String>,
    pub implies: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ScopeTerm {
    Scope(String),
    Pattern(String),
    Set(String),
    /// `user`, `admin` or `master`.
    Level(String),
}

#[derive(Clone, Debug, PartialEq)]
pub enum AppSelector {
    App(String),
    By(String),
    In(String),
    Listed,
    Unlisted,
    Internal,
    All,
}

#[derive(Clone, Debug, Default)]
pub struct Apps {
    pub include: Vec<AppSelector>,
    pub except: Vec<AppSelector>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Principal {
    User(String),
    Group(String),
    Role(String),
    Everyone,
}

#[derive(Clone, Debug, Default)]
pub struct People {
    pub include: Vec<Principal>,
    pub except: Vec<Principal>,
}

/// Where a rule starts: file, line, column.
pub type Place = (String, u32, u32);

#[derive(Clone, Debug, Default)]
pub struct Rule {
    pub place: Place,
    pub id: Option<String>,
    pub effect: Effect,
    /// `None`: every app.
    pub apps: Option<Apps>,
    /// `None`: everyone.
    pub people: Option<People>,
    pub when: Option<Condition>,
    pub starting: Option<String>,
    pub until: Option<String>,
    pub owner: Option<String>,
    pub because: Option<String>,
}

#[derive(Clone, Debug, Default)]
pub enum Effect {
    Approve {
        reviewed: Option<Vec<ScopeTerm>>,
    },
    #[default]
    Block,
    Withhold {
        scopes: Vec<ScopeTerm>,
    },
    Waive {
        rule: String,
    },
    Grant {
        role: String,
    },
    /// Stands in the section for apps with this listing.
    Exempt {
        listing: String,
    },
}

#[derive(Clone, Debug)]
pub enum Condition {
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    /// An attribute such as `app.risk` and what is asked of it.
    Test(String, Test),
}

#[derive(Clone, Debug)]
pub enum Test {
    Flag,
    Is(Operand),
    IsNot(Operand),
    /// `<`, `<=`, `>` or `>=`.
    Compare(&'static str, Operand),
    In(Vec<Operand>),
    AnyIn(Members),
    AllIn(Members),
    Contains(String),
}

#[derive(Clone, Debug)]
pub enum Operand {
    Value(Value),
    Today,
    Attribute(String),
}

#[derive(Clone, Debug)]
pub enum Members {
    Scopes(Vec<ScopeTerm>),
    /// Roles or groups.
    Names(Vec<String>),
}

impl Project {
    pub fn user(&self, email: &str) -> Option<&User> {
        self.users.iter().find(|user| user.email == email)
    }

    pub fn app(&self, id: &str) -> &App {
        self.apps.iter().find(|app| app.id == id).expect("only known apps are asked about")
    }

    pub fn developer_of(&self, app: &App) -> Option<&Developer> {
        let id = app.developer.as_ref()?;
        Some(self.developers.iter().find(|developer| &developer.id == id).expect("developers are declared"))
    }

    /// Everyone who is described, listed in a group, or named by a principal, a grant or as a recipient.
    pub fn everybody(&self) -> BTreeSet<String> {
        let mut everybody: BTreeSet<String> = self.users.iter().map(|user| user.email.clone()).collect();
        everybody.extend(self.groups.iter().flat_map(|group| group.members.iter().cloned()));
        for people in self.rules.iter().filter_map(|rule| rule.people.as_ref()) {
            for principal in people.include.iter().chain(&people.except) {
                if let Principal::User(email) = principal {
                    everybody.insert(email.clone());
                }
            }
        }
        if let Notify::Recipients(recipients) = &self.account.notify {
            everybody.extend(recipients.iter().cloned());
        }
        everybody
    }
}
