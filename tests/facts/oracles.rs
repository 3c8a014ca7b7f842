//! The JSON and CSV readers against readers that others wrote, on random input.

use super::*;

fn random_json(random: &mut fastrand::Rng) -> String {
    const PARTS: [&str; 26] = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "\"b\"",
        "\"é\\n\\u00e9\\\"\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\"",
        "1",
        "-0",
        "01",
        "1.5e-7",
        "1.",
        "-",
        "true",
        "false",
        "null",
        "nul",
        " ",
        "\n",
        "\"",
        "\\",
        "\u{feff}",
    ];
    let mut text = String::new();
    for _ in 0..random.usize(1..12) {
        text += random.choice(PARTS).unwrap();
    }
    text
}

/// A valid JSON text with random values, as facts have them.
fn valid_json(random: &mut fastrand::Rng) -> String {
    let users: Vec<serde_json::Value> = (0..random.usize(0..5))
        .map(|at| {
            let name: String = (0..random.usize(0..12)).map(|_| random.char('\u{1}'..'\u{2ff}')).collect();
            serde_json::json!({"email": format!("u{at}@x"), "name": name, "seats": random.i32(..), "on": random.bool(), "groups": ["a", name]})
        })
        .collect();
    serde_json::json!({ "users": users }).to_string()
}

#[test]
fn json_is_broken_exactly_where_another_reader_says_so() {
    let mut random = fastrand::Rng::with_seed(11);
    for round in 0..40_000 {
        let text = if round % 4 == 0 { valid_json(&mut random) } else { random_json(&mut random) };
        if text.starts_with('\u{feff}') || text.trim().is_empty() {
            continue; // a byte order mark and an empty file are fine here
        }
        let valid = serde_json::from_str::<serde_json::Value>(&text).is_ok();
        let reading = read(&text, Format::Json, Section::Directory);
        reading.assert_spans();
        let broken = reading.found.iter().any(|d| d.code.name == "malformed-facts");
        assert_eq!(valid, !broken, "{text:?}: {:?}", reading.findings());
    }
}

#[test]
fn json_text_is_what_another_reader_reads() {
    let mut random = fastrand::Rng::with_seed(12);
    for _ in 0..5_000 {
        let text = valid_json(&mut random);
        let other: serde_json::Value = serde_json::from_str(&text).unwrap();
        let reading = read(&text, Format::Json, Section::Directory);
        let users = other["users"].as_array().unwrap();
        assert_eq!(reading.records.len(), users.len());
        for (record, user) in reading.records.iter().zip(users) {
            for field in &record.fields {
                let (list, values) = field.values.as_ref().unwrap();
                let other = &user[&field.key];
                let texts: Vec<String> = values.iter().map(|(text, ..)| text.clone()).collect();
                let expected: Vec<String> = match other {
                    serde_json::Value::Array(items) => {
                        items.iter().map(|i| i.as_str().unwrap().to_owned()).collect()
                    }
                    serde_json::Value::String(text) => vec![text.clone()],
                    other => vec![other.to_string()],
                };
                assert_eq!((*list, texts), (other.is_array(), expected));
            }
        }
    }
}

#[test]
fn csv_cells_are_what_another_reader_reads() {
    let mut random = fastrand::Rng::with_seed(13);
    for _ in 0..5_000 {
        let rows: Vec<[String; 2]> = (0..random.usize(1..6))
            .map(|at| {
                let letters = ['a', ' ', ',', '"', '\n', 'ö', 'z', '\t'];
                let note: String =
                    (0..random.usize(0..10)).map(|_| *random.choice(&letters).unwrap()).collect();
                [format!("u{at}@x"), note]
            })
            .collect();
        let mut writer = csv::WriterBuilder::new();
        if random.bool() {
            writer.quote_style(csv::QuoteStyle::Always);
        }
        if random.bool() {
            writer.terminator(csv::Terminator::CRLF);
        }
        let mut writer = writer.from_writer(Vec::new());
        writer.write_record(["email", "note"]).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let reading = read(&text, Format::Csv, Section::Directory);
        assert_eq!(reading.findings(), [""; 0], "{text:?}");
        reading.assert_spans();
        let ours: Vec<[String; 2]> = reading
            .records
            .iter()
            .map(|record| {
                let cell = |at: usize| {
                    record
                        .fields
                        .get(at)
                        .map_or(String::new(), |field| field.values.clone().unwrap().1[0].0.clone())
                };
                [cell(0), cell(1)]
            })
            .collect();
        let trimmed: Vec<[String; 2]> =
            rows.iter().map(|row| row.each_ref().map(|cell| cell.trim().to_owned())).collect();
        assert_eq!(ours, trimmed, "{text:?}");
    }
}
