//! Reads a large file in pieces on several threads.

use super::kept::Kept;
use super::read::Reader;
use super::scan::Scan;
use crate::diagnostics::Sink;
use crate::text::FileId;

/// How many bytes a piece has at least.
pub(super) const PIECE: usize = 256 * 1024;

/// How many pieces a file is read in at most. Threads beyond the machine's cores cost little, and what is read does not depend on them.
const MOST: usize = 8;

/// What one piece gave.
struct Piece<K> {
    items: Vec<K>,
    found: Sink,
    /// The offset of the item after its last one.
    end: usize,
}

/// The items of a file and what was found wrong with it, in order.
///
/// A piece ends where its reader comes to an item at or after the cut. Where that is not the cut itself (an item runs over it), what the
/// next piece read is dropped and its text is read again from the right place: the pieces are a guess, the result is not.
pub(super) fn read<K: Kept>(file: FileId, text: &str, start: usize, scan: &Scan) -> (Vec<K>, Sink) {
    let ranges = ranges(start, text.len(), &scan.cuts);
    let read_range = |from: usize, to: usize| {
        let mut reader = Reader::new(file, text, &scan.barriers);
        let end = reader.read(from, to);
        Piece { items: reader.items, found: reader.out, end }
    };
    let mut pieces: Vec<Option<Piece<K>>> = Vec::new();
    if ranges.len() > 1 {
        std::thread::scope(|scope| {
            let threads: Vec<_> =
                ranges.iter().map(|&(from, to)| scope.spawn(move || read_range(from, to))).collect();
            pieces = threads.into_iter().map(|thread| thread.join().ok()).collect();
        });
    }
    let (mut items, mut found) = (Vec::new(), Sink::new());
    let mut at = start;
    for (index, &(from, to)) in ranges.iter().enumerate() {
        let guessed = pieces.get_mut(index).and_then(Option::take).filter(|_| at == from);
        let piece = match guessed {
            Some(piece) => piece,
            None if at < to => read_range(at, to),
            None => continue,
        };
        at = piece.end;
        if items.is_empty() {
            items = piece.items;
        } else {
            items.extend(piece.items);
        }
        found.append(piece.found);
    }
    (items, found)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::ast::Item;
    use crate::syntax::scan::scan;
    use crate::text::SourceMap;

    /// Else the next piece is read for nothing, and once more on one core.
    #[test]
    fn a_piece_ends_where_the_next_one_starts() {
        let rules = "approve a for everyone\n\nrole b {\n  scopes user:read\n}\n# next\n";
        let text = rules.repeat(10_000);
        let file = SourceMap::new().add("main.admit", text.clone());
        let scan = scan(file, &text, 0, 64 * 1024);
        let ranges = ranges(0, text.len(), &scan.cuts);
        assert!(ranges.len() > 2, "{ranges:?}");
        for (from, to) in ranges {
            let mut reader = Reader::<Item>::new(file, &text, &scan.barriers);
            assert_eq!((reader.read(from, to), reader.out.has_errors()), (to, false));
        }
    }
}
