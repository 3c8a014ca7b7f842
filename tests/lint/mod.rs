//! Lints: what they find beyond the examples of their pages, and what they leave alone.

mod apps;
mod claims;
mod grants;
mod levels;
mod once;
mod planted;
mod reach;
mod roles;
mod rules;
mod scopes;
mod terms;
mod upkeep;
mod values;

use std::path::Path;

use admit::project::{Analysis, MemoryFiles, Options, Root, analyse};
use admit::text::Date;

use crate::project::ACCOUNT;

/// Analyses and lints a project of these files, with an account unless they have one, on 2026-12-01.
pub fn linted(files: &[(&str, &str)]) -> Analysis {
    let mut memory = MemoryFiles::new();
    for (path, text) in files {
        memory.add(Path::new("/p").join(path), *text);
    }
    if !files.iter().any(|(_, text)| text.contains("account ")) {
        memory.add("/p/policies/account.admit", ACCOUNT);
    }
    if !files.iter().any(|(path, _)| *path == "admit.yaml") {
        memory.add("/p/admit.yaml", "");
    }
    let root = Root::at(&memory, Path::new("/p")).unwrap();
    let options = Options { today: Date::new(2026, 12, 1), lint: true, ..Options::default() };
    analyse(&memory, &root, &options)
}

/// `severity code file:line:column message`, for the findings of these codes.
pub fn of_codes(analysis: &Analysis, codes: &[&str]) -> Vec<String> {
    let wanted = analysis.diagnostics.iter().filter(|finding| codes.contains(&finding.code.name));
    let line = |finding| crate::project::line(analysis, finding);
    wanted.map(|finding| format!("{} {}", finding.severity.name(), line(finding))).collect()
}
