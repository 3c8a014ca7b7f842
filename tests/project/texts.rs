//! Bytes that are no text, marks and sizes.

use admit::project::{FACTS_LIMIT, Found, POLICY_LIMIT, ReadError, Status};

use super::*;

#[test]
fn bytes_that_are_not_utf8_are_reported_where_they_stand() {
    let mut files = MemoryFiles::new();
    files.add("/p/policies/a.admit", ACCOUNT);
    files.add("/p/policies/b.admit", b"# fine\n# caf\xe9 au lait\n".to_vec());
    files.add("/p/directory/users.csv", b"email,name\na@x.example,\"\xff\xfe\"\n".to_vec());
    files.add("/p/directory/wide.csv", b"\xff\xfee\0m\0".to_vec());
    let analysis = of(&files);
    assert_eq!(
        findings(&analysis),
        [
            "not-utf8 policies/b.admit:2:6 `policies/b.admit` is not UTF-8 text here",
            "not-utf8 directory/users.csv:2:14 `directory/users.csv` is not UTF-8 text here",
            "not-utf8 directory/wide.csv:1:1 `directory/wide.csv` is not UTF-8 text here",
        ]
    );
}

#[test]
fn a_byte_order_mark_moves_no_place() {
    let analysis = project([
        ("admit.yaml", "\u{feff}zebra: 1"),
        (
            "policies/a.admit",
            "\u{feff}account example { listed apps { approval required } unlisted apps { approval required } notify nobody }\n",
        ),
    ]);
    assert_eq!(findings(&analysis), ["unknown-setting admit.yaml:1:1 there is no setting `zebra`"]);
    assert_eq!(analysis.trees[0].items[0].span.start, 0);
}

/// A file system whose files say they are huge, or refuse.
struct Hostile(MemoryFiles);

impl FileSystem for Hostile {
    fn status(&self, path: &Path) -> std::io::Result<Status> {
        self.0.status(path)
    }
    fn read(&self, path: &Path, most: u64) -> Result<Vec<u8>, ReadError> {
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.starts_with("huge") {
            return Err(ReadError::TooLarge(most + 1));
        }
        if name.starts_with("secret") {
            return Err(ReadError::Io(std::io::ErrorKind::PermissionDenied.into()));
        }
        self.0.read(path, most)
    }
    fn walk(&self, folder: &Path, depth: usize, enter: &dyn Fn(&str) -> bool) -> Vec<Found> {
        self.0.walk(folder, depth, enter)
    }
}

#[test]
fn files_that_are_too_large_or_refused_are_reported_in_their_own_name() {
    assert_eq!((POLICY_LIMIT, FACTS_LIMIT), (64 * 1024 * 1024, 2 * 1024 * 1024 * 1024));
    let files = MemoryFiles::of([
        ("/p/admit.yaml", "policies: [\"policies/*\"]"),
        ("/p/policies/a.admit", ACCOUNT),
        ("/p/policies/huge.admit", ""),
        ("/p/policies/secret.admit", ""),
        ("/p/directory/huge.csv", ""),
    ]);
    let analysis = of(&Hostile(files));
    assert_eq!(
        findings(&analysis),
        [
            "file-too-large policies/huge.admit:1:1 `policies/huge.admit` has 64 MiB, the limit is 64 MiB",
            "unreadable-file policies/secret.admit:1:1 cannot read `policies/secret.admit`: permission denied",
            "file-too-large directory/huge.csv:1:1 `directory/huge.csv` has 2048 MiB, the limit is 2048 MiB",
        ]
    );
    let why = analysis.diagnostics[0].related[0].span;
    assert_eq!(analysis.sources.slice(why), "\"policies/*\"");
}
