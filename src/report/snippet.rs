//! A message with the lines of source it is about, drawn by miette.
//!
//! miette wants all labels of a report in one source and finds lines by scanning from the start of the file. Here a [`Piece`] has labels
//! of one file only (its caller makes a piece of its own for each further file), and lines come from the index that the file keeps.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::wrap::wrap;
use super::{Look, Mark, one_line, visible};
use crate::text::{FileId, SourceMap, Span};

/// A label longer than this many lines, or bytes on one line, shows its beginning only.
const MOST_LABEL_LINES: usize = 6;
const MOST_LABEL_BYTES: usize = 400;
/// Places in one file share a frame if the lines of one are at most this far from those of another …
const MOST_LINES_BETWEEN: u32 = 4;
/// … and the frame has no more lines than this.
const MOST_FRAME_LINES: u32 = 16;
/// Of a line that goes on for longer, this much is shown around what it is about.
const MOST_BESIDE_LABEL: usize = 160;

/// A place with a text about it.
pub(super) struct Place {
    pub(super) span: Span,
    pub(super) text: String,
}

/// One message with its places, which lie near each other in one file and do not overlap. The first is where it points.
pub(super) struct Piece {
    pub(super) mark: Mark,
    pub(super) code: Option<String>,
    pub(super) message: String,
    pub(super) places: Vec<Place>,
    pub(super) help: Option<String>,
}

impl Piece {
    pub(super) fn new(mark: Mark, message: impl Into<String>) -> Self {
        Self { mark, code: None, message: message.into(), places: Vec::new(), help: None }
    }
    pub(super) fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.places.push(Place { span, text: text.into() });
        self
    }

    /// Whether a further place would stand in the same frame as those it has, and beside them.
    pub(super) fn has_room_for(&self, span: Span, sources: &SourceMap) -> bool {
        let beside =
            |a: Span| a.file == span.file && a != span && (a.end <= span.start || span.end <= a.start);
        if !self.places.iter().all(|place| beside(place.span)) {
            return false;
        }
        let lines = |span: Span| (sources.start(span).line, sources.end(span).line);
        let frame = self.places.iter().map(|place| lines(place.span));
        let Some((first, last)) = frame.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else { return true };
        let (start, end) = lines(span);
        start <= last.saturating_add(MOST_LINES_BETWEEN)
            && first <= end.saturating_add(MOST_LINES_BETWEEN)
            && last.max(end) - first.min(start) < MOST_FRAME_LINES
    }
}

/// Draws pieces over the files of one run.
pub(super) struct Snippets<'s> {
    sources: &'s SourceMap,
    look: Look,
    /// The text of each file as it may be shown, made when first needed.
    texts: Vec<OnceCell<Cow<'s, str>>>,
}

impl<'s> Snippets<'s> {
    pub(super) fn new(sources: &'s SourceMap, look: Look) -> Self {
        let texts = sources.files().map(|_| OnceCell::new()).collect();
        Self { sources, look, texts }
    }

    pub(super) fn sources(&self) -> &'s SourceMap {
        self.sources
    }

    pub(super) fn look(&self) -> Look {
        self.look
    }

    /// The piece as text, with a line break at its end.
    pub(super) fn draw(&self, piece: &Piece) -> String {
        let excerpt = piece.places.first().and_then(|place| self.excerpt(place.span.file));
        let report = Report {
            message: self.wrapped(&piece.message, 6),
            code: piece.code.as_deref(),
            mark: piece.mark,
            help: piece.help.as_deref().map(|help| self.wrapped(help, 10)),
            labels: excerpt.iter().flat_map(|excerpt| self.labels(excerpt, &piece.places)).collect(),
            excerpt,
        };
        let mut drawn = String::new();
        match self.handler(piece.mark).render_report(&mut drawn, &report) {
            Ok(()) => drawn,
            Err(fmt::Error) => format!("  {} {}\n", piece.mark.text(self.look.unicode), report.message),
        }
    }

    fn wrapped(&self, text: &str, taken: usize) -> String {
        wrap(&visible(text), self.look.width.saturating_sub(taken).max(20)).join("\n")
    }

    fn excerpt(&self, file: FileId) -> Option<Excerpt<'_>> {
        let text = self.texts.get(file.index())?;
        let source = self.sources.file(file);
        let text = text.get_or_init(|| visible(source.text()));
        Some(Excerpt { path: one_line(source.path()), text, starts: source.line_starts() })
    }

    fn labels(&self, excerpt: &Excerpt<'_>, places: &[Place]) -> Vec<LabeledSpan> {
        let label = |(index, place): (usize, &Place)| {
            let text = (!place.text.is_empty()).then(|| self.wrapped(&place.text, 24));
            let span = excerpt.shortened(place.span.start as usize, place.span.end as usize);
            if index == 0 {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        };
        places.iter().enumerate().map(label).collect()
    }

    fn handler(&self, mark: Mark) -> GraphicalReportHandler {
        let mut characters =
            if self.look.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
        let mut styles = if self.look.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
        mark.text(self.look.unicode).clone_into(match mark {
            Mark::Bad => &mut characters.error,
            Mark::Warning => &mut characters.warning,
            Mark::Note | Mark::Good => &mut characters.advice,
        });
        // miette has no mark for what is well; the last of its highlights is green.
        if let (Mark::Good, Some(&green)) = (mark, styles.highlights.last()) {
            styles.advice = green;
        }
        GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
            .with_links(false)
            .with_wrap_lines(false)
            .with_context_lines(0)
            .without_cause_chain()
            .with_width(self.look.width)
    }
}

