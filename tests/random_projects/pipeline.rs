//! From files in memory to what admit makes of them.

use std::path::Path;

use admit::compile::{Room, compile, compile_within};
use admit::program::Program;
use admit::project::{Analysis, MemoryFiles, Options, Root, analyse};

use super::render::Files;

/// Runs every stage.
pub fn analysis(files: &Files, assumed: &[String]) -> Analysis {
    let files = MemoryFiles::of(files.iter().map(|(path, text)| (Path::new("/p").join(path), text.clone())));
    let root = Root::at(&files, Path::new("/p")).expect("there is an `admit.yaml`");
    analyse(&files, &root, &Options { assume: assumed.to_vec(), ..Options::default() })
}

/// The program of a valid project, and the same with nothing stored that could be walked.
pub fn fat_and_lean(files: &Files, assumed: &[String]) -> Result<[Program; 2], String> {
    let analysis = analysis(files, assumed);
    let checked = analysis.checked().ok_or_else(|| errors(&analysis))?;
    Ok([compile(checked, &analysis.sources), compile_within(checked, &analysis.sources, Room::NONE)])
}

/// The program of a project that has to be valid.
pub fn program(files: &Files, assumed: &[String]) -> Result<Program, String> {
    let analysis = analysis(files, assumed);
    match analysis.checked() {
        Some(checked) => Ok(compile(checked, &analysis.sources)),
        None => Err(errors(&analysis)),
    }
}

/// Every error, as text.
fn errors(analysis: &Analysis) -> String {
    let errors =
        analysis.diagnostics.iter().filter(|finding| finding.severity == admit::diagnostics::Severity::Error);
    let lines = errors.map(|finding| {
        let span = finding.primary.span;
        let at = analysis.sources.start(span);
        let path = analysis.sources.file(span.file).path();
        let text = analysis.sources.slice(span);
        format!("{path}:{}:{}: {} [{}] at `{text}`\n", at.line, at.column, finding.message, finding.code)
    });
    lines.collect()
}
