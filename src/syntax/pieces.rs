//! Reads a large file in pieces on several threads.

use super::ast::Item;
use super::outline::Outline;
use super::read::Reader;
use super::scan::Scan;
use crate::diagnostics::Sink;
use crate::text::FileId;

/// How many bytes a piece has at least.
pub(super) const PIECE: usize = 256 * 1024;

/// How many pieces a file is read in at most. Threads beyond the machine's cores cost little, and what is read does not depend on them.
const MOST: usize = 8;

/// What a text gave.
pub(super) struct Pieces {
    /// Its items, in order.
    pub(super) items: Vec<Item>,
    /// The outline of each, if that was wanted and nothing is wrong.
    pub(super) outlines: Option<Vec<Outline>>,
    /// What was found wrong with it, in order.
    pub(super) found: Sink,
}

/// What one piece gave.
struct Piece {
    items: Vec<Item>,
    outlines: Option<Vec<Outline>>,
    found: Sink,
    /// The offset of the item after its last one.
    end: usize,
}

/// The items of a file and what was found wrong with it; `outlines`: with their outlines.
///
/// A piece ends where its reader comes to an item at or after the cut. Where that is not the cut itself (an item runs over it), what the
/// next piece read is dropped and its text is read again from the right place: the pieces are a guess, the result is not.
pub(super) fn read(file: FileId, text: &str, start: usize, scan: &Scan, outlines: bool) -> Pieces {
    let ranges = ranges(start, text.len(), &scan.cuts);
    let read_range = |from: usize, to: usize| {
        let mut reader = Reader::new(file, text, &scan.barriers, outlines);
        let end = reader.read(from, to);
        Piece { items: reader.items, outlines: reader.outlines, found: reader.out, end }
    };
    let mut pieces: Vec<Option<Piece>> = Vec::new();
    if ranges.len() > 1 {
        std::thread::scope(|scope| {
            let threads: Vec<_> =
                ranges.iter().map(|&(from, to)| scope.spawn(move || read_range(from, to))).collect();
            pieces = threads.into_iter().map(|thread| thread.join().ok()).collect();
        });
    }
    let mut all = Pieces { items: Vec::new(), outlines: outlines.then(Vec::new), found: Sink::new() };
    let mut at = start;
    for (index, &(from, to)) in ranges.iter().enumerate() {
        let guessed = pieces.get_mut(index).and_then(Option::take).filter(|_| at == from);
        let piece = match guessed {
            Some(piece) => piece,
            None if at < to => read_range(at, to),
            None => continue,
        };
        at = piece.end;
        append(&mut all.items, piece.items);
        if let (Some(all), Some(outlines)) = (&mut all.outlines, piece.outlines) {
            append(all, outlines);
        }
        all.found.append(piece.found);
    }
    all.outlines =
        all.outlines.filter(|outlines| !all.found.has_errors() && outlines.len() == all.items.len());
    all
}

/// Adds `more` to the end, without moving anything where that is all.
fn append<T>(all: &mut Vec<T>, more: Vec<T>) {
    if all.is_empty() {
        *all = more;
    } else {
        all.extend(more);
    }
}

/// The stretches that `cuts` cut a text into, at most [`MOST`].
fn ranges(start: usize, end: usize, cuts: &[usize]) -> Vec<(usize, usize)> {
    let step = cuts.len().div_ceil(MOST - 1).max(1);
    let starts = std::iter::once(start).chain(cuts.iter().copied().skip(step - 1).step_by(step));
    let mut ranges: Vec<(usize, usize)> = starts.map(|from| (from, end)).collect();
    let following: Vec<usize> = ranges.iter().skip(1).map(|range| range.0).collect();
    for (range, next) in ranges.iter_mut().zip(following) {
        range.1 = next;
    }
    ranges
}
