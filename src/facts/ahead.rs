//! Reads a large file on a thread of its own, so that its text is taken apart on one core while its records get their meaning on another.

use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

use super::record::{Field, Record, RecordKind, RecordSink, Scalar, Taker};
use super::{Format, Section, read_into};
use crate::diagnostics::Sink;
use crate::text::{FileId, Span};

/// Files shorter than this are read where they are asked for: a thread would take longer to start.
const WORTH_A_THREAD: usize = 128 << 10;

/// How many records are handed over together.
const BATCH: usize = 64;

/// How many batches may wait: so much is read ahead and no more, a few megabytes.
const WAITING: usize = 64;

/// A file that is being read.
pub struct Ahead<'scope, 't> {
    batches: Receiver<Batch<'t>>,
    /// Where batches go back to, so that their buffers are used again.
    used: Sender<Batch<'t>>,
    reader: ScopedJoinHandle<'scope, Sink>,
}

impl<'scope, 't: 'scope> Ahead<'scope, 't> {
    /// Starts to read a file; `None`: it is too short to be worth it.
    pub fn start(
        scope: &'scope Scope<'scope, '_>,
        file: FileId,
        text: &'t str,
        format: Format,
        section: Section,
    ) -> Option<Self> {
        if text.len() < WORTH_A_THREAD {
            return None;
        }
        let (full, batches) = sync_channel(WAITING);
        let (used, empty) = channel();
        let reader = scope.spawn(move || {
            let mut out = Sink::new();
            let mut batches = Batches { full, empty, batch: Batch::default() };
            read_into(file, text, format, section, &mut batches, &mut out);
            batches.hand_over();
            out
        });
        Some(Self { batches, used, reader })
    }

    /// Hands the records to `records` in the order of the file, and what is wrong with the file to `out`.
    pub fn deliver(self, records: &mut dyn RecordSink, out: &mut Sink) {
        let Self { batches, used, reader } = self;
        for mut batch in batches {
            batch.deliver(records, out);
            // The reader may be done.
            let _gone = used.send(batch);
        }
        match reader.join() {
            Ok(found) => out.append(found),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
}

/// Some records and the buffers that they stand in.
#[derive(Default)]
struct Batch<'t> {
    records: Vec<Ends>,
    fields: Vec<Field<'t>>,
    scalars: Vec<Scalar<'t>>,
}

/// One record, with where its parts end in the buffers of the batch.
struct Ends {
    kind: RecordKind,
    span: Span,
    fields: usize,
    scalars: usize,
}

impl Batch<'_> {
    fn deliver(&mut self, records: &mut dyn RecordSink, out: &mut Sink) {
        let (mut fields, mut scalars) = (0, 0);
        for ends in self.records.drain(..) {
            let record = Record {
                kind: ends.kind,
                span: ends.span,
                fields: self.fields.get(fields..ends.fields).unwrap_or_default(),
                scalars: self.scalars.get(scalars..ends.scalars).unwrap_or_default(),
            };
            (fields, scalars) = (ends.fields, ends.scalars);
            records.record(record, out);
        }
        self.fields.clear();
        self.scalars.clear();
    }
}

/// Gathers records and hands them over.
struct Batches<'t> {
    full: SyncSender<Batch<'t>>,
    empty: Receiver<Batch<'t>>,
    batch: Batch<'t>,
}

impl Batches<'_> {
    fn hand_over(&mut self) {
        let next = self.empty.try_recv().unwrap_or_default();
        let batch = std::mem::replace(&mut self.batch, next);
        // Whoever asked for the records may be gone, by a panic of its own.
        let _gone = self.full.send(batch);
    }
}

impl<'t> Taker<'t> for Batches<'t> {
    fn take(
        &mut self,
        kind: RecordKind,
        span: Span,
        fields: &mut Vec<Field<'t>>,
        scalars: &mut Vec<Scalar<'t>>,
        _out: &mut Sink,
    ) {
        let batch = &mut self.batch;
        batch.fields.append(fields);
        batch.scalars.append(scalars);
        let (fields, scalars) = (batch.fields.len(), batch.scalars.len());
        batch.records.push(Ends { kind, span, fields, scalars });
        if batch.records.len() >= BATCH {
            self.hand_over();
        }
    }
}
