//! Findings for a person at a terminal.

use super::snippet::{Piece, Place, Snippets};
use super::{Look, Mark};
use crate::diagnostics::{Diagnostic, Label, Severity};
use crate::text::{SourceMap, Span};

/// Draws findings and decisions with the lines of source they are about.
pub struct Human<'s> {
    pub(super) snippets: Snippets<'s>,
}

impl<'s> Human<'s> {
    /// Draws over the files of `sources`.
    pub fn new(sources: &'s SourceMap, look: Look) -> Self {
        Self { snippets: Snippets::new(sources, look) }
    }

    /// A finding: its code, what is wrong, the lines it is about with their labels, related places in other files as notes with lines
    /// of their own, and what to do. Ends with a line break.
    pub fn finding(&self, finding: &Diagnostic) -> String {
        let mark = match finding.severity {
            Severity::Error => Mark::Bad,
            Severity::Warning => Mark::Warning,
            Severity::Advice => Mark::Note,
        };
        let mut main = Piece::new(mark, &*finding.message);
        main.code = Some(finding.code.to_string());
        main = main.at(finding.primary.span, &*finding.primary.text);
        let mut pieces = vec![main];
        for label in &finding.related {
            place(&mut pieces, label, self.snippets.sources());
        }
        if let Some(last) = pieces.last_mut() {
            last.help.clone_from(&finding.help);
        }
        pieces.iter().map(|piece| self.snippets.draw(piece)).collect()
    }

    /// A message about a place that is no finding, with what to do. Ends with a line break.
    pub fn message(&self, mark: Mark, text: &str, span: Span, label: &str, help: Option<String>) -> String {
        let mut piece = Piece::new(mark, text).at(span, label);
        piece.help = help;
        self.snippets.draw(&piece)
    }
}

/// Puts a related place into the frame of the first piece if it fits there, else into a note of its own.
fn place(pieces: &mut Vec<Piece>, label: &Label, sources: &SourceMap) {
    if let Some(first) = pieces.first_mut().filter(|first| first.has_room_for(label.span, sources)) {
        first.places.push(Place { span: label.span, text: label.text.clone() });
    } else {
        let text = if label.text.is_empty() { "see also" } else { &label.text };
        pieces.push(Piece::new(Mark::Note, text).at(label.span, ""));
    }
}
