//! Texts with edits.

use std::collections::{BTreeMap, BTreeSet};

use super::ChangedFile;
use crate::diagnostics::{Edit, Sink};
use crate::format::format;
use crate::project::{Overlay, Root};
use crate::text::{FileId, SourceMap, Span};

/// The files that have other texts than on disk, by their names.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    /// The text on disk, and the one it has now.
    changed: BTreeMap<String, (String, String)>,
}

impl Texts {
    /// These texts with edits of the files of `sources`, which hold the texts as they are now. A file in the one layout stays in it.
    pub(super) fn with<'e>(&self, sources: &SourceMap, edits: impl Iterator<Item = &'e Edit>) -> Self {
        let mut texts = self.clone();
        let mut by_file: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
        for edit in edits {
            by_file.entry(edit.span.file).or_default().push(edit);
        }
        for (id, mut edits) in by_file {
            edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
            let file = sources.file(id);
            let disk = || (file.text().to_owned(), String::new());
            let (_, text) = texts.changed.entry(file.path().to_owned()).or_insert_with(disk);
            *text = edited(file.text(), &edits);
            texts.lay_out(sources, id);
        }
        texts
    }

    /// Gives the text of a file the one layout, if the file had it before.
    fn lay_out(&mut self, sources: &SourceMap, file: FileId) {
        let (name, before) = (sources.file(file).path(), sources.file(file).text());
        let laid_out = |text: &str| format(file, text, &mut Sink::new());
        if let Some((_, text)) = self.changed.get_mut(name)
            && laid_out(before).as_deref() == Some(before)
            && let Some(after) = laid_out(text)
        {
            *text = after;
        }
    }

    pub(super) fn lay_over(&self, root: &Root, overlay: &mut Overlay<'_>) {
        for (name, (_, text)) in &self.changed {
            overlay.lay(root.folder.join(name), text.clone());
        }
    }

    /// The files whose text is another one in the end.
    pub(super) fn changed(self, root: &Root) -> Vec<ChangedFile> {
        let changed = self.changed.into_iter().filter(|(_, (before, after))| before != after);
        changed
            .map(|(name, (before, after))| ChangedFile { path: root.folder.join(&name), name, before, after })
            .collect()
    }
}

/// A text with edits, which are in the order of their places and do not meet.
fn edited(text: &str, edits: &[&Edit]) -> String {
    let mut new = String::with_capacity(text.len());
    let mut kept = 0;
    for edit in edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        let (Some(before), Some(_)) = (text.get(kept..start), text.get(start..end)) else { continue };
        new.push_str(before);
        new.push_str(&edit.text);
        kept = end;
    }
    new.push_str(text.get(kept..).unwrap_or_default());
    new
}

/// Whether a place meets or touches one that is taken, which do not meet each other: of two edits side by side it is not clear what
/// comes of both.
pub(super) fn touches(taken: &BTreeSet<Span>, span: Span) -> bool {
    let last = Span { start: span.end, end: u32::MAX, ..span };
    taken.range(..=last).next_back().is_some_and(|other| other.file == span.file && span.start <= other.end)
}
