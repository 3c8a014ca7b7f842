//! Which files belong to a project.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::facts::{Format, Section};
use crate::text::{SourceMap, Span};

use super::config::{Config, Library, PathPattern};
use super::files::{FileSystem, Found, MOST_ENTRIES, Status};
use super::pattern::Pattern;
use super::root::{Root, reason};
use super::texts::UNREADABLE_FILE;

declare_code! {
    /// A symbolic link that leads back to a folder it lies in.
    SYMLINK_LOOP = Project, Warning, "symlink-loop", "a symbolic link that leads back to a folder it lies in"
}
declare_code! {
    /// A file that is named, and not there.
    MISSING_FILE = Project, Error, "missing-file", "a file that admit.yaml names and that is not there"
}
declare_code! {
    /// A pattern that matches no file.
    UNMATCHED_PATTERN = Project, Warning, "unmatched-pattern", "a pattern in admit.yaml that matches no file"
}
declare_code! {
    /// A matched file of a kind that is not read.
    UNKNOWN_FORMAT = Project, Warning, "unknown-format", "a file that a pattern matches but whose kind is not read"
}
declare_code! {
    /// A project without any policy file.
    NO_POLICIES = Project, Error, "no-policies", "a project without any policy file"
}

/// A file of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// Its path relative to the project's folder, with `/`.
    pub(super) shown: String,
    /// Its path.
    pub(super) path: PathBuf,
    /// Where the settings ask for it.
    pub(super) why: Option<Span>,
}

/// A fact file of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FactMember {
    pub(super) member: Member,
    pub(super) format: Format,
    pub(super) section: Section,
}

/// Every file of a project, each list in the order of names.
#[derive(Debug, Default)]
pub(super) struct Members {
    pub(super) policies: Vec<Member>,
    pub(super) facts: Vec<FactMember>,
    /// The policy files of each folder that the project extends, in the order of `extends`.
    pub(super) folders: Vec<(String, Vec<Member>)>,
}

/// Finds the files that the settings ask for.
pub(super) fn discover(
    config: &Config,
    root: &Root,
    files: &dyn FileSystem,
    sources: &mut SourceMap,
    out: &mut Sink,
) -> Members {
    let mut finder = Finder { folder: &root.folder, called: Path::new(""), files, sources, out };
    let mut members = Members::default();
    for extend in &config.extends {
        if let Library::Folder(folder) = &extend.library {
            members.folders.push((folder.clone(), finder.folder(folder, extend.place)));
        }
    }
    members.policies = finder.policies(&config.policies);
    // A folder that the project builds on may lie among its own policies; what is in it is not the project's own.
    let extended = members.folders.iter().flat_map(|(_, members)| members);
    let extended: std::collections::BTreeSet<&Path> = extended.map(|member| member.path.as_path()).collect();
    members.policies.retain(|member| !extended.contains(member.path.as_path()));
    // Where it is one that the settings name, that is told.
    let is_told = |finder: &Finder<'_>| finder.out.found().iter().any(|found| *found.code == MISSING_FILE);
    if members.policies.is_empty()
        && let Some(file) = config.file
        && !is_told(&finder)
    {
        let written = config.policies.iter().find_map(|pattern| pattern.place);
        finder.out.push(no_policies(written.unwrap_or(Span::new(file, 0, 0))));
    }
    members.facts = finder.facts(&config.directory, Section::Directory);
    let catalog = finder.facts(&config.catalog, Section::Catalog);
    members.facts.extend(catalog);
    members
}

/// Every file below a folder whose name ends in `.admit`, in the order of names; `called` is what the folder is called in messages. Hidden
/// folders are left alone.
pub(super) fn policies_below(
    folder: &Path,
    called: &Path,
    files: &dyn FileSystem,
    sources: &mut SourceMap,
    out: &mut Sink,
) -> Vec<Member> {
    let everything = PathPattern { text: "**/*.admit".to_owned(), place: None };
    let mut finder = Finder { folder, called, files, sources, out };
    let members = finder.policies(&[everything]);
    members.into_iter().map(|member| Member { shown: finder.shown(&member.path), ..member }).collect()
}

