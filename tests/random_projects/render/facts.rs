//! Records in each of the five formats.

use serde_json::{Map, Value as Json, json};

use super::record::{FieldValue, Kind, Record};
use super::text::Writer;
use crate::random_projects::dice::Dice;

/// Where entities may be declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Policy,
    Yaml,
    Json,
    JsonLines,
    Csv,
}

impl Format {
    pub const ALL: [Self; 5] = [Self::Policy, Self::Yaml, Self::Json, Self::JsonLines, Self::Csv];

    pub fn extension(self) -> &'static str {
        match self {
            Self::Policy => "admit",
            Self::Yaml => "yaml",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
        }
    }
}

/// An entity in a policy file.
pub fn entity(w: &mut Writer<'_>, record: &Record) {
    let mut fields = record.fields.iter();
    let Some((_, FieldValue::Text(name))) = fields.next() else { panic!("a record begins with its name") };
    match record.kind {
        Kind::User => {
            w.words("user");
            w.email(name);
        }
        Kind::Developer => {
            w.words("developer");
            w.name(name);
        }
        Kind::App => {
            w.words("app");
            w.name(name);
        }
        Kind::Group | Kind::Scope => panic!("no entity in policy files"),
    }
    w.words("{");
    for (key, value) in fields {
        match value {
            FieldValue::Null => {}
            FieldValue::Text(text) => {
                w.words(key);
                w.name(text);
            }
            FieldValue::Literal(text) | FieldValue::Date(text) => {
                w.words(key);
                w.words(text);
            }
            FieldValue::List(values) if values.is_empty() => {
                w.words(key);
                w.words("none");
            }
            FieldValue::List(values) => {
                w.words(key);
                w.list(values, false, |w, value| w.outside_name(value));
            }
        }
    }
    w.punctuation("}");
}

/// A whole fact file. A CSV file holds records of one kind.
pub fn file(dice: &mut Dice, format: Format, records: &[Record]) -> String {
    match format {
        Format::Policy => panic!("policy files are written item by item"),
        Format::Json if dice.chance(50) => format!("{:#}\n", lists(dice, records)),
        Format::Json => lists(dice, records).to_string(),
        Format::JsonLines => {
            let lines: Vec<String> =
                records.iter().map(|record| format!("{}\n", object(dice, record))).collect();
            lines.concat()
        }
        Format::Yaml => yaml(dice, records),
        Format::Csv => csv(dice, records),
    }
}

fn kinds(records: &[Record]) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = records.iter().map(|record| record.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

fn lists(dice: &mut Dice, records: &[Record]) -> Json {
    let mut lists = Map::new();
    for kind in kinds(records) {
        let of_kind = records.iter().filter(|record| record.kind == kind);
        lists.insert(kind.list().to_owned(), of_kind.map(|record| object(dice, record)).collect());
    }
    Json::Object(lists)
}

fn object(dice: &mut Dice, record: &Record) -> Json {
    let mut object = Map::new();
    for (key, value) in &record.fields {
        let value = match value {
            FieldValue::Text(text) | FieldValue::Date(text) => json!(text),
            FieldValue::Literal(literal) => serde_json::from_str(literal).expect("a number or flag"),
            FieldValue::List(values) => match values.as_slice() {
                [one] if dice.chance(20) => json!(one),
                values => json!(values),
            },
            FieldValue::Null => Json::Null,
        };
        object.insert(key.clone(), value);
    }
    Json::Object(object)
}

fn yaml(dice: &mut Dice, records: &[Record]) -> String {
    let mut text = String::new();
    for kind in kinds(records) {
        text.push_str(&format!("{}:\n", kind.list()));
        for record in records.iter().filter(|record| record.kind == kind) {
            text.push_str("  # é\n");
            let fields: Vec<String> = record
                .fields
                .iter()
                .map(|(key, value)| format!("{key}: {}", yaml_value(dice, value)))
                .collect();
            let flow = dice.chance(30);
            let whole = if flow { format!("{{ {} }}", fields.join(", ")) } else { fields.join("\n    ") };
            text.push_str(&format!("  - {whole}\n"));
        }
    }
    text
}

fn yaml_value(dice: &mut Dice, value: &FieldValue) -> String {
    match value {
        FieldValue::Text(text) => yaml_text(dice, text),
        FieldValue::Literal(text) | FieldValue::Date(text) => text.clone(),
        FieldValue::Null => dice.pick(&["null", "~"]).to_owned(),
        FieldValue::List(values) => match values.as_slice() {
            [one] if dice.chance(20) => yaml_text(dice, one),
            values => {
                let values: Vec<String> = values.iter().map(|value| yaml_text(dice, value)).collect();
                format!("[{}]", values.join(", "))
            }
        },
    }
}

/// Plain where YAML would read the same text, else in quotes; JSON's quotes are YAML's.
fn yaml_text(dice: &mut Dice, text: &str) -> String {
    let plain = text.chars().all(|c| c.is_alphanumeric() || "-_.@+".contains(c))
        && text.chars().next().is_some_and(char::is_alphabetic);
    if plain && dice.chance(60) {
        text.to_owned()
    } else if dice.chance(30) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        json!(text).to_string()
    }
}

fn csv(dice: &mut Dice, records: &[Record]) -> String {
    let mut header: Vec<String> = Vec::new();
    for (key, _) in records.iter().flat_map(|record| &record.fields) {
        if !header.iter().any(|known| known.replace('-', "_") == key.replace('-', "_")) {
            header.push(key.clone());
        }
    }
    let mut text = format!("{}\n", header.join(","));
    for record in records {
        let cells: Vec<String> = header.iter().map(|key| csv_cell(dice, record, key)).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

fn csv_cell(dice: &mut Dice, record: &Record, key: &str) -> String {
    let same = |other: &String| other.replace('-', "_") == key.replace('-', "_");
    let value = record.fields.iter().find(|(other, _)| same(other)).map(|(_, value)| value);
    let text = match value {
        None | Some(FieldValue::Null) => return String::new(),
        Some(FieldValue::Text(text) | FieldValue::Literal(text) | FieldValue::Date(text)) => text.clone(),
        Some(FieldValue::List(values)) if values.is_empty() => "none".to_owned(),
        Some(FieldValue::List(values)) => values.join(dice.pick(&[";", "; "])),
    };
    let quoted = text.contains(['"', ',']) || dice.chance(10);
    if quoted { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
