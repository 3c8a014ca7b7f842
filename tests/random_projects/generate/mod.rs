//! Random small projects that are always valid.

mod account;
mod conditions;
mod entities;
mod rules;
mod selections;

use std::collections::BTreeSet;

use super::dice::Dice;
use super::vocabulary;
use crate::reference::project::{Attribute, Developer, Project, Role, ScopeSet, Type};

/// A random project.
pub struct Random {
    /// Whether it extends the bundled library.
    pub zoom: bool,
    /// What the project itself declares.
    pub own: Project,
}

impl Random {
    /// The project of a seed, always the same one.
    pub fn new(dice: &mut Dice) -> Self {
        let zoom = !dice.chance(10);
        let mut generator = Generator { dice, zoom, own: Project::default(), listed: Vec::new() };
        generator.attributes();
        generator.scopes();
        generator.roles();
        generator.entities();
        generator.people();
        generator.account();
        generator.rules();
        let own = generator.own;
        Self { zoom, own }
    }

    /// The project with what it takes from the library.
    pub fn whole(&self) -> Project {
        with_library(&self.own, self.zoom)
    }
}

fn with_library(own: &Project, zoom: bool) -> Project {
    let mut whole = own.clone();
    whole.developers.push(Developer {
        id: "zoom".to_owned(),
        kind: Some("zoom".to_owned()),
        ..Developer::default()
    });
    if zoom {
        // What the project declares replaces what the library declares.
        let roles = vocabulary::LIBRARY_ROLES.iter().cloned();
        whole.roles.extend(roles.filter(|role| own.roles.iter().all(|own| own.name != role.name)));
        let sets = vocabulary::LIBRARY_SETS.iter().cloned();
        whole.scope_sets.extend(sets.filter(|set| own.scope_sets.iter().all(|own| own.name != set.name)));
        let scopes = vocabulary::CATALOGUE.iter().cloned();
        whole.scopes.extend(scopes.filter(|scope| own.scopes.iter().all(|own| own.name != scope.name)));
    }
    whole
}

/// Builds a project part by part; each part uses only names of the parts before it.
struct Generator<'d> {
    dice: &'d mut Dice,
    zoom: bool,
    own: Project,
    /// Users that a group lists.
    listed: Vec<String>,
}

impl Generator<'_> {
    fn whole(&self) -> Project {
        with_library(&self.own, self.zoom)
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
