//! The syntax tree: what a policy file says, in its own order, with the place of every part.
//!
//! The tree owns its data and knows no names but as text. A clause that is missing is `None`; a clause that was written twice was
//! reported while parsing and the first one stands.

mod account;
mod condition;
mod entity;
mod item;
mod name;
mod rule;
mod scopes;
mod selection;
mod test;

pub use account::{Account, Approval, Installer, Notify, Section};
pub use condition::{AttributePath, Condition, ConditionKind, Literal, LiteralKind, TestKind};
pub use entity::{AttributeDeclaration, AttributeType, Entity, Field, FieldValue};
pub use item::{Comment, CommentKind, Item, ItemKind, Suppression, SyntaxTree};
pub use name::{Name, Spanned};
pub use rule::{Accept, Clauses, Rule, RuleKind};
pub use scopes::{ScopeTerm, ScopeTermKind};
pub use selection::{AppSelection, AppSelector, AppSelectorKind, People, Principal, PrincipalKind};
pub use test::{Assertion, AssertionKind, PolicyTest};
