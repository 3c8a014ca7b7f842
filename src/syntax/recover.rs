//! Reads an item in braces that does not fit the grammar entry by entry, so that one mistake costs one entry and not the item.

use compact_str::CompactString;

use super::ast::{Entity, Item, ItemKind, Name, Section};
use super::cursor::{Cursor, Kind, Token};
use super::explain::{self, Fault, Heard};
use super::grammar::{self, Rule};
use super::lower::{AccountParts, EntityParts, Lowering, Node, RoleParts, TestParts};
use super::resume;
use super::scan::before_barrier;
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::terms::EntityKind;
use crate::text::Span;

declare_code! {
    /// A block without its closing brace.
    UNCLOSED_BLOCK = Syntax, Error, "unclosed-block", "an opening brace without its closing brace"
}

/// Reads one item.
pub(super) struct Recovery<'r, 't> {
    pub cursor: Cursor<'t>,
    pub barriers: &'t [usize],
    pub out: &'r mut Sink,
}

/// What comes next in a block.
enum Next<'t> {
    /// An entry seems to start at this token.
    Entry(Token<'t>),
    /// The block ended: with its brace, or where something begins that shows that the brace is missing.
    End,
}

/// One kind of block: how its entries are read.
struct Entries {
    rule: Rule,
    hear: fn(&mut Cursor<'_>) -> Heard,
    /// The words that start its entries; none where any word may.
    words: &'static [&'static str],
}

static ACCOUNT: Entries =
    Entries { rule: Rule::account_clause, hear: explain::account_clause, words: &explain::ACCOUNT };
static SECTION: Entries =
    Entries { rule: Rule::section_clause, hear: explain::section_clause, words: &explain::SECTION };
static ROLE: Entries = Entries { rule: Rule::role_clause, hear: explain::role_clause, words: &explain::ROLE };
static FIELDS: Entries = Entries { rule: Rule::field, hear: explain::field, words: &[] };
static TEST: Entries = Entries { rule: Rule::test_entry, hear: explain::assertion, words: &explain::TEST };
static MEMBERS: Entries = Entries { rule: Rule::principal, hear: explain::principal, words: &[] };
static APPS: Entries = Entries { rule: Rule::app, hear: explain::app, words: &[] };
static SCOPES: Entries = Entries { rule: Rule::scope_term, hear: explain::scope, words: &[] };

/// Whether items of this rule stand in braces.
pub(super) fn is_block(rule: Rule) -> bool {
    head_rule(rule).is_some()
}

/// The rule for what stands before the brace.
fn head_rule(rule: Rule) -> Option<Rule> {
    Some(match rule {
        Rule::account => Rule::account_head,
        Rule::role => Rule::role_head,
        Rule::test => Rule::test_head,
        Rule::user => Rule::user_head,
        Rule::app_facts => Rule::app_head,
        Rule::developer => Rule::developer_head,
        Rule::group => Rule::group_head,
        Rule::allowlist => Rule::allowlist_head,
        Rule::scope_set => Rule::scope_set_head,
        _ => return None,
    })
}

