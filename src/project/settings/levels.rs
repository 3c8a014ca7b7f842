//! `lints`: the level of each kind of finding.

use super::Settings;
use crate::declare_code;
use crate::diagnostics::{Code, Diagnostic, Severity, Stage, nearest, quoted_list};
use crate::facts::{Entry, NodeKind};
use crate::project::codes::{code, codes, stage_and_name};
use crate::project::config::Level;
use crate::text::Span;

declare_code! {
    /// The name of a finding that admit does not have.
    UNKNOWN_CODE = Project, Warning, "unknown-code", "the name of a finding that admit does not have"
}
declare_code! {
    /// A level or an exception for a finding that is always an error.
    FIXED_LEVEL = Project, Error, "fixed-level", "a level or an exception for a finding that is always an error"
}

pub(super) fn read(entry: &Entry, settings: &mut Settings<'_>) {
    let entries = match &entry.value.kind {
        NodeKind::Map(entries) => entries,
        NodeKind::Null => return,
        NodeKind::Scalar(..) | NodeKind::List(_) => {
            let help = "write a map such as `{ missing-reason: error }`";
            settings.wrong(entry.value.span, "`lints` is not a map here", help);
            return;
        }
    };
    for entry in entries {
        let Some(code) = code(&entry.key) else {
            settings.out.push(unknown_code(&entry.key, entry.key_span));
            continue;
        };
        let word = match &entry.value.kind {
            NodeKind::Scalar(word, _) => word.as_str(),
            _ => "",
        };
        let Some(level) = Level::from_word(word) else {
            let message = format!("`{}` has no level of this name", entry.key);
            let help = format!("the levels are {}", quoted_list(Level::WORDS, "and"));
            settings.wrong(entry.value.span, message, help);
            continue;
        };
        if is_fixed(code) {
            if level != Level::Report(Severity::Error) {
                settings.out.push(fixed_level(code, entry.key_span));
            }
            continue;
        }
        if settings.config.levels.insert(code.name, level).is_some() {
            let message = format!("`{}` has a level here already", code.name);
            settings.wrong(entry.key_span, message, "keep one of the two");
        }
    }
}

/// Whether a finding of this kind always stays an error, because a policy with it has no meaning.
pub(in crate::project) fn is_fixed(code: &Code) -> bool {
    code.severity == Severity::Error && code.stage != Stage::Lint
}

/// Reports a name that no finding has.
pub(in crate::project) fn unknown_code(name: &str, span: Span) -> Diagnostic {
    let near = nearest(stage_and_name(name).1, codes().into_iter().map(|code| code.name));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`admit codes` lists all of them".to_owned(),
    };
    Diagnostic::new(&UNKNOWN_CODE, span, format!("there is no finding `{name}`")).help(help)
}

/// Reports a level or an exception for a finding whose level is fixed.
pub(in crate::project) fn fixed_level(code: &Code, span: Span) -> Diagnostic {
    let message = format!("`{}` is an error of the language, its level cannot be changed", code.name);
    let help = "a project with this error has no meaning: mend what it points at";
    Diagnostic::new(&FIXED_LEVEL, span, message).help(help)
}
