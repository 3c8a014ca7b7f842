//! Text of other people made harmless for a terminal.

use std::borrow::Cow;

/// `text` with every character that a terminal would obey rather than show replaced by one that takes as many bytes.
///
/// These are control characters (escape sequences could recolour, move or retitle the terminal) and the marks that turn the direction of
/// text (they could make a rule look like another one), and the line breaks beyond ASCII. Those of ASCII and tabs stay. Byte offsets stay
/// valid.
pub fn visible(text: &str) -> Cow<'_, str> {
    if harmless(text.as_bytes()) || !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let breaks_line = character == '\r' && rest.peek() == Some(&'\n');
        shown.push(match character.len_utf8() {
            _ if breaks_line || !obeyed(character) => character,
            1 => '?',
            2 => '·',
            _ => char::REPLACEMENT_CHARACTER,
        });
    }
    Cow::Owned(shown)
}

/// The same on one line: line breaks and tabs become spaces, too.
pub fn one_line(text: &str) -> Cow<'_, str> {
    let shown = visible(text);
    if !shown.contains(['\n', '\r', '\t']) {
        return shown;
    }
    Cow::Owned(shown.replace("\r\n", "\n").replace(['\n', '\r', '\t'], " "))
}

/// Whether no byte can belong to an obeyed character: a quick look, for files of a hundred megabytes.
fn harmless(bytes: &[u8]) -> bool {
    let suspect = |byte: u8| match byte {
        b'\n' | b'\t' => false,
        // The first bytes of the control characters and of the marks beyond ASCII.
        0xC2 | 0xE2 | 0x7F => true,
        other => other < b' ',
    };
    // Looking at a whole block without stopping lets the compiler compare many bytes at once.
    bytes.chunks(4096).all(|block| !block.iter().fold(false, |found, &byte| found | suspect(byte)))
}

fn obeyed(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        _ => character.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_replaced_without_moving_anything() {
        let text = "a\u{1b}[31m\tb\r\nc\rd\u{85}e\u{202e}f";
        let shown = visible(text);
        assert_eq!(shown, "a?[31m\tb\r\nc?d·e\u{fffd}f");
        assert_eq!(shown.len(), text.len());
    }

    #[test]
    fn a_record_of_one_line_stays_one() {
        let text = "a\nb\r\nc\td\re\u{b}f\u{c}g\u{85}h\u{2028}i\u{2029}j";
        assert_eq!(one_line(text), "a b c d?e?f?g·h\u{fffd}i\u{fffd}j");
        assert!(matches!(one_line("über uns"), Cow::Borrowed(_)));
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(visible("group über {\n\tana@x.example\n}"), Cow::Borrowed(_)));
    }
}
