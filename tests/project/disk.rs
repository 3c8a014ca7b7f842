//! Real folders: links, rights, folders that are named like files.
#![allow(clippy::disallowed_methods, reason = "these tests are about files")]

use std::fs;
use std::path::PathBuf;

use admit::project::DiskFiles;

use super::*;

/// A project on disk with an account in `policies/a.admit`.
fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    fs::create_dir(path.join("policies")).unwrap();
    fs::write(path.join("policies/a.admit"), ACCOUNT).unwrap();
    (folder, path)
}

fn analysed(path: &Path) -> Analysis {
    let root = Root::at(&DiskFiles, path).expect("a project");
    analyse(&DiskFiles, &root, &Options::default())
}

#[test]
fn folders_named_like_files_are_no_files() {
    let (_keep, path) = folder();
    fs::create_dir_all(path.join("policies/b.admit/users.csv")).unwrap();
    fs::create_dir_all(path.join("directory/users.csv")).unwrap();
    fs::write(path.join("policies/b.admit/c.admit"), "").unwrap();
    let analysis = analysed(&path);
    assert_eq!(findings(&analysis), [""; 0]);
    assert_eq!(names(&analysis), ["policies/a.admit", "policies/b.admit/c.admit"]);
}

#[test]
fn settings_are_found_upwards_and_by_name() {
    let (_keep, path) = folder();
    fs::write(path.join("admit.yaml"), "").unwrap();
    let from_below = Root::find(&DiskFiles, &path.join("policies")).unwrap();
    assert_eq!(from_below, Root::at(&DiskFiles, &path).unwrap());
    assert_eq!(from_below, Root::at(&DiskFiles, &path.join("admit.yaml")).unwrap());
}

#[test]
fn an_empty_policy_file_is_read() {
    let (_keep, path) = folder();
    fs::write(path.join("policies/empty.admit"), "").unwrap();
    assert_eq!(findings(&analysed(&path)), [""; 0]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_but_not_in_circles() {
    use std::os::unix::fs::symlink;
    let (_keep, path) = folder();
    fs::create_dir(path.join("elsewhere")).unwrap();
    fs::write(path.join("elsewhere/b.admit"), "").unwrap();
    symlink(path.join("elsewhere"), path.join("policies/linked")).unwrap();
    symlink(path.join("policies"), path.join("policies/loop")).unwrap();
    symlink(path.join("nowhere"), path.join("policies/dangling.admit")).unwrap();
    fs::write(path.join("admit.yaml"), "policies: [\"policies/**/*.admit\"]").unwrap();
    let analysis = analysed(&path);
    assert_eq!(
        findings(&analysis),
        [
            "symlink-loop admit.yaml:1:12 the link `policies/loop` leads back to `policies`, which it lies in",
            "unreadable-file policies/dangling.admit:1:1 cannot read `policies/dangling.admit`: there is nothing of that name",
        ]
    );
    assert_eq!(names(&analysis), ["policies/a.admit", "policies/linked/b.admit"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_around_the_policies_is_a_circle_too() {
    let (_keep, path) = folder();
    std::os::unix::fs::symlink(&path, path.join("policies/home")).unwrap();
    fs::write(path.join("admit.yaml"), "policies: [\"policies/**/*.admit\"]").unwrap();
    let analysis = analysed(&path);
    let found = findings(&analysis);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("symlink-loop admit.yaml:1:12 the link `policies/home` leads back to"),
        "{found:?}"
    );
    assert_eq!(names(&analysis), ["policies/a.admit"]);
}

#[cfg(unix)]
#[test]
fn a_file_and_a_folder_without_rights_are_reported() {
    use std::os::unix::fs::PermissionsExt;
    let (_keep, path) = folder();
    fs::write(path.join("policies/b.admit"), "").unwrap();
    fs::create_dir(path.join("policies/closed")).unwrap();
    let close =
        |name: &str, mode| fs::set_permissions(path.join(name), fs::Permissions::from_mode(mode)).unwrap();
    close("policies/b.admit", 0o000);
    close("policies/closed", 0o000);
    let everything_opens = fs::File::open(path.join("policies/b.admit")).is_ok();
    let analysis = analysed(&path);
    close("policies/closed", 0o700);
    if everything_opens {
        return; // a user who may read everything
    }
    assert_eq!(
        findings(&analysis),
        [
            "unreadable-file policies/closed:1:1 cannot read `policies/closed`: permission denied",
            "unreadable-file policies/b.admit:1:1 cannot read `policies/b.admit`: permission denied",
        ]
    );
}

#[test]
fn a_file_that_grows_beyond_its_limit_is_not_read() {
    let (_keep, path) = folder();
    let file = path.join("policies/a.admit");
    let len = ACCOUNT.len() as u64;
    assert_eq!(DiskFiles.read(&file, len).unwrap().len() as u64, len);
    assert!(
        matches!(DiskFiles.read(&file, len - 1), Err(admit::project::ReadError::TooLarge(found)) if found == len)
    );
}
