//! Small random damage to a text.

use fastrand::Rng;

/// The text with this many small edits. What comes out is not always UTF-8.
pub fn edited(random: &mut Rng, text: &[u8], donor: &[u8], edits: usize) -> Vec<u8> {
    let mut text = text.to_vec();
    for _ in 0..edits {
        edit(random, &mut text, donor);
    }
    text
}

fn edit(random: &mut Rng, text: &mut Vec<u8>, donor: &[u8]) {
    let tokens = tokens(text);
    let Some(&(start, end)) = random.choice(&tokens) else { return };
    match random.u8(..16) {
        0..4 => drop(text.drain(start..end)),
        4..6 => drop(text.splice(end..end, text[start..end].to_vec())),
        6..8 => {
            // Swapped with another token.
            let Some(&(other, other_end)) = random.choice(&tokens) else { return };
            let ((a, a_end), (b, b_end)) = if start < other {
                ((start, end), (other, other_end))
            } else {
                ((other, other_end), (start, end))
            };
            if a_end <= b {
                let swapped = [&text[b..b_end], &text[a_end..b], &text[a..a_end]].concat();
                text.splice(a..b_end, swapped);
            }
        }
        8..11 => {
            // In its place something from elsewhere.
            let elsewhere = self::tokens(donor);
            if let Some(&(from, to)) = random.choice(&elsewhere) {
                text.splice(start..end, donor[from..to].to_vec());
            }
        }
        11 => text.truncate(start),
        12 => drop(text.drain(..end)),
        13 => text.insert(start, random.u8(..)),
        14 => {
            let nasty = [
                "\"", "\\", "{", "}", "(", "[", "]]", ",", ";", "#", "\r", "\u{0}", "\u{202E}", "é",
                "\u{FEFF}", "*",
            ];
            let nasty = random.choice(nasty).unwrap_or_default();
            text.splice(start..start, nasty.bytes());
        }
        _ => {
            for _ in 0..random.usize(1..8) {
                let at = random.usize(..text.len());
                text[at] = random.u8(..);
            }
        }
    }
}

/// Runs of letters and digits, and every other character but blanks, alone. Never in the middle of a character.
fn tokens(text: &[u8]) -> Vec<(usize, usize)> {
    let mut tokens: Vec<(usize, usize)> = Vec::new();
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.@:".contains(&byte);
    for (at, &byte) in text.iter().enumerate() {
        match tokens.last_mut() {
            Some((start, end))
                if *end == at && (is_word(byte) && is_word(text[*start]) || byte & 0xC0 == 0x80) =>
            {
                *end = at + 1;
            }
            _ if byte.is_ascii_whitespace() => {}
            _ => tokens.push((at, at + 1)),
        }
    }
    tokens
}
