//! Scopes: levels, what implies what, and lists that match them.

use super::project::{Project, Scope, ScopeTerm};

/// The scope's entry in the catalogue.
pub fn entry<'p>(project: &'p Project, scope: &str) -> Option<&'p Scope> {
    project.scopes.iter().find(|entry| entry.name == scope)
}

/// The catalogue's level, else by the parts of the name.
pub fn level(project: &Project, scope: &str) -> String {
    if let Some(entry) = entry(project, scope) {
        return entry.level.clone();
    }
    let has = |word| scope.split(':').any(|part| part == word);
    if has("master") {
        "master".to_owned()
    } else if has("admin") {
        "admin".to_owned()
    } else {
        "user".to_owned()
    }
}

/// The scope and everything that it implies, transitively.
pub fn implied(project: &Project, scope: &str) -> Vec<String> {
    let mut found = vec![scope.to_owned()];
    let mut next = 0;
    while let Some(scope) = found.get(next).cloned() {
        next += 1;
        for implied in entry(project, &scope).map(|entry| entry.implies.clone()).unwrap_or_default() {
            if !found.contains(&implied) {
                found.push(implied);
            }
        }
    }
    found
}

/// The scope and everything that implies it, transitively.
pub fn implying(project: &Project, scope: &str) -> Vec<String> {
    let mut found = vec![scope.to_owned()];
    let mut next = 0;
    while let Some(scope) = found.get(next).cloned() {
        next += 1;
        for entry in project.scopes.iter().filter(|entry| entry.implies.contains(&scope)) {
            if !found.contains(&entry.name) {
                found.push(entry.name.clone());
            }
        }
    }
    found
}

/// Whether any entry of the list matches the scope itself.
pub fn matches(project: &Project, terms: &[ScopeTerm], scope: &str) -> bool {
    terms.iter().any(|term| match term {
        ScopeTerm::Scope(name) => name == scope,
        ScopeTerm::Pattern(pattern) => fits(pattern.as_bytes(), scope.as_bytes()),
        ScopeTerm::Set(name) => {
            let set = project.scope_sets.iter().find(|set| &set.name == name).expect("sets are declared");
            matches(project, &set.terms, scope)
        }
        ScopeTerm::Level(wanted) => &level(project, scope) == wanted,
    })
}

/// Whether a text fits a pattern in which `*` is any run of characters.
pub fn fits(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, None) => true,
        (Some((b'*', rest)), _) => fits(rest, text) || (!text.is_empty() && fits(pattern, &text[1..])),
        (Some((a, pattern)), Some((b, text))) => a == b && fits(pattern, text),
        _ => false,
    }
}
