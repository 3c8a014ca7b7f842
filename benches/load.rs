//! Reading users from each format: the reader alone, records counted and thrown away.
//!
//! `cargo bench --bench load`. The largest CSV and JSON lines are a million users; the target for the reader is half a second.

#![expect(clippy::expect_used, reason = "a benchmark that cannot set itself up has nothing to measure")]

#[path = "support/mod.rs"]
mod support;

use admit::diagnostics::Sink;
use admit::facts::{self, Record, RecordSink, Section};
use admit::project::{self, DiskFiles, Options, Root};
use admit::text::SourceMap;
use divan::counter::{BytesCount, ItemsCount};
use support::account::{Format, Size};

fn main() {
    divan::main();
}

/// Counts what would be kept.
#[derive(Default)]
struct Count {
    records: usize,
    bytes: usize,
}

impl RecordSink for Count {
    fn record(&mut self, record: Record<'_>, _out: &mut Sink) {
        self.records += 1;
        self.bytes += record.scalars.iter().map(|scalar| scalar.text.len()).sum::<usize>();
    }
}

fn read(bencher: divan::Bencher<'_, '_>, users: usize, format: Format) {
    let size = Size { users, ..Size::of_rules(100_000) };
    let (path, text) = support::directory::users(size, format);
    let format = facts::Format::of_path(&path).expect("a fact file");
    let file = SourceMap::new().add(path, "");
    bencher.counter(ItemsCount::new(users)).counter(BytesCount::of_str(&text)).bench_local(|| {
        let (mut count, mut out) = (Count::default(), Sink::new());
        facts::read(file, &text, format, Section::Directory, &mut count, &mut out);
        assert_eq!((count.records, out.found().len()), (users, 0));
        count.bytes
    });
}

#[divan::bench(args = [10_000, 1_000_000], sample_count = 5)]
fn csv(bencher: divan::Bencher<'_, '_>, users: usize) {
    read(bencher, users, Format::Csv);
}

#[divan::bench(args = [10_000, 1_000_000], sample_count = 5)]
fn json_lines(bencher: divan::Bencher<'_, '_>, users: usize) {
    read(bencher, users, Format::JsonLines);
}

#[divan::bench(args = [10_000, 100_000], sample_count = 5)]
fn yaml(bencher: divan::Bencher<'_, '_>, users: usize) {
    read(bencher, users, Format::Yaml);
}

/// The whole project from disk to the checked model: 1,000 rules over a million users.
fn whole(bencher: divan::Bencher<'_, '_>, users: usize, format: Format) {
    let size = Size { users, ..Size::of_rules(1_000) };
    let folder = tempfile::tempdir().expect("a folder");
    support::disk::write(folder.path(), &support::account::project(size, format)).expect("written");
    let root = Root::at(&DiskFiles, folder.path()).expect("a project");
    bencher.counter(ItemsCount::new(users)).bench_local(|| {
        let analysis = project::analyse(&DiskFiles, &root, &Options::default());
        assert!(analysis.checked().is_some(), "{:?}", analysis.diagnostics.first());
        analysis
    });
}

#[divan::bench(args = [1_000, 10_000, 1_000_000], sample_count = 5)]
fn whole_csv(bencher: divan::Bencher<'_, '_>, users: usize) {
    whole(bencher, users, Format::Csv);
}

#[divan::bench(args = [1_000, 10_000, 1_000_000], sample_count = 5)]
fn whole_json_lines(bencher: divan::Bencher<'_, '_>, users: usize) {
    whole(bencher, users, Format::JsonLines);
}
