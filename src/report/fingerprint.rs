//! Fingerprints of lines that stay the same when the line moves: how GitHub knows a finding again in the next version of a file.
//!
//! The hash of a line is taken over 100 units of UTF-16 from its first character on, so it says something about what follows too. Spaces
//! and tabs are skipped, and every kind of line break is one LF. A window rolls over the file: each unit that comes in is added to 37 times
//! the hash so far, and the one that leaves is taken out. The n-th line of a hash has `:n` after it.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;

/// How many units a hash is over.
const WINDOW: usize = 100;
/// What the hash so far is multiplied by.
const BASE: u64 = 37;
/// What a unit was multiplied by when it leaves.
const LEAVING: u64 = BASE.wrapping_pow(WINDOW as u32);
/// What follows the last unit.
const END: u16 = u16::MAX;

/// A line, known again wherever it stands in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// The hash of what the line begins.
    hash: u64,
    /// Which of the lines of that hash it is, from 1.
    occurrence: u32,
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}:{}", self.hash, self.occurrence)
    }
}

/// The fingerprints of the lines that hold these offsets of `text`, which ascend.
///
/// Takes time in proportion to the text and memory in proportion to the offsets.
pub fn fingerprints(text: &str, offsets: &[u32]) -> Vec<Fingerprint> {
    // Only the lines that are asked about are counted; which hashes they have is known after a first pass.
    let mut hashes = Vec::with_capacity(offsets.len());
    roll(text, offsets, &mut |hash, held| hashes.extend(std::iter::repeat_n(hash, held)));
    let mut counts: BTreeMap<u64, u32> = hashes.iter().map(|&hash| (hash, 0)).collect();
    let mut found = Vec::with_capacity(offsets.len());
    roll(text, offsets, &mut |hash, held| {
        if let Some(count) = counts.get_mut(&hash) {
            *count += 1;
            found.extend(std::iter::repeat_n(Fingerprint { hash, occurrence: *count }, held));
        }
    });
    found
}

/// Tells of each line in order its hash and how many of the offsets it holds.
fn roll(text: &str, offsets: &[u32], each: &mut dyn FnMut(u64, usize)) {
    let mut lines = Lines { offsets, started: VecDeque::new(), hashed: None, each };
    let mut window = Window { units: [0; WINDOW], at: 0, seen: 0, hash: 0 };
    let mut starts_line = true;
    let mut after_return = false;
    for (offset, character) in text.char_indices() {
        let skipped = matches!(character, ' ' | '\t') || character == '\n' && after_return;
        after_return = character == '\r';
        if skipped {
            continue;
        }
        let ends_line = matches!(character, '\n' | '\r');
        let mut units = [0; 2];
        for &mut unit in (if ends_line { '\n' } else { character }).encode_utf16(&mut units) {
            lines.hash(&window);
            if std::mem::take(&mut starts_line) {
                lines.start(&window);
            }
            window.push(unit);
        }
        if ends_line {
            // The LF of a CR LF is still of this line.
            lines.end(offset + usize::from(after_return && text.as_bytes().get(offset + 1) == Some(&b'\n')));
            starts_line = true;
        }
    }
    lines.hash(&window);
    if starts_line {
        lines.start(&window);
    }
    lines.end(usize::MAX);
    window.push(END);
    for _ in 0..WINDOW {
        lines.hash(&window);
        window.push(0);
    }
}

/// The last units and their hash.
struct Window {
    units: [u16; WINDOW],
    /// Where the oldest unit stands.
    at: usize,
    /// How many units there were in all.
    seen: u64,
    hash: u64,
}

impl Window {
    fn push(&mut self, unit: u16) {
        if let Some(oldest) = self.units.get_mut(self.at) {
            let left = std::mem::replace(oldest, unit);
            let taken = LEAVING.wrapping_mul(u64::from(left));
            self.hash = self.hash.wrapping_mul(BASE).wrapping_add(u64::from(unit)).wrapping_sub(taken);
        }
        self.at = if self.at + 1 == WINDOW { 0 } else { self.at + 1 };
        self.seen += 1;
    }
}

/// The lines that are not told of yet.
struct Lines<'o> {
    /// The offsets beyond the lines that ended.
    offsets: &'o [u32],
    /// Those that began within the window: how many units stand before each, and how many offsets it holds once it has ended.
    started: VecDeque<(u64, Option<usize>)>,
    /// The hash of the line that is longer than the window, while it goes on.
    hashed: Option<u64>,
    each: &'o mut dyn FnMut(u64, usize),
}

impl Lines<'_> {
    /// A line begins with the next unit.
    fn start(&mut self, window: &Window) {
        self.started.push_back((window.seen, None));
    }

    /// The line that began last ends with this offset.
    fn end(&mut self, offset: usize) {
        let held = self.offsets.partition_point(|&at| at as usize <= offset);
        self.offsets = self.offsets.get(held..).unwrap_or_default();
        if let Some(hash) = self.hashed.take() {
            (self.each)(hash, held);
        } else if let Some((_, last)) = self.started.back_mut() {
            *last = Some(held);
        }
    }

    /// Takes the hash of the line that began a whole window ago.
    fn hash(&mut self, window: &Window) {
        let Some(&(before, held)) = self.started.front() else { return };
        if window.seen - before == WINDOW as u64 {
            self.started.pop_front();
            match held {
                Some(held) => (self.each)(window.hash, held),
                None => self.hashed = Some(window.hash),
            }
        }
    }
}
