//! The policy files of a project or folder, for those who work on their text alone.

use std::path::{Path, PathBuf};

use crate::diagnostics::Sink;
use crate::text::{FileId, SourceMap};

use super::config::{Config, PathPattern};
use super::discovery::{self, Member};
use super::files::FileSystem;
use super::load::read_config;
use super::root::{Root, RootKind};
use super::texts::{self, POLICY_LIMIT};

/// A policy file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyFile {
    /// Its path relative to the folder that was looked through, with `/`.
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
    members(&config, root, files, sources, out)
}

/// Every file below a folder whose name ends in `.admit`, in the order of names. Hidden folders are left alone.
pub fn policy_files_below(
    files: &dyn FileSystem,
    folder: &Path,
    sources: &mut SourceMap,
    out: &mut Sink,
) -> Vec<PolicyFile> {
    let everything = PathPattern { text: "**/*.admit".to_owned(), place: None };
    let config = Config {
        policies: vec![everything],
        directory: Vec::new(),
        catalog: Vec::new(),
        extends: Vec::new(),
        ..Config::conventional()
    };
    let root = Root { folder: folder.to_owned(), kind: RootKind::Policies };
    members(&config, &root, files, sources, out)
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

fn members(
    config: &Config,
    root: &Root,
    files: &dyn FileSystem,
    sources: &mut SourceMap,
    out: &mut Sink,
) -> Vec<PolicyFile> {
    let file = |member: Member| PolicyFile { shown: member.shown, path: member.path };
    discovery::discover(config, root, files, sources, out).policies.into_iter().map(file).collect()
}
