//! Writes a project into a folder.

use std::io;
use std::path::Path;

use super::account::File;

/// Writes the files under `root`, making folders as needed.
#[allow(clippy::disallowed_methods, reason = "a benchmark is no part of the core")]
pub fn write(root: &Path, files: &[File]) -> io::Result<()> {
    for (path, text) in files {
        let path = root.join(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}
