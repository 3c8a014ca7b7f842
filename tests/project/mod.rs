//! Projects: their settings, their files, what is wrong with either, and the whole pipeline.

mod codes;
mod discovery;
mod disk;
mod exceptions;
mod pipeline;
mod settings;
mod texts;

use std::path::Path;

use admit::diagnostics::Diagnostic;
use admit::project::{Analysis, FileSystem, MemoryFiles, Options, Root, analyse};

/// A valid account, for projects that are about something else.
pub const ACCOUNT: &str = "account example {\n  listed apps { approval required }\n  unlisted apps { approval required }\n  notify nobody\n  default role member\n}\n";

/// Analyses the project in `/p`.
pub fn project<P: AsRef<Path>>(files: impl IntoIterator<Item = (P, &'static str)>) -> Analysis {
    let files = files.into_iter().map(|(path, text)| (Path::new("/p").join(path), text.as_bytes().to_vec()));
    of(&MemoryFiles::of(files))
}

/// Analyses the project in `/p` of these files.
pub fn of(files: &dyn FileSystem) -> Analysis {
    let root = Root::at(files, Path::new("/p")).expect("a project");
    analyse(files, &root, &Options::default())
}

/// `code file:line:column message`, for each finding of layer 7 and the facts.
pub fn findings(analysis: &Analysis) -> Vec<String> {
    analysis.diagnostics.iter().map(|finding| line(analysis, finding)).collect()
}

pub fn line(analysis: &Analysis, finding: &Diagnostic) -> String {
    let file = analysis.sources.file(finding.primary.span.file);
    let at = file.location(finding.primary.span.start);
    format!("{} {}:{}:{} {}", finding.code.name, file.path(), at.line, at.column, finding.message)
}

/// The files that were read, in order, without the libraries.
pub fn names(analysis: &Analysis) -> Vec<String> {
    let own = analysis.trees.iter().map(|tree| tree.file).chain(analysis.facts.iter().map(|fact| fact.file));
    own.map(|file| analysis.sources.file(file).path().to_owned()).collect()
}
