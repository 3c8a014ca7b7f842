//! The tables as Rust text. Everything is a literal in a `static`, so that nothing happens when the program starts.

use std::fmt::{Debug, Write as _};
use std::ops::Range;

use crate::catalogue::{Finished, Scope};
use crate::policies::{Policies, Role, ScopeSet, Term, Word};

/// The whole file.
pub fn render(catalogue: &Finished, policies: &Policies) -> String {
    let mut out = String::from("// Made by build.rs out of policies/zoom.\n");
    table(&mut out, "SCOPES", "CatalogScope", catalogue.scopes.iter().map(scope));
    let privileges = catalogue.privileges.iter().map(|entry| {
        format!("CatalogPrivilege {{ name: {:?}, meaning: {:?} }}", entry.privilege, entry.meaning)
    });
    table(&mut out, "PRIVILEGES", "CatalogPrivilege", privileges);
    table(&mut out, "ROLES", "BakedRole", policies.roles.iter().map(role));
    table(&mut out, "SCOPE_SETS", "BakedScopeSet", policies.sets.iter().map(scope_set));
    out
}

fn table(out: &mut String, name: &str, kind: &str, rows: impl Iterator<Item = String>) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "pub(super) static {name}: &[{kind}] = &[");
    for row in rows {
        let _ = writeln!(out, "    {row},");
    }
    out.push_str("];\n");
}

fn scope(scope: &Scope) -> String {
    let Scope { name, entry, implies, implied_by, equivalents } = scope;
    format!(
        "CatalogScope {{ name: {name:?}, level: {}, privileges: {}, may_need: {}, implies: {}, implied_by: {}, \
         equivalents: {}, summary: {:?} }}",
        level(&entry.level),
        list(&entry.privileges),
        list(&entry.may_need),
        list(implies),
        list(implied_by),
        list(equivalents),
        entry.summary,
    )
}

fn list(items: &[impl Debug]) -> String {
    format!("&{items:?}")
}

fn level(word: &str) -> &'static str {
    match word {
        "master" | "master-level" => "Level::Master",
        "admin" | "admin-level" => "Level::Admin",
        _ => "Level::User",
    }
}

fn role(role: &Role) -> String {
    format!(
        "BakedRole {{ name: {:?}, extends: {}, privileges: {}, scopes: {}, file: {}, head: {} }}",
        role.name.text,
        words(&role.extends),
        words(&role.privileges),
        terms(&role.scopes),
        role.file,
        place(&role.head),
    )
}

fn scope_set(set: &ScopeSet) -> String {
    format!(
        "BakedScopeSet {{ name: {:?}, scopes: {}, file: {}, head: {} }}",
        set.name.text,
        terms(&set.scopes),
        set.file,
        place(&set.head),
    )
}

fn words(words: &[Word]) -> String {
    let words: Vec<String> = words
        .iter()
        .map(|word| format!("BakedName {{ text: {:?}, place: {} }}", word.text, place(&word.span)))
        .collect();
    format!("&[{}]", words.join(", "))
}

fn terms(terms: &[Term]) -> String {
    let terms: Vec<String> = terms
        .iter()
        .map(|term| {
            let value = if term.variant == "Level" {
                level(&term.name).to_owned()
            } else {
                format!("{:?}", term.name)
            };
            format!(
                "BakedTerm {{ kind: BakedTermKind::{}({value}), place: {} }}",
                term.variant,
                place(&term.span)
            )
        })
        .collect();
    format!("&[{}]", terms.join(", "))
}

fn place(span: &Range<usize>) -> String {
    format!("({}, {})", span.start, span.end)
}
