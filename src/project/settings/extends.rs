//! `extends`: the bundled libraries and local folders that a project builds on.

use super::Settings;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, nearest, quoted_list};
use crate::facts::Entry;
use crate::library::BASELINES;
use crate::project::config::{Extend, Library};
use crate::project::files::Status;
use crate::text::Span;

declare_code! {
    /// An entry of `extends` that is neither a bundled library nor a folder.
    UNKNOWN_LIBRARY = Project, Error, "unknown-library", "an entry of extends that is neither a bundled library nor a folder"
}

/// The bundled library of scopes, roles and sets.
const ZOOM: &str = "zoom";

pub(super) fn read(entry: &Entry, settings: &mut Settings<'_>) {
    let Some(texts) = settings.texts(entry, "[\"zoom\"]") else { return };
    settings.config.extends.clear();
    for (text, span) in texts {
        if let Some(library) = library(text, span, settings)
            && !settings.config.extends.iter().any(|extend| extend.library == library)
        {
            settings.config.extends.push(Extend { library, place: Some(span) });
        }
    }
}

/// What an entry names. A bundled name comes before a folder of that name, which is written `./zoom`.
fn library(text: &str, span: Span, settings: &mut Settings<'_>) -> Option<Library> {
    if text == ZOOM {
        return Some(Library::Zoom);
    }
    if let Some(name) = BASELINES.iter().find(|name| **name == text) {
        return Some(Library::Baseline(name));
    }
    let folder = settings.root.folder.join(text);
    if !text.is_empty() && settings.files.status(&folder).is_ok_and(|status| status == Status::Folder) {
        return Some(Library::Folder(text.to_owned()));
    }
    let names = || std::iter::once(ZOOM).chain(BASELINES.iter().copied());
    let message = if text.contains(['/', '\\', '.']) {
        format!("there is no folder `{text}`")
    } else {
        format!("there is no library `{text}`, nor a folder of that name")
    };
    let help = match nearest(text, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "a folder is named relative to `admit.yaml`; the bundled libraries are {}",
            quoted_list(names(), "and")
        ),
    };
    settings.out.push(Diagnostic::new(&UNKNOWN_LIBRARY, span, message).help(help));
    None
}
