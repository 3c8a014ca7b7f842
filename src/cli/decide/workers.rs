//! Two threads that answer, while lines are read and answers are written in order.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Scope, ScopedJoinHandle};

use super::answers::Answers;
use super::lines::Line;

/// How many threads answer. The number is fixed, so that what is answered never depends on the machine.
const WORKERS: usize = 2;

/// How many lines are answered at a time: few, since an answer may have many kilobytes.
const LINES: usize = 32;

/// How many chunks each thread may have.
const WAITING: usize = 2;

/// Lines, and then their answers.
#[derive(Default)]
pub(super) struct Chunk {
    bytes: Vec<u8>,
    /// The number of each line and where its bytes end; `None`: it had too many.
    lines: Vec<(u64, Option<usize>)>,
    /// The answers, each with its line break.
    pub(super) answers: Vec<u8>,
    /// How many lines were no query.
    pub(super) wrong: u64,
}

impl Chunk {
    /// Adds a line; true: there are enough.
    pub(super) fn add(&mut self, line: &Line<'_>) -> bool {
        self.bytes.extend_from_slice(line.bytes.unwrap_or_default());
        self.lines.push((line.number, line.bytes.map(|_| self.bytes.len())));
        self.lines.len() >= LINES
    }

    fn answer(&mut self, answers: &mut Answers<'_>) {
        let before = answers.wrong;
        let mut start = 0;
        for &(number, end) in &self.lines {
            let bytes = end.map(|end| self.bytes.get(start..end).unwrap_or_default());
            start = end.unwrap_or(start);
            answers.answer(Line { number, bytes });
            self.answers.extend_from_slice(&answers.text);
        }
        self.wrong = answers.wrong - before;
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.lines.clear();
        self.answers.clear();
    }
}

/// The threads.
pub(super) struct Workers<'scope> {
    workers: Vec<Worker<'scope>>,
    /// How many chunks were handed out, and how many came back.
    sent: usize,
    received: usize,
    spare: Vec<Chunk>,
}

struct Worker<'scope> {
    asked: Sender<Chunk>,
    answered: Receiver<Chunk>,
    thread: ScopedJoinHandle<'scope, ()>,
}

impl<'scope> Workers<'scope> {
    /// Starts them; each answers in its own way.
    pub(super) fn start<'p: 'scope>(
        scope: &'scope Scope<'scope, '_>,
        answers: impl Fn() -> Answers<'p>,
    ) -> Self {
        let start = |mut answers: Answers<'p>| {
            let (asked, questions) = channel::<Chunk>();
            let (done, answered) = channel();
            let thread = scope.spawn(move || {
                for mut chunk in questions {
                    chunk.answer(&mut answers);
                    if done.send(chunk).is_err() {
                        break;
                    }
                }
            });
            Worker { asked, answered, thread }
        };
        let workers = (0..WORKERS).map(|_| start(answers())).collect();
        Self { workers, sent: 0, received: 0, spare: Vec::new() }
    }

    /// An empty chunk.
    pub(super) fn chunk(&mut self) -> Chunk {
        self.spare.pop().unwrap_or_default()
    }

    /// Takes back a chunk that was written.
    pub(super) fn reuse(&mut self, mut chunk: Chunk) {
        chunk.clear();
        self.spare.push(chunk);
    }

    /// Hands a chunk to the thread whose turn it is.
    pub(super) fn send(&mut self, chunk: Chunk) {
        if let Some(worker) = self.workers.get(self.sent % WORKERS) {
            // A thread that is gone has panicked, which `finish` passes on.
            let _gone = worker.asked.send(chunk);
            self.sent += 1;
        }
    }

    /// Whether so many chunks are out that one should be waited for.
    pub(super) fn are_busy(&self) -> bool {
        self.sent - self.received >= WORKERS * WAITING
    }

    /// The next answered chunk in order; `None`: none is out, or a thread is gone.
    pub(super) fn receive(&mut self) -> Option<Chunk> {
        if self.received == self.sent {
            return None;
        }
        let chunk = self.workers.get(self.received % WORKERS)?.answered.recv().ok()?;
        self.received += 1;
        Some(chunk)
    }

    /// Ends the threads.
    pub(super) fn finish(self) {
        for Worker { asked, answered, thread } in self.workers {
            drop((asked, answered));
            if let Err(panic) = thread.join() {
                std::panic::resume_unwind(panic);
            }
        }
    }
}
