//! Where output goes: streams whose reader may leave, and new files, which are whole or not there.

use std::io::{self, Write};
use std::path::Path;

/// A stream that says nothing more once its reader has left (`admit … | head`): that is the reader's right and no failure.
pub struct Out<'w> {
    stream: io::BufWriter<Box<dyn Write + 'w>>,
    closed: bool,
}

impl<'w> Out<'w> {
    /// Buffers what goes to `stream`.
    pub fn new(stream: impl Write + 'w) -> Self {
        Self { stream: io::BufWriter::with_capacity(64 * 1024, Box::new(stream)), closed: false }
    }

    /// Whether the reader has left, so that nothing more need be made.
    pub fn closed(&self) -> bool {
        self.closed
    }

    fn unless_closed(&mut self, result: io::Result<usize>) -> io::Result<usize> {
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(0)
            }
            other => other,
        }
    }
}

impl Write for Out<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.closed {
            let written = self.stream.write(bytes);
            let count = self.unless_closed(written)?;
            if !self.closed {
                return Ok(count);
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.closed {
            let flushed = self.stream.flush().map(|()| 0);
            self.unless_closed(flushed)?;
        }
        Ok(())
    }
}

/// Makes the file with this text, and the folders that it lies in, atomically: it is there whole or not at all.
///
/// # Errors
/// Where the folder cannot be made or written to, or, unless `replace`, where something of that name is already there.
pub(super) fn write_file(path: &Path, text: &[u8], replace: bool) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new().prefix(".admit-").tempfile_in(folder)?;
    file.write_all(text)?;
    open_to_readers(&file)?;
    if replace { file.persist(path) } else { file.persist_noclobber(path) }.map_err(|error| error.error)?;
    Ok(())
}

/// Temporary files are private; what admit writes is for everyone who may read the folder.
#[cfg(unix)]
fn open_to_readers(file: &tempfile::NamedTempFile) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_readers(_file: &tempfile::NamedTempFile) -> io::Result<()> {
    Ok(())
}