fn no_policies(span: Span) -> Diagnostic {
    Diagnostic::new(&NO_POLICIES, span, "this project has no policy file")
        .help("write one that ends with `.admit` where the patterns of `policies` look")
}

struct Finder<'a> {
    /// The folder that is looked through.
    folder: &'a Path,
    /// What it is called; nothing for a project's own folder.
    called: &'a Path,
    files: &'a dyn FileSystem,
    sources: &'a mut SourceMap,
    out: &'a mut Sink,
}

impl Finder<'_> {
    fn policies(&mut self, patterns: &[PathPattern]) -> Vec<Member> {
        let mut members = self.matching(patterns);
        members.retain(|member| {
            let known = member.shown.ends_with(".admit");
            if !known {
                self.unknown_format(member, "policy files end with `.admit`");
            }
            known
        });
        members
    }

    fn facts(&mut self, patterns: &[PathPattern], section: Section) -> Vec<FactMember> {
        let members = self.matching(patterns);
        let mut facts = Vec::new();
        for member in members {
            match Format::of_path(&member.shown) {
                Some(format) => facts.push(FactMember { member, format, section }),
                None => {
                    self.unknown_format(&member, "fact files end with `.yaml`, `.json`, `.jsonl` or `.csv`");
                }
            }
        }
        facts
    }

    /// The policy files of a folder that the project extends.
    fn folder(&mut self, folder: &str, place: Option<Span>) -> Vec<Member> {
        let text = format!("{}/**/*.admit", super::pattern::escape(folder.trim_end_matches('/')));
        let members = self.matching(&[PathPattern { text, place: None }]);
        if let (true, Some(place)) = (members.is_empty(), place) {
            let message = format!("the folder `{folder}` has no policy file");
            self.out.push(Diagnostic::new(&UNMATCHED_PATTERN, place, message));
        }
        members.into_iter().map(|member| Member { why: place, ..member }).collect()
    }

    /// The files that any of the patterns means, each once, by name.
    fn matching(&mut self, patterns: &[PathPattern]) -> Vec<Member> {
        let mut members: BTreeMap<String, Member> = BTreeMap::new();
        for written in patterns {
            // A pattern that is none was reported where it is written.
            let Ok(pattern) = Pattern::new(&written.text) else { continue };
            let mut matched = false;
            for found in self.walk(&pattern) {
                match found {
                    Found::File(path) => {
                        let Some((shown, below)) = self.names(&path, &pattern) else { continue };
                        if pattern.matches(&below) {
                            matched = true;
                            let member = || Member { shown: shown.clone(), path, why: written.place };
                            members.entry(shown.clone()).or_insert_with(member);
                        }
                    }
                    Found::Loop { link, target } => self.symlink_loop(&link, &target, written.place),
                    Found::Unreadable { path, error } => {
                        self.unreadable(&path, &reason(&error), written.place);
                    }
                    Found::TooMany(path) => {
                        let why = format!("it holds more than {MOST_ENTRIES} files and folders");
                        self.unreadable(&path, &why, written.place);
                    }
                }
            }
            if let (false, Some(place)) = (matched, written.place) {
                self.unmatched(&pattern, written, place);
            }
        }
        members.into_values().collect()
    }

    fn walk(&self, pattern: &Pattern) -> Vec<Found> {
        let folder = self.folder.join(&pattern.folder);
        self.files.walk(&folder, pattern.depth, &|name| pattern.enters(name))
    }

    /// The name of a file in the project and its path below the folder of a pattern. `None`: its name is not Unicode, and no pattern can
    /// mean it.
    fn names(&self, path: &Path, pattern: &Pattern) -> Option<(String, String)> {
        let folder = self.folder.join(&pattern.folder);
        let below = slashes(path.strip_prefix(&folder).ok()?)?;
        let shown =
            if pattern.folder.is_empty() { below.clone() } else { format!("{}/{below}", pattern.folder) };
        Some((shown, below))
    }

    /// A path as it is shown, whatever it is.
    fn shown(&self, path: &Path) -> String {
        let path = path.strip_prefix(self.folder).map_or(path.to_owned(), |below| self.called.join(below));
        if path.as_os_str().is_empty() {
            return ".".to_owned();
        }
        slashes(&path).unwrap_or_else(|| path.to_string_lossy().into_owned())
    }

    fn unmatched(&mut self, pattern: &Pattern, written: &PathPattern, place: Span) {
        let text = &written.text;
        let is_folder = |path: &Path| self.files.status(path).is_ok_and(|status| status == Status::Folder);
        let itself = is_folder(&self.folder.join(text));
        let finding = match (pattern.is_name(), itself) {
            (true, true) => {
                Diagnostic::new(&MISSING_FILE, place, format!("`{text}` is a folder, not a file"))
            }
            (true, false) => Diagnostic::new(&MISSING_FILE, place, format!("there is no file `{text}`")),
            (false, _) => Diagnostic::new(&UNMATCHED_PATTERN, place, format!("`{text}` matches no file")),
        };
        let help = if itself {
            format!("its files are `{}/*`", text.trim_end_matches('/'))
        } else if pattern.folder.is_empty() || is_folder(&self.folder.join(&pattern.folder)) {
            "paths are relative to the folder of `admit.yaml`; `**` stands for folders, `*` for a name"
                .to_owned()
        } else {
            format!("there is no folder `{}`", pattern.folder)
        };
        self.out.push(finding.help(help));
    }

    /// Reports a file that is matched but not read. Notes to people are left alone.
    fn unknown_format(&mut self, member: &Member, known: &str) {
        let name = member.shown.rsplit('/').next().unwrap_or_default().to_lowercase();
        if name.ends_with(".md") || name.starts_with('.') || name.starts_with("license") {
            return;
        }
        let message = format!("`{}` is not read", member.shown);
        let place = member.why.unwrap_or_else(|| Span::new(self.sources.add(member.shown.clone(), ""), 0, 0));
        self.out.push(Diagnostic::new(&UNKNOWN_FORMAT, place, message).help(known.to_owned()));
    }

    fn symlink_loop(&mut self, link: &Path, target: &Path, why: Option<Span>) {
        let shown = self.shown(link);
        let message = format!("the link `{shown}` leads back to `{}`, which it lies in", self.shown(target));
        let place = why.unwrap_or_else(|| Span::new(self.sources.add(shown, ""), 0, 0));
        let help = "the link is not followed; remove it, or let the pattern name fewer folders";
        self.out.push(Diagnostic::new(&SYMLINK_LOOP, place, message).help(help));
    }

    fn unreadable(&mut self, path: &Path, reason: &str, why: Option<Span>) {
        let shown = self.shown(path);
        let message = format!("cannot read `{shown}`: {reason}");
        let place = Span::new(self.sources.add(shown, ""), 0, 0);
        let mut finding = Diagnostic::new(&UNREADABLE_FILE, place, message)
            .help("make it a readable file, or leave it out of the patterns in `admit.yaml`");
        if let Some(why) = why {
            finding = finding.related(why, "this setting asks for it");
        }
        self.out.push(finding);
    }
}

/// A path with `/` between folders, if its names are Unicode.
fn slashes(path: &Path) -> Option<String> {
    let mut shown = String::new();
    for component in path.components() {
        // The root of all folders ends with one.
        if !shown.is_empty() && !shown.ends_with('/') {
            shown.push('/');
        }
        shown.push_str(component.as_os_str().to_str()?);
    }
    Some(shown)
}
