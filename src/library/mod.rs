//! Layer 2: the policies that come with admit.
//!
//! The `zoom` library (the scope catalogue, the default roles and the curated scope sets of `policies/zoom`) is read when admit is built
//! and lies in the program as tables: using it costs nothing at start and no parsing ever. The three baselines of `policies/baselines`
//! are texts, parsed like a project's own when a project extends them.

mod baked;
mod baselines;
mod catalog;

pub use baked::{BakedName, BakedRole, BakedScopeSet, BakedTerm, BakedTermKind, files, roles, scope_sets};
pub use baselines::{BASELINES, baseline};
pub use catalog::{
    CatalogPrivilege, CatalogScope, Scopes, privilege, privileges, scope, scope_position, scopes,
};

/// The tables that `build.rs` made of `policies/zoom`.
mod tables {
    use super::catalog::ScopeRow;
    use super::{BakedName, BakedRole, BakedScopeSet, BakedTerm, BakedTermKind, CatalogPrivilege};
    use crate::terms::Level;

    include!(concat!(env!("OUT_DIR"), "/library.rs"));
}
