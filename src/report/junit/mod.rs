//! JUnit XML: what test dashboards read. Written as it comes, so that a million cases take no memory.
//!
//! The form is the one that the readers of GitLab, Jenkins and GitHub's actions agree on: `testsuites` > `testsuite` > `testcase`, with
//! `failure`, `error` or `skipped` in it, totals as attributes, times in seconds.

mod findings;

pub use findings::{Meaning, findings};

use std::fmt::{self, Write as _};
use std::io::{self, Write};
use std::time::Duration;

/// How many cases there are in a suite, or in all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// All cases.
    pub tests: usize,
    /// Those that failed.
    pub failures: usize,
    /// Those that could not be run.
    pub errors: usize,
    /// Those that were skipped.
    pub skipped: usize,
    /// How long they took.
    pub time: Option<Duration>,
}

impl Totals {
    /// Counts one more case.
    pub fn count(&mut self, case: &Case<'_>) {
        *self = self.plus(Self {
            tests: 1,
            failures: usize::from(matches!(case.result, Verdict::Failed { .. })),
            errors: usize::from(matches!(case.result, Verdict::Broken { .. })),
            skipped: usize::from(matches!(case.result, Verdict::Skipped { .. })),
            time: case.time,
        });
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let time = match (self.time, other.time) {
            (Some(one), Some(two)) => Some(one + two),
            (one, two) => one.or(two),
        };
        Self {
            tests: self.tests + other.tests,
            failures: self.failures + other.failures,
            errors: self.errors + other.errors,
            skipped: self.skipped + other.skipped,
            time,
        }
    }
}

/// One test.
#[derive(Clone, Copy, Debug)]
pub struct Case<'c> {
    /// Its name.
    pub name: &'c str,
    /// What dashboards group by, mostly the suite again.
    pub class: &'c str,
    /// The file it is in, relative to the repository.
    pub file: Option<&'c str>,
    /// The line it begins at, from 1.
    pub line: Option<u32>,
    /// How long it took.
    pub time: Option<Duration>,
    /// How it ended.
    pub result: Verdict<'c>,
    /// What it said besides; empty: nothing.
    pub output: &'c str,
}

/// How a test ended.
#[derive(Clone, Copy, Debug)]
pub enum Verdict<'c> {
    /// Well.
    Passed,
    /// Badly.
    Failed {
        /// The kind of failure, such as the code of a finding.
        kind: &'c str,
        /// One line.
        message: &'c str,
        /// Everything there is to say.
        text: &'c str,
    },
    /// It could not be run.
    Broken {
        /// The kind of error, such as the code of a finding.
        kind: &'c str,
        /// One line.
        message: &'c str,
        /// Everything there is to say.
        text: &'c str,
    },
    /// It was not run, or its result does not count.
    Skipped {
        /// Why.
        message: &'c str,
    },
}

/// Writes a report: [`Junit::start`], then for each suite [`Junit::suite`], its cases and [`Junit::end_suite`], then [`Junit::end`].
pub struct Junit<'w> {
    out: &'w mut dyn Write,
}

impl<'w> Junit<'w> {
    /// Begins a report of this name over all suites.
    ///
    /// # Errors
    /// Where `out` cannot be written to; so everywhere here.
    pub fn start(out: &'w mut dyn Write, name: &str, totals: Totals) -> io::Result<Self> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<testsuites name=\"{}\"{}>", attribute(name), Attributes(totals))?;
        Ok(Self { out })
    }

    /// Begins a suite.
    ///
    /// # Errors
    /// As [`Junit::start`].
    pub fn suite(&mut self, name: &str, totals: Totals) -> io::Result<()> {
        writeln!(self.out, "  <testsuite name=\"{}\"{}>", attribute(name), Attributes(totals))
    }

    /// Writes a case.
    ///
    /// # Errors
    /// As [`Junit::start`].
    pub fn case(&mut self, case: &Case<'_>) -> io::Result<()> {
        let (name, class) = (attribute(case.name), attribute(case.class));
        write!(self.out, "    <testcase name=\"{name}\" classname=\"{class}\"")?;
        if let Some(file) = case.file {
            write!(self.out, " file=\"{}\"", attribute(file))?;
        }
        if let Some(line) = case.line {
            write!(self.out, " line=\"{line}\"")?;
        }
        if let Some(time) = case.time {
            write!(self.out, " time=\"{:.3}\"", time.as_secs_f64())?;
        }
        if matches!(case.result, Verdict::Passed) && case.output.is_empty() {
            return writeln!(self.out, "/>");
        }
        writeln!(self.out, ">")?;
        match case.result {
            Verdict::Passed => {}
            Verdict::Failed { kind, message, text } => self.trouble("failure", kind, message, text)?,
            Verdict::Broken { kind, message, text } => self.trouble("error", kind, message, text)?,
            Verdict::Skipped { message } => {
                writeln!(self.out, "      <skipped message=\"{}\"/>", attribute(message))?;
            }
        }
        if !case.output.is_empty() {
            writeln!(self.out, "      <system-out>{}</system-out>", element(case.output))?;
        }
        writeln!(self.out, "    </testcase>")
    }

    fn trouble(&mut self, name: &str, kind: &str, message: &str, text: &str) -> io::Result<()> {
        let (kind, message, text) = (attribute(kind), attribute(message), element(text));
        writeln!(self.out, "      <{name} type=\"{kind}\" message=\"{message}\">{text}</{name}>")
    }

    /// Ends the suite.
    ///
    /// # Errors
    /// As [`Junit::start`].
    pub fn end_suite(&mut self) -> io::Result<()> {
        writeln!(self.out, "  </testsuite>")
    }

    /// Ends the report.
    ///
    /// # Errors
    /// As [`Junit::start`].
    pub fn end(self) -> io::Result<()> {
        writeln!(self.out, "</testsuites>")
    }
}

/// Totals as attributes.
struct Attributes(Totals);

impl fmt::Display for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Totals { tests, failures, errors, skipped, time } = self.0;
        write!(f, " tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\"")?;
        time.map_or(Ok(()), |time| write!(f, " time=\"{:.3}\"", time.as_secs_f64()))
    }
}

/// A text as XML. What XML cannot say at all becomes the sign for unknown characters.
struct Escaped<'t> {
    text: &'t str,
    /// Within an attribute line breaks and tabs would be read as spaces; elsewhere they stand as they are.
    attribute: bool,
}

fn attribute(text: &str) -> Escaped<'_> {
    Escaped { text, attribute: true }
}

fn element(text: &str) -> Escaped<'_> {
    Escaped { text, attribute: false }
}

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.text;
        while let Some(at) = rest.find(special) {
            let (plain, after) = rest.split_at(at);
            f.write_str(plain)?;
            let mut after = after.chars();
            match after.next() {
                Some('&') => f.write_str("&amp;")?,
                Some('<') => f.write_str("&lt;")?,
                Some('>') => f.write_str("&gt;")?,
                Some('"') => f.write_str("&quot;")?,
                Some(space @ ('\n' | '\r' | '\t')) if self.attribute => write!(f, "&#{};", u32::from(space))?,
                Some(space @ ('\n' | '\r' | '\t')) => f.write_char(space)?,
                _ => f.write_char(char::REPLACEMENT_CHARACTER)?,
            }
            rest = after.as_str();
        }
        f.write_str(rest)
    }
}

fn special(character: char) -> bool {
    matches!(character, '&' | '<' | '>' | '"' | '\u{fffe}' | '\u{ffff}') || character < ' '
}
