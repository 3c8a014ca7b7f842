//! `admit check --fix`: writes, or shows, what mends findings.

use std::io;
use std::path::Path;

use super::difference::difference;
use super::exit::{Exit, Failure};
use super::load::Analysed;
use super::man::cannot;
use super::rewrite::{Rewrite, has_mark};
use super::session::Session;
use crate::diagnostics::quoted_list;
use crate::fix::{ChangedFile, Fixed, Mended, Refused, Wanted, fix};
use crate::project::{Analysis, DiskFiles, Options};
use crate::report::{counted, one_line};

/// What is asked for.
pub(super) struct Mending<'m> {
    /// Suggestions too.
    pub(super) suggestions: bool,
    /// Only show it.
    pub(super) diff: bool,
    /// In files of these names only.
    pub(super) file: &'m dyn Fn(&str) -> bool,
}

/// Mends a project that was linted: what is left, or how the run ends where the difference was shown.
pub(super) fn mend(
    session: &mut Session<'_, '_>,
    project: Analysed,
    asked: &Mending<'_>,
) -> Result<Result<Analysed, Exit>, Failure> {
    if project.analysis.checked().is_none() {
        session.say("nothing is mended before the errors are\n")?;
        return Ok(if asked.diff { Err(Exit::Invalid) } else { Ok(project) });
    }
    let options = Options { assume: Vec::new(), today: Some(session.day()), lint: true };
    let wanted = Wanted { suggestions: asked.suggestions, file: asked.file };
    let fixed = fix(&DiskFiles, &project.root, &options, project.analysis, &wanted);
    let exit = if asked.diff {
        show(session, &fixed.files)?
    } else {
        write(&fixed.files)?;
        Exit::Fine
    };
    tell(session, &fixed, fixed.analysis.as_ref().unwrap_or(project.analysis), asked)?;
    if asked.diff {
        return Ok(Err(exit));
    }
    Ok(Ok(match fixed.analysis {
        Some(analysis) => Analysed::new(analysis, project.root),
        None => project,
    }))
}

/// Prints a unified difference of each file.
fn show(session: &mut Session<'_, '_>, files: &[ChangedFile]) -> io::Result<Exit> {
    for file in files {
        session.print(&difference(&file.name, has_mark(&file.path), &file.before, &file.after))?;
    }
    Ok(if files.is_empty() { Exit::Fine } else { Exit::Findings })
}

/// Writes all files. What can be known before keeps every one of them as it is; each is there whole or as it was.
fn write(files: &[ChangedFile]) -> Result<(), Failure> {
    let fails = |file: &ChangedFile, error: &io::Error, written: &[ChangedFile]| {
        let written: Vec<&str> = written.iter().map(|file| file.name.as_str()).collect();
        cannot(Path::new(&file.name), error).help(match written[..] {
            [] => "nothing was written".to_owned(),
            _ => format!("written before it: {}", quoted_list(&written, "and")),
        })
    };
    let rewrites = files.iter().map(|file| {
        Rewrite::new(&file.path, &file.before, &file.after).map_err(|error| fails(file, &error, &[]))
    });
    let rewrites = rewrites.collect::<Result<Vec<Rewrite>, Failure>>()?;
    for (at, (file, rewrite)) in files.iter().zip(rewrites).enumerate() {
        rewrite.finish().map_err(|error| fails(file, &error, files.get(..at).unwrap_or_default()))?;
    }
    Ok(())
}

/// Says what was done and what was left out.
fn tell(session: &mut Session<'_, '_>, fixed: &Fixed, now: &Analysis, asked: &Mending<'_>) -> io::Result<()> {
    let (did, left) = if asked.diff { ("would mend", "would leave") } else { ("mended", "left") };
    let mut said = String::new();
    let place =
        |fix: &Mended| format!("{}:{} {}: {}", one_line(&fix.file), fix.line, fix.code, one_line(&fix.text));
    for fix in &fixed.applied {
        said.push_str(&format!("{did} {}\n", place(fix)));
    }
    for Refused { fix, why } in &fixed.refused {
        said.push_str(&format!("{left} {} ({})\n", place(fix), why.words()));
    }
    let findings = counted(fixed.applied.len(), "finding");
    let files = counted(fixed.files.len(), "file");
    said.push_str(&match fixed.applied.len() {
        0 => "nothing to mend".to_owned(),
        _ => format!("{did} {findings} in {files}"),
    });
    let suggestions = now.diagnostics.iter().filter_map(|finding| finding.fix.as_ref());
    let suggestions = suggestions.filter(|fix| !fix.keeps_decisions).count();
    if suggestions > 0 && !asked.suggestions {
        let more = counted(suggestions, "suggestion");
        said.push_str(&format!("; {more} may change decisions (`--fix-unsafe --diff` shows them)"));
    }
    said.push('\n');
    session.say(&said)
}
