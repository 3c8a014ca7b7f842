//! Layer 8: a project as a whole. Finds its settings and files, reads them through [`FileSystem`], and runs the stages over them in order;
//! what comes out is an [`Analysis`].
//!
//! [`Root`] says where the project is, [`Config`] what its `admit.yaml` says, `discovery` which files belong to it, `load` reads and parses
//! them, and [`analyse`] does the rest.

mod analysis;
mod codes;
mod config;
mod discovery;
mod files;
mod followups;
mod load;
mod memory;
mod overlay;
mod pattern;
mod policy_files;
mod register;
mod root;
mod settings;
mod severities;
mod suppressions;
mod texts;

pub use analysis::{ASSUMED, Analysis, Options, analyse};
pub use codes::{CODES, code, codes, stage_and_name};
pub use config::{Config, Extend, Level, Library, PathPattern};
pub use discovery::{MISSING_FILE, NO_POLICIES, SYMLINK_LOOP, UNKNOWN_FORMAT, UNMATCHED_PATTERN};
pub use files::{DiskFiles, FileSystem, Found, MOST_ENTRIES, ReadError, Status};
pub use memory::MemoryFiles;
pub use overlay::Overlay;
pub use policy_files::{PolicyFile, policy_files, policy_files_below, policy_of, read_policy};
pub use register::{Exception, ExceptionKind, ExceptionState, register};
pub(crate) use root::reason;
pub use root::{NoProject, Root, RootKind, SETTINGS};
pub use settings::{
    FIXED_LEVEL, MALFORMED_SETTINGS, UNKNOWN_CODE, UNKNOWN_LIBRARY, UNKNOWN_SETTING, WRONG_SETTING,
};
pub use suppressions::{EXPIRED_SUPPRESSION, UNUSED_SUPPRESSION};
pub use texts::{FACTS_LIMIT, FILE_TOO_LARGE, NOT_UTF8, POLICIES_LIMIT, POLICY_LIMIT, UNREADABLE_FILE};
