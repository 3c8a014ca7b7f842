//! Every page of `docs/codes` is run: its *Fires* example must raise the code, its *Silent* one must not and has no error at
//! all.

use std::fs;
use std::path::Path;

use crate::language::mini::{Files, Outcome};

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
    fn project(&self, heading: &str) -> Option<Files> {
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
        let project = Files { files, zoom: true };
        let account = project
            .files
            .iter()
            .any(|(_, text)| text.lines().any(|line| line.trim_start().starts_with("account")));
        let own =
            self.name.contains("account") || project.files.iter().any(|(path, _)| path.contains("account"));
        Some(if account || own { project } else { project.with_account() })
    }
}

fn run(files: &Files) -> Option<Outcome> {
    // What stands in `admit.yaml` is the business of the whole pipeline.
    (!files.files.iter().any(|(path, _)| path == "admit.yaml")).then(|| files.analyse())
}

#[test]
fn examples_do_what_their_page_says() {
    let mut wrong = String::new();
    for page in pages() {
        let Some(fires) = page.project("Fires") else { continue };
        let Some(outcome) = run(&fires) else { continue };
        if !outcome.codes().contains(&page.name.as_str()) {
            wrong += &format!("== {} does not fire:\n{}\n", page.name, outcome.text());
        }
        let Some(outcome) = page.project("Silent").as_ref().and_then(run) else { continue };
        if outcome.codes().contains(&page.name.as_str()) || !outcome.sealed {
            wrong += &format!("== {} is not silent:\n{}\n", page.name, outcome.text());
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
