//! Random projects as files: what is declared where, in which order and in which words, is random too.

mod conditions;
mod facts;
mod items;
pub mod record;
mod rules;
pub mod suite;
mod text;

use std::collections::BTreeMap;

use self::facts::Format;
use self::record::{Kind, Record};
use self::text::{MARK, MARK_END, Writer};
use super::dice::Dice;
use super::generate::Random;
use crate::reference::project::{Effect, Place, Project};

/// A project's files, by path.
pub type Files = BTreeMap<String, String>;

const POLICIES: [&str; 4] =
    ["policies/a.admit", "policies/k.admit", "policies/nested/deep/x.admit", "policies/z.admit"];

/// The one file of the folder that projects build on.
const BASE: &str = "base/one.admit";

/// Writes the project into files and tells each of its rules where it stands; the rules are then in the order of files and text.
pub fn render(dice: &mut Dice, random: &mut Random) -> Files {
    let (items, records) = declarations(dice, &random.own);
    let mut files = facts_files(dice, records);
    let (policies, places) = policy_files(dice, items);
    files.extend(policies);
    for (number, place) in places {
        random.own.rules[number].place = place;
    }
    if let Some(base) = &mut random.base {
        let mut places = Vec::new();
        let text = base_items(dice, base).concat();
        files.insert(BASE.to_owned(), without_marks(BASE, &text, &mut places));
        for (number, place) in places {
            base.rules[number].place = place;
        }
    }
    files.insert("admit.yaml".to_owned(), configuration(dice, random.zoom, random.base.is_some()));
    random.own.rules.sort_by(|a, b| a.place.cmp(&b.place));
    files
}

fn configuration(dice: &mut Dice, zoom: bool, base: bool) -> String {
    let mut lines = vec![
        match (zoom, base) {
            (true, true) => "extends: [zoom, base]\n",
            (true, false) => "extends: [\"zoom\"]\n",
            (false, true) => "extends: [base]\n",
            (false, false) => "extends: []\n",
        },
        "policies: [\"policies/**/*.admit\"]\n",
        "facts:\n  directory: [\"directory/*\"]\n  catalog: [\"catalog/*\"]\n",
    ];
    if zoom && !base && dice.chance(50) {
        lines.remove(0);
    }
    dice.shuffle(&mut lines);
    lines.concat()
}

/// Everything that the folder declares.
fn base_items(dice: &mut Dice, base: &Project) -> Vec<String> {
    let mut items = vec![item(dice, |w| items::base_account(w, &base.account))];
    items.extend(base.roles.iter().map(|role| item(dice, |w| items::role(w, role))));
    items.extend(base.scope_sets.iter().map(|set| item(dice, |w| items::scope_set(w, set))));
    items.extend(base.allowlists.iter().map(|list| item(dice, |w| items::allowlist(w, list))));
    items.extend(base.groups.iter().map(|group| item(dice, |w| items::group(w, group))));
    items.extend(base.rules.iter().enumerate().map(|(at, rule)| item(dice, |w| rules::rule(w, at, rule))));
    let mut entities: Vec<Record> = base.users.iter().map(|user| record::user(dice, user)).collect();
    entities.extend(base.developers.iter().map(|developer| record::developer(dice, developer)));
    entities.extend(base.apps.iter().map(|app| record::app(dice, app)));
    items.extend(entities.iter().map(|record| entity(dice, record)));
    dice.shuffle(&mut items);
    items
}

