//! The fact files of a project, read ahead of whoever takes their records.

use std::collections::VecDeque;
use std::thread::Scope;

use super::ahead::Ahead;
use super::record::RecordSink;
use super::{Format, Section, read};
use crate::diagnostics::Sink;
use crate::text::{FileId, SourceMap};

/// A fact file whose text is in the source map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactFile {
    /// The file.
    pub file: FileId,
    /// How it is written.
    pub format: Format,
    /// What it may hold.
    pub section: Section,
}

/// How many files are read ahead of the one whose records are taken.
const AHEAD: usize = 2;

/// Fact files that are read in order, the next ones while the records of one are taken.
pub struct Reading<'scope, 'env, 't: 'scope> {
    scope: &'scope Scope<'scope, 'env>,
    sources: &'t SourceMap,
    /// The files that were not started.
    rest: std::slice::Iter<'t, FactFile>,
    /// The files that were, the first one first; those too short for a thread are read when their turn comes.
    started: VecDeque<(FactFile, Option<Ahead<'scope, 't>>)>,
}

impl<'scope, 'env, 't: 'scope> Reading<'scope, 'env, 't> {
    /// Starts to read.
    pub fn start(scope: &'scope Scope<'scope, 'env>, files: &'t [FactFile], sources: &'t SourceMap) -> Self {
        let mut reading = Self { scope, sources, rest: files.iter(), started: VecDeque::new() };
        for _ in 0..AHEAD {
            reading.start_next();
        }
        reading
    }

    fn start_next(&mut self) {
        if let Some(&fact) = self.rest.next() {
            let text = self.sources.file(fact.file).text();
            let ahead = Ahead::start(self.scope, fact.file, text, fact.format, fact.section);
            self.started.push_back((fact, ahead));
        }
    }

    /// The file that is next; `None`: there is none.
    pub fn next(&self) -> Option<FactFile> {
        self.started.front().map(|&(fact, _)| fact)
    }

    /// Hands the records of the next file to `records` in its order, and what is wrong with the file to `out`.
    pub fn deliver(&mut self, records: &mut dyn RecordSink, out: &mut Sink) {
        self.start_next();
        match self.started.pop_front() {
            Some((_, Some(ahead))) => ahead.deliver(records, out),
            Some((fact, None)) => {
                let text = self.sources.file(fact.file).text();
                read(fact.file, text, fact.format, fact.section, records, out);
            }
            None => {}
        }
    }
}
