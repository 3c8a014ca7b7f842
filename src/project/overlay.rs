//! Files with other texts laid over some of them: a project as it would be.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::files::{FileSystem, Found, ReadError, Status};

/// Files of which some have another text. No file comes or goes by that.
pub struct Overlay<'f> {
    files: &'f dyn FileSystem,
    texts: BTreeMap<PathBuf, String>,
}

impl<'f> Overlay<'f> {
    /// The files as they are.
    pub fn new(files: &'f dyn FileSystem) -> Self {
        Self { files, texts: BTreeMap::new() }
    }

    /// Gives the file at `path` another text.
    pub fn lay(&mut self, path: PathBuf, text: String) {
        self.texts.insert(path, text);
    }
}

impl FileSystem for Overlay<'_> {
    fn status(&self, path: &Path) -> io::Result<Status> {
        self.files.status(path)
    }

    fn read(&self, path: &Path, most: u64) -> Result<Vec<u8>, ReadError> {
        match self.texts.get(path) {
            Some(text) if text.len() as u64 > most => Err(ReadError::TooLarge(text.len() as u64)),
            Some(text) => Ok(text.clone().into_bytes()),
            None => self.files.read(path, most),
        }
    }

    fn walk(&self, folder: &Path, depth: usize, enter: &dyn Fn(&str) -> bool) -> Vec<Found> {
        self.files.walk(folder, depth, enter)
    }
}
