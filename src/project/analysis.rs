//! The pipeline: a project's files in, everything that is known about them out.

use crate::diagnostics::{Diagnostic, Severity, Sink};
use crate::syntax::ast::SyntaxTree;
use crate::text::{Date, FileId, SourceMap};

use super::config::Config;
use super::files::FileSystem;
use super::load::{FactSource, load};
use super::root::Root;
use super::severities::settle;

/// What to analyse besides the files.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Hypothetical facts, each a text of entities such as `user kim@northwind.example { role member }`, laid over the project in turn.
    pub assume: Vec<String>,
    /// The day it is, for exceptions that end; without one none has ended.
    pub today: Option<Date>,
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
    pub facts: Vec<FactSource>,
    /// The files of the bundled `zoom` library, if the project extends it.
    pub zoom: Option<Vec<FileId>>,
    /// The findings in order, with their final severities.
    pub diagnostics: Vec<Diagnostic>,
}

impl Analysis {
    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// Analyses a project.
pub fn analyse(files: &dyn FileSystem, root: &Root, options: &Options) -> Analysis {
    let mut out = Sink::new();
    let loaded = load(files, root, &mut out);
    let trees = loaded.trees.iter().chain(loaded.baselines.iter().flatten());
    let diagnostics = settle(out, &loaded.config, trees, options.today);
    Analysis {
        sources: loaded.sources,
        config: loaded.config,
        trees: loaded.trees,
        baselines: loaded.baselines,
        facts: loaded.facts,
        zoom: loaded.zoom,
        diagnostics,
    }
}
