//! `admit test [FILTER…]`

mod annotations;
mod coverage;
mod human;
mod json;
mod junit;
mod lcov;
mod mutants;
mod plain;
mod words;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::ValueEnum;

use super::args::Format;
use super::exit::{Exit, Failure};
use super::load::{Analysed, analyse};
use super::output::write_file;
use super::session::Session;
use crate::project::reason;
use crate::report::{Mark, Results, counted, one_line};
use crate::suite::{ChangeKind, Coverage, Filter, Mutants, MutationOptions, Suite, TestResult};
use crate::text::{FileId, SourceMap};

/// Run the policy tests
#[derive(Debug, clap::Args)]
#[command(after_help = "A test without `at` is about the day of the run: `--at`, else today.\n\n\
                  Coverage counts a rule as tested if some assertion would fail or see another answer without it. Mutation changes \
                  one thing about one rule after the other, runs the tests again, and shows the changes that no test notices, each \
                  with a test that would.\n\n\
                  Formats: human, plain, json, junit, github (annotations), lcov (of the coverage)\n\n\
                  Examples:\n  admit test\n  admit test contractors recordings\n  admit test --coverage --min 80\n  \
                  admit test --coverage --lcov policy.info\n  admit test --mutate --limit 100\n\n\
                  Exit codes: 0 every test passed, 1 a test failed, the coverage is below `--min` or a change goes unnoticed, \
                  2 the policy has errors")]
pub(super) struct Test {
    /// Run the tests whose names have one of these in them; all are run if left out
    #[arg(value_name = "FILTER")]
    filters: Vec<String>,
    /// The filters are whole names
    #[arg(long)]
    exact: bool,
    /// Show the names of the tests, and run none
    #[arg(long)]
    list: bool,
    /// Say which rules and conditions the tests decide
    #[arg(long)]
    coverage: bool,
    /// Write the coverage to this file in the format of LCOV
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    lcov: Option<PathBuf>,
    /// End with exit code 1 if the tests decide fewer of the rules, or see fewer of the values of conditions, than so many percent
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    min: Option<u8>,
    /// Say which changes of the policy the tests would not notice
    #[arg(long)]
    mutate: bool,
    /// Try only changes of these kinds: remove, effect, condition, except, reviewed, date, selector
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_enum, hide_possible_values = true)]
    mutants: Vec<Kind>,
    /// Try at most so many changes
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// How many threads work; else as many as there are cores
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

/// A kind of change, as a word on the command line.
#[derive(Clone, Copy, Debug)]
struct Kind(ChangeKind);

impl ValueEnum for Kind {
    fn value_variants<'a>() -> &'a [Self] {
        const KINDS: [Kind; 7] = {
            let [a, b, c, d, e, f, g] = ChangeKind::ALL;
            [Kind(a), Kind(b), Kind(c), Kind(d), Kind(e), Kind(f), Kind(g)]
        };
        &KINDS
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.0.name()))
    }
}

/// What `test` can write, the first unless another is asked for.
const FORMATS: &[Format] =
    &[Format::Human, Format::Plain, Format::Json, Format::Junit, Format::Github, Format::Lcov];

/// What came of a run.
struct Ran<'r> {
    suite: &'r Suite<'r>,
    sources: &'r SourceMap,
    /// The project's folder as seen from the repository's root.
    folder: String,
    results: Vec<TestResult<'r>>,
    coverage: Option<Coverage>,
    mutants: Option<Mutants>,
    time: Duration,
}

impl Ran<'_> {
    fn name(&self, result: &TestResult<'_>) -> &str {
        self.suite.name(result.test)
    }

    fn lcov(&self, coverage: &Coverage) -> String {
        lcov::text(coverage, self.sources, &self.folder)
    }

    fn failed(&self) -> usize {
        self.results.iter().filter(|result| !result.passed()).count()
    }
}

impl Test {
    pub(super) fn run(&self, session: &mut Session<'_, '_>) -> Result<Exit, Failure> {
        let format = session.format("test", FORMATS)?;
        let started = now();
        let project = analyse(session, &[])?;
        let Some(checked) = project.analysis.checked() else {
            if format == Format::Junit {
                let folder = project.folder_in_repository(session);
                let results =
                    Results { findings: &[], suppressed: &[], sources: project.sources(), folder: &folder };
                session.print(&junit::broken(project.findings(), &results)?)?;
            }
            return project.refuse(session);
        };
        let own: Vec<FileId> = project.analysis.trees.iter().map(|tree| tree.file).collect();
        let filter = Filter { names: self.filters.clone(), exact: self.exact };
        let sources = &project.analysis.sources;
        let suite = Suite::new(checked, sources, own, &filter, session.day(), self.workers());
        self.warn_about_none(session, &suite)?;
        if self.list {
            return list(session, &suite, sources, format);
        }
        let mut ran = self.ran(&project, &suite, session, format);
        ran.time = started.elapsed();
        self.write(session, &ran, format)?;
        if let (Some(path), Some(coverage)) = (&self.lcov, &ran.coverage) {
            let path = session.world.folder.join(path);
            write_file(&path, ran.lcov(coverage).as_bytes(), true).map_err(|error| {
                Failure::invalid(format!("cannot write `{}`: {}", path.display(), reason(&error)))
            })?;
        }
        self.summarise(session, &ran)?;
        Ok(self.exit(&ran))
    }

