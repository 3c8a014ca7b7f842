//! A hundred policy tests of the synthetic account: those of them that hold are run, covered and mutated.
//!
//! ```text
//! cargo bench --bench policy-tests
//! ```

#![expect(clippy::print_stderr, reason = "how much was looked at belongs to the times")]

mod support;

use std::path::Path;

use admit::project::{Analysis, MemoryFiles, Options, Root, analyse};
use admit::suite::{Filter, MutationOptions, Suite};
use admit::text::{Date, FileId};
use divan::{Bencher, black_box};
use support::account::{self, Size};
use support::tests::tests;

/// Rules; there are ten users a rule, at most 100,000.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

/// How many tests are written.
const TESTS: usize = 100;

fn main() {
    divan::main();
}

fn size(rules: usize) -> Size {
    Size { users: (rules * 10).min(100_000), ..Size::of_rules(rules) }
}

/// The account with these tests.
fn analysed(rules: usize, tests: &[String]) -> Option<Analysis> {
    let mut files = MemoryFiles::new();
    for (path, text) in account::project(size(rules), account::Format::Csv) {
        files.add(Path::new("/p").join(path), text);
    }
    files.add(Path::new("/p/policies/tests.admit"), tests.concat());
    let root = Root::at(&files, Path::new("/p")).ok()?;
    Some(analyse(&files, &root, &Options::default()))
}

/// Calls `with` with the tests that hold.
fn with_suite<T>(analysis: &Analysis, with: impl FnOnce(&Suite<'_>) -> T) -> Option<T> {
    let own: Vec<FileId> = analysis.trees.iter().map(|tree| tree.file).collect();
    let today = Date::parse(account::DAY).ok()?;
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let suite = Suite::new(analysis.checked()?, &analysis.sources, own, &Filter::default(), today, workers);
    Some(with(&suite))
}

/// The account with those of the tests that hold.
fn account_with_tests(rules: usize) -> Option<Analysis> {
    let all = tests(size(rules), TESTS);
    let analysis = analysed(rules, &all)?;
    let passed = with_suite(&analysis, |suite| {
        let results = suite.run();
        let held = results.iter().filter(|result| result.passed());
        held.filter_map(|result| suite.name(result.test).parse().ok()).collect::<Vec<usize>>()
    })?;
    let held: Vec<String> = passed.iter().filter_map(|&number| all.get(number).cloned()).collect();
    eprintln!("{rules} rules: {} of {TESTS} tests hold", held.len());
    analysed(rules, &held)
}

/// Compiling the account with the tests, and judging them.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn run(bencher: Bencher<'_, '_>, rules: usize) {
    let Some(analysis) = account_with_tests(rules) else { return };
    with_suite(&analysis, |suite| bencher.bench_local(|| black_box(suite.run())));
}

#[divan::bench(args = SIZES, sample_count = 1, sample_size = 1)]
fn coverage(bencher: Bencher<'_, '_>, rules: usize) {
    let Some(analysis) = account_with_tests(rules) else { return };
    with_suite(&analysis, |suite| {
        let results = suite.run();
        let coverage = suite.coverage(&results);
        let (decided, all) = (coverage.decided(), coverage.rules.len());
        eprintln!("{rules} rules: {decided} of {all} decided, complete: {}", coverage.is_complete);
        bencher.bench_local(|| black_box(suite.coverage(&results)));
    });
}

#[divan::bench(args = SIZES, sample_count = 1, sample_size = 1)]
fn mutants(bencher: Bencher<'_, '_>, rules: usize) {
    let Some(analysis) = account_with_tests(rules) else { return };
    with_suite(&analysis, |suite| {
        let mutants = suite.mutants(&MutationOptions::default());
        let (tried, unjudged) = (mutants.tried.len(), mutants.unjudged());
        eprintln!("{rules} rules: {tried} changes tried, {unjudged} not judged");
        bencher.bench_local(|| black_box(suite.mutants(&MutationOptions::default())));
    });
}
