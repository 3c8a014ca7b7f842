//! What became of each file.

use serde::Serialize;

use crate::cli::exit::Failure;
use crate::report::visible;

/// What became of one file.
#[derive(Debug, Serialize)]
pub(super) struct FileReport {
    /// Its name.
    pub(super) file: String,
    /// What became of it.
    pub(super) outcome: Outcome,
    /// What changed, as a unified difference, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) diff: Option<String>,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Outcome {
    /// It was laid out anew, or would be.
    Changed,
    /// It had the layout already.
    Unchanged,
    /// It cannot be read as a policy, or not be written, and was left as it was.
    Broken,
}

#[derive(Serialize)]
struct Reports<'r> {
    schema: &'static str,
    files: &'r [FileReport],
}

/// All of it for programs.
pub(super) fn json(reports: &[FileReport]) -> Result<String, Failure> {
    let reports = Reports { schema: "admit.format/1", files: reports };
    let text = serde_json::to_string_pretty(&reports);
    text.map(|text| text + "\n").map_err(|error| Failure::Internal(error.to_string()))
}

impl FileReport {
    /// A line for a file that changed or would; its difference where there is one.
    pub(super) fn lines(&self, writes: bool) -> String {
        match (&self.diff, self.outcome) {
            (Some(diff), _) => diff.clone(),
            (None, Outcome::Changed) if writes => format!("laid out {}\n", visible(&self.file)),
            (None, Outcome::Changed) => format!("would change {}\n", visible(&self.file)),
            (None, Outcome::Unchanged | Outcome::Broken) => String::new(),
        }
    }
}
