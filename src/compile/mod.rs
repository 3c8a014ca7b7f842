//! Layer 6: a checked project becomes a [`Program`].
//!
//! Every table of the model has a counterpart here, made by the file of its name. Closures (groups in groups, allowlists in allowlists,
//! sets in sets) are computed once, within a [budget](closure::Budget): what would outgrow it stays unstored and is walked by the
//! evaluator where it is asked for, so that no project can exhaust memory, and the budget never changes an answer.

mod account;
mod apps;
mod closure;
mod conditions;
mod index;
mod lists;
mod naming;
mod roles;
mod rules;
mod scopes;
mod texts;
mod users;

use closure::Budget;

use crate::check::Checked;
use crate::model::{Model, Term};
use crate::program::Program;
use crate::text::SourceMap;

/// Compiles a project in which nothing is wrong. `sources` are the files that it was read from.
pub fn compile(checked: &Checked, sources: &SourceMap) -> Program {
    compile_within(checked, sources, Room::of(checked.model()))
}

/// Compiles with other bounds on what closures may store: answers stay the same, only time and memory differ.
pub fn compile_within(checked: &Checked, sources: &SourceMap, room: Room) -> Program {
    program(checked.model(), &[], sources, room)
}

/// Compiles for lints, which ask what the terms of approval select: these stand after the rules, in their order, and decide nothing.
pub fn compile_with_terms(checked: &Checked, sources: &SourceMap) -> Program {
    let model = checked.model();
    program(model, &model.terms, sources, Room::of(model))
}

/// Compiles the model of a checked project after a change that leaves no name unresolved: facts laid over it, a rule changed or left out.
pub(crate) fn compile_variant(model: &Model, sources: &SourceMap, room: Room) -> Program {
    program(model, &[], sources, room)
}

fn program(model: &Model, terms: &[Term], sources: &SourceMap, room: Room) -> Program {
    let mut texts = texts::Texts::new(model, sources);
    let named = naming::Named::of(model, terms);
    let mut scopes = scopes::ScopeLists::new(model, &mut texts, Budget::new(room.scopes));
    let mut conditions = conditions::Conditions::new(&named);
    let mut rules = rules::rules(model, &named, &mut texts, &mut scopes, &mut conditions);
    rules::add_terms(&mut rules, terms, &named, &mut texts, &mut scopes, &mut conditions);
    let roles = roles::roles(model, &named, &rules, &mut texts, &mut scopes);
    let groups = users::groups(model, &named.principals, &mut texts);
    let users = if room.people == 0 {
        users::walked_users(model, &named.principals, &roles)
    } else {
        let people = Budget::new(room.people);
        users::users(model, &named.principals, &groups, texts.names(), &roles, &rules.principals, people)
    };
    let mut apps = apps::apps(model, &named.selectors, &mut texts, Budget::new(room.apps));
    let scopes = scopes.finish();
    rules.indexes = index::indexes(&rules, &scopes);
    apps::add_lists(&mut apps, &rules.indexes);
    let account = account::account(model, &mut texts);
    let attributes = conditions::attributes(model, &mut texts);
    let privileges = model.privileges.iter().map(|&privilege| texts.name(privilege)).collect();
    Program {
        account,
        users,
        groups,
        roles,
        privileges,
        apps,
        scopes,
        attributes,
        conditions: conditions.finish(),
        rules,
        names: texts.finish(),
    }
}

/// How much each kind of closure may store and how long it may work, in entries of a few bytes.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Groups in groups, and users in them.
    pub people: usize,
    /// Allowlists in allowlists, and apps in them.
    pub apps: usize,
    /// Scope sets in scope sets, and lists of scopes.
    pub scopes: usize,
}

impl Room {
    /// Nothing is stored that could be walked instead.
    pub const NONE: Self = Self { people: 0, apps: 0, scopes: 0 };

    /// For a question or two: what is asked about is walked, and nobody else is looked at.
    pub const FEW_QUESTIONS: Self = Self { people: 0, apps: 0, scopes: 1 << 24 };

    /// In proportion to what there is: real accounts need far less, and nothing that people nest makes a small project a large program.
    pub fn of(model: &Model) -> Self {
        let users = model.users.len() + model.groups.len();
        let apps = model.apps.len() + model.allowlists.len();
        let lists = model.rules.len() + model.roles.len() + model.scope_sets.len();
        Self {
            people: (1 << 22) + users.saturating_mul(64),
            apps: (1 << 22) + apps.saturating_mul(64),
            scopes: (1 << 24) + lists.saturating_mul(64),
        }
    }
}
