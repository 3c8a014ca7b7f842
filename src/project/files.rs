//! The door to files. Everything the pipeline reads comes through [`FileSystem`], so that a project can as well lie in memory or in a
//! revision of a repository.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// Why a file was not read.
#[derive(Debug)]
pub enum ReadError {
    /// It has more bytes than were asked for: this many, as far as is known.
    TooLarge(u64),
    /// Anything else.
    Io(io::Error),
}

/// What a walk comes across.
#[derive(Debug)]
pub enum Found {
    /// A file.
    File(PathBuf),
    /// A symbolic link that leads back to a folder it lies in. It is not followed.
    Loop {
        /// The link.
        link: PathBuf,
        /// Where it leads.
        target: PathBuf,
    },
    /// The walk was given up here: it has come across [`MOST_ENTRIES`] files and folders.
    TooMany(PathBuf),
    /// Something that cannot be read: a folder, or a link to nothing.
    Unreadable {
        /// Where.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// A walk comes across no more files and folders than this. Links to folders full of links can make of a few folders more paths than
/// anybody can read, without any of them leading back.
pub const MOST_ENTRIES: usize = 1_000_000;

/// Where files come from. Symbolic links are followed.
pub trait FileSystem: Sync {
    /// What stands at `path`.
    fn status(&self, path: &Path) -> io::Result<Status>;

    /// The bytes of a file of at most `most` bytes.
    fn read(&self, path: &Path, most: u64) -> Result<Vec<u8>, ReadError>;

    /// Everything below `folder`, down to `depth` levels (1: what stands right in it), in any order. Folders and files for whose name
    /// `enter` says no are left out with all they hold. A `folder` that does not exist is empty.
    fn walk(&self, folder: &Path, depth: usize, enter: &dyn Fn(&str) -> bool) -> Vec<Found>;
}

/// The files of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiskFiles;

/// Refuses named pipes, devices and sockets: they may never end, and what they hold is gone once it is read.
fn regular(metadata: &std::fs::Metadata) -> io::Result<()> {
    if metadata.is_file() {
        Ok(())
    } else if metadata.is_dir() {
        Err(io::ErrorKind::IsADirectory.into())
    } else {
        Err(io::Error::other("it is a pipe or a device, not a file"))
    }
}

impl FileSystem for DiskFiles {
    fn status(&self, path: &Path) -> io::Result<Status> {
        let metadata = std::fs::metadata(path)?;
        if metadata.is_dir() { Ok(Status::Folder) } else { regular(&metadata).map(|()| Status::File) }
    }

    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    fn read(&self, path: &Path, most: u64) -> Result<Vec<u8>, ReadError> {
        // Looked at before it is opened: opening a named pipe waits for somebody to write.
        std::fs::metadata(path).and_then(|metadata| regular(&metadata)).map_err(ReadError::Io)?;
        let file = std::fs::File::open(path).map_err(ReadError::Io)?;
        let len = file.metadata().map_err(ReadError::Io)?.len();
        if len > most {
            return Err(ReadError::TooLarge(len));
        }
        let mut bytes = Vec::new();
        // A byte more than the file has, so that its end is found without growing.
        let room = usize::try_from(len).unwrap_or(usize::MAX).saturating_add(1);
        bytes.try_reserve_exact(room).map_err(|_| ReadError::Io(io::ErrorKind::OutOfMemory.into()))?;
        // A file may have grown since, and some files do not tell their length.
        file.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(ReadError::Io)?;
        let len = bytes.len() as u64;
        if len > most { Err(ReadError::TooLarge(len)) } else { Ok(bytes) }
    }

    fn walk(&self, folder: &Path, depth: usize, enter: &dyn Fn(&str) -> bool) -> Vec<Found> {
        let walk = walkdir::WalkDir::new(folder).follow_links(true).min_depth(1).max_depth(depth);
        let mut all = Vec::new();
        // The walk itself notices links to folders that it has come through, not to those that `folder` lies in.
        let within = folder.canonicalize().unwrap_or_default();
        let mut around = Vec::new();
        let wanted = |entry: &walkdir::DirEntry| {
            let named = entry.file_name().to_str().is_none_or(enter);
            let target = (named && entry.path_is_symlink() && entry.file_type().is_dir())
                .then(|| entry.path().canonicalize().ok())
                .flatten();
            match target {
                Some(target) if within != target && within.starts_with(&target) => {
                    around.push(Found::Loop { link: entry.path().to_owned(), target });
                    false
                }
                _ => named,
            }
        };
        for (count, entry) in walk.into_iter().filter_entry(wanted).enumerate() {
            if count >= MOST_ENTRIES {
                all.push(Found::TooMany(folder.to_owned()));
                break;
            }
            match entry {
                // A pipe or device may be meant to be read, and is refused then: nothing that a pattern matches is passed over.
                Ok(entry) if !entry.file_type().is_dir() => all.push(Found::File(entry.into_path())),
                Ok(_) => {}
                Err(error) => all.extend(unwalkable(error, folder)),
            }
        }
        all.append(&mut around);
        all
    }
}

fn unwalkable(error: walkdir::Error, folder: &Path) -> Option<Found> {
    let path = error.path().unwrap_or(folder).to_owned();
    if let Some(target) = error.loop_ancestor() {
        return Some(Found::Loop { link: path, target: target.to_owned() });
    }
    let error = error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into());
    // A folder that is not there has nothing in it.
    let missing = path == folder && error.kind() == io::ErrorKind::NotFound;
    (!missing).then_some(Found::Unreadable { path, error })
}
