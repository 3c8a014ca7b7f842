//! The policy files of a project or folder, for those who work on their text alone.

use std::path::{Path, PathBuf};

use crate::diagnostics::Sink;
use crate::text::{FileId, SourceMap};

use super::discovery::{self, Member};
use super::files::FileSystem;
use super::load::read_config;
use super::root::Root;
use super::texts::{self, POLICY_LIMIT};

/// A policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFile {
    /// What it is called, with `/`.
    pub shown: String,
    /// Its path.
    pub path: PathBuf,
}

/// The project's own policy files in the order of names; what is wrong with its settings is reported.
pub fn policy_files(
    files: &dyn FileSystem,
    root: &Root,
    sources: &mut SourceMap,
    out: &mut Sink,
) -> Vec<PolicyFile> {
    let config = read_config(files, root, sources, out);
    named(discovery::discover(&config, root, files, sources, out).policies)
}

/// Every file below a folder whose name ends in `.admit`, in the order of names; `called` is what the folder is called in messages. Hidden
/// folders are left alone.
pub fn policy_files_below(
    files: &dyn FileSystem,
    folder: &Path,
    called: &Path,
    sources: &mut SourceMap,
    out: &mut Sink,
) -> Vec<PolicyFile> {
    named(discovery::policies_below(folder, called, files, sources, out))
}

/// Reads a policy file under the name `shown`. `None`: its text cannot be used, which is reported.
pub fn read_policy(
    files: &dyn FileSystem,
    path: &Path,
    shown: &str,
    sources: &mut SourceMap,
    out: &mut Sink,
) -> Option<FileId> {
    texts::read(files, path, POLICY_LIMIT).register(shown.to_owned(), None, sources, out)
}

/// Takes these bytes for a policy file called `shown`. `None`: they cannot be used, which is reported.
pub fn policy_of(bytes: Vec<u8>, shown: &str, sources: &mut SourceMap, out: &mut Sink) -> Option<FileId> {
    texts::decoded(bytes).register(shown.to_owned(), None, sources, out)
}

fn named(members: Vec<Member>) -> Vec<PolicyFile> {
    members.into_iter().map(|member| PolicyFile { shown: member.shown, path: member.path }).collect()
}
