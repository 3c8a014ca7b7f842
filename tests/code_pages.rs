//! Every page of `docs/codes` is run: its *Fires* example must raise the code, its *Silent* one must not and has no error at
//! all. Lints run too, on 2026-12-01.

use std::fs;
use std::path::Path;

use admit::diagnostics::Severity;
use admit::project::{Analysis, MemoryFiles, Options, Root, SETTINGS, analyse};
use admit::text::Date;

use crate::project::ACCOUNT;

/// A page with its examples.
struct Page {
    name: String,
    text: String,
}

fn pages() -> Vec<Page> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/codes");
    let mut pages: Vec<Page> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            Page { name, text: fs::read_to_string(&path).unwrap() }
        })
        .collect();
    // A page that has nothing but its title yet.
    pages.retain(|page| page.text.lines().count() > 1);
    pages.sort_by(|a, b| a.name.cmp(&b.name));
    pages
}

impl Page {
    /// The text between a heading and the next.
    fn section(&self, heading: &str) -> &str {
        let start = self
            .text
            .find(&format!("\n## {heading}\n"))
            .unwrap_or_else(|| panic!("{}: {heading}", self.name));
        let rest = &self.text[start + heading.len() + 5..];
        rest.find("\n## ").map_or(rest, |end| &rest[..end])
    }

    /// The project of a section; `None` where it says that it cannot be written as text.
    fn project(&self, heading: &str) -> Option<Vec<(String, String)>> {
        let section = self.section(heading);
        if section.contains("<!-- not runnable:") {
            return None;
        }
        let mut files: Vec<(String, String)> = Vec::new();
        let mut open: Option<(String, String)> = None;
        for line in section.lines() {
            match (&mut open, line.strip_prefix("```")) {
                (None, Some(info)) => {
                    let path = info.split_once("file=").map_or("policies/main.admit", |(_, path)| path);
                    open = Some((path.trim().to_owned(), String::new()));
                }
                (Some(_), Some(_)) => files.extend(open.take()),
                (Some((_, text)), None) => *text += &format!("{line}\n"),
                (None, None) => {}
            }
        }
        assert!(!files.is_empty(), "{}: no example under {heading}", self.name);
        let account = files.iter().any(|(path, text)| {
            path.contains("account") || text.lines().any(|line| line.trim_start().starts_with("account"))
        });
        if !account {
            files.push(("policies/account.admit".into(), ACCOUNT.into()));
        }
        if !files.iter().any(|(path, _)| path == SETTINGS) {
            files.push((SETTINGS.into(), String::new()));
        }
        Some(files)
    }
}

fn run(files: &[(String, String)]) -> Analysis {
    let files = files.iter().map(|(path, text)| (Path::new("/p").join(path), text.clone().into_bytes()));
    let files = MemoryFiles::of(files);
    let root = Root::at(&files, Path::new("/p")).expect("a project");
    let options = Options { today: Date::new(2026, 12, 1), lint: true, ..Options::default() };
    analyse(&files, &root, &options)
}

/// The findings, for a message.
fn text(analysis: &Analysis) -> String {
    let lines = analysis.diagnostics.iter().map(|found| {
        let place = analysis.sources.start(found.primary.span);
        let path = analysis.sources.file(found.primary.span.file).path();
        format!("{path}:{}:{} {}: {}\n", place.line, place.column, found.code, found.message)
    });
    lines.collect()
}

#[test]
fn examples_do_what_their_page_says() {
    let mut wrong = String::new();
    for page in pages() {
        let Some(fires) = page.project("Fires") else { continue };
        let raised =
            |analysis: &Analysis| analysis.diagnostics.iter().any(|found| found.code.name == page.name);
        let analysis = run(&fires);
        if !raised(&analysis) {
            wrong += &format!("== {} does not fire:\n{}\n", page.name, text(&analysis));
        }
        let Some(silent) = page.project("Silent") else { continue };
        let analysis = run(&silent);
        let failed = analysis.diagnostics.iter().any(|found| found.severity == Severity::Error);
        if raised(&analysis) || failed {
            wrong += &format!("== {} is not silent:\n{}\n", page.name, text(&analysis));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn pages_have_one_form() {
    for page in pages() {
        let mut lines = page.text.lines();
        assert_eq!(lines.next(), Some(format!("# `{}`", page.name).as_str()), "{}", page.name);
        assert_eq!(lines.next(), Some(""), "{}", page.name);
        let summary = lines.next().unwrap_or_default();
        assert!(summary.ends_with('.') && summary.len() > 20, "{}: {summary}", page.name);
        let headings: Vec<&str> = page.text.lines().filter(|line| line.starts_with("## ")).collect();
        assert_eq!(headings, ["## Fires", "## Silent"], "{}", page.name);
    }
}
