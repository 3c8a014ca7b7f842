//! What only a real disk can hold.

use std::fs::{self, File};
use std::path::Path;

use admit::project::{DiskFiles, Root};

use super::{ACCOUNT, analysed, errors};

/// A project on disk with a valid account.
#[allow(clippy::disallowed_methods, reason = "a test makes its files")]
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("policies")).expect("writable");
    fs::write(folder.path().join("admit.yaml"), "extends: [zoom]\n").expect("writable");
    fs::write(folder.path().join("policies/account.admit"), ACCOUNT).expect("writable");
    folder
}

/// A file of this many zero bytes, which takes no room on most disks.
#[allow(clippy::disallowed_methods, reason = "a test makes its files")]
fn sparse(path: &Path, bytes: u64) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
    File::create(path).and_then(|file| file.set_len(bytes)).expect("writable");
}

#[test]
fn files_beyond_their_limits_are_not_read() {
    let folder = folder();
    sparse(&folder.path().join("policies/large.admit"), 80 << 20);
    sparse(&folder.path().join("directory/users.csv"), (2 << 30) + 1);
    let analysis = analysed(&DiskFiles, folder.path());
    assert_eq!(errors(&analysis), ["file-too-large"]);
    assert_eq!(
        analysis.diagnostics.iter().filter(|finding| finding.code.name == "file-too-large").count(),
        2
    );
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_around_it_is_reported_and_not_followed() {
    let folder = folder();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("policies/loop")).expect("writable");
    let analysis = analysed(&DiskFiles, folder.path());
    let found: Vec<&str> = analysis.diagnostics.iter().map(|finding| finding.code.name).collect();
    assert_eq!(found, ["symlink-loop"]);
}

#[test]
fn a_folder_that_is_not_there_is_no_project() {
    let folder = folder();
    assert!(Root::at(&DiskFiles, &folder.path().join("nowhere")).is_err());
    fs::remove_dir_all(folder.path().join("policies")).expect("writable");
    let analysis = analysed(&DiskFiles, folder.path());
    assert!(errors(&analysis).contains(&"missing-account") || errors(&analysis).contains(&"no-policies"));
}
