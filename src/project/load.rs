//! From settings to the texts of all files, and from these to syntax trees: every file is read once, and both cores are used.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::diagnostics::Sink;
use crate::facts::FactFile;
use crate::library;
use crate::syntax::{self, ast::SyntaxTree};
use crate::text::{FileId, SourceMap};
use crate::threads::both;

use super::config::{Config, Library};
use super::discovery::{self, FactMember, Member, Members};
use super::files::FileSystem;
use super::followups::Lost;
use super::root::{Root, RootKind};
use super::settings;
use super::texts::{self, FACTS_LIMIT, POLICIES_LIMIT, POLICY_LIMIT, Text};

/// Texts shorter than this in all are parsed without a second thread: starting one would take longer.
const WORTH_A_THREAD: usize = 16 << 10;

/// A project's files as they were read.
pub(super) struct Loaded {
    pub(super) sources: SourceMap,
    pub(super) config: Config,
    /// The project's own policy files, in the order of names, then those of each baseline and folder it extends, in the order of `extends`.
    pub(super) policies: Vec<Vec<FileId>>,
    /// The files of the bundled `zoom` library, if the project extends it.
    pub(super) zoom: Option<Vec<FileId>>,
    pub(super) facts: Vec<FactFile>,
    /// What was not read at all.
    pub(super) lost: Lost,
}

/// Policies as they were parsed.
pub(super) struct Trees {
    /// The project's own, in the order of names.
    pub(super) own: Vec<SyntaxTree>,
    /// Those of each baseline and folder it extends, in the order of `extends`.
    pub(super) baselines: Vec<Vec<SyntaxTree>>,
}

/// Reads the settings, and finds and reads all files.
pub(super) fn load(files: &dyn FileSystem, root: &Root, out: &mut Sink) -> Loaded {
    let mut sources = SourceMap::new();
    let config = read_config(files, root, &mut sources, out);
    let members = discovery::discover(&config, root, files, &mut sources, out);
    let mut loader = Loader { files, sources, out, left: POLICIES_LIMIT, lost: Lost::default() };
    let (policies, facts) = if members.facts.is_empty() {
        (loader.policies(&config, &members), Vec::new())
    } else {
        both(|| loader.policies(&config, &members), || read_facts(files, &members.facts))
    };
    loader.finish(config, &members, policies, facts)
}

pub(super) fn read_config(
    files: &dyn FileSystem,
    root: &Root,
    sources: &mut SourceMap,
    out: &mut Sink,
) -> Config {
    let name = match &root.kind {
        RootKind::Policies => return Config::of_folder(),
        RootKind::File(name) => return Config::of_file(name),
        RootKind::Settings(name) => name,
    };
    let text = texts::read(files, &root.folder.join(name), POLICY_LIMIT);
    match text.register(name.clone(), None, sources, out) {
        // The text is lent while the settings are read, and nothing is added meanwhile.
        Some(file) => settings::read(file, sources.file(file).text(), files, root, out),
        None => Config::conventional(),
    }
}

fn read_facts(files: &dyn FileSystem, facts: &[FactMember]) -> Vec<Text> {
    facts.iter().map(|fact| texts::read(files, &fact.member.path, FACTS_LIMIT)).collect()
}

struct Loader<'a> {
    files: &'a dyn FileSystem,
    sources: SourceMap,
    out: &'a mut Sink,
    /// How many bytes further policies may have.
    left: u64,
    lost: Lost,
}

impl Loader<'_> {
    /// Reads all policies: the files of the project, then of each thing it extends.
    fn policies(&mut self, config: &Config, members: &Members) -> Vec<Vec<FileId>> {
        let mut groups = vec![self.read_all(&members.policies)];
        let mut folders = members.folders.iter();
        for extend in &config.extends {
            match &extend.library {
                Library::Zoom => {}
                Library::Baseline(name) => groups.push(self.baseline(name)),
                Library::Folder(_) => {
                    let members = folders.next().map(|(_, members)| members.as_slice());
                    groups.push(self.read_all(members.unwrap_or_default()));
                }
            }
        }
        groups
    }

    fn read_all(&mut self, members: &[Member]) -> Vec<FileId> {
        let mut read = Vec::new();
        for member in members {
            let text = texts::read(self.files, &member.path, POLICY_LIMIT.min(self.left));
            self.left = self.left.saturating_sub(text.len());
            let file = text.register(member.shown.clone(), member.why, &mut self.sources, self.out);
            match file {
                Some(file) => read.push(file),
                None => self.lost.policies(),
            }
        }
        read
    }

    fn baseline(&mut self, name: &str) -> Vec<FileId> {
        let texts = library::baseline(name).unwrap_or_default();
        texts.iter().map(|&(path, text)| self.sources.add(path, text)).collect()
    }

    fn finish(
        mut self,
        config: Config,
        members: &Members,
        policies: Vec<Vec<FileId>>,
        texts: Vec<Text>,
    ) -> Loaded {
        let mut facts = Vec::new();
        for (text, FactMember { member, format, section }) in texts.into_iter().zip(&members.facts) {
            let shown = member.shown.clone();
            match text.register(shown, member.why, &mut self.sources, self.out) {
                Some(file) => facts.push(FactFile { file, format: *format, section: *section }),
                None => self.lost.facts(*section),
            }
        }
        let zoom = config.extends_zoom().then(|| {
            let files = library::files().iter();
            files.map(|&(path, text)| self.sources.add(path, text)).collect()
        });
        Loaded { sources: self.sources, config, policies, zoom, facts, lost: self.lost }
    }
}

impl Loaded {
    /// Parses the policies.
    pub(super) fn parse(&self, out: &mut Sink) -> Trees {
        let files: Vec<FileId> = self.policies.iter().flatten().copied().collect();
        let mut trees = parse_all(&self.sources, &files, out).into_iter();
        let mut groups = self.policies.iter().map(|files| trees.by_ref().take(files.len()).collect());
        Trees { own: groups.next().unwrap_or_default(), baselines: groups.collect() }
    }
}

/// Parses files on both cores. Trees and findings come in the order of the files, whoever parsed them.
fn parse_all(sources: &SourceMap, files: &[FileId], out: &mut Sink) -> Vec<SyntaxTree> {
    let parse = |file: FileId| {
        let mut found = Sink::new();
        let tree = syntax::parse(file, sources.file(file).text(), &mut found);
        (tree, found)
    };
    let total: usize = files.iter().map(|&file| sources.file(file).text().len()).sum();
    let mut parsed: Vec<(usize, (SyntaxTree, Sink))>;
    if files.len() < 2 || total < WORTH_A_THREAD {
        parsed = files.iter().map(|&file| parse(file)).enumerate().collect();
    } else {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                match files.get(at) {
                    Some(&file) => done.push((at, parse(file))),
                    None => return done,
                }
            }
        };
        let (mine, theirs) = both(work, work);
        parsed = mine;
        parsed.extend(theirs);
        parsed.sort_by_key(|&(at, _)| at);
    }
    let take = |(_, (tree, found))| {
        out.append(found);
        tree
    };
    parsed.into_iter().map(take).collect()
}