/// A file as miette reads it.
struct Excerpt<'t> {
    path: Cow<'t, str>,
    text: &'t str,
    starts: &'t [u32],
}

impl Excerpt<'_> {
    /// The number of the line that `offset` lies in, from 0.
    fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= offset).saturating_sub(1)
    }

    /// Where a line starts; a line that does not exist starts after the text.
    fn start(&self, line: usize) -> usize {
        self.starts.get(line).map_or(self.text.len(), |&start| start as usize)
    }

    /// The bytes `start..end`, or their beginning where they are too many to show.
    fn shortened(&self, start: usize, end: usize) -> SourceSpan {
        let (start, end) = (start.min(self.text.len()), end.min(self.text.len()));
        // The place after the last line break has no line to be drawn under.
        let start = if start == end && start == self.text.len() { self.last_character() } else { start };
        let first = self.line(start);
        let mut shown = end;
        if self.line(end.saturating_sub(1).max(start)) - first >= MOST_LABEL_LINES {
            let line = self.text.get(start..self.start(first + 1)).unwrap_or_default();
            shown = start + line.trim_end().len();
        }
        if shown.saturating_sub(start) > MOST_LABEL_BYTES {
            shown = self.boundary(start + MOST_LABEL_BYTES);
        }
        (start, shown.saturating_sub(start)).into()
    }

    fn last_character(&self) -> usize {
        self.text.trim_end_matches(['\n', '\r']).len()
    }

    /// `offset`, or the nearest start of a character before it.
    fn boundary(&self, offset: usize) -> usize {
        let mut at = offset.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

impl SourceCode for Excerpt<'_> {
    /// The lines of `span`. Lines around it are never asked for. A span over too many lines is refused, so that no frame is made of it.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let first = self.line(start);
        let last = self.line(end.saturating_sub(1).max(start));
        let most = MOST_FRAME_LINES as usize;
        if last - first > most || span.len() > most * MOST_LABEL_BYTES {
            return Err(MietteError::OutOfBounds);
        }
        let mut from = self.start(first);
        if start - from > MOST_BESIDE_LABEL {
            from = self.boundary(start - MOST_BESIDE_LABEL);
        }
        let mut to = self.start(last + 1);
        if to.saturating_sub(end) > MOST_BESIDE_LABEL {
            to = self.boundary(end + MOST_BESIDE_LABEL);
        }
        let data = self.text.get(from..to).ok_or(MietteError::OutOfBounds)?;
        let before = self.text.get(self.start(first)..start).ok_or(MietteError::OutOfBounds)?;
        Ok(Box::new(MietteSpanContents::new_named(
            self.path.clone().into_owned(),
            data.as_bytes(),
            (from, data.len()).into(),
            first,
            before.chars().count(),
            // miette joins the frames of places whose lines touch; so it joins those that are near.
            last - first + 1 + MOST_LINES_BETWEEN as usize,
        )))
    }
}

/// A piece as miette reads it.
struct Report<'p> {
    message: String,
    code: Option<&'p str>,
    mark: Mark,
    help: Option<String>,
    labels: Vec<LabeledSpan>,
    excerpt: Option<Excerpt<'p>>,
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.mark {
            Mark::Bad => miette::Severity::Error,
            Mark::Warning => miette::Severity::Warning,
            Mark::Note | Mark::Good => miette::Severity::Advice,
        })
    }
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        (!self.labels.is_empty()).then(|| Box::new(self.labels.iter().cloned()) as _)
    }
    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }
}
