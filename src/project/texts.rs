//! Bytes to text: limits, UTF-8 and the byte order mark. A file that cannot be read is reported in its own name.

use std::path::Path;

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::text::{FileId, SourceMap, Span};

use super::files::{FileSystem, ReadError};
use super::root::reason;

declare_code! {
    /// A file that is not text in UTF-8.
    NOT_UTF8 = Project, Error, "not-utf8", "a file that is not text in UTF-8"
}
declare_code! {
    /// A file that is too large to be read.
    FILE_TOO_LARGE = Project, Error, "file-too-large", "a file that is too large to be read"
}
declare_code! {
    /// A file or folder that cannot be read.
    UNREADABLE_FILE = Project, Error, "unreadable-file", "a file or folder that cannot be read"
}

/// The largest settings and policy files, in bytes.
pub const POLICY_LIMIT: u64 = 64 << 20;
/// How large all policy files of a project may be together, in bytes.
pub const POLICIES_LIMIT: u64 = 256 << 20;
/// The largest fact files, in bytes: places in them are counted in 32 bits.
pub const FACTS_LIMIT: u64 = 2 << 30;

const MARK: &[u8] = "\u{feff}".as_bytes();

/// What came of reading a file.
#[derive(Debug)]
pub(super) enum Text {
    /// Its text without a byte order mark, so that places count from the first real character.
    Whole(String),
    /// Its text up to the byte that is not UTF-8, with the rest of that line as far as it can be shown.
    Broken {
        /// The text.
        text: String,
        /// Where in it the wrong bytes stood, with the length of the sign that stands for them.
        at: (usize, usize),
    },
    /// Nothing: it has this many bytes, and may have so many.
    TooLarge(u64, u64),
    /// Nothing: the system refuses.
    Unreadable(std::io::Error),
}

/// Reads a file of at most `most` bytes.
pub(super) fn read(files: &dyn FileSystem, path: &Path, most: u64) -> Text {
    match files.read(path, most) {
        Ok(bytes) => decoded(bytes),
        Err(ReadError::TooLarge(len)) => Text::TooLarge(len, most),
        Err(ReadError::Io(error)) => Text::Unreadable(error),
    }
}

/// Takes bytes for text.
pub(super) fn decoded(mut bytes: Vec<u8>) -> Text {
    if bytes.starts_with(MARK) {
        bytes.drain(..MARK.len());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Text::Whole(text),
        Err(error) => broken(error),
    }
}

/// Keeps what stands before the first wrong byte, and a little after it to look at.
fn broken(error: std::string::FromUtf8Error) -> Text {
    const SHOWN: usize = 80;
    let at = error.utf8_error().valid_up_to();
    let mut bytes = error.into_bytes();
    let after = bytes.get(at..).unwrap_or_default();
    let shown = after.get(..SHOWN).unwrap_or(after);
    let line = shown.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line).into_owned();
    bytes.truncate(at);
    let mut text = String::from_utf8(bytes).unwrap_or_default();
    text.push_str(&line);
    Text::Broken { text, at: (at, line.chars().next().map_or(0, char::len_utf8)) }
}

impl Text {
    /// How many bytes it takes.
    pub(super) fn len(&self) -> u64 {
        match self {
            Self::Whole(text) | Self::Broken { text, .. } => text.len() as u64,
            Self::TooLarge(..) | Self::Unreadable(_) => 0,
        }
    }

    /// Adds the file to `sources` under the name `shown`. `None`: its text cannot be used, which is reported; `why` is where the settings
    /// ask for the file.
    pub(super) fn register(
        self,
        shown: String,
        why: Option<Span>,
        sources: &mut SourceMap,
        out: &mut Sink,
    ) -> Option<FileId> {
        let (code, text, at, message, help) = match self {
            Self::Whole(text) => return Some(sources.add(shown, text)),
            Self::Broken { text, at } => {
                let help = "save the file in the encoding UTF-8".to_owned();
                (&NOT_UTF8, text, at, format!("`{shown}` is not UTF-8 text here"), help)
            }
            Self::TooLarge(len, most) => {
                let message = format!("`{shown}` has {}, the limit is {}", amount(len), amount(most));
                let help = if matches!(most, POLICY_LIMIT | FACTS_LIMIT) {
                    "split it into several files; nothing of it was read".to_owned()
                } else {
                    let all = amount(POLICIES_LIMIT);
                    format!("the policy files of a project may have {all} together; nothing of it was read")
                };
                (&FILE_TOO_LARGE, String::new(), (0, 0), message, help)
            }
            Self::Unreadable(error) => {
                let help =
                    "make it a readable file, or leave it out of the patterns in `admit.yaml`".to_owned();
                let message = format!("cannot read `{shown}`: {}", reason(&error));
                (&UNREADABLE_FILE, String::new(), (0, 0), message, help)
            }
        };
        let file = sources.add(shown, text);
        let mut finding = Diagnostic::new(code, Span::new(file, at.0, at.0 + at.1), message).help(help);
        if let Some(why) = why {
            finding = finding.related(why, "this setting asks for it");
        }
        out.push(finding);
        None
    }
}

/// A number of bytes for people.
fn amount(bytes: u64) -> String {
    match bytes {
        0..=9_999 => format!("{bytes} bytes"),
        10_000..0xA0_0000 => format!("{} KiB", bytes >> 10),
        _ => format!("{} MiB", bytes >> 20),
    }
}
