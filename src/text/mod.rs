//! Layer 0: source files and places in them, interned names, calendar days and typed dense ids.
//!
//! Everything above speaks in these words, and nothing here knows what a policy is.

mod columns;
mod date;
mod ids;
mod length;
mod number;
mod source;
mod symbol;

pub use date::{Date, DateError};
pub use ids::{
    AllowlistId, AppId, AttributeId, DeveloperId, GroupId, Id, IdVec, PrivilegeId, RoleId, RuleId, ScopeId,
    ScopeSetId, UserId,
};
pub use length::Length;
pub use number::{MOST_DIGITS, NumberError, number};
pub use source::{FileId, Location, SourceFile, SourceMap, Span};
pub use symbol::{Interner, Symbol};
