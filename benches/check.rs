//! From text to a checked model: how long each stage takes over the synthetic account.
//!
//! ```text
//! cargo bench --bench check
//! ```

mod support;

use admit::check;
use admit::diagnostics::Sink;
use admit::facts::{FactFile, Format, Section};
use admit::graph::Graph;
use admit::library;
use admit::model::{self, Input, Model};
use admit::project::{MemoryFiles, Options, Root, analyse};
use admit::syntax;
use admit::syntax::ast::{ItemKind, SyntaxTree};
use admit::text::{Date, FileId, SourceMap};
use divan::{Bencher, black_box};
use support::account::{self, Size};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn main() {
    divan::main();
}

/// A parsed project.
struct Parsed {
    sources: SourceMap,
    trees: Vec<SyntaxTree>,
    facts: Vec<FactFile>,
    zoom: Vec<FileId>,
}

impl Parsed {
    /// The project of `rules` rules.
    fn new(rules: usize, users: account::Format) -> Self {
        let size = Size::of_rules(rules);
        let mut parsed =
            Self { sources: SourceMap::new(), trees: Vec::new(), facts: Vec::new(), zoom: Vec::new() };
        for (path, text) in account::project(size, users) {
            let format = Format::of_path(&path);
            if path == "admit.yaml" {
                continue;
            }
            let section = if path.starts_with("catalog/") { Section::Catalog } else { Section::Directory };
            let file = parsed.sources.add(path.clone(), text);
            match format {
                Some(format) => parsed.facts.push(FactFile { file, format, section }),
                None => {
                    let text = parsed.sources.file(file).text();
                    parsed.trees.push(syntax::parse(file, text, &mut Sink::new()));
                }
            }
        }
        for (path, text) in library::files() {
            parsed.zoom.push(parsed.sources.add(*path, *text));
        }
        parsed
    }

    /// Without its rules, groups and lists: what is left is taking the facts.
    fn without_rules(mut self) -> Self {
        for tree in &mut self.trees {
            tree.items.retain(|item| {
                matches!(item.kind, ItemKind::Account(_) | ItemKind::Attribute(_) | ItemKind::Role { .. })
            });
        }
        self
    }

    fn resolve(&self) -> (Model, Sink) {
        let mut out = Sink::new();
        let input = Input { trees: &self.trees, baselines: &[], zoom: Some(&self.zoom), terms: &[] };
        let model = model::resolve(&input, &self.facts, &self.sources, &mut out);
        assert!(!out.has_errors(), "{:?}", out.found().first());
        (model, out)
    }
}

/// Names and ten users a rule, read from CSV, at most a million.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn resolve_with_users_of_csv(bencher: Bencher<'_, '_>, rules: usize) {
    let parsed = Parsed::new(rules, account::Format::Csv);
    bencher.bench_local(|| black_box(parsed.resolve()));
}

/// The same from JSON lines.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn resolve_with_users_of_json_lines(bencher: Bencher<'_, '_>, rules: usize) {
    let parsed = Parsed::new(rules, account::Format::JsonLines);
    bencher.bench_local(|| black_box(parsed.resolve()));
}

/// The users alone: what the rules add is the difference.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn resolve_users_of_csv(bencher: Bencher<'_, '_>, rules: usize) {
    let parsed = Parsed::new(rules, account::Format::Csv).without_rules();
    bencher.bench_local(|| black_box(parsed.resolve()));
}

/// Only reading the user file: what of the two above is not the model's.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn read_users_of_csv(bencher: Bencher<'_, '_>, rules: usize) {
    struct Nobody(usize);
    impl admit::facts::RecordSink for Nobody {
        fn record(&mut self, record: admit::facts::Record<'_>, _: &mut Sink) {
            self.0 += record.fields.len();
        }
    }
    let parsed = Parsed::new(rules, account::Format::Csv);
    bencher.bench_local(|| {
        let mut nobody = Nobody(0);
        for file in &parsed.facts {
            let text = parsed.sources.file(file.file).text();
            admit::facts::read(file.file, text, file.format, file.section, &mut nobody, &mut Sink::new());
        }
        nobody.0
    });
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn graph(bencher: Bencher<'_, '_>, rules: usize) {
    let (model, _) = Parsed::new(rules, account::Format::Csv).resolve();
    bencher.bench_local(|| black_box(Graph::build(&model)));
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn checks(bencher: Bencher<'_, '_>, rules: usize) {
    let (model, _) = Parsed::new(rules, account::Format::Csv).resolve();
    let graph = Graph::build(&model);
    bencher.bench_local(|| {
        let mut out = Sink::new();
        check::check(&model, &graph, &mut out);
        out
    });
}

/// The whole pipeline over as many users as rules, without lints and with all of them: they may take a second more.
#[divan::bench(args = [false, true], sample_count = 5, sample_size = 1)]
fn analyse_100k_rules_and_users(bencher: Bencher<'_, '_>, lint: bool) {
    let size = Size { users: 100_000, ..Size::of_rules(100_000) };
    let mut files = MemoryFiles::new();
    for (path, text) in account::project(size, account::Format::Csv) {
        files.add(std::path::Path::new("/p").join(path), text);
    }
    let Ok(root) = Root::at(&files, std::path::Path::new("/p")) else { return };
    let options = Options { today: Date::parse(account::DAY).ok(), lint, ..Options::default() };
    bencher.bench_local(|| black_box(analyse(&files, &root, &options)));
}
