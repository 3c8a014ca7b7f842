//! What changes in a text.

use similar::TextDiff;

/// The unified difference of a file's two texts.
pub(super) fn difference(name: &str, before: &str, after: &str) -> String {
    TextDiff::from_lines(before, after).unified_diff().context_radius(3).header(name, name).to_string()
}
