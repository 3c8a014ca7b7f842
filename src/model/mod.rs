//! Layer 3: the project with its names resolved.
//!
//! Every name that policies and facts use has become an id of a table of [`Model`]. A name that nothing declares was reported and is left
//! out (`None`, or not in the list), so that later checks say nothing more about it; a model with such a hole never becomes a program,
//! because only a project without errors does.

mod account;
mod attribute;
mod condition;
mod entities;
mod lookup;
mod resolve;
mod rule;
mod scope;
mod selection;
mod table;
mod term;
mod test;

pub use account::{Account, Notify, SectionPolicy};
pub use attribute::{Attribute, AttributeType, Value};
pub use condition::{Comparand, Condition, SetTerms, Subject, Test};
pub use entities::{Allowlist, App, Developer, Group, Origin, Role, RoleList, User, Users};
pub(crate) use resolve::UNDECLARED_ATTRIBUTE;
pub use resolve::{CODES, Input, assume, resolve, resolve_reading};
pub use rule::{Effect, Period, Rule};
pub use scope::{Scope, ScopeSet, ScopeTerm, ScopeTermKind};
pub use selection::{AppSelection, AppSelector, AppSelectorKind, People, Principal, PrincipalKind, Ref};
pub use table::Model;
pub use term::Term;
pub use test::{Accept, Assertion, AssertionKind, GivenEntity, PolicyTest};
