//! Policy text to syntax tree.

use admit::diagnostics::Sink;
use admit::syntax::ast::SyntaxTree;
use admit::text::SourceMap;

/// The tree of `text` and what was found, one message a line with line and column.
fn parse(text: &str) -> (SyntaxTree, Vec<String>) {
    let mut sources = SourceMap::new();
    let file = sources.add("main.admit", text.to_owned());
    let mut out = Sink::new();
    let tree = admit::syntax::parse(file, text, &mut out);
    let found = out
        .into_sorted()
        .iter()
        .map(|found| {
            let at = sources.start(found.primary.span);
            format!("{}:{} {}: {}", at.line, at.column, found.code.name, found.message)
        })
        .collect();
    (tree, found)
}

#[test]
fn a_policy_with_every_construct_parses_without_findings() {
    let text = include_str!("cases/syntax/everything.admit");
    let (tree, found) = parse(text);
    assert_eq!(found, Vec::<String>::new());
    assert!(!tree.has_errors);
    assert_eq!(tree.items.len(), 27);
}