impl<'t> Recovery<'_, 't> {
    /// Reads the item at the cursor. Gives what of it could be read and the offset to go on at.
    pub(super) fn item(mut self, rule: Rule) -> (Option<Item>, usize) {
        let start = self.cursor.peek();
        let whole = self.cursor;
        let found = self.out.found().len();
        if let Err(fault) = explain::head(&mut self.cursor, rule) {
            self.out.push(*fault);
            if !self.reach_brace() {
                return (None, resume::next_item(whole));
            }
        }
        let head = self.head(rule, start.start);
        let head_end = head.first().map_or(start.end(), |name| start.start + name.as_span().end());
        let open = self.cursor.next();
        let kind = self.block(rule, start.start, head, open);
        if self.out.found().len() == found {
            self.out.push(*explain::unreadable(&self.cursor, start, self.barriers));
        }
        let next = super::scan::skip_trivia(self.cursor.text.as_bytes(), self.cursor.at);
        (self.finished(start.start, head_end, kind), next)
    }

    fn finished(&self, start: usize, head_end: usize, kind: Option<ItemKind>) -> Option<Item> {
        let span = Span::new(self.cursor.file, start, self.cursor.at);
        let head = Span::new(self.cursor.file, start, head_end);
        kind.map(|kind| Item { span, head, docs: Vec::new(), suppressions: Vec::new(), kind })
    }

    /// Moves to the opening brace on the line, if there is one.
    fn reach_brace(&mut self) -> bool {
        loop {
            let token = self.cursor.peek();
            if token.is_mark("{") {
                return true;
            }
            if token.kind == Kind::End || self.cursor.first_of_line(token) {
                return false;
            }
            self.cursor.at = token.end();
        }
    }

    /// The parts between `start` and the cursor, which stands before the brace; comments left out.
    fn head(&self, rule: Rule, start: usize) -> Vec<Node<'t>> {
        let text = self.cursor.text.get(start..self.cursor.at).unwrap_or("");
        let nodes = head_rule(rule).and_then(|rule| grammar::read(rule, text));
        nodes.map(|nodes| nodes.filter(|node| node.as_rule() != Rule::comment).collect()).unwrap_or_default()
    }

    fn lowering(&mut self, base: usize) -> Lowering<'_> {
        Lowering { file: self.cursor.file, base, out: self.out }
    }

    fn block(&mut self, rule: Rule, start: usize, head: Vec<Node<'t>>, open: Token<'t>) -> Option<ItemKind> {
        let mut head = head.into_iter();
        let node = head.next();
        let name = node.as_ref().map(|name| self.lowering(start).name(name));
        if rule == Rule::account {
            return Some(self.account(AccountParts::new(name), open));
        }
        let named = name.is_some();
        // Without a name the item is of no use, but what is wrong in its block is still told.
        let name = name.unwrap_or_else(|| self.no_name(open));
        let kind = match rule {
            Rule::role => {
                let mut role = RoleParts::new(name);
                for part in head {
                    self.lowering(start).role_clause(&mut role, part);
                }
                self.entries(open, &ROLE, &[], |lowering, node| lowering.role_clause(&mut role, node));
                Some(role.finish())
            }
            Rule::test => {
                let mut test = TestParts::new(name);
                for part in head {
                    self.lowering(start).test_entry(&mut test, part);
                }
                self.test(&mut test, open);
                Some(test.finish())
            }
            Rule::group | Rule::allowlist | Rule::scope_set => Some(self.list_block(rule, name, open)),
            _ => self.entity(rule, start, node, open, &[]).map(ItemKind::Entity),
        };
        kind.filter(|_| named)
    }

    fn no_name(&self, open: Token<'_>) -> Name {
        Name { text: CompactString::default(), span: self.cursor.span(open), quoted: false }
    }

    fn list_block(&mut self, rule: Rule, name: Name, open: Token<'t>) -> ItemKind {
        match rule {
            Rule::group => {
                let mut members = Vec::new();
                self.list(open, &MEMBERS, |lowering, node| members.extend(lowering.member(node)));
                ItemKind::Group { name, members }
            }
            Rule::allowlist => {
                let mut apps = Vec::new();
                self.list(open, &APPS, |lowering, node| apps.extend(lowering.app(node)));
                ItemKind::Allowlist { name, apps }
            }
            _ => {
                let mut scopes = Vec::new();
                self.list(open, &SCOPES, |lowering, node| scopes.extend(lowering.scope_term(node)));
                ItemKind::ScopeSet { name, scopes }
            }
        }
    }

    fn account(&mut self, mut account: AccountParts, open: Token<'t>) -> ItemKind {
        while let Next::Entry(token) = self.next(open, &[]) {
            if token.is_word("listed") || token.is_word("unlisted") {
                if let Some(section) = self.section(token) {
                    let listed = token.is_word("listed");
                    self.lowering(token.start).add_section(&mut account, listed, section);
                }
            } else {
                self.entry(token, &ACCOUNT, |lowering, node| lowering.account_clause(&mut account, node));
            }
        }
        account.finish()
    }

    /// A section of the account, if its first words are right.
    fn section(&mut self, word: Token<'t>) -> Option<Section> {
        self.cursor.at = word.end();
        let apps = self.cursor.peek();
        if !self.cursor.take_word("apps") {
            let fault = explain::expected(&self.cursor, "`apps`");
            self.skip_entry(word, fault, &explain::ACCOUNT);
            return None;
        }
        let open = self.cursor.peek();
        if !self.cursor.take_mark("{") {
            let fault = explain::expected(&self.cursor, "`{`");
            self.skip_entry(word, fault, &explain::ACCOUNT);
            return None;
        }
        let head = self.cursor.span(word).to(self.cursor.span(apps));
        let mut section = Section { span: head, head, approval: None, exempts: Vec::new() };
        self.entries(open, &SECTION, &explain::ACCOUNT, |lowering, node| {
            lowering.section_clause(&mut section, node);
        });
        section.span = Span::new(self.cursor.file, word.start, self.cursor.at);
        Some(section)
    }

    fn test(&mut self, test: &mut TestParts, open: Token<'t>) {
        while let Next::Entry(token) = self.next(open, &[]) {
            if token.is_word("given") {
                self.given(test, token);
            } else {
                self.entry(token, &TEST, |lowering, node| lowering.test_entry(test, node));
            }
        }
    }

    /// `given ENTITY` in a test.
    fn given(&mut self, test: &mut TestParts, given: Token<'t>) {
        self.cursor.at = given.end();
        let start = self.cursor.peek();
        let rule = match start.text {
            "user" => Rule::user,
            "app" => Rule::app_facts,
            "developer" => Rule::developer,
            _ => {
                let fault = explain::near_word(
                    &self.cursor,
                    "`user`, `app` or `developer`",
                    &["user", "app", "developer"],
                );
                return self.skip_entry(given, fault, &explain::TEST);
            }
        };
        if let Err(fault) = explain::head(&mut self.cursor, rule) {
            self.out.push(*fault);
            if !self.reach_brace() {
                self.cursor.at = resume::after_entry(self.cursor, self.cursor.at, &explain::TEST);
                return;
            }
        }
        let name = self.head(rule, start.start).into_iter().next();
        let open = self.cursor.next();
        let entity = self.entity(rule, start.start, name, open, &explain::TEST);
        if let Some(entity) = entity {
            test.add_given(entity);
        }
    }

    fn entity(
        &mut self,
        rule: Rule,
        start: usize,
        name: Option<Node<'t>>,
        open: Token<'t>,
        outer: &[&str],
    ) -> Option<Entity> {
        let kind = match rule {
            Rule::user => EntityKind::User,
            Rule::app_facts => EntityKind::App,
            _ => EntityKind::Developer,
        };
        let span = Span::new(self.cursor.file, start, self.cursor.at);
        let name = name.and_then(|name| self.lowering(start).entity_name(kind, &name));
        let usable = name.is_some();
        let name = name.unwrap_or_else(|| self.no_name(open));
        let mut entity = EntityParts::new(kind, name, span);
        self.entries(open, &FIELDS, outer, |lowering, node| lowering.field(&mut entity, node));
        let span = Span::new(self.cursor.file, start, self.cursor.at);
        usable.then(|| entity.finish(span))
    }

    /// Reads the entries of a block up to its closing brace.
    fn entries(
        &mut self,
        open: Token<'t>,
        entries: &Entries,
        outer: &[&str],
        mut take: impl FnMut(&mut Lowering<'_>, Node<'_>),
    ) {
        while let Next::Entry(token) = self.next(open, outer) {
            self.entry(token, entries, &mut take);
        }
    }

    /// Reads the entry at `token`, or says what is wrong with it and goes on behind it.
    fn entry(
        &mut self,
        token: Token<'t>,
        entries: &Entries,
        mut take: impl FnMut(&mut Lowering<'_>, Node<'_>),
    ) {
        let mut ahead = self.cursor;
        if let Err(fault) = (entries.hear)(&mut ahead) {
            return self.skip_entry(token, fault, entries.words);
        }
        match self.read(entries.rule, token.start) {
            Some(node) => {
                self.cursor.at = token.start + node.as_span().end();
                take(&mut self.lowering(token.start), node);
            }
            None => {
                let fault = explain::unreadable(&ahead, token, self.barriers);
                self.skip_entry(token, fault, entries.words);
            }
        }
    }

    /// The pair of `rule` at `start`.
    fn read(&self, rule: Rule, start: usize) -> Option<Node<'t>> {
        grammar::read(rule, before_barrier(self.cursor.text, self.barriers, start))?.next()
    }

    fn skip_entry(&mut self, token: Token<'t>, fault: Fault, words: &[&str]) {
        let from = (fault.primary.span.start as usize).max(token.start);
        self.out.push(*fault);
        self.cursor.at = resume::after_entry(self.cursor, from, words);
    }

    /// Reads the entries of a list in braces, with commas between them.
    fn list(
        &mut self,
        open: Token<'t>,
        entries: &Entries,
        mut take: impl FnMut(&mut Lowering<'_>, Node<'_>),
    ) {
        while let Next::Entry(token) = self.next(open, &[]) {
            let mut ahead = self.cursor;
            let node = match (entries.hear)(&mut ahead) {
                Ok(()) => self.read(entries.rule, token.start),
                Err(fault) => {
                    let from = (fault.primary.span.start as usize).max(token.start);
                    self.out.push(*fault);
                    self.cursor.at = resume::after_list_entry(self.cursor, from);
                    continue;
                }
            };
            self.cursor.at = node.as_ref().map_or(token.end(), |node| token.start + node.as_span().end());
            if let Some(node) = node {
                take(&mut self.lowering(token.start), node);
            }
            self.comma();
        }
    }

    /// What stands between two entries of a list.
    fn comma(&mut self) {
        let token = self.cursor.peek();
        if self.cursor.take_mark(",") || token.is_mark("}") || token.kind == Kind::End {
            return;
        }
        if matches!(token.kind, Kind::Word | Kind::Text { closed: true }) {
            if !(self.cursor.first_of_line(token) && resume::looks_like_item(&self.cursor, token)) {
                self.out.push(*explain::missing_comma(&self.cursor, token));
            }
            return;
        }
        let fault = explain::expected(&self.cursor, "`,` or `}`");
        self.out.push(*fault);
        self.cursor.at = resume::after_list_entry(self.cursor, token.start);
    }

    /// What comes next in the block that `open` opened. `outer` are the words that start entries of the block around it.
    fn next(&mut self, open: Token<'t>, outer: &[&str]) -> Next<'t> {
        let token = self.cursor.peek();
        if self.cursor.take_mark("}") {
            return Next::End;
        }
        let shows_end = self.cursor.first_of_line(token)
            && (outer.iter().any(|word| token.is_word(word)) || resume::looks_like_item(&self.cursor, token));
        if token.kind == Kind::End || shows_end {
            self.out.push(unclosed(&self.cursor, open, token));
            return Next::End;
        }
        Next::Entry(token)
    }
}

/// The finding for a block whose closing brace is missing before `token`.
fn unclosed(cursor: &Cursor<'_>, open: Token<'_>, token: Token<'_>) -> Diagnostic {
    let fault = Diagnostic::new(&UNCLOSED_BLOCK, cursor.span(open), "this `{` is never closed")
        .help("add the missing `}`");
    if token.kind == Kind::End {
        let end = Span::new(cursor.file, cursor.at, cursor.at);
        return fault.related(end, "the file ends here");
    }
    fault.related(cursor.span(token), format!("`{}` stands here, which the block cannot contain", token.text))
}
