//! Policy text to syntax tree.

mod constructs;
mod errors;
mod robustness;
pub mod shown;

use admit::diagnostics::{Diagnostic, Sink};
use admit::syntax::ast::SyntaxTree;
use admit::text::{SourceMap, Span};

/// A text that was parsed.
struct Parsed {
    sources: SourceMap,
    tree: SyntaxTree,
    found: Vec<Diagnostic>,
}

fn parse(text: &str) -> Parsed {
    let mut sources = SourceMap::new();
    let file = sources.add("main.admit", text.to_owned());
    let mut out = Sink::new();
    let tree = admit::syntax::parse(file, text, &mut out);
    Parsed { sources, tree, found: out.into_sorted() }
}

impl Parsed {
    /// `LINE:COLUMN CODE MESSAGE`, one a finding.
    fn messages(&self) -> Vec<String> {
        self.found.iter().map(|found| self.message(found)).collect()
    }

    fn message(&self, found: &Diagnostic) -> String {
        let at = self.sources.start(found.primary.span);
        format!("{}:{} {}: {}", at.line, at.column, found.code.name, found.message)
    }

    /// The findings with the lines they point at, for snapshots.
    fn rendered(&self) -> String {
        let mut text = String::new();
        for found in &self.found {
            text += &format!("{}\n{}", self.message(found), self.pointer(found.primary.span));
            for related in &found.related {
                text += &format!("  {}:\n{}", related.text, self.pointer(related.span));
            }
            text += &found.help.as_ref().map(|help| format!("  help: {help}\n")).unwrap_or_default();
            for edit in found.fix.iter().flat_map(|fix| &fix.edits) {
                let at = self.sources.start(edit.span);
                let old = self.sources.slice(edit.span);
                text += &format!("  fix at {}:{}: {old:?} becomes {:?}\n", at.line, at.column, edit.text);
            }
            text.push('\n');
        }
        text
    }

    /// The line of a span with carets below it.
    fn pointer(&self, span: Span) -> String {
        let (start, end) = (self.sources.start(span), self.sources.end(span));
        let line = self.sources.file(span.file).text().lines().nth(start.line as usize - 1).unwrap_or("");
        let carets = match end.line == start.line {
            true => (end.column - start.column).max(1) as usize,
            false => line.chars().count().saturating_sub(start.column as usize - 1).max(1),
        };
        format!("  | {line}\n  | {}{}\n", " ".repeat(start.column as usize - 1), "^".repeat(carets))
    }
}
