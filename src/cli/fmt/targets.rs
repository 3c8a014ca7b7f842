//! Which files to lay out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::cli::exit::Failure;
use crate::cli::session::Session;
use crate::diagnostics::Sink;
use crate::project::{DiskFiles, PolicyFile, Root, policy_files, policy_files_below, reason};
use crate::text::SourceMap;

/// A file to lay out.
pub(super) struct Target {
    /// What it is called in messages.
    pub(super) shown: String,
    /// Where it is.
    pub(super) path: PathBuf,
}

impl From<PolicyFile> for Target {
    fn from(file: PolicyFile) -> Self {
        Self { shown: file.shown, path: file.path }
    }
}

/// The files that were named, or all of the project's.
pub(super) fn targets(
    session: &Session<'_, '_>,
    paths: &[PathBuf],
    sources: &mut SourceMap,
    out: &mut Sink,
) -> Result<Vec<Target>, Failure> {
    let folder = &session.world.folder;
    if paths.is_empty() {
        let root = match &session.globals.project {
            Some(path) => Root::at(&DiskFiles, &folder.join(path)),
            None => Root::find(&DiskFiles, folder),
        };
        let root = root.map_err(|none| Failure::invalid(none.message).help(none.help))?;
        let files = policy_files(&DiskFiles, &root, sources, out);
        return Ok(files.into_iter().map(Target::from).collect());
    }
    let (mut targets, mut known) = (Vec::new(), BTreeSet::new());
    // What is named twice, or leads to the same file, is laid out once.
    let mut new = |path: &Path| known.insert(path.canonicalize().unwrap_or_else(|_| path.to_owned()));
    for path in paths {
        let place = folder.join(path);
        if new(&place) {
            let found = below(path, &place, sources, out)?;
            targets.extend(found.into_iter().filter(|target| target.path == place || new(&target.path)));
        }
    }
    Ok(targets)
}

/// A file, or the policy files of a folder.
fn below(shown: &Path, path: &Path, sources: &mut SourceMap, out: &mut Sink) -> Result<Vec<Target>, Failure> {
    let status = path.metadata().map_err(|error| {
        Failure::invalid(format!("cannot read `{}`: {}", shown.display(), reason(&error)))
    })?;
    if !status.is_dir() {
        return Ok(vec![Target { shown: shown.display().to_string(), path: path.to_owned() }]);
    }
    let called = if shown == Path::new(".") { Path::new("") } else { shown };
    Ok(policy_files_below(&DiskFiles, path, called, sources, out).into_iter().map(Target::from).collect())
}
