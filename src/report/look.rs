//! How output for people is drawn.

use anstyle::{AnsiColor, Style};

/// How output for people is drawn; whoever writes it knows the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether ANSI colours are used.
    pub color: bool,
    /// Whether frames and marks may use characters beyond ASCII.
    pub unicode: bool,
    /// How many columns a line may have; text is wrapped there, lines of source are not.
    pub width: usize,
}

/// What a line says at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Something is wrong, or stands in the way.
    Bad,
    /// Something deserves a look.
    Warning,
    /// Something is worth knowing.
    Note,
    /// Something is fine.
    Good,
}

impl Mark {
    pub(super) fn text(self, unicode: bool) -> &'static str {
        match (self, unicode) {
            (Self::Bad, true) => "×",
            (Self::Bad, false) => "x",
            (Self::Warning, true) => "⚠",
            (Self::Warning, false) => "!",
            (Self::Note, true) => "·",
            (Self::Note, false) => "-",
            (Self::Good, true) => "✓",
            (Self::Good, false) => "+",
        }
    }

    fn style(self) -> Style {
        let color = match self {
            Self::Bad => AnsiColor::Red,
            Self::Warning => AnsiColor::Yellow,
            Self::Note => AnsiColor::Cyan,
            Self::Good => AnsiColor::Green,
        };
        color.on_default()
    }
}

impl Look {
    /// `text` in the colour of `mark`, bold.
    pub fn strong(self, mark: Mark, text: &str) -> String {
        self.styled(mark.style().bold(), text)
    }
    /// `text` in the colour of `mark`.
    pub fn marked(self, mark: Mark, text: &str) -> String {
        self.styled(mark.style(), text)
    }
    /// `text` in bold.
    pub fn bold(self, text: &str) -> String {
        self.styled(Style::new().bold(), text)
    }
    /// `text` in the background.
    pub fn dim(self, text: &str) -> String {
        self.styled(Style::new().dimmed(), text)
    }

    fn styled(self, style: Style, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}
