//! A project in memory, for tests and for callers that have their files elsewhere.

use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::files::{FileSystem, Found, ReadError, Status};

/// Files by their paths.
#[derive(Clone, Debug, Default)]
pub struct MemoryFiles {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl MemoryFiles {
    /// No files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or replaces it.
    pub fn add(&mut self, path: impl AsRef<Path>, bytes: impl Into<Vec<u8>>) -> &mut Self {
        self.files.insert(plain(path.as_ref()), bytes.into());
        self
    }

    /// Whether there is a file at a path.
    pub fn has(&self, path: impl AsRef<Path>) -> bool {
        self.files.contains_key(&plain(path.as_ref()))
    }

    /// With these files, each a path and a text.
    pub fn of<P: AsRef<Path>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        Self { files: files.into_iter().map(|(path, bytes)| (plain(path.as_ref()), bytes.into())).collect() }
    }
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

impl FileSystem for MemoryFiles {
    fn status(&self, path: &Path) -> io::Result<Status> {
        let path = plain(path);
        if self.files.contains_key(&path) {
            Ok(Status::File)
        } else if self.files.keys().any(|file| file.starts_with(&path)) {
            Ok(Status::Folder)
        } else {
            Err(io::ErrorKind::NotFound.into())
        }
    }

    fn read(&self, path: &Path, most: u64) -> Result<Vec<u8>, ReadError> {
        let bytes =
            self.files.get(&plain(path)).ok_or_else(|| ReadError::Io(io::ErrorKind::NotFound.into()))?;
        let len = bytes.len() as u64;
        if len > most { Err(ReadError::TooLarge(len)) } else { Ok(bytes.clone()) }
    }

    fn walk(&self, folder: &Path, depth: usize, enter: &dyn Fn(&str) -> bool) -> Vec<Found> {
        let plain_folder = plain(folder);
        let below = self.files.keys().filter_map(|path| path.strip_prefix(&plain_folder).ok());
        let wanted = below.filter(|path| {
            let names = || path.components().map(|component| component.as_os_str());
            (1..=depth).contains(&names().count()) && names().all(|name| name.to_str().is_none_or(enter))
        });
        wanted.map(|path| Found::File(folder.join(path))).collect()
    }
}
