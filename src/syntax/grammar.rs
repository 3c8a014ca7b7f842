//! The parser that pest makes of `grammar/admit.pest`.

use pest::Parser;
use pest::iterators::Pair;
use pest_derive::Parser;

/// The generated parser; [`Rule`] names its rules.
#[derive(Parser)]
#[grammar = "../grammar/admit.pest"]
struct PolicyParser;

/// Reads the one thing that `rule` describes at the start of `text`; what follows it does not matter.
///
/// A silent rule gives the pairs within it. The error says nothing: [`explain`](super::explain) finds out what to tell people.
pub(super) fn read(rule: Rule, text: &str) -> Option<pest::iterators::Pairs<'_, Rule>> {
    PolicyParser::parse(rule, text).ok()
}

/// The parts of a pair, comments left out: they are kept by [`scan`](super::scan).
pub(super) fn parts<'i>(pair: Pair<'i, Rule>) -> impl Iterator<Item = Pair<'i, Rule>> {
    pair.into_inner().filter(|part| part.as_rule() != Rule::comment)
}
