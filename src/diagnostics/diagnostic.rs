//! One finding.

use crate::diagnostics::{Code, Severity};
use crate::text::Span;

/// A place with a short text about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there; may be empty for the primary place.
    pub text: String,
}

/// Text to put in place of a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// A change that would mend the finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the change does, in words.
    pub text: String,
    /// The edits; they do not overlap.
    pub edits: Vec<Edit>,
    /// Whether no decision depends on it, whatever the facts come to be. Otherwise it is a suggestion for a person to judge.
    pub keeps_decisions: bool,
}

impl Fix {
    /// A change that may change decisions.
    pub fn suggestion(text: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { text: text.into(), edits, keeps_decisions: false }
    }
    /// A change that changes no decision.
    pub fn keeping(text: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { text: text.into(), edits, keeps_decisions: true }
    }
}

/// One finding: what is wrong, where, and what to do about it.
///
/// Texts are lower case, have no final full stop, and show what the user wrote in backticks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: &'static Code,
    /// How much it matters here; starts as the code's own severity.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The exact place.
    pub primary: Label,
    /// Related places, in any file.
    pub related: Vec<Label>,
    /// What to do, such as "did you mean `app-admin`?".
    pub help: Option<String>,
    /// A change that would mend it.
    pub fix: Option<Fix>,
    /// The findings, by their kind and place, any of which tells the same mistake better: while one is told, this one is not.
    pub better: Vec<(&'static Code, Span)>,
}

impl Diagnostic {
    /// A finding of kind `code` at `span`.
    pub fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            primary: Label { span, text: String::new() },
            related: Vec::new(),
            help: None,
            fix: None,
            better: Vec::new(),
        }
    }
    /// Says what is to be seen at the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }
    /// Adds a related place.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push(Label { span, text: text.into() });
        self
    }
    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
    /// Says what to do, if there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help = text.or(self.help);
        self
    }
    /// Gives it another severity than its code's.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
    /// Adds a change that would mend it.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
    /// Adds a change that would mend it, if there is one.
    #[must_use]
    pub fn maybe_fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix.or(self.fix);
        self
    }
    /// Says that it need not be told while a finding of this kind is told at that place.
    #[must_use]
    pub fn unless_told(mut self, code: &'static Code, place: Span) -> Self {
        self.better.push((code, place));
        self
    }
}
