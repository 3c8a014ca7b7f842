//! Anchors and aliases: what an anchor names is kept as events and played back at its aliases, within bounds.
//!
//! The parser knows nothing of sizes: 50 KB of text can name ten thousand aliases of a list of ten thousand entries. So the events played
//! back may be no more than a fixed number plus a multiple of those that the text itself has, and what is kept is bounded too.

use std::collections::BTreeMap;

use crate::facts::event::{Event, Stopped};
use crate::facts::findings::Findings;
use crate::text::Span;

/// Aliases may always play back this many events.
const FREE: u64 = 50_000;
/// Beyond that, this many for each event of the text.
const PER_EVENT: u64 = 8;
/// An anchor around more events than this is not kept.
const LARGEST: usize = 50_000;
/// All anchors together keep no more events than this.
const KEPT: usize = 1_000_000;

/// What the text or a playback delivers next.
#[derive(Clone, Debug)]
pub(super) enum Step<'t> {
    /// An event.
    Event(Event<'t>, Span),
    /// An alias of this anchor, still to be expanded.
    Alias(usize, Span),
}

/// An anchored list or map that has not ended yet.
struct Open {
    id: usize,
    start: usize,
    depth: u32,
}

/// The anchors of a file.
#[derive(Default)]
pub(super) struct Anchors<'t> {
    /// Everything that stands in anchors, once each, however they nest.
    log: Vec<Step<'t>>,
    /// Where each anchor's events lie in the log.
    ranges: BTreeMap<usize, (usize, usize)>,
    open: Vec<Open>,
    /// Where the events of complete anchors end in the log.
    kept: usize,
    /// The playbacks that are under way, innermost last: next position and end in the log.
    playing: Vec<(usize, usize)>,
    /// How many events the text had.
    read: u64,
    /// How many were played back.
    played: u64,
}

impl<'t> Anchors<'t> {
    /// Notes an event of the text. `anchor` is 0 without one; `depth` counts what is open around the event.
    pub(super) fn note(&mut self, event: &Event<'t>, span: Span, anchor: usize, depth: u32) {
        self.read += 1;
        if anchor == 0 && self.open.is_empty() {
            return;
        }
        if anchor != 0 {
            self.open.push(Open { id: anchor, start: self.log.len(), depth });
        }
        self.keep(Step::Event(event.clone(), span));
        let ended = !matches!(event, Event::MapStart | Event::ListStart);
        if ended && let Some(open) = self.open.pop_if(|open| open.depth == depth) {
            self.ranges.insert(open.id, (open.start, self.log.len()));
            self.kept = self.log.len();
        }
    }

    /// Notes an alias of the text.
    pub(super) fn note_alias(&mut self, id: usize, span: Span) {
        self.read += 1;
        if !self.open.is_empty() {
            self.keep(Step::Alias(id, span));
        }
    }

    /// Keeps a step for the anchors that are open. One that has become too large is given up.
    fn keep(&mut self, step: Step<'t>) {
        self.log.push(step);
        let room = if self.log.len() > KEPT { 0 } else { LARGEST };
        while self.open.first().is_some_and(|open| self.log.len() - open.start > room) {
            self.open.remove(0);
            if self.open.is_empty() {
                self.log.truncate(self.kept);
            }
        }
    }

    /// The next step of the innermost playback, if one is under way.
    pub(super) fn replay(&mut self, findings: &mut Findings<'_>) -> Result<Option<Step<'t>>, Stopped> {
        while let Some((next, end)) = self.playing.last_mut() {
            if next == end {
                self.playing.pop();
                continue;
            }
            let step = self.log.get(*next).cloned();
            *next += 1;
            self.played += 1;
            if self.played > FREE + PER_EVENT * self.read {
                let span = match &step {
                    Some(Step::Event(_, span) | Step::Alias(_, span)) => *span,
                    None => findings.span(0, 0),
                };
                findings.too_many_aliases(span);
                return Err(Stopped);
            }
            return Ok(step);
        }
        Ok(None)
    }

    /// Begins to play back what `id` names, at an alias.
    pub(super) fn expand(
        &mut self,
        id: usize,
        span: Span,
        findings: &mut Findings<'_>,
    ) -> Result<(), Stopped> {
        if let Some(&range) = self.ranges.get(&id) {
            self.playing.push(range);
            return Ok(());
        }
        if self.open.iter().any(|open| open.id == id) {
            findings.malformed(span, "this alias stands inside what it repeats", None);
        } else {
            findings.too_many_aliases(span);
        }
        Err(Stopped)
    }
}
