//! The words that random projects are made of.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use admit::library::{self, BakedTerm, BakedTermKind};

use crate::reference::project::{Role, Scope, ScopeSet, ScopeTerm};

/// Days close enough together that periods, betas, dates of entities and queries meet on them and on both sides of them.
pub const DAYS: [&str; 6] =
    ["2026-11-30", "2026-12-01", "2026-12-02", "2027-01-31", "2027-03-01", "2028-02-29"];

pub const EMAILS: [&str; 7] = [
    "ana@a.example",
    "bo.b@a.example",
    "kim+x@b.example",
    "d_d@b.example",
    "eva-1@sub.a.example",
    "fred@a.example",
    "gus@b.example",
];

/// Somebody whom no facts describe and no group lists.
pub const STRANGER: &str = "stranger@c.example";

pub const GROUPS: [&str; 6] = ["sales", "field", "it ops", "g.4", "role", "büro"];
pub const ROLES: [&str; 6] = ["head", "auditor", "app-admin", "R4", "everyone", "member"];
pub const DEVELOPERS: [&str; 5] = ["contoso", "in-house", "dev_3", "Ünseen Ltd", "4dev"];
pub const APPS: [&str; 8] =
    ["deal-sync", "Xy_12AB", "note.taker", "all", "group", "apps", "Füße & Co", "internal"];
pub const ALLOWLISTS: [&str; 4] = ["vetted", "crm tools", "list.3", "by"];
pub const SCOPE_SETS: [&str; 4] = ["mine", "wide set", "s.3", "capture"];
pub const PRIVILEGES: [&str; 8] = [
    "MarketPlace:Edit",
    "MarketPlace:Read",
    "User:Read",
    "Recording:Read",
    "AccountSetting:Read",
    "scheduler",
    "Acme:Manage",
    "Acme:Read",
];
pub const TEXTS: [&str; 8] = ["Sales", "IT ops", "not", "2026-12-01", "true", "12", "today", "Ä \"q\" \\ b"];
pub const NUMBERS: [f64; 5] = [-2.0, 0.0, 1.5, 10.0, 250.0];
pub const BECAUSE: [&str; 4] = ["SEC-1", "reviewed \"twice\"", "büro: ok", "a\\b"];

/// Real scopes, most of them in families that imply one another, and irregular ones.
const REAL_SCOPES: [&str; 22] = [
    "meeting:read",
    "meeting:write",
    "meeting:read:admin",
    "meeting:write:admin",
    "meeting:master",
    "recording:read",
    "recording:write",
    "recording:read:admin",
    "recording:write:admin",
    "user:read",
    "user:write",
    "user:read:admin",
    "user:write:admin",
    "user:master",
    "account:read:admin",
    "account:write:admin",
    "imchat:bot",
    "scim2",
    "user:read:user",
    "user:read:user:admin",
    "meeting:read:local_recording_token",
    "chat_channel:read",
];

/// Scopes that only a project's own facts may describe.
pub const OWN_SCOPES: [&str; 6] =
    ["acme:read", "acme:write", "acme:admin:all", "acme:x:master", "plain", "acme:write:extra"];

pub const PATTERNS: [&str; 10] = [
    "meeting:*",
    "recording:*",
    "*:admin",
    "*",
    "*:write*",
    "user:*:admin",
    "acme:*",
    "*e*d*",
    "chat_channel:rea*d",
    "m*:*:*token",
];

/// Every scope that projects name; the real ones twice, because they are to come up more often.
pub fn scopes() -> Vec<String> {
    let real = || REAL_SCOPES.iter().filter(|name| library::scope(name).is_some());
    real().chain(real()).chain(&OWN_SCOPES).map(|name| (*name).to_owned()).collect()
}

/// The library's entries for scopes that projects name, and for all that these imply or that imply these.
pub static CATALOGUE: LazyLock<Vec<Scope>> = LazyLock::new(catalogue);
/// The library's roles.
pub static LIBRARY_ROLES: LazyLock<Vec<Role>> = LazyLock::new(library_roles);
/// The library's scope sets.
pub static LIBRARY_SETS: LazyLock<Vec<ScopeSet>> = LazyLock::new(library_sets);

fn catalogue() -> Vec<Scope> {
    let all = library::scopes();
    let name = |at: &u16| all.get(usize::from(*at)).expect("in the catalogue").name;
    let mut found: Vec<&str> =
        REAL_SCOPES.into_iter().filter(|name| library::scope(name).is_some()).collect();
    let mut seen: BTreeSet<&str> = found.iter().copied().collect();
    let mut scopes = Vec::new();
    while let Some(next) = found.pop() {
        let entry = library::scope(next).expect("in the catalogue");
        let near = entry.implies.iter().chain(entry.implied_by).map(name);
        found.extend(near.filter(|name| seen.insert(name)));
        scopes.push(Scope {
            name: next.to_owned(),
            level: entry.level.name().to_owned(),
            privileges: entry.privileges.iter().map(|privilege| (*privilege).to_owned()).collect(),
            implies: entry.implies.iter().map(|at| name(at).to_owned()).collect(),
        });
    }
    scopes
}

fn library_roles() -> Vec<Role> {
    let names = |names: &[library::BakedName]| names.iter().map(|name| name.text.to_owned()).collect();
    let roles = library::roles().iter();
    roles
        .map(|role| Role {
            name: role.name.to_owned(),
            extends: names(role.extends),
            privileges: names(role.privileges),
            scopes: terms(role.scopes),
        })
        .collect()
}

fn library_sets() -> Vec<ScopeSet> {
    let sets = library::scope_sets().iter();
    sets.map(|set| ScopeSet { name: set.name.to_owned(), terms: terms(set.scopes) }).collect()
}

fn terms(terms: &[BakedTerm]) -> Vec<ScopeTerm> {
    let terms = terms.iter().map(|term| match term.kind {
        BakedTermKind::Scope(name) => ScopeTerm::Scope(name.to_owned()),
        BakedTermKind::Pattern(pattern) => ScopeTerm::Pattern(pattern.to_owned()),
        BakedTermKind::Set(name) => ScopeTerm::Set(name.to_owned()),
        BakedTermKind::Level(level) => ScopeTerm::Level(level.name().to_owned()),
    });
    terms.collect()
}
