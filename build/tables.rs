//! The tables as Rust text. Everything is a literal in a `static`, so that nothing happens when the program starts.
//!
//! Thousands of references would have to be adjusted by the loader at each start. So the rows of the catalogue have positions instead, in
//! one text and in two shared lists.

use std::fmt::Write as _;
use std::ops::Range;

use crate::catalogue::{Finished, Scope};
use crate::policies::{Policies, Role, ScopeSet, Term, Word};

/// The whole file.
pub fn render(catalogue: &Finished, policies: &Policies) -> String {
    let mut out = String::from("// Made by build.rs out of policies/zoom.\n");
    let mut pools = Pools::default();
    let rows: Vec<String> = catalogue.scopes.iter().map(|scope| pools.row(scope)).collect();
    table(&mut out, "SCOPES", "ScopeRow", rows.into_iter());
    let _ = writeln!(out, "pub(super) static TEXT: &str = {:?};", pools.text);
    let _ = writeln!(out, "pub(super) static LINKS: &[u16] = &{:?};", pools.links);
    let _ = writeln!(out, "pub(super) static NAMED_PRIVILEGES: &[&str] = &{:?};", pools.privileges);
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

/// What the rows of the catalogue have positions in.
#[derive(Default)]
struct Pools {
    text: String,
    links: Vec<u16>,
    privileges: Vec<String>,
}

impl Pools {
    fn row(&mut self, scope: &Scope) -> String {
        let Scope { name, entry, implies, implied_by, equivalents } = scope;
        format!(
            "ScopeRow {{ name: {}, level: {}, privileges: {}, may_need: {}, implies: {}, implied_by: {}, \
             equivalents: {}, summary: {} }}",
            self.text(name),
            level(&entry.level),
            part(&mut self.privileges, &entry.privileges),
            part(&mut self.privileges, &entry.may_need),
            part(&mut self.links, implies),
            part(&mut self.links, implied_by),
            part(&mut self.links, equivalents),
            self.text(&entry.summary),
        )
    }

    fn text(&mut self, text: &str) -> String {
        let start = self.text.len();
        self.text.push_str(text);
        format!("({start}, {})", text.len())
    }
}

/// Where the items stand in the pool; they are added unless they stand there already.
fn part<T: Clone + PartialEq>(pool: &mut Vec<T>, items: &[T]) -> String {
    let known = pool.windows(items.len().max(1)).position(|window| window == items);
    let start = match known {
        _ if items.is_empty() => 0,
        Some(start) => start,
        None => {
            pool.extend_from_slice(items);
            pool.len() - items.len()
        }
    };
    format!("({start}, {})", items.len())
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
