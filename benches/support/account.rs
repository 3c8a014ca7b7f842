//! A synthetic account of any size, the same in every run.
//!
//! P rules and U = 10·P users (at most a million) in about 5 groups each, nested three deep; apps that ask for about 6 of 200 scopes.

use super::{directory, policies};

/// The day that the benchmarks ask about; some rules have ended by then and some have not begun.
pub const DAY: &str = "2026-12-01";

/// The scopes that apps ask for: 140 of users' own data, then 60 of the whole account.
const SCOPES: &str = include_str!("scopes.txt");

/// How large an account is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Rules, grants included.
    pub rules: usize,
    /// Users.
    pub users: usize,
    /// Apps.
    pub apps: usize,
    /// Groups that users are members of; an eighth as many groups stand above them, and an eighth of those above these.
    pub groups: usize,
}

impl Size {
    /// The size that the comparison with other engines uses for this many rules.
    pub fn of_rules(rules: usize) -> Self {
        Self {
            rules,
            users: (rules * 10).min(1_000_000),
            apps: rules.clamp(100, 10_000),
            groups: (rules / 5).clamp(16, 2_000),
        }
    }

    /// The same rules for so many users, to tell the cost of rules from that of users.
    pub fn with_users(self, users: usize) -> Self {
        Self { users, groups: self.groups.min(users), ..self }
    }
}

/// The format of the users' fact file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `directory/users.csv`
    Csv,
    /// `directory/users.jsonl`
    JsonLines,
    /// `directory/users.yaml`
    Yaml,
}

/// A file of a project: its path relative to the root, and its text.
pub type File = (String, String);

/// The whole project.
pub fn project(size: Size, users: Format) -> Vec<File> {
    let mut files = vec![("admit.yaml".to_owned(), CONFIGURATION.to_owned())];
    files.extend(policies::files(size));
    files.push(directory::users(size, users));
    files.push(directory::catalog(size));
    files
}

/// `count` questions: a user and an app each, both chosen evenly.
pub fn queries(size: Size, count: usize) -> Vec<(String, String)> {
    let mut random = fastrand::Rng::with_seed(42);
    (0..count).map(|_| (email(random.usize(..size.users)), app(random.usize(..size.apps)))).collect()
}

/// The scopes that apps ask for.
pub fn scopes() -> Vec<&'static str> {
    SCOPES.lines().collect()
}

/// The e-mail address of a user.
pub fn email(user: usize) -> String {
    format!("user-{user:07}@northwind.example")
}

/// The id of an app.
pub fn app(app: usize) -> String {
    format!("app-{app}")
}

const CONFIGURATION: &str = "policies: [\"policies/**/*.admit\"]
facts:
  directory: [\"directory/*\"]
  catalog: [\"catalog/*\"]
extends: [zoom]
";
