//! Markdown for people who look at a run of a pipeline: appended to a file, as GitHub wants it.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::Format;
use super::exit::Failure;
use super::session::Session;
use crate::project::reason;

/// Where the summary of a step goes: the file that is asked for, else, in the format for GitHub, the one that GitHub names.
pub(super) fn target(session: &Session<'_, '_>, asked: Option<&Path>, format: Format) -> Option<PathBuf> {
    let named =
        || set(session, "GITHUB_STEP_SUMMARY").filter(|_| format == Format::Github).map(PathBuf::from);
    let path = asked.map(Path::to_owned).or_else(named)?;
    Some(session.world.folder.join(path))
}

/// Where GitHub shows the files of the commit that is run on, such as `https://github.example/owner/name/blob/COMMIT`.
pub(super) fn source(session: &Session<'_, '_>) -> Option<String> {
    let [server, repository, commit] =
        ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA"].map(|name| set(session, name));
    Some(format!("{}/{}/blob/{}", server?, repository?, commit?))
}

/// Appends a summary. Other steps and tools write to the same file, so it is never replaced.
pub(super) fn append(path: &Path, text: &str) -> Result<(), Failure> {
    let written = OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)
        .and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| {
        Failure::invalid(format!("cannot write the summary to `{}`: {}", path.display(), reason(&error)))
    })
}

fn set(session: &Session<'_, '_>, name: &str) -> Option<String> {
    (session.world.variable)(name).filter(|value| !value.is_empty())
}
