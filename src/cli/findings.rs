//! Shows findings, as results or as messages.

use std::io::{self, Write};

use super::args::Format;
use super::exit::Exit;
use super::session::Session;
use crate::diagnostics::{Diagnostic, Severity, Stage};
use crate::report::{Human, foremost, json, plain};
use crate::text::SourceMap;

/// A person is shown this many findings at most, the most severe: nobody reads more before mending some.
const MOST_FOR_PEOPLE: usize = 200;

/// Where findings go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    /// They are the result.
    Results,
    /// They say why there is no result.
    Messages,
}

/// Shows findings in their order.
pub(super) fn show(
    session: &mut Session<'_, '_>,
    findings: &[&Diagnostic],
    sources: &SourceMap,
    format: Format,
    stream: Stream,
) -> io::Result<()> {
    let look = if stream == Stream::Results { session.look() } else { session.message_look() };
    if stream == Stream::Messages {
        session.world.out.flush()?;
    }
    let out = if stream == Stream::Results { &mut session.world.out } else { &mut session.world.err };
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &json::Findings { findings, sources })?;
            out.write_all(b"\n")
        }
        Format::Plain => {
            findings.iter().try_for_each(|finding| out.write_all(plain::finding(finding, sources).as_bytes()))
        }
        _ => {
            let human = Human::new(sources, look);
            for (index, finding) in foremost(findings, MOST_FOR_PEOPLE).into_iter().enumerate() {
                let gap = if index == 0 { "" } else { "\n" };
                out.write_all(format!("{gap}{}", human.finding(finding)).as_bytes())?;
            }
            let more = findings.len().saturating_sub(MOST_FOR_PEOPLE);
            if more > 0 {
                out.write_all(format!("\n… and {more} more; `--format plain` shows all\n").as_bytes())?;
            }
            Ok(())
        }
    }
}

/// How a run with these findings ends. `decides`: the language is not violated, so that questions can be answered.
pub(super) fn exit(findings: &[Diagnostic], decides: bool, deny_warnings: bool) -> Exit {
    let errors = || findings.iter().filter(|finding| finding.severity == Severity::Error);
    // Opinions, and findings that the project itself has raised to errors, do not make the language any less meaningful.
    let violated =
        |finding: &&Diagnostic| finding.code.severity == Severity::Error && finding.code.stage != Stage::Lint;
    if !decides || errors().any(|finding| violated(&finding)) {
        Exit::Invalid
    } else if errors().next().is_some()
        || deny_warnings && findings.iter().any(|finding| finding.severity == Severity::Warning)
    {
        Exit::Findings
    } else {
        Exit::Fine
    }
}
