//! Policy text to syntax tree: file by file on one thread, as one large file on several, and with a mistake in every hundredth rule; and
//! policy text to its layout.
//!
//! `cargo bench --bench parse`. A hundred thousand rules are 12.9 MB of text; the target is well under 0.3 s on two cores.

#[path = "support/mod.rs"]
mod support;

use admit::diagnostics::Sink;
use admit::format::format;
use admit::syntax;
use admit::text::SourceMap;
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use support::account::Size;
use support::policies;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn main() {
    divan::main();
}

fn texts(rules: usize) -> Vec<String> {
    policies::files(Size::of_rules(rules)).into_iter().map(|(_, text)| text).collect()
}

fn run(bencher: Bencher<'_, '_>, rules: usize, texts: &[String]) {
    let mut sources = SourceMap::new();
    let files: Vec<_> = texts.iter().map(|text| sources.add("bench.admit", text.clone())).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).counter(ItemsCount::new(rules)).bench(|| {
        let mut out = Sink::new();
        let parsed = files.iter().map(|&file| syntax::parse(file, sources.file(file).text(), &mut out));
        parsed.collect::<Vec<_>>()
    });
}

/// Files of 2,000 rules, below the size at which a file is read in pieces.
#[divan::bench(args = SIZES, sample_count = 10)]
fn files(bencher: Bencher<'_, '_>, rules: usize) {
    run(bencher, rules, &texts(rules));
}

/// All rules in one file.
#[divan::bench(args = SIZES, sample_count = 10)]
fn one_file(bencher: Bencher<'_, '_>, rules: usize) {
    run(bencher, rules, &[texts(rules).concat()]);
}

/// All rules in one file, read and laid out.
#[divan::bench(args = SIZES, sample_count = 10)]
fn laid_out(bencher: Bencher<'_, '_>, rules: usize) {
    let mut sources = SourceMap::new();
    let file = sources.add("bench.admit", texts(rules).concat());
    let text = sources.file(file).text();
    bencher
        .counter(BytesCount::new(text.len()))
        .counter(ItemsCount::new(rules))
        .bench(|| format(file, text, &mut Sink::new()));
}

/// One file in which every hundredth `for` is misspelled.
#[divan::bench(args = SIZES, sample_count = 10)]
fn with_mistakes(bencher: Bencher<'_, '_>, rules: usize) {
    let mut count = 0;
    let words = texts(rules).concat();
    let words = words.split(' ').map(|word| {
        count += usize::from(word == "for");
        if word == "for" && count % 100 == 0 { "fro" } else { word }
    });
    run(bencher, rules, &[words.collect::<Vec<_>>().join(" ")]);
}
