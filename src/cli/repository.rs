//! The repository around a project: machines name files as seen from its root.

use std::path::{Component, Path};

/// A folder as seen from the root of the repository it lies in, with `/` between folders; empty: it is the root.
///
/// The root is the nearest folder, upwards, with something called `.git` in it. Without one it is `current` where that is above the folder,
/// else the folder itself.
pub(super) fn seen_from_root(folder: &Path, current: &Path) -> String {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let (folder, current) = (real(folder), real(current));
    let root = folder.ancestors().find(|above| above.join(".git").symlink_metadata().is_ok());
    let below = folder.strip_prefix(root.unwrap_or(&current)).unwrap_or(Path::new(""));
    let name = |part: Component<'_>| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    };
    below.components().filter_map(name).collect::<Vec<_>>().join("/")
}
