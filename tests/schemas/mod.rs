//! The published JSON schemas: they are schemas, they are strict, and everything that admit writes as JSON is what they say.

mod outputs;

use std::collections::BTreeSet;
use std::path::Path;

use admit::report::{SCHEMAS, Schema};
use jsonschema::Validator;
use serde_json::Value;

/// A schema to hold outputs against, and what of it they have put to use.
pub struct Held {
    schema: Value,
    validator: Validator,
    /// Every key and text of the outputs so far.
    seen: BTreeSet<String>,
}

impl Held {
    /// The schema of this name.
    pub fn new(name: &str) -> Self {
        let schema = parsed(SCHEMAS.iter().find(|schema| schema.name == name).expect(name));
        let validator = validator(&schema);
        Self { schema, validator, seen: BTreeSet::new() }
    }

    /// Holds an output against the schema.
    pub fn holds(&mut self, output: &Value) {
        let wrong: Vec<String> = self
            .validator
            .iter_errors(output)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}\n{output:#}");
        words(output, &mut self.seen);
    }

    /// Everything the schema speaks of has come up: a property that nothing writes is a promise that nobody keeps.
    pub fn is_used_up(&self) {
        let mut promised = BTreeSet::new();
        promises(&self.schema, &mut promised);
        let unseen: Vec<&String> = promised.difference(&self.seen).collect();
        assert!(unseen.is_empty(), "{}: no output has {unseen:?}", self.schema["$id"]);
    }
}

fn parsed(schema: &Schema) -> Value {
    serde_json::from_str(schema.text).unwrap_or_else(|error| panic!("{}: {error}", schema.name))
}

fn validator(schema: &Value) -> Validator {
    jsonschema::options().should_validate_formats(true).build(schema).unwrap()
}

/// Every key and every text.
fn words(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => drop(found.insert(text.clone())),
        Value::Array(items) => items.iter().for_each(|item| words(item, found)),
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            found.insert(key.clone());
            words(value, found);
        }),
        _ => {}
    }
}

/// Every property and constant of a schema.
fn promises(schema: &Value, found: &mut BTreeSet<String>) {
    let Some(fields) = schema.as_object() else {
        return schema.as_array().into_iter().flatten().for_each(|part| promises(part, found));
    };
    if let Some(properties) = fields.get("properties").and_then(Value::as_object) {
        found.extend(properties.keys().cloned());
    }
    found.extend(fields.get("const").and_then(Value::as_str).map(str::to_owned));
    fields.values().for_each(|part| promises(part, found));
}

/// Calls `each` with every object of a schema that describes something.
fn parts(schema: &Value, path: &str, each: &mut dyn FnMut(&str, &serde_json::Map<String, Value>)) {
    match schema {
        Value::Array(items) => items.iter().for_each(|item| parts(item, path, each)),
        Value::Object(fields) => {
            each(path, fields);
            fields.iter().for_each(|(key, value)| parts(value, &format!("{path}/{key}"), each));
        }
        _ => {}
    }
}

#[test]
fn the_folder_holds_the_schemas_that_are_offered() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().trim_end_matches(".json").to_owned())
        .collect();
    files.sort();
    let offered: Vec<&str> = SCHEMAS.iter().map(|schema| schema.name).collect();
    assert_eq!(files, offered, "and by name");
}

#[test]
fn each_is_a_schema_that_is_strict_and_says_what_everything_is() {
    for schema in SCHEMAS {
        let text = parsed(schema);
        assert!(jsonschema::meta::is_valid(&text), "{}", schema.name);
        assert_eq!(text["$schema"], "https://json-schema.org/draft/2020-12/schema", "{}", schema.name);
        assert_eq!(text["$id"], schema.id);
        assert!(text["title"].is_string() && text["description"].is_string(), "{}", schema.name);
        parts(&text, schema.name, &mut |path, part| {
            if part.get("type").is_some_and(|kind| kind == "object") {
                assert_eq!(part.get("additionalProperties"), Some(&Value::Bool(false)), "{path}");
            }
            for (name, property) in part.get("properties").and_then(Value::as_object).into_iter().flatten() {
                let said = ["description", "const", "$ref"].iter().any(|key| property.get(key).is_some());
                assert!(said, "{path}: what is `{name}`?");
            }
        });
    }
}
