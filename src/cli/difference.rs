//! What changes in a text.

use std::time::Duration;

use similar::{Algorithm, TextDiff};

/// How long the smallest difference of two texts is sought. After it what is left is one change: right, if not the smallest.
const PATIENCE: Duration = Duration::from_secs(1);

/// The unified difference of a file's two texts.
pub(super) fn difference(name: &str, before: &str, after: &str) -> String {
    let mut settings = TextDiff::configure();
    let difference = settings.algorithm(Algorithm::Patience).timeout(PATIENCE).diff_lines(before, after);
    difference.unified_diff().context_radius(3).header(name, name).to_string()
}
