//! Where a project begins.

use std::fmt;
use std::path::{Path, PathBuf};

use super::files::{FileSystem, Found, Status};

/// The name of the file with a project's settings.
pub const SETTINGS: &str = "admit.yaml";

/// A project's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// Its folder; every path of the project is relative to it.
    pub folder: PathBuf,
    /// What makes it a project.
    pub kind: RootKind,
}

/// What makes a folder a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RootKind {
    /// It has an `admit.yaml`, under this name.
    Settings(String),
    /// It has policy files, in itself or in `policies`, and no `admit.yaml`.
    Policies,
    /// One policy file of it, by its name.
    File(String),
}

/// There is no project where one was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoProject {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl fmt::Display for NoProject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for NoProject {}

impl Root {
    /// The project that the absolute folder `start` belongs to: the nearest folder from there upwards with an `admit.yaml`, else `start`
    /// itself if it has policy files.
    pub fn find(files: &dyn FileSystem, start: &Path) -> Result<Self, NoProject> {
        let above = start.ancestors().find(|folder| is_file(files, &folder.join(SETTINGS)));
        if let Some(folder) = above {
            return Ok(Self::settings(folder, SETTINGS));
        }
        if has_policies(files, start) {
            return Ok(Self { folder: start.to_owned(), kind: RootKind::Policies });
        }
        Err(NoProject {
            message: format!("no `{SETTINGS}` here or in any folder above"),
            help: "go to a project, name one with `--project`, or make one with `admit init`".to_owned(),
        })
    }

    /// The project that `path` names: a folder, an `admit.yaml`, or a single policy file.
    pub fn at(files: &dyn FileSystem, path: &Path) -> Result<Self, NoProject> {
        let shown = path.display();
        let status = files.status(path).map_err(|error| NoProject {
            message: format!("cannot read `{shown}`: {}", reason(&error)),
            help: format!("name a folder with an `{SETTINGS}`, or a policy file"),
        })?;
        if status == Status::File {
            return Self::of_file(path);
        }
        if is_file(files, &path.join(SETTINGS)) {
            return Ok(Self::settings(path, SETTINGS));
        }
        if has_policies(files, path) {
            return Ok(Self { folder: path.to_owned(), kind: RootKind::Policies });
        }
        Err(NoProject {
            message: format!("`{shown}` has no `{SETTINGS}` and no policy files"),
            help: "make a project with `admit init`".to_owned(),
        })
    }

    fn of_file(path: &Path) -> Result<Self, NoProject> {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        match extension {
            "admit" => Ok(Self { folder, kind: RootKind::File(name) }),
            "yaml" | "yml" => Ok(Self::settings(&folder, &name)),
            _ => Err(NoProject {
                message: format!("`{}` is neither an `{SETTINGS}` nor a policy file", path.display()),
                help: "policy files end with `.admit`".to_owned(),
            }),
        }
    }

    fn settings(folder: &Path, name: &str) -> Self {
        Self { folder: folder.to_owned(), kind: RootKind::Settings(name.to_owned()) }
    }
}

fn is_file(files: &dyn FileSystem, path: &Path) -> bool {
    files.status(path).is_ok_and(|status| status == Status::File)
}

fn has_policies(files: &dyn FileSystem, folder: &Path) -> bool {
    let policy = |found: &Found| matches!(found, Found::File(path) if path.extension().is_some_and(|extension| extension == "admit"));
    let visible = |name: &str| !name.starts_with('.');
    files.walk(folder, 1, &visible).iter().any(policy)
        || files.walk(&folder.join("policies"), usize::MAX, &visible).iter().any(policy)
}

/// Why something cannot be read, in words.
pub(crate) fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind as Kind;
    match error.kind() {
        Kind::NotFound => "there is nothing of that name".to_owned(),
        Kind::PermissionDenied => "permission denied".to_owned(),
        Kind::IsADirectory => "it is a folder".to_owned(),
        Kind::OutOfMemory => "there is not enough memory".to_owned(),
        // The system's words, without their number.
        _ => {
            let text = error.to_string().to_lowercase();
            text.split(" (os error").next().unwrap_or("unknown").to_owned()
        }
    }
}
