//! The command line as types. What each command does is in the file of its name.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::{
    can, check, codes, completions, decide, explain, fmt, graph, init, man, owners, schema, suppressions,
    test,
};
use crate::text::{Date, DateError};

/// Which users may install which apps: checked, decided and explained.
#[derive(Debug, Parser)]
#[command(
    name = "admit",
    version,
    arg_required_else_help = true,
    after_help = "Start with `admit init`, then `admit check`. Examples are in the help of each command: `admit can --help`.\n\n\
                  Exit codes: 0 fine, or allow; 1 findings; 2 wrong usage or invalid input; 3 deny; 4 internal error"
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) globals: Globals,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Flags that every command takes, before or after its name.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub(super) struct Globals {
    /// The project's folder, or a single policy file; else it is found from the current folder upwards
    #[arg(long, global = true, value_name = "DIR", value_hint = clap::ValueHint::AnyPath)]
    pub(super) project: Option<PathBuf>,
    /// How results are written: human, plain or json (and what the command names)
    #[arg(long, global = true, value_parser = AnyFormat, value_name = "FORMAT", hide_possible_values = true)]
    pub(super) format: Option<Asked>,
    /// When to use colours: auto, always or never (auto honours NO_COLOR and CLICOLOR_FORCE)
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        hide_possible_values = true,
        default_value_t,
        hide_default_value = true
    )]
    pub(super) color: ColorWhen,
    /// Leave out summaries and hints
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
    /// The day to judge by, as YYYY-MM-DD; else today (UTC)
    #[arg(long, global = true, value_name = "DATE", value_parser = day)]
    pub(super) at: Option<Date>,
}

/// Each command, in the order of the help.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Init(init::Init),
    Check(check::Check),
    Fmt(fmt::Fmt),
    Can(can::Can),
    Decide(decide::Decide),
    Test(test::Test),
    Graph(graph::Graph),
    Suppressions(suppressions::Suppressions),
    Owners(owners::Owners),
    Explain(explain::Explain),
    Codes(codes::Codes),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(man::Man),
}

/// How results are written. Not every command has every format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For a person at a terminal
    Human,
    /// One fact a line, without colour or drawing: for screen readers and grep
    Plain,
    /// For programs
    Json,
    /// JSON, one object a line
    Jsonl,
    /// Markdown
    Markdown,
    /// Graphviz
    Dot,
    /// Mermaid
    Mermaid,
    /// SARIF 2.1.0, for code scanners
    Sarif,
    /// Annotations of GitHub, and a summary of the step
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// JUnit, for test dashboards
    Junit,
    /// A picture
    Svg,
    /// A table for spreadsheets
    Csv,
    /// LCOV, for coverage dashboards
    Lcov,
}

/// What is asked for as a format: each command says for itself which ones it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// A format of some command.
    Format(Format),
    /// A word that no command knows.
    Other(String),
}

impl Asked {
    /// The word on the command line.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Format(format) => format.name(),
            Self::Other(word) => word,
        }
    }
}

/// Reads any word as a format; shells offer those that there are.
#[derive(Clone, Copy, Debug)]
struct AnyFormat;

impl TypedValueParser for AnyFormat {
    type Value = Asked;

    fn parse_ref(
        &self,
        _: &clap::Command,
        _: Option<&clap::Arg>,
        word: &OsStr,
    ) -> Result<Self::Value, clap::Error> {
        let word = word.to_string_lossy();
        let known = Format::value_variants().iter().find(|format| format.name() == word);
        Ok(known.map_or_else(|| Asked::Other(word.into_owned()), |&format| Asked::Format(format)))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Format::value_variants().iter().filter_map(Format::to_possible_value)))
    }
}

/// When colours are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWhen {
    #[default]
    Auto,
    Always,
    Never,
}

impl Format {
    /// The word on the command line.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Plain => "plain",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Markdown => "markdown",
            Self::Dot => "dot",
            Self::Mermaid => "mermaid",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
            Self::Svg => "svg",
            Self::Csv => "csv",
            Self::Lcov => "lcov",
        }
    }
}

/// The shells that completions are made for.
pub(super) type CompletionShell = Shell;

fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|error| match error {
        DateError::Form => "write the day as YYYY-MM-DD".to_owned(),
        DateError::Calendar => "the calendar has no such day".to_owned(),
    })
}
