//! What the YAML parser complains of, in words for people who write facts.

use serde_yaml::granit_parser::{ErrorKind, ScanError};

use crate::facts::event::Stopped;
use crate::facts::findings::Findings;
use crate::text::Span;

/// Reports a syntax error at its place.
#[cold]
pub(super) fn report(error: &ScanError, text: &str, findings: &mut Findings<'_>) -> Stopped {
    let start = error.marker().byte_offset().unwrap_or(0).min(text.len());
    let start = (0..=start).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let next = text.get(start..).and_then(|rest| rest.chars().next());
    // A line break is nothing to point at.
    let len = next.filter(|&found| found != '\n' && found != '\r').map_or(0, char::len_utf8);
    let (message, help) = words(error.kind());
    findings.malformed(findings.span(start, start + len), message, help.map(str::to_owned));
    Stopped
}

/// Reports a value whose tag nothing here reads. To read the value without it would be to read another one.
#[cold]
pub(super) fn unread_tag(tag: &str, value: Span, findings: &mut Findings<'_>) -> Stopped {
    let help = "write the value itself, without the tag before it".to_owned();
    findings.malformed(value, format!("the tag `{tag}` makes of this what facts do not have"), Some(help));
    Stopped
}

const QUOTES: &str = "put text that has `:`, `#` or brackets in it in double quotes";
const INDENT: &str = "entries of one list, and keys of one entry, begin in the same column";

fn words(kind: &ErrorKind) -> (String, Option<&'static str>) {
    use ErrorKind as E;
    let (message, help) = match kind {
        E::UnexpectedEofFlowSequence | E::UnclosedFlowCollection { open: '[' } => {
            ("a `[` is never closed", Some("close it with `]`"))
        }
        E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping
        | E::UnclosedFlowCollection { .. } => ("a `{` is never closed", Some("close it with `}`")),
        E::ExpectedFlowMappingSeparator => ("expected `,` or `}`", Some(QUOTES)),
        E::ExpectedFlowSequenceSeparator => ("expected `,` or `]`", Some(QUOTES)),
        E::MisplacedFlowCollectionEnd | E::MismatchedFlowCollectionEnd { .. } => {
            ("this closes nothing that is open", Some("each `[` needs its `]`, each `{` its `}`"))
        }
        E::UnknownAnchor => {
            ("this alias names no anchor", Some("an anchor `&name` stands before its aliases `*name`"))
        }
        E::RecursionLimitExceeded => (
            "this is nested too deep",
            Some("a fact file holds lists of entries, and a value is a scalar or a list of scalars"),
        ),
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart
        | E::TabInPlainScalar => ("a tab stands where YAML wants spaces", Some("indent with spaces")),
        E::InvalidIndentation
        | E::InvalidBlockScalarIndent
        | E::InvalidQuotedScalarIndent
        | E::InvalidFlowScalarIndent => ("the indentation fits nothing above it", Some(INDENT)),
        E::ExpectedBlockMappingKey => ("expected a key here", Some(INDENT)),
        E::ExpectedBlockSequenceEntry => ("expected `-` here", Some(INDENT)),
        E::SimpleKeyExpected | E::InvalidSimpleKey => {
            ("expected `:` after a key", Some("a field is written `key: value`"))
        }
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => {
            ("a quote is never closed", Some("end the text with the same quote"))
        }
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
            ("text follows a closing quote", Some("put all of the value inside the quotes"))
        }
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => {
            ("YAML has no such escape", Some("a backslash in double quotes is written `\\\\`"))
        }
        E::MappingValueNotAllowed | E::InvalidColonPlacement => {
            ("a `:` stands where no key can be", Some(QUOTES))
        }
        E::BlockSequenceEntryNotAllowed | E::BlockEntryInFlowCollection => {
            ("a `-` stands where no list can be", Some(INDENT))
        }
        E::CommentNotSeparated => ("a comment needs a space before its `#`", Some(QUOTES)),
        E::UnexpectedCharacter { character } if !character.is_control() => {
            return (format!("`{character}` cannot begin a value"), Some("put the value in double quotes"));
        }
        E::UnexpectedEof | E::UnexpectedEofBlockSequence | E::UnexpectedEofBlockMapping => {
            ("the file ends too early", None)
        }
        _ => ("this is not valid YAML", Some(QUOTES)),
    };
    (message.to_owned(), help)
}