    fn ran<'r>(
        &self,
        project: &'r Analysed,
        suite: &'r Suite<'r>,
        session: &Session<'_, '_>,
        format: Format,
    ) -> Ran<'r> {
        let wants_coverage =
            self.coverage || self.min.is_some() || self.lcov.is_some() || format == Format::Lcov;
        let started = now();
        let results = suite.run_timed(&|| started.elapsed());
        let coverage = wants_coverage.then(|| suite.coverage(&results));
        // A test that fails anyway notices every change.
        let all_passed = results.iter().all(TestResult::passed);
        let options =
            MutationOptions { kinds: self.mutants.iter().map(|kind| kind.0).collect(), limit: self.limit };
        Ran {
            suite,
            sources: &project.analysis.sources,
            folder: project.folder_in_repository(session),
            results,
            coverage,
            mutants: (self.wants_mutants() && all_passed).then(|| suite.mutants(&options)),
            time: Duration::ZERO,
        }
    }

    fn wants_mutants(&self) -> bool {
        self.mutate || !self.mutants.is_empty() || self.limit.is_some()
    }

    fn workers(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        self.jobs.map_or_else(cores, usize::from)
    }

    fn warn_about_none(&self, session: &mut Session<'_, '_>, suite: &Suite<'_>) -> Result<(), Failure> {
        if suite.tests().is_empty() {
            let look = session.message_look();
            let text = if suite.left_out() == 0 {
                "the project has no tests; they look like `test \"…\" { deny group contractors install all apps }`"
            } else {
                "no test has such a name; `admit test --list` shows all"
            };
            session.say(&format!("{} {text}\n", look.strong(Mark::Warning, "warning:")))?;
        }
        Ok(())
    }

    fn write(&self, session: &mut Session<'_, '_>, ran: &Ran<'_>, format: Format) -> Result<(), Failure> {
        let text = match format {
            Format::Plain => plain::text(ran, session.globals.quiet),
            Format::Json => json::text(ran)?,
            Format::Junit => junit::text(ran, self.asked_coverage(ran))?,
            Format::Github => annotations::text(ran),
            Format::Lcov => ran.coverage.as_ref().map(|coverage| ran.lcov(coverage)).unwrap_or_default(),
            _ => human::text(ran, session.look(), session.globals.quiet),
        };
        Ok(session.print(&text)?)
    }

    /// Says how the run ended, and in how much time.
    fn summarise(&self, session: &mut Session<'_, '_>, ran: &Ran<'_>) -> Result<(), Failure> {
        let look = session.message_look();
        let failed = ran.failed();
        let (mark, word) = if failed == 0 { (Mark::Good, "ok") } else { (Mark::Bad, "failed") };
        let mut text = format!(
            "test result: {}. {} passed; {failed} failed; {} filtered out; finished in {:.2}s\n",
            look.strong(mark, word),
            ran.results.len() - failed,
            ran.suite.left_out(),
            ran.time.as_secs_f64()
        );
        if let Some(coverage) = &ran.coverage {
            let enough = self.is_enough(coverage);
            let mark = if enough { Mark::Good } else { Mark::Bad };
            text.push_str(&format!("{}: {}\n", look.strong(mark, "coverage"), self.covered(coverage)));
        }
        match &ran.mutants {
            Some(mutants) => {
                let mark = if mutants.missed().next().is_none() { Mark::Good } else { Mark::Bad };
                text.push_str(&format!("{}: {}\n", look.strong(mark, "mutants"), words::tried(mutants)));
            }
            None if self.wants_mutants() => {
                text.push_str("mutants: none are tried before every test passes\n");
            }
            None => {}
        }
        Ok(session.say(&text)?)
    }

    /// How much is covered, and how much is asked for.
    fn covered(&self, coverage: &Coverage) -> String {
        let least = self.min.map(|min| format!(", at least {min} % of each are asked for"));
        words::covered(coverage) + &least.unwrap_or_default()
    }

    /// Whether the coverage is enough and how much it is, where some is asked for.
    fn asked_coverage(&self, ran: &Ran<'_>) -> Option<(bool, String)> {
        let coverage = ran.coverage.as_ref().filter(|_| self.min.is_some())?;
        Some((self.is_enough(coverage), self.covered(coverage)))
    }

    /// Whether both percentages reach `--min`: neither makes up for the other.
    fn is_enough(&self, coverage: &Coverage) -> bool {
        let min = f64::from(self.min.unwrap_or(0));
        words::percent(coverage) >= min && words::conditions_percent(coverage) >= min
    }

    fn exit(&self, ran: &Ran<'_>) -> Exit {
        let gaps = ran.mutants.as_ref().is_some_and(|mutants| mutants.missed().next().is_some());
        if ran.failed() > 0 || gaps || ran.coverage.as_ref().is_some_and(|coverage| !self.is_enough(coverage))
        {
            Exit::Findings
        } else {
            Exit::Fine
        }
    }
}

fn now() -> Instant {
    #[expect(
        clippy::disallowed_methods,
        reason = "how long a run takes is told, and nothing else depends on it"
    )]
    Instant::now()
}

/// Names the tests.
fn list(
    session: &mut Session<'_, '_>,
    suite: &Suite<'_>,
    sources: &SourceMap,
    format: Format,
) -> Result<Exit, Failure> {
    let mut text = String::new();
    if format == Format::Json {
        text = json::list(suite, sources)?;
    } else {
        for test in suite.tests() {
            let name = one_line(suite.name(test));
            match format {
                Format::Plain => text.push_str(&format!("{} {name}\n", words::place(sources, test.span))),
                _ => text.push_str(&format!("{name}\n")),
            }
        }
    }
    session.print(&text)?;
    session.say(&format!("{}\n", counted(suite.tests().len(), "test")))?;
    Ok(Exit::Fine)
}
