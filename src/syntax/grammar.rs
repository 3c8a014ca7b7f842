//! The parser that pest makes of `grammar/admit.pest`.

use pest::Parser;
use pest::iterators::Pair;
use pest_derive::Parser;

/// The generated parser; [`Rule`] names its rules.
#[derive(Parser)]
#[grammar = "../grammar/admit.pest"]
struct PolicyParser;

/// The item at the start of `text`, if one fits; what follows it does not matter.
pub(super) fn item(text: &str) -> Option<Pair<'_, Rule>> {
    read(Rule::item, text)?.next()
}

/// The items at the start of `text`, as far as they fit. What ends with `text` may be longer than it.
pub(super) fn items(text: &str) -> impl Iterator<Item = Pair<'_, Rule>> {
    read(Rule::items, text).into_iter().flatten().filter(|part| part.as_rule() != Rule::comment)
}

/// Reads the one thing that `rule` describes at the start of `text`; what follows it does not matter.
///
/// A silent rule gives the pairs within it. Where nothing fits, pest looks through all of `text` for the place of an error that is not
/// used, so this is for texts that fit or are short: [`explain`](super::explain) knows before whether something fits.
pub(super) fn read(rule: Rule, text: &str) -> Option<pest::iterators::Pairs<'_, Rule>> {
    PolicyParser::parse(rule, text).ok()
}

/// The parts of a pair, comments left out: they are kept by [`scan`](super::scan).
pub(super) fn parts<'i>(pair: Pair<'i, Rule>) -> impl Iterator<Item = Pair<'i, Rule>> {
    pair.into_inner().filter(|part| part.as_rule() != Rule::comment)
}
