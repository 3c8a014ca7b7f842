//! The one layout of policies.

mod laws;
mod layout;
mod speed;

use admit::diagnostics::Sink;
use admit::syntax::ast::SyntaxTree;
use admit::text::SourceMap;

/// The text laid out; `None`: it cannot be read as a policy.
fn formatted(text: &str) -> Option<String> {
    let mut sources = SourceMap::new();
    let file = sources.add("main.admit", text.to_owned());
    admit::format::format(file, text, &mut Sink::new())
}

fn parse(text: &str) -> SyntaxTree {
    let mut sources = SourceMap::new();
    let file = sources.add("main.admit", text.to_owned());
    admit::syntax::parse(file, text, &mut Sink::new())
}
