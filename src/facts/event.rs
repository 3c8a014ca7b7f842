//! What the YAML and JSON sources deliver.

use std::borrow::Cow;

use super::findings::Findings;
use super::record::ScalarShape;
use crate::text::Span;

/// One step through a document.
#[derive(Clone, Debug)]
pub(super) enum Event<'t> {
    /// A map begins; its keys and values follow in turn.
    MapStart,
    /// The innermost map ends.
    MapEnd,
    /// A list begins.
    ListStart,
    /// The innermost list ends.
    ListEnd,
    /// `null`, `~` or nothing.
    Null,
    /// A value or a key.
    Scalar(Cow<'t, str>, ScalarShape),
    /// The file ends. Nothing is open then.
    End,
}

/// A source cannot go on; it has reported why.
#[derive(Debug)]
pub(super) struct Stopped;

/// Delivers a file's events with their places. Every start is followed by its end, or by [`Stopped`].
pub(super) trait Source<'t> {
    /// The next event. The span of an end that no sign marks is empty.
    fn next(&mut self, findings: &mut Findings<'_>) -> Result<(Event<'t>, Span), Stopped>;

    /// As [`Source::next`], for the few places that see nearly every event of a large file: there the call itself would count.
    #[inline(always)]
    fn next_inline(&mut self, findings: &mut Findings<'_>) -> Result<(Event<'t>, Span), Stopped> {
        self.next(findings)
    }

    /// Passes over the rest of a value that began with `event`; gives where it ends.
    fn skip(&mut self, event: &Event<'t>, span: Span, findings: &mut Findings<'_>) -> Result<Span, Stopped> {
        let mut open: u32 = 0;
        let mut last = span;
        let mut current = event.clone();
        loop {
            match current {
                Event::MapStart | Event::ListStart => open += 1,
                Event::MapEnd | Event::ListEnd => open = open.saturating_sub(1),
                Event::Null | Event::Scalar(..) => {}
                Event::End => return Ok(span.to(last)),
            }
            if open == 0 {
                return Ok(span.to(last));
            }
            let (event, place) = self.next(findings)?;
            if !place.is_empty() {
                last = place;
            }
            current = event;
        }
    }
}
