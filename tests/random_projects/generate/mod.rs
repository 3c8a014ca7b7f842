//! Random small projects that are always valid.

mod account;
mod base;
mod conditions;
mod entities;
mod rules;
mod selections;
mod suite;

use std::collections::BTreeSet;

pub use suite::{PolicyTest, settle};

use super::dice::Dice;
use super::vocabulary;
use crate::reference::project::{Attribute, Developer, Project, Role, ScopeSet, Type};

/// A random project.
pub struct Random {
    /// Whether it extends the bundled library.
    pub zoom: bool,
    /// What the project itself declares.
    pub own: Project,
    /// What the folder declares that it builds on.
    pub base: Option<Project>,
}

impl Random {
    /// The project of a seed, always the same one.
    pub fn new(dice: &mut Dice) -> Self {
        let zoom = !dice.chance(10);
        // Now and then one with many more rules on the same people and apps.
        let large = dice.chance(1);
        let own = Project::default();
        let mut generator = Generator { dice, zoom, large, own, base: None, listed: Vec::new() };
        generator.attributes();
        generator.scopes();
        generator.roles();
        generator.entities();
        generator.people();
        if generator.dice.chance(15) {
            generator.base = Some(generator.base());
        }
        generator.account();
        generator.rules();
        let Generator { own, base, .. } = generator;
        Self { zoom, own, base }
    }

    /// The project with all that it builds on.
    pub fn whole(&self) -> Project {
        whole(&self.own, self.base.as_ref(), self.zoom)
    }
}

/// What the project declares replaces what its folder declares, and that what the library declares.
fn whole(own: &Project, base: Option<&Project>, zoom: bool) -> Project {
    let mut whole = own.clone();
    if let Some(base) = base {
        let account = &mut whole.account;
        account.default_role = account.default_role.take().or_else(|| base.account.default_role.clone());
        account.requests_via = account.requests_via.take().or_else(|| base.account.requests_via.clone());
        add(&mut whole.roles, &base.roles, |role| &role.name);
        add(&mut whole.scope_sets, &base.scope_sets, |set| &set.name);
        add(&mut whole.allowlists, &base.allowlists, |list| &list.name);
        add(&mut whole.groups, &base.groups, |group| &group.name);
        add(&mut whole.developers, &base.developers, |developer| &developer.id);
        add(&mut whole.apps, &base.apps, |app| &app.id);
        add(&mut whole.users, &base.users, |user| &user.email);
        whole.rules.extend(base.rules.iter().cloned());
    }
    let (id, kind) = ("zoom".to_owned(), Some("zoom".to_owned()));
    whole.developers.push(Developer { id, kind, ..Developer::default() });
    if zoom {
        add(&mut whole.roles, &vocabulary::LIBRARY_ROLES, |role| &role.name);
        add(&mut whole.scope_sets, &vocabulary::LIBRARY_SETS, |set| &set.name);
        add(&mut whole.scopes, &vocabulary::CATALOGUE, |scope| &scope.name);
    }
    whole
}

/// Adds those whose names are not taken.
fn add<T: Clone>(to: &mut Vec<T>, from: &[T], name: impl Fn(&T) -> &String) {
    let taken: BTreeSet<String> = to.iter().map(|item| name(item).clone()).collect();
    to.extend(from.iter().filter(|item| !taken.contains(name(item))).cloned());
}

/// Builds a project part by part; each part uses only names of the parts before it.
struct Generator<'d> {
    dice: &'d mut Dice,
    zoom: bool,
    large: bool,
    own: Project,
    base: Option<Project>,
    /// Users that a group lists.
    listed: Vec<String>,
}

impl Generator<'_> {
    fn whole(&self) -> Project {
        whole(&self.own, self.base.as_ref(), self.zoom)
    }

    /// The names of all roles, the library's included.
    fn role_names(&self) -> Vec<String> {
        let library: &[Role] = if self.zoom { &vocabulary::LIBRARY_ROLES } else { &[] };
        let names: BTreeSet<&String> = self.own.roles.iter().chain(library).map(|role| &role.name).collect();
        names.into_iter().cloned().collect()
    }

    /// The names of all scope sets, the library's included.
    fn set_names(&self) -> Vec<String> {
        let library: &[ScopeSet] = if self.zoom { &vocabulary::LIBRARY_SETS } else { &[] };
        let names: BTreeSet<&String> =
            self.own.scope_sets.iter().chain(library).map(|set| &set.name).collect();
        names.into_iter().cloned().collect()
    }

    /// Each of these attributes with the same chance.
    fn attributes(&mut self) {
        let one_of = |choices: &[&str], ordered| Type::OneOf {
            choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
            ordered,
        };
        let employment = || one_of(&["employee", "contractor", "not"], false);
        let risk = || one_of(&["low", "moderate", "very high"], true);
        let all = [
            ("user", "department", Type::Text),
            ("user", "employment", employment()),
            ("user", "contract-end", Type::Date),
            ("user", "clearance", risk()),
            ("user", "remote", Type::Flag),
            ("user", "score", Type::Number),
            ("app", "risk", risk()),
            ("app", "meant-for", employment()),
            ("app", "owner-department", Type::Text),
            ("app", "review-on", Type::Date),
            ("app", "pilot", Type::Flag),
            ("app", "seats", Type::Number),
            ("developer", "verified", Type::Flag),
            ("developer", "trust", risk()),
            ("developer", "country", Type::Text),
            ("developer", "since", Type::Date),
        ];
        for (owner, name, ty) in all {
            if self.dice.chance(60) {
                self.own.attributes.push(Attribute { owner: owner.to_owned(), name: name.to_owned(), ty });
            }
        }
    }
}

/// Owned copies.
fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}
