//! One decision, from names to answer, and with everything that explains it as JSON.
//!
//! `cargo bench --bench decide`. Questions pair users and apps evenly; there are so many that they do not stay in the caches. Targets:
//! an outcome within 150 ns at 1,000 rules and 500 ns at 100,000 rules with a million users; explained, within 10 µs.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a benchmark that cannot set itself up has nothing to measure"
)]

#[path = "support/mod.rs"]
mod support;

use std::path::Path;

use admit::compile::compile;
use admit::decision::Outcome;
use admit::eval::Evaluator;
use admit::program::Program;
use admit::project::{MemoryFiles, Options, Root, analyse};
use admit::text::Date;
use support::account::{DAY, Format, Size};

const RULES: [usize; 4] = [100, 1_000, 10_000, 100_000];

fn main() {
    divan::main();
}

/// The compiled account with this many rules.
fn program(size: Size) -> Program {
    let files = MemoryFiles::of(support::account::project(size, Format::Csv));
    let root = Root::at(&files, Path::new("")).unwrap_or_else(|none| panic!("{}", none.message));
    let analysis = analyse(&files, &root, &Options::default());
    let Some(checked) = analysis.checked() else {
        panic!("the account has errors: {:#?}", analysis.diagnostics.first())
    };
    compile(checked, &analysis.sources)
}

/// Answers as many questions as asked for, one after the other.
fn ask(
    bencher: divan::Bencher<'_, '_>,
    rules: usize,
    mut answer: impl FnMut(&mut Evaluator<'_>, &Program, &str, &str, Date) -> usize,
) {
    let size = Size::of_rules(rules);
    let program = program(size);
    let questions = support::account::queries(size, 1 << 20);
    let at = Date::parse(DAY).expect("a day");
    let mut evaluator = Evaluator::new(&program);
    let mut next = questions.iter().cycle();
    bencher.counter(divan::counter::ItemsCount::new(1usize)).bench_local(|| {
        let (user, app) = next.next().expect("questions");
        answer(&mut evaluator, &program, user, app, at)
    });
}

#[divan::bench(args = RULES, sample_count = 1000, sample_size = 1000)]
fn outcome(bencher: divan::Bencher<'_, '_>, rules: usize) {
    ask(bencher, rules, |evaluator, program, user, app, at| {
        let (user, app) = (program.user(user).expect("a user"), program.app(app).expect("an app"));
        usize::from(evaluator.install(user, app, at) == Outcome::Allow)
    });
}

#[divan::bench(args = RULES, sample_count = 100, sample_size = 100)]
fn explained(bencher: divan::Bencher<'_, '_>, rules: usize) {
    let mut json = Vec::new();
    ask(bencher, rules, move |evaluator, program, user, app, at| {
        let (user, app) = (program.user(user).expect("a user"), program.app(app).expect("an app"));
        json.clear();
        serde_json::to_writer(&mut json, &evaluator.explain_install(user, app, at)).expect("JSON");
        json.len()
    });
}
