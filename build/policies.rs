//! The roles and scope sets of the library: a reader of just the part of the language that they use.
//!
//! The real parser is part of the library that this builds, so it cannot be used here. Whatever these few lines do not know is an error,
//! and a test compares the tables with what the real parser reads from the same text.

use std::ops::Range;

use crate::catalogue::Finished;

/// A word with its place in the file, in bytes.
#[derive(Clone)]
pub struct Word {
    pub text: String,
    pub span: Range<usize>,
}

/// `role NAME extends … { privileges … scopes … }`
pub struct Role {
    pub name: Word,
    pub extends: Vec<Word>,
    pub privileges: Vec<Word>,
    pub scopes: Vec<Term>,
    pub file: usize,
    pub head: Range<usize>,
}

/// `scope-set NAME { … }`
pub struct ScopeSet {
    pub name: Word,
    pub scopes: Vec<Term>,
    pub file: usize,
    pub head: Range<usize>,
}

/// An entry of a scope list: the variant of `BakedTermKind` it becomes, its name and its place.
pub struct Term {
    pub variant: &'static str,
    pub name: String,
    pub span: Range<usize>,
}

/// Every role and set.
#[derive(Default)]
pub struct Policies {
    pub roles: Vec<Role>,
    pub sets: Vec<ScopeSet>,
}

impl Policies {
    /// Adds one file.
    pub fn read(&mut self, file: usize, text: &str) -> Result<(), String> {
        let mut reader = Reader { words: words(text)?, next: 0 };
        while let Some(keyword) = reader.take() {
            let name = reader.name()?;
            let head = keyword.span.start..name.span.end;
            match keyword.text.as_str() {
                "role" => {
                    let role = reader.role(name, file, head)?;
                    self.roles.push(role);
                }
                "scope-set" => {
                    reader.expect("{")?;
                    let scopes = reader.terms()?;
                    reader.expect("}")?;
                    self.sets.push(ScopeSet { name, scopes, file, head });
                }
                other => return Err(format!("byte {}: `{other}` starts no item here", keyword.span.start)),
            }
        }
        Ok(())
    }

    /// Holds every name against what is declared.
    pub fn check(&self, catalogue: &Finished) -> Result<(), String> {
        let names = self.roles.iter().map(|role| &role.name.text);
        let sets = self.sets.iter().map(|set| &set.name.text);
        let terms = self.roles.iter().flat_map(|role| &role.scopes);
        for term in terms.chain(self.sets.iter().flat_map(|set| &set.scopes)) {
            let known = match term.variant {
                "Scope" => catalogue.has_scope(&term.name),
                "Set" => sets.clone().any(|set| *set == term.name),
                _ => true,
            };
            if !known {
                return Err(format!("nothing is called `{}`", term.name));
            }
        }
        for role in &self.roles {
            if let Some(word) = role.extends.iter().find(|word| !names.clone().any(|name| *name == word.text))
            {
                return Err(format!("no role is called `{}`", word.text));
            }
            if let Some(word) = role.privileges.iter().find(|word| !catalogue.has_privilege(&word.text)) {
                return Err(format!("no privilege is called `{}`", word.text));
            }
        }
        Ok(())
    }
}

/// The words of a file: runs of word characters, and each brace and comma on its own. Comments go.
fn words(text: &str) -> Result<Vec<Word>, String> {
    let mut found: Vec<Word> = Vec::new();
    let mut in_comment = false;
    for (at, letter) in text.char_indices() {
        in_comment = letter != '\n' && (in_comment || letter == '#');
        if in_comment || letter.is_whitespace() {
            continue;
        }
        let is_mark = matches!(letter, '{' | '}' | ',');
        if !is_mark && !letter.is_ascii_alphanumeric() && !"-_.:*".contains(letter) {
            return Err(format!("byte {at}: `{letter}` is not read here"));
        }
        let end = at + letter.len_utf8();
        match found.last_mut() {
            Some(word) if word.span.end == at && !is_mark && !matches!(&*word.text, "{" | "}" | ",") => {
                word.text.push(letter);
                word.span.end = end;
            }
            _ => found.push(Word { text: letter.to_string(), span: at..end }),
        }
    }
    Ok(found)
}

struct Reader {
    words: Vec<Word>,
    next: usize,
}

impl Reader {
    fn peek(&self) -> &str {
        self.words.get(self.next).map_or("", |word| &word.text)
    }

    fn take(&mut self) -> Option<Word> {
        let word = self.words.get(self.next).cloned();
        self.next += 1;
        word
    }

    fn takes(&mut self, text: &str) -> bool {
        let is_next = self.peek() == text;
        self.next += usize::from(is_next);
        is_next
    }

    fn expect(&mut self, text: &str) -> Result<(), String> {
        if self.takes(text) { Ok(()) } else { Err(format!("expected `{text}`, found `{}`", self.peek())) }
    }

    fn name(&mut self) -> Result<Word, String> {
        match self.take() {
            Some(word) if !matches!(&*word.text, "{" | "}" | ",") => Ok(word),
            Some(word) => Err(format!("byte {}: expected a name, found `{}`", word.span.start, word.text)),
            None => Err("expected a name, found the end".to_owned()),
        }
    }

    fn names(&mut self) -> Result<Vec<Word>, String> {
        let mut names = vec![self.name()?];
        while self.takes(",") {
            names.push(self.name()?);
        }
        Ok(names)
    }

    fn role(&mut self, name: Word, file: usize, head: Range<usize>) -> Result<Role, String> {
        let extends = if self.takes("extends") { self.names()? } else { Vec::new() };
        self.expect("{")?;
        let privileges = if self.takes("privileges") { self.names()? } else { Vec::new() };
        let scopes = if self.takes("scopes") { self.terms()? } else { Vec::new() };
        self.expect("}")?;
        Ok(Role { name, extends, privileges, scopes, file, head })
    }

    fn terms(&mut self) -> Result<Vec<Term>, String> {
        let mut terms = vec![self.term()?];
        // A comma may stand after the last of a list in braces.
        while self.takes(",") && self.peek() != "}" {
            terms.push(self.term()?);
        }
        Ok(terms)
    }

    fn term(&mut self) -> Result<Term, String> {
        let word = self.name()?;
        let variant = match word.text.as_str() {
            "user-level" | "admin-level" | "master-level" => "Level",
            "set" => {
                let set = self.name()?;
                return Ok(Term { variant: "Set", span: word.span.start..set.span.end, name: set.text });
            }
            pattern if pattern.contains('*') => "Pattern",
            scope if scope.contains(':') || scope == "scim2" => "Scope",
            other => return Err(format!("byte {}: `{other}` is no scope", word.span.start)),
        };
        Ok(Term { variant, name: word.text, span: word.span })
    }
}
