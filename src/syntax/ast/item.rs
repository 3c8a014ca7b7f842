//! Files and the items in them.

use compact_str::CompactString;

use super::{
    Accept, Account, AppSelector, AttributeDeclaration, Entity, Name, PolicyTest, Principal, Rule, ScopeTerm,
};
use crate::text::{Date, FileId, Span};

/// One policy file.
#[derive(Clone, Debug, PartialEq)]
pub struct SyntaxTree {
    /// The file.
    pub file: FileId,
    /// Its items in order; those with syntax errors are left out.
    pub items: Vec<Item>,
    /// Every comment in order.
    pub comments: Vec<Comment>,
    /// Whether some text of the file is in no item because it could not be read.
    pub has_errors: bool,
}

/// A comment, from its `#` to the end of its line (line break excluded).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Where it stands.
    pub span: Span,
    /// What it is for.
    pub kind: CommentKind,
}

/// What a comment is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentKind {
    /// `# …`
    Plain,
    /// `## …` documents the item that follows.
    Doc,
    /// `# admit: …` steers admit.
    Directive,
}

/// `# admit: allow CODE, … until DATE because "…"` before an item, or before an exemption in the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The comment.
    pub span: Span,
    /// The item or exemption that it is about.
    pub about: Span,
    /// The codes it allows as written, with their stage or without, at least one.
    pub codes: Vec<Name>,
    /// The last day it holds.
    pub until: Option<Date>,
    /// Why; never empty.
    pub because: CompactString,
}

/// One item of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// From its first word to the end of its last clause.
    pub span: Span,
    /// The tight region that findings about the whole item point at: its first words, such as `approve deal-sync` or `role member`.
    pub head: Span,
    /// The text of its `##` comments, one line each, without the marks.
    pub docs: Vec<CompactString>,
    /// The suppressions right before it, and before the exemptions in it.
    pub suppressions: Vec<Suppression>,
    /// What it is.
    pub kind: ItemKind,
}

/// The kinds of items.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemKind {
    /// `account NAME { … }`
    Account(Box<Account>),
    /// `attribute user.department: text`
    Attribute(AttributeDeclaration),
    /// `role NAME extends … { … }`
    Role {
        /// Its name.
        name: Name,
        /// The roles it extends.
        extends: Vec<Name>,
        /// Its privileges.
        privileges: Vec<Name>,
        /// The scopes it grants.
        scopes: Vec<ScopeTerm>,
    },
    /// `scope-set NAME { … }`
    ScopeSet {
        /// Its name.
        name: Name,
        /// Its scopes.
        scopes: Vec<ScopeTerm>,
    },
    /// `group NAME { … }`; members are users and groups only.
    Group {
        /// Its name.
        name: Name,
        /// Its members: users and groups.
        members: Vec<Principal>,
    },
    /// `allowlist NAME { … }`
    Allowlist {
        /// Its name.
        name: Name,
        /// What it lists.
        apps: Vec<AppSelector>,
    },
    /// `developer …`, `app …` or `user …`
    Entity(Entity),
    /// `approve`, `block`, `withhold`, `waive` or `grant`
    Rule(Box<Rule>),
    /// `test "…" { … }`
    Test(Box<PolicyTest>),
    /// `accept … gain …`
    Accept(Box<Accept>),
}