/// What stands in policy files, and what in fact files of which format.
fn declarations(dice: &mut Dice, own: &Project) -> (Vec<String>, Vec<(Format, Record)>) {
    let mut items = vec![item(dice, |w| items::account(w, own))];
    items.extend(own.attributes.iter().map(|attribute| item(dice, |w| items::attribute(w, attribute))));
    items.extend(own.roles.iter().map(|role| item(dice, |w| items::role(w, role))));
    items.extend(own.scope_sets.iter().map(|set| item(dice, |w| items::scope_set(w, set))));
    items.extend(own.allowlists.iter().map(|list| item(dice, |w| items::allowlist(w, list))));
    for (number, rule) in own.rules.iter().enumerate() {
        if !matches!(rule.effect, Effect::Exempt { .. }) {
            items.push(item(dice, |w| rules::rule(w, number, rule)));
        }
    }
    let mut records = Vec::new();
    for group in &own.groups {
        match dice.one(&Format::ALL) {
            Format::Policy => items.push(item(dice, |w| items::group(w, group))),
            format => records.push((format, record::group(dice, group))),
        }
    }
    for scope in &own.scopes {
        records.push((dice.one(&Format::ALL[1..]), record::scope(dice, scope)));
    }
    let mut entities: Vec<Record> = own.users.iter().map(|user| record::user(dice, user)).collect();
    entities.extend(own.developers.iter().map(|developer| record::developer(dice, developer)));
    entities.extend(own.apps.iter().map(|app| record::app(dice, app)));
    for entity in entities {
        match dice.one(&Format::ALL) {
            Format::Policy => items.push(item(dice, |w| facts::entity(w, &entity))),
            format => records.push((format, entity)),
        }
    }
    (items, records)
}

/// An item, sometimes with comments before it.
fn item(dice: &mut Dice, write: impl FnOnce(&mut Writer<'_>)) -> String {
    let comment = match dice.number(0, 19) {
        0 => "## what it is for\n",
        1 => "# plain\n\n## doc\n## of two lines\n",
        _ => "",
    };
    let mut writer = Writer::new(dice);
    write(&mut writer);
    format!("{comment}{}\n", writer.finish())
}

fn facts_files(dice: &mut Dice, mut records: Vec<(Format, Record)>) -> Files {
    dice.shuffle(&mut records);
    let mut by_file: BTreeMap<(String, Format), Vec<Record>> = BTreeMap::new();
    for (format, record) in records {
        let folder = match record.kind {
            Kind::User | Kind::Group => "directory",
            Kind::Developer | Kind::App | Kind::Scope => "catalog",
        };
        let stem = if format == Format::Csv { record.kind.list() } else { dice.pick(&["facts", "more"]) };
        by_file.entry((format!("{folder}/{stem}"), format)).or_default().push(record);
    }
    let mut files = Files::new();
    for ((stem, format), records) in by_file {
        let text = facts::file(dice, format, &records);
        files.insert(format!("{stem}.{}", format.extension()), line_breaks(dice, text));
    }
    files
}

/// With LF or CR LF, with or without a byte order mark.
fn line_breaks(dice: &mut Dice, text: String) -> String {
    let text = if dice.chance(10) { text.replace('\n', "\r\n") } else { text };
    if dice.chance(5) { format!("\u{FEFF}{text}") } else { text }
}

/// An entity as text, such as people assume it.
pub fn entity(dice: &mut Dice, record: &Record) -> String {
    item(dice, |w| facts::entity(w, record))
}

/// Spreads the items over files in any order, and finds the places of rules.
fn policy_files(dice: &mut Dice, mut items: Vec<String>) -> (Files, Vec<(usize, Place)>) {
    dice.shuffle(&mut items);
    let count = dice.number(1, POLICIES.len());
    let mut texts = vec![String::new(); count];
    for item in items {
        let at = dice.number(0, count - 1);
        texts[at].push_str(&item);
    }
    let mut files = Files::new();
    let mut places = Vec::new();
    for (path, text) in POLICIES.iter().zip(texts) {
        let text = line_breaks(dice, text);
        files.insert((*path).to_owned(), without_marks(path, &text, &mut places));
    }
    (files, places)
}

fn without_marks(path: &str, text: &str, places: &mut Vec<(usize, Place)>) -> String {
    let (mut clean, mut line, mut column) = (String::new(), 1, 1);
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            MARK => {
                let number: String = characters.by_ref().take_while(|c| *c != MARK_END).collect();
                places.push((number.parse().expect("a rule's number"), (path.to_owned(), line, column)));
                continue;
            }
            '\u{FEFF}' => {}
            '\n' => {
                line += 1;
                column = 1;
            }
            _ => column += 1,
        }
        clean.push(c);
    }
    clean
}
