//! The pipeline: a project's files in, everything that is known about them out.

use rustc_hash::FxHashSet;

use crate::check::{self, Checked};
use crate::compile;
use crate::diagnostics::{Diagnostic, Severity, Sink, Suppressed};
use crate::facts::{FactFile, Reading};
use crate::graph::Graph;
use crate::lint;
use crate::model::{self, Model};
use crate::suite;
use crate::syntax::{self, ast::SyntaxTree};
use crate::text::{Date, FileId, SourceMap, Span};

use super::codes::stage_and_name;
use super::config::Config;
use super::files::FileSystem;
use super::followups;
use super::load::{Loaded, Trees, load};
use super::root::Root;
use super::severities::{Settled, settle};

/// What a text of [`Options::assume`] is called in findings.
pub const ASSUMED: &str = "--assume";

/// What to analyse besides the files.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Hypothetical facts, each a text of entities such as `user kim@northwind.example { role member }`, laid over the project in turn.
    pub assume: Vec<String>,
    /// The day it is, for exceptions that end; without one none has ended.
    pub today: Option<Date>,
    /// Whether to run the lints: opinions, which no decision needs. They look at a day, so without `today` they do not run.
    pub lint: bool,
}

/// Everything that is known about a project.
#[derive(Debug)]
pub struct Analysis {
    /// Every file that was read, and the texts of the libraries.
    pub sources: SourceMap,
    /// The settings.
    pub config: Config,
    /// The project's own policies, in the order of names.
    pub trees: Vec<SyntaxTree>,
    /// The policies of each baseline and folder it extends, in the order of `extends`.
    pub baselines: Vec<Vec<SyntaxTree>>,
    /// The fact files.
    pub facts: Vec<FactFile>,
    /// The findings in order, with their final severities.
    pub diagnostics: Vec<Diagnostic>,
    /// The findings that exceptions silence, in order.
    pub suppressed: Vec<Suppressed>,
    /// The comments that would silence findings and silence none, in order. (Of lints this is known only where they ran.)
    pub unused_exceptions: Vec<Span>,
    /// What the stages made of it.
    outcome: Outcome,
}

/// How far the stages came.
#[derive(Debug)]
enum Outcome {
    /// The language is not violated: this can be compiled.
    Sealed(Box<Checked>),
    /// It is, and the model has holes where names are unknown.
    Broken(Box<(Model, Graph)>),
}

impl Analysis {
    /// Whether any finding is an error, by its final severity.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// The model; it has holes where something is wrong.
    pub fn model(&self) -> &Model {
        match &self.outcome {
            Outcome::Sealed(checked) => checked.model(),
            Outcome::Broken(broken) => &broken.0,
        }
    }

    /// The dependency graph of the model.
    pub fn graph(&self) -> &Graph {
        match &self.outcome {
            Outcome::Sealed(checked) => checked.graph(),
            Outcome::Broken(broken) => &broken.1,
        }
    }

    /// The model and graph for compilation; `None`: the language is violated. A finding that the settings raise to an error does not
    /// stand in the way.
    pub fn checked(&self) -> Option<&Checked> {
        match &self.outcome {
            Outcome::Sealed(checked) => Some(checked),
            Outcome::Broken(_) => None,
        }
    }
}

/// Analyses a project.
pub fn analyse(files: &dyn FileSystem, root: &Root, options: &Options) -> Analysis {
    let mut out = Sink::limited();
    let mut loaded = load(files, root, &mut out);
    let assumed: Vec<FileId> =
        (options.assume.iter()).map(|text| loaded.sources.add(ASSUMED, text.clone())).collect();
    let (trees, mut model) = std::thread::scope(|scope| {
        // The fact files are taken apart while the policies are parsed.
        let facts = Reading::start(scope, &loaded.facts, &loaded.sources);
        let trees = loaded.parse(&mut out);
        let model = resolve(&loaded, &trees, facts, &mut out);
        (trees, model)
    });
    assume(&mut model, &assumed, &loaded.sources, &mut out);
    let graph = Graph::build(&model);
    check::check(&model, &graph, &mut out);
    let outcome = seal(model, graph, &out);
    let mut found = followups::without(out, &loaded.facts, loaded.lost);
    let linted = match (&outcome, options.today) {
        (Outcome::Sealed(checked), Some(today)) if options.lint => {
            lint(checked, &loaded, &trees.own, today, &mut found);
            true
        }
        _ => false,
    };
    let every = trees.own.iter().chain(trees.baselines.iter().flatten());
    let Settled { reported, suppressed, unused } =
        settle(found, &loaded.config, every, options.today, linted);
    let Loaded { sources, config, facts, .. } = loaded;
    Analysis {
        sources,
        config,
        trees: trees.own,
        baselines: trees.baselines,
        facts,
        diagnostics: reported,
        suppressed,
        unused_exceptions: unused,
        outcome,
    }
}

fn lint(checked: &Checked, loaded: &Loaded, trees: &[SyntaxTree], today: Date, out: &mut Sink) {
    let program = compile::compile_with_terms(checked, &loaded.sources);
    // What is off but silenced somewhere runs all the same: else it would not be known whether there is something to be silenced.
    let comments = trees.iter().flat_map(|tree| &tree.items).flat_map(|item| &item.suppressions);
    let silenced: FxHashSet<&str> =
        comments.flat_map(|comment| &comment.codes).map(|code| stage_and_name(&code.text).1).collect();
    let off = lint::CODES.iter().filter(|code| loaded.config.is_off(code));
    let unasked = off.map(|code| code.name).filter(|name| !silenced.contains(name)).collect();
    let context = lint::Context {
        model: checked.model(),
        graph: checked.graph(),
        program: &program,
        sources: &loaded.sources,
        trees,
        settings: &loaded.config.lint,
        unasked: &unasked,
        today,
    };
    lint::lint(&context, out);
    let own: Vec<FileId> = trees.iter().map(|tree| tree.file).collect();
    suite::lint(checked, &loaded.sources, &own, today, out);
}

/// Resolves the names of the project.
fn resolve(loaded: &Loaded, trees: &Trees, facts: Reading<'_, '_, '_>, out: &mut Sink) -> Model {
    let input = model::Input {
        trees: &trees.own,
        baselines: &trees.baselines,
        zoom: loaded.zoom.as_deref(),
        terms: &loaded.config.terms,
    };
    model::resolve_reading(&input, facts, &loaded.sources, out)
}

/// Lays the assumed facts over the model.
fn assume(model: &mut Model, assumed: &[FileId], sources: &SourceMap, out: &mut Sink) {
    for &file in assumed {
        let entities = syntax::parse_entities(file, sources.file(file).text(), out);
        let mut heard = Sink::new();
        model::assume(model, &entities, sources, &mut heard);
        // A field that nothing reads makes the answer one to another question.
        for finding in heard.into_sorted() {
            let unread = finding.code.name == model::UNDECLARED_ATTRIBUTE.name;
            out.push(if unread { finding.severity(Severity::Error) } else { finding });
        }
    }
}

fn seal(model: Model, graph: Graph, found: &Sink) -> Outcome {
    // Sealing takes the model for good, and a broken one is still worth looking at.
    if found.has_errors() {
        return Outcome::Broken(Box::new((model, graph)));
    }
    match check::seal(model, graph, found) {
        Some(checked) => Outcome::Sealed(Box::new(checked)),
        // The door opens where there are no errors, so this is never taken; an empty model says nothing wrong.
        None => {
            let model = Model::default();
            let graph = Graph::build(&model);
            Outcome::Broken(Box::new((model, graph)))
        }
    }
}
