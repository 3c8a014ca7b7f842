//! Giving files that are there another text: whole or not at all, and never over what somebody else has written meanwhile.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::project::{DiskFiles, FileSystem, POLICY_LIMIT, ReadError};

/// The byte order mark that some editors write; the texts of sources are without it.
pub(super) const MARK: &str = "\u{feff}";

/// A file's other text, written beside it and not yet in its place.
pub(super) struct Rewrite {
    path: PathBuf,
    text: NamedTempFile,
}

impl Rewrite {
    /// Writes `after` beside the file at `path`, whose text was read as `before`. A byte order mark stays, as do its permissions and
    /// its owner; a symbolic link goes on leading to it.
    ///
    /// # Errors
    /// Where the file is gone, marked as read-only or has another text by now, or its folder cannot be written to.
    pub(super) fn new(path: &Path, before: &str, after: &str) -> io::Result<Self> {
        let path = path.canonicalize()?;
        let metadata = path.metadata()?;
        // Putting another file in its place would not ask.
        if metadata.permissions().readonly() {
            return Err(io::Error::other("it is marked as read-only"));
        }
        let now = bytes(&path)?;
        let mark = if now.starts_with(MARK.as_bytes()) { MARK } else { "" };
        if now.strip_prefix(mark.as_bytes()) != Some(before.as_bytes()) {
            return Err(io::Error::other("it was changed meanwhile; run it again"));
        }
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut text = tempfile::Builder::new().prefix(".admit-").tempfile_in(folder)?;
        text.write_all(mark.as_bytes())?;
        text.write_all(after.as_bytes())?;
        keep_owner(&text, &metadata);
        text.as_file().set_permissions(metadata.permissions())?;
        Ok(Self { path, text })
    }

    /// Puts it in its place.
    ///
    /// # Errors
    /// Where the folder cannot be written to any more; the file is as it was.
    pub(super) fn finish(self) -> io::Result<()> {
        self.text.persist(&self.path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// Whether a file begins with a byte order mark.
pub(super) fn has_mark(path: &Path) -> bool {
    bytes(path).is_ok_and(|bytes| bytes.starts_with(MARK.as_bytes()))
}

fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    DiskFiles.read(path, POLICY_LIMIT).map_err(|error| match error {
        ReadError::Io(error) => error,
        ReadError::TooLarge(_) => io::ErrorKind::FileTooLarge.into(),
    })
}

/// Where an administrator lays out somebody's file, it stays theirs. Others cannot give files away, and need not.
#[cfg(unix)]
fn keep_owner(text: &NamedTempFile, of: &std::fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let is_other = |own: std::fs::Metadata| (own.uid(), own.gid()) != (of.uid(), of.gid());
    if text.as_file().metadata().is_ok_and(is_other) {
        let _ = fchown(text.as_file(), Some(of.uid()), Some(of.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_text: &NamedTempFile, _of: &std::fs::Metadata) {}

#[cfg(test)]
mod tests {
    use super::super::output::write_file;
    use super::*;

    #[test]
    fn what_was_written_meanwhile_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.admit");
        write_file(&path, b"mine, too", false).unwrap();
        let error = Rewrite::new(&path, "mine", "ours").err().map(|error| error.to_string());
        assert_eq!(error.as_deref(), Some("it was changed meanwhile; run it again"));
        assert_eq!(bytes(&path).unwrap(), b"mine, too");
        let left: Vec<_> = folder.path().read_dir().unwrap().collect();
        assert_eq!(left.len(), 1);
    }

    #[test]
    fn a_mark_and_permissions_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.admit");
        write_file(&path, "\u{feff}mine".as_bytes(), false).unwrap();
        let before = path.metadata().unwrap().permissions();
        Rewrite::new(&path, "mine", "ours").and_then(Rewrite::finish).unwrap();
        assert_eq!(bytes(&path).unwrap(), "\u{feff}ours".as_bytes());
        assert_eq!(path.metadata().unwrap().permissions(), before);
    }
}
