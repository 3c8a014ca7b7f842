//! What lints look at.

use rustc_hash::FxHashSet;

use super::Settings;
use super::membership::Membership;
use crate::diagnostics::{Code, Sink};
use crate::graph::Graph;
use crate::model::Model;
use crate::program::Program;
use crate::syntax::ast::{Suppression, SyntaxTree};
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
    /// The codes of lints whose findings nobody would see: they need not run.
    pub unasked: &'a FxHashSet<&'static str>,
    /// The day it is.
    pub today: Date,
}

impl Context<'_> {
    /// Whether somebody would see the findings of a lint.
    pub fn asks_for(&self, lint: &Code) -> bool {
        !self.unasked.contains(lint.name)
    }

    /// Runs a lint, if somebody would see its findings.
    pub(super) fn run(&self, lint: &'static Code, out: &mut Sink, run: fn(&Self, &mut Sink)) {
        if self.asks_for(lint) {
            run(self, out);
        }
    }

    /// The same of a lint that walks through groups and lists.
    pub(super) fn walk(
        &self,
        lint: &'static Code,
        members: &Membership<'_>,
        out: &mut Sink,
        run: fn(&Self, &Membership<'_>, &mut Sink),
    ) {
        if self.asks_for(lint) {
            members.lend_to(lint);
            run(self, members, out);
        }
    }

    /// The items whose comments allow findings of this code on this day, in the order of text.
    pub(super) fn allowing(&self, lint: &Code) -> Vec<Span> {
        let lasts = |suppression: &Suppression| suppression.until.is_none_or(|until| until >= self.today);
        let allows = |suppression: &Suppression| {
            lasts(suppression) && suppression.codes.iter().any(|code| code.text == lint.name)
        };
        let items = self.trees.iter().flat_map(|tree| &tree.items);
        items.filter(|item| item.suppressions.iter().any(allows)).map(|item| item.span).collect()
    }

    /// Whether a place lies in a policy of the project itself. Items of bundled libraries and of folders that the project builds on serve
    /// other accounts too, and what is unused or odd in them here is nobody's mistake here.
    pub fn is_own(&self, span: Span) -> bool {
        self.trees.binary_search_by_key(&span.file, |tree| tree.file).is_ok()
    }
}
