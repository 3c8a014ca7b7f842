//! Who answers for which policy file.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::cli::exit::Failure;
use crate::model::Effect;
use crate::project::Analysis;
use crate::report::seen_from_root;
use crate::text::{FileId, Symbol};

/// A policy file with its owners.
#[derive(Debug, Serialize)]
pub(super) struct OwnedFile {
    /// The file as seen from the root of the repository.
    pub(super) path: String,
    /// The owners of its rules and accepted widenings.
    pub(super) owners: BTreeSet<String>,
    /// How many of both it has.
    rules: usize,
    /// How many of these have no owner.
    unowned: usize,
}

/// The project's policy files, by path.
pub(super) fn files(analysis: &Analysis, folder: &str) -> Vec<OwnedFile> {
    let model = analysis.model();
    let mut by_file: BTreeMap<FileId, OwnedFile> = BTreeMap::new();
    for tree in &analysis.trees {
        let path = seen_from_root(folder, analysis.sources.file(tree.file).path());
        let file = OwnedFile { path, owners: BTreeSet::new(), rules: 0, unowned: 0 };
        by_file.insert(tree.file, file);
    }
    // An exemption belongs to the account and names nobody.
    let rules = model.rules.iter().filter(|rule| !matches!(rule.effect, Effect::Exempt));
    let rules = rules.map(|rule| (rule.span.file, rule.owner.map(|(owner, _)| owner)));
    let accepts = model.accepts.iter().map(|accept| (accept.span.file, Some(accept.owner)));
    let all = rules.chain(accepts);
    all.for_each(|(file, owner): (FileId, Option<Symbol>)| {
        let Some(file) = by_file.get_mut(&file) else { return };
        file.rules += 1;
        match owner {
            Some(owner) => {
                file.owners.insert(model.name(owner).to_owned());
            }
            None => file.unowned += 1,
        }
    });
    let mut files: Vec<OwnedFile> = by_file.into_values().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

#[derive(Serialize)]
struct Json<'f> {
    schema: &'static str,
    files: &'f [OwnedFile],
}

/// The JSON of schema `admit.owners/1`.
pub(super) fn json(files: &[OwnedFile]) -> Result<String, Failure> {
    let json = Json { schema: "admit.owners/1", files };
    let text = serde_json::to_string_pretty(&json).map_err(|error| Failure::Internal(error.to_string()))?;
    Ok(text + "\n")
}
