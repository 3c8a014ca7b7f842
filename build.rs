//! Bakes the bundled library into the program: reads `policies/zoom` and writes its tables as Rust statics to `OUT_DIR/library.rs`,
//! which `src/library` includes. Bad library data stops the build with a message that names the file.

#[path = "build/catalogue.rs"]
mod catalogue;
#[path = "build/policies.rs"]
mod policies;
#[path = "build/tables.rs"]
mod tables;

use std::path::{Path, PathBuf};

const FOLDER: &str = "policies/zoom";
/// In the order of `library::files()`.
const POLICIES: [&str; 2] = ["roles.admit", "scope-sets.admit"];

#[expect(clippy::panic, reason = "a build that has no library must stop, and cargo shows this message")]
fn main() {
    for path in ["build.rs", "build", FOLDER] {
        println!("cargo::rerun-if-changed={path}");
    }
    if let Err(message) = bake() {
        panic!("the bundled library cannot be baked: {message}");
    }
}

fn bake() -> Result<(), String> {
    let folder = manifest_folder()?.join(FOLDER);
    let mut catalogue = catalogue::Catalogue::default();
    for path in yaml_files(&folder)? {
        catalogue.read(&read(&path)?).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let catalogue = catalogue.finish()?;
    let mut policies = policies::Policies::default();
    for (file, name) in POLICIES.into_iter().enumerate() {
        policies.read(file, &read(&folder.join(name))?).map_err(|error| format!("{name}: {error}"))?;
    }
    policies.check(&catalogue)?;
    write(&tables::render(&catalogue, &policies))
}

#[expect(clippy::disallowed_methods, reason = "cargo tells a build script its folders by the environment")]
fn manifest_folder() -> Result<PathBuf, String> {
    std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).ok_or_else(|| "run it with cargo".to_owned())
}

/// Every YAML file of the library, in the order of their names.
fn yaml_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| format!("{}: {error}", folder.display()))?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

#[expect(clippy::disallowed_methods, reason = "the build reads its inputs")]
fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

#[expect(clippy::disallowed_methods, reason = "cargo names the folder for what a build script makes")]
fn write(text: &str) -> Result<(), String> {
    let folder = std::env::var_os("OUT_DIR").ok_or_else(|| "run it with cargo".to_owned())?;
    let path = Path::new(&folder).join("library.rs");
    std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
}
