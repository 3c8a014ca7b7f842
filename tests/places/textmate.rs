//! Reads text with a TextMate grammar, as far as ours goes: `match` with captures, `begin` and `end`, includes.

use std::collections::BTreeMap;

use fancy_regex::{Regex, RegexBuilder};
use serde_json::Value;

/// A grammar with its regular expressions.
pub struct Grammar {
    root: Value,
    compiled: BTreeMap<String, Regex>,
}

/// A run of text with the innermost scope that it is in; empty: none but the language's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The line, from 0.
    pub line: usize,
    /// Where it begins in its line, in bytes.
    pub start: usize,
    pub text: String,
    /// Every scope around it, the outermost first.
    pub scopes: Vec<String>,
}

impl Token {
    /// Whether any scope around it begins so.
    pub fn is_in(&self, prefix: &str) -> bool {
        self.scopes.iter().any(|scope| scope.starts_with(prefix))
    }

    /// The innermost scope.
    pub fn scope(&self) -> &str {
        self.scopes.last().map_or("", String::as_str)
    }
}

/// What can begin or end at a place.
enum Candidate<'g> {
    Rule(&'g Value),
    End,
}

impl Grammar {
    /// A grammar whose expressions all compile.
    pub fn new(root: Value) -> Self {
        let mut compiled = BTreeMap::new();
        expressions(&root, &mut |text| {
            let regex = RegexBuilder::new(text).oniguruma_mode(true).build();
            compiled.insert(text.to_owned(), regex.unwrap_or_else(|error| panic!("{text}: {error}")));
        });
        Self { root, compiled }
    }

    /// Every token of a text.
    pub fn tokens(&self, text: &str) -> Vec<Token> {
        let mut found = Vec::new();
        let mut stack = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let mut reader = Line { grammar: self, number, text: line, found: &mut found };
            reader.read(&self.root["patterns"], &mut stack, 0, line.len(), &[]);
        }
        found
    }

    /// The rules of a list, with what it includes in their place.
    fn rules<'g>(&'g self, patterns: &'g Value, found: &mut Vec<&'g Value>) {
        for pattern in patterns.as_array().into_iter().flatten() {
            match pattern["include"].as_str() {
                Some(include) => {
                    let name = include.strip_prefix('#').unwrap();
                    let included = &self.root["repository"][name];
                    assert!(included.is_object(), "nothing is called {include}");
                    self.rules(&included["patterns"], found);
                }
                None => found.push(pattern),
            }
        }
    }
}

/// Calls `each` with every regular expression.
fn expressions(value: &Value, each: &mut dyn FnMut(&str)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| expressions(item, each)),
        Value::Object(fields) => fields.iter().for_each(|(key, value)| match value.as_str() {
            Some(text) if ["match", "begin", "end"].contains(&key.as_str()) => each(text),
            _ => expressions(value, each),
        }),
        _ => {}
    }
}

struct Line<'g, 'o> {
    grammar: &'g Grammar,
    number: usize,
    text: &'g str,
    found: &'o mut Vec<Token>,
}

impl<'g> Line<'g, '_> {
    /// Reads from `at` to `to` with these patterns; `stack` holds the blocks that are open, the innermost last.
    fn read(
        &mut self,
        patterns: &'g Value,
        stack: &mut Vec<&'g Value>,
        at: usize,
        to: usize,
        around: &[String],
    ) {
        let mut at = at;
        loop {
            let mut scopes = around.to_vec();
            scopes.extend(stack.iter().filter_map(|block| name(block)));
            let mut rules = Vec::new();
            self.grammar.rules(stack.last().map_or(patterns, |block| &block["patterns"]), &mut rules);
            let mut candidates: Vec<Candidate<'g>> = Vec::new();
            candidates.extend(stack.last().map(|_| Candidate::End));
            candidates.extend(rules.into_iter().map(Candidate::Rule));
            let mut best: Option<(Candidate<'g>, fancy_regex::Captures<'_, str>)> = None;
            for candidate in candidates {
                let expression = match &candidate {
                    Candidate::End => &stack.last().unwrap()["end"],
                    Candidate::Rule(rule) if rule["match"].is_string() => &rule["match"],
                    Candidate::Rule(rule) => &rule["begin"],
                };
                let regex = &self.grammar.compiled[expression.as_str().unwrap()];
                let Some(captures) = regex.captures_from_pos(&self.text[..to], at).unwrap() else { continue };
                let start = captures.get(0).unwrap().start();
                if best.as_ref().is_none_or(|(_, best)| start < best.get(0).unwrap().start()) {
                    best = Some((candidate, captures));
                }
            }
            let Some((candidate, captures)) = best else { break };
            let whole = captures.get(0).unwrap();
            self.token(at, whole.start(), &scopes);
            match candidate {
                Candidate::End => {
                    let block = stack.pop().unwrap();
                    self.captured(&block["endCaptures"], &captures, &scopes);
                }
                Candidate::Rule(rule) => {
                    scopes.extend(name(rule));
                    let key = if rule["match"].is_string() { "captures" } else { "beginCaptures" };
                    self.captured(&rule[key], &captures, &scopes);
                    if rule["begin"].is_string() {
                        stack.push(rule);
                    }
                    assert!(!whole.as_str().is_empty(), "{rule} takes nothing");
                }
            }
            at = whole.end();
        }
        let mut scopes = around.to_vec();
        scopes.extend(stack.iter().filter_map(|block| name(block)));
        self.token(at, to, &scopes);
    }

    /// The parts of a match, with what stands between them.
    fn captured(&mut self, captures: &'g Value, found: &fancy_regex::Captures<'_, str>, scopes: &[String]) {
        let whole = found.get(0).unwrap();
        let mut at = whole.start();
        if let Some(scope) = captures["0"]["name"].as_str() {
            let mut scopes = scopes.to_vec();
            scopes.push(scope.to_owned());
            return self.token(whole.start(), whole.end(), &scopes);
        }
        for (index, part) in found.iter().enumerate().skip(1) {
            let (Some(part), capture) = (part, &captures[index.to_string()]) else { continue };
            if capture.is_null() || part.start() < at {
                continue;
            }
            self.token(at, part.start(), scopes);
            let mut inner = scopes.to_vec();
            inner.extend(name(capture));
            if capture["patterns"].is_array() {
                self.read(&capture["patterns"], &mut Vec::new(), part.start(), part.end(), &inner);
            } else {
                self.token(part.start(), part.end(), &inner);
            }
            at = part.end();
        }
        self.token(at, whole.end(), scopes);
    }

    fn token(&mut self, start: usize, end: usize, scopes: &[String]) {
        if start < end {
            let text = self.text[start..end].to_owned();
            self.found.push(Token { line: self.number, start, text, scopes: scopes.to_vec() });
        }
    }
}

fn name(rule: &Value) -> Option<String> {
    rule["name"].as_str().map(str::to_owned)
}
