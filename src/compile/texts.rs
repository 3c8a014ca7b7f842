//! The program's texts.

use std::collections::HashMap;

use crate::model::Model;
use crate::program::{Name, Names};
use crate::text::{FileId, SourceMap, Span, Symbol};

/// Texts as they become the program's, each once.
pub(super) struct Texts<'m> {
    model: &'m Model,
    sources: &'m SourceMap,
    names: Names,
    /// The name of each symbol; `u32::MAX`: not needed so far.
    of_symbols: Vec<u32>,
    /// Texts that are no symbols.
    others: HashMap<String, Name>,
}

impl<'m> Texts<'m> {
    /// The users' e-mail addresses, whose names have the numbers of the users' ids.
    pub(super) fn new(model: &'m Model, sources: &'m SourceMap) -> Self {
        let mut texts = Self {
            model,
            sources,
            names: Names::default(),
            of_symbols: vec![u32::MAX; model.names.len()],
            others: HashMap::new(),
        };
        let bytes = model.users.rows.iter().map(|user| model.name(user.email).len()).sum();
        texts.names.reserve(model.users.len(), bytes);
        for user in model.users.rows.iter() {
            let name = texts.names.push(model.name(user.email));
            if let Some(place) = texts.of_symbols.get_mut(user.email.index()) {
                *place = name.0;
            }
        }
        texts
    }

    /// The name of a symbol.
    pub(super) fn name(&mut self, symbol: Symbol) -> Name {
        let Some(place) = self.of_symbols.get_mut(symbol.index()) else { return Name(u32::MAX) };
        if *place == u32::MAX {
            *place = self.names.push(self.model.name(symbol)).0;
        }
        Name(*place)
    }

    /// The text of a name.
    pub(super) fn text_of(&self, name: Name) -> &str {
        self.names.text(name)
    }

    /// The name of a text that may be no symbol.
    pub(super) fn other(&mut self, text: &str) -> Name {
        if let Some(symbol) = self.model.names.get(text) {
            return self.name(symbol);
        }
        if let Some(&name) = self.others.get(text) {
            return name;
        }
        let name = self.names.push(text);
        self.others.insert(text.to_owned(), name);
        name
    }

    /// What is written at a span.
    pub(super) fn source(&mut self, span: Span) -> Name {
        let sources = self.sources;
        self.other(sources.slice(span))
    }

    /// The path of a file.
    pub(super) fn path(&mut self, file: FileId) -> Name {
        let sources = self.sources;
        self.other(sources.file(file).path())
    }

    /// The files.
    pub(super) fn sources(&self) -> &'m SourceMap {
        self.sources
    }

    /// All of them so far.
    pub(super) fn names(&self) -> &Names {
        &self.names
    }

    /// All of them.
    pub(super) fn finish(self) -> Names {
        self.names
    }
}
