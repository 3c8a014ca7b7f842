//! What lints look at.

use super::Settings;
use crate::graph::Graph;
use crate::model::Model;
use crate::program::Program;
use crate::syntax::ast::SyntaxTree;
use crate::text::{Date, SourceMap, Span};

/// A project without errors, and the day it is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The project.
    pub model: &'a Model,
    /// Its dependency graph.
    pub graph: &'a Graph,
    /// What it compiles to; users, apps, roles and rules have the same ids as in the model.
    pub program: &'a Program,
    /// The files and the libraries' texts.
    pub sources: &'a SourceMap,
    /// The project's own policies, in the order of their files.
    pub trees: &'a [SyntaxTree],
    /// What `admit.yaml` says to lints.
    pub settings: &'a Settings,
    /// The day it is.
    pub today: Date,
}

impl Context<'_> {
    /// Whether a place lies in a policy of the project itself. Items of bundled libraries and of folders that the project builds on serve
    /// other accounts too, and what is unused or odd in them here is nobody's mistake here.
    pub fn is_own(&self, span: Span) -> bool {
        self.trees.binary_search_by_key(&span.file, |tree| tree.file).is_ok()
    }
}
