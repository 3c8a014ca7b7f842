//! Policy text token by token, with anything that the language allows between tokens.

use crate::random_projects::dice::Dice;

/// Begins the mark that stands before a rule until the layout has found its place.
pub const MARK: char = '\u{E000}';
/// Ends it.
pub const MARK_END: char = '\u{E001}';

/// Writes one item.
pub struct Writer<'d> {
    pub dice: &'d mut Dice,
    text: String,
}

impl<'d> Writer<'d> {
    pub fn new(dice: &'d mut Dice) -> Self {
        Self { dice, text: String::new() }
    }

    pub fn finish(self) -> String {
        self.text
    }

    /// Marks that the rule with this number starts here.
    pub fn mark(&mut self, rule: usize) {
        self.gap();
        self.text.push_str(&format!("{MARK}{rule}{MARK_END}"));
    }

    /// Writes words as they are, separated from what stands before.
    pub fn words(&mut self, words: &str) {
        for word in words.split(' ') {
            self.gap();
            self.text.push_str(word);
        }
    }

    /// Writes punctuation, with or without a gap.
    pub fn punctuation(&mut self, mark: &str) {
        if self.dice.chance(50) {
            self.gap();
        }
        self.text.push_str(mark);
    }

    /// Items joined by commas; the last may be followed by one too where that is allowed.
    pub fn list<T>(&mut self, items: &[T], trailing: bool, mut write: impl FnMut(&mut Self, &T)) {
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.punctuation(",");
            }
            write(self, item);
        }
        if trailing && !items.is_empty() && self.dice.chance(15) {
            self.punctuation(",");
        }
    }

    /// A name: bare where that is possible and likely, else in quotes.
    pub fn name(&mut self, name: &str) {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        self.bare_or_quoted(name, name.chars().all(plain));
    }

    /// A name that would mean something else without quotes.
    pub fn quoted(&mut self, name: &str) {
        self.bare_or_quoted(name, false);
    }

    /// An e-mail address, in any case; a scope or a privilege.
    pub fn outside_name(&mut self, name: &str) {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.:@+".contains(c);
        self.bare_or_quoted(name, name.chars().all(plain));
    }

    /// An e-mail address: some letters become upper case.
    pub fn email(&mut self, email: &str) {
        let email = self.any_case(email);
        self.outside_name(&email);
    }

    /// The text with the case of some letters changed, or none.
    pub fn any_case(&mut self, text: &str) -> String {
        if !self.dice.chance(20) {
            return text.to_owned();
        }
        let mut change = |c: char| if self.dice.chance(30) { c.to_ascii_uppercase() } else { c };
        text.chars().map(&mut change).collect()
    }

    fn bare_or_quoted(&mut self, name: &str, may_be_bare: bool) {
        self.gap();
        if may_be_bare && !self.dice.chance(10) {
            self.text.push_str(name);
        } else {
            self.push_string(name);
        }
    }

    /// A text in quotes.
    pub fn string(&mut self, text: &str) {
        self.gap();
        self.push_string(text);
    }

    fn push_string(&mut self, text: &str) {
        self.text.push('"');
        for c in text.chars() {
            match c {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                c if !c.is_ascii() && self.dice.chance(50) => {
                    self.text.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
                }
                c => self.text.push(c),
            }
        }
        self.text.push('"');
    }

    /// Blanks, line breaks and comments.
    fn gap(&mut self) {
        if self.text.is_empty() || self.text.ends_with([MARK_END, '(', '[']) {
            return;
        }
        let gap = match self.dice.number(0, 99) {
            0..70 => " ",
            70..80 => "\n  ",
            80..88 => "\n",
            88..93 => "  \t",
            93..96 => " # says } \"nothing\n",
            96..98 => "#block all apps\n  ",
            _ => "\n\n# é\n",
        };
        self.text.push_str(gap);
    }
}
