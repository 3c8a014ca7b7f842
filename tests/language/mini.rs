//! The stages one after the other, over files in memory.

use admit::check::{Checked, check, seal};
use admit::diagnostics::{Diagnostic, Sink};
use admit::facts::{FactFile, Format, Section};
use admit::graph::Graph;
use admit::library;
use admit::model::{self, Input};
use admit::syntax;
use admit::text::{FileId, SourceMap};

/// A project: its files by path. `policies/…` and single `.admit` files are policies, `directory/…` and `catalog/…` facts,
/// `baselines/NAME/…` policies of a baseline that the project extends, in order of NAME.
#[derive(Clone, Debug, Default)]
pub struct Files {
    pub files: Vec<(String, String)>,
    /// Whether the bundled library is extended.
    pub zoom: bool,
}

/// Everything that came of a project.
pub struct Outcome {
    pub sources: SourceMap,
    pub model: model::Model,
    pub graph: Graph,
    pub sealed: bool,
    pub checked: Option<Checked>,
    pub found: Vec<Diagnostic>,
}

impl Files {
    pub fn one(text: &str) -> Self {
        Self::new(&[("policies/main.admit", text)])
    }

    pub fn new(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Self { files, zoom: true }
    }

    /// Adds the account that most examples leave out.
    pub fn with_account(mut self) -> Self {
        let account = "account example { listed apps { approval required } unlisted apps { approval required } notify nobody default role member }\n";
        self.files.push(("policies/account.admit".into(), account.into()));
        self
    }

    pub fn analyse(&self) -> Outcome {
        let mut sources = SourceMap::new();
        let mut out = Sink::new();
        let (mut trees, mut facts) = (Vec::new(), Vec::new());
        let mut baselines: std::collections::BTreeMap<String, Vec<_>> = std::collections::BTreeMap::new();
        for (path, text) in &self.files {
            let file = sources.add(path.clone(), text.clone());
            if path.ends_with(".admit") {
                let tree = syntax::parse(file, text, &mut out);
                match path.strip_prefix("baselines/").and_then(|rest| rest.split_once('/')) {
                    Some((name, _)) => baselines.entry(name.to_owned()).or_default().push(tree),
                    None => trees.push(tree),
                }
            } else {
                let section =
                    if path.starts_with("catalog/") { Section::Catalog } else { Section::Directory };
                let format = Format::of_path(path).expect("a fact file");
                facts.push(FactFile { file, format, section });
            }
        }
        let zoom: Vec<FileId> =
            library::files().iter().map(|&(path, text)| sources.add(path, text)).collect();
        let baselines: Vec<Vec<_>> = baselines.into_values().collect();
        let zoom = self.zoom.then_some(zoom.as_slice());
        let input = Input { trees: &trees, baselines: &baselines, zoom, terms: &[] };
        let model = model::resolve(&input, &facts, &sources, &mut out);
        let graph = Graph::build(&model);
        check(&model, &graph, &mut out);
        let checked = seal(model.clone(), graph.clone(), &out);
        Outcome { sources, model, graph, sealed: checked.is_some(), checked, found: out.into_sorted() }
    }
}

impl Outcome {
    /// The findings, each as `file:line severity code`.
    pub fn lines(&self) -> Vec<String> {
        let line = |found: &Diagnostic| {
            let place = self.sources.start(found.primary.span).line;
            let path = self.sources.file(found.primary.span.file).path();
            format!("{path}:{place} {}: {}", found.severity.name(), found.code.name)
        };
        self.found.iter().map(line).collect()
    }

    /// The codes of the findings, sorted.
    pub fn codes(&self) -> Vec<&'static str> {
        let mut codes: Vec<_> = self.found.iter().map(|found| found.code.name).collect();
        codes.sort_unstable();
        codes
    }

    /// The findings as people read them, without drawing characters.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for found in &self.found {
            let place = self.sources.start(found.primary.span);
            let path = self.sources.file(found.primary.span.file).path();
            text += &format!("{path}:{}:{} {}: {}\n", place.line, place.column, found.code, found.message);
            for label in
                std::iter::once(&found.primary).chain(&found.related).filter(|label| !label.text.is_empty())
            {
                let place = self.sources.start(label.span);
                text += &format!(
                    "    {}:{} `{}` {}\n",
                    place.line,
                    place.column,
                    self.sources.slice(label.span),
                    label.text
                );
            }
            if let Some(help) = &found.help {
                text += &format!("    help: {help}\n");
            }
        }
        text
    }
}
