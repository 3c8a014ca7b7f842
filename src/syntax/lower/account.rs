//! The account and its two sections.

use super::clauses::repeated;
use super::{Lowering, Node};
use crate::syntax::ast::{Account, Approval, Installer, ItemKind, Name, Notify, Section, Spanned};
use crate::syntax::explain;
use crate::syntax::grammar::{Rule, parts};
use crate::text::Span;

/// An account whose clauses are being read.
pub(in crate::syntax) struct AccountParts {
    account: Account,
    /// The keywords of the clauses that stand.
    seen: Vec<(&'static str, Span)>,
}

impl AccountParts {
    /// An account without clauses.
    pub(in crate::syntax) fn new(name: Option<Name>) -> Self {
        let account = Account {
            name,
            listed: None,
            unlisted: None,
            notify: None,
            default_role: None,
            installers: None,
            requests_via: None,
            sub_accounts: None,
        };
        Self { account, seen: Vec::new() }
    }

    /// The account.
    pub(in crate::syntax) fn finish(self) -> ItemKind {
        ItemKind::Account(Box::new(self.account))
    }
}

/// The first words of the account's clauses, which also name them in messages.
fn clause_words(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::notify => "notify",
        Rule::default_role => "default role",
        Rule::installers => "installers",
        Rule::requests_via => "requests via",
        Rule::sub_accounts => "sub-accounts",
        _ => return None,
    })
}

impl Lowering<'_> {
    /// `account NAME { … }`
    pub(super) fn account(&mut self, node: Node<'_>) -> (Span, ItemKind) {
        let whole = self.span(&node);
        let mut head = self.first(&node, "account".len());
        let mut account = AccountParts::new(None);
        for part in parts(node) {
            if matches!(part.as_rule(), Rule::word | Rule::string) {
                let name = self.name(&part);
                head = self.head(whole, name.span);
                account.account.name = Some(name);
            } else {
                self.account_clause(&mut account, part);
            }
        }
        (head, account.finish())
    }

    /// One clause of the account.
    pub(in crate::syntax) fn account_clause(&mut self, parts: &mut AccountParts, node: Node<'_>) {
        if node.as_rule() == Rule::section {
            let (listed, section) = self.section(node);
            self.add_section(parts, listed, section);
            return;
        }
        let Some(word) = clause_words(node.as_rule()) else { return };
        let span = self.first(&node, word.split(' ').next().unwrap_or(word).len());
        if let Some(&(_, first)) = parts.seen.iter().find(|(seen, _)| *seen == word) {
            self.push(repeated(span, word, first));
            return;
        }
        parts.seen.push((word, span));
        self.plain_clause(&mut parts.account, node);
    }

    /// Adds a section unless one of its kind stands already.
    pub(in crate::syntax) fn add_section(
        &mut self,
        parts: &mut AccountParts,
        listed: bool,
        section: Section,
    ) {
        let account = &mut parts.account;
        let (place, word) = if listed {
            (&mut account.listed, "listed apps")
        } else {
            (&mut account.unlisted, "unlisted apps")
        };
        match place {
            Some(first) => {
                let diagnostic = repeated(section.head, word, first.head);
                self.push(diagnostic);
            }
            None => *place = Some(section),
        }
    }

    fn plain_clause(&mut self, account: &mut Account, node: Node<'_>) {
        let span = self.span(&node);
        match node.as_rule() {
            Rule::notify => account.notify = self.notify(node).map(|value| Spanned { value, span }),
            Rule::default_role => {
                account.default_role = self.only_name(node).map(|value| Spanned { span: value.span, value });
            }
            Rule::installers => {
                let value: Vec<_> = parts(node).filter_map(|part| self.installer(part)).collect();
                account.installers = Some(Spanned { value, span });
            }
            Rule::requests_via => {
                account.requests_via = self.only_name(node).map(|value| Spanned { span: value.span, value });
            }
            _ => account.sub_accounts = self.yes_or_no(node),
        }
    }

    fn notify(&mut self, node: Node<'_>) -> Option<Notify> {
        let mut names = self.names(node);
        if let [only] = names.as_slice()
            && !only.quoted
        {
            match only.text.as_str() {
                "automatically" => return Some(Notify::Automatically),
                "nobody" => return Some(Notify::Nobody),
                _ => {}
            }
        }
        names.retain(|name| {
            let fits = super::name::is_address(&name.text, name.quoted);
            if !fits {
                self.push(explain::messages::bad_recipient(name));
            }
            fits
        });
        (!names.is_empty()).then_some(Notify::Recipients(names))
    }

    fn installer(&mut self, node: Node<'_>) -> Option<Installer> {
        let span = self.span(&node);
        Some(match node.as_rule() {
            Rule::role_ref => Installer::Role(self.only_name(node)?, span),
            _ => Installer::Privilege(self.privilege(&node)?),
        })
    }

    fn yes_or_no(&mut self, node: Node<'_>) -> Option<Spanned<bool>> {
        let name = self.only_name(node)?;
        let value = match name.text.as_str() {
            "yes" => true,
            "no" => false,
            _ => {
                self.push(explain::messages::other_word(&name, &["yes", "no"]));
                return None;
            }
        };
        Some(Spanned { value, span: name.span })
    }

    /// `listed apps { … }` and whether it is that one or `unlisted apps`.
    pub(in crate::syntax) fn section(&mut self, node: Node<'_>) -> (bool, Section) {
        let span = self.span(&node);
        let mut inner = parts(node);
        let (listed, head) = match inner.next() {
            Some(head) => (head.as_str().starts_with("listed"), self.span(&head)),
            None => (true, span),
        };
        let mut section = Section { span, head, approval: None, exempts: Vec::new() };
        for part in inner {
            self.section_clause(&mut section, part);
        }
        (listed, section)
    }

    /// One clause of a section.
    pub(in crate::syntax) fn section_clause(&mut self, section: &mut Section, node: Node<'_>) {
        if node.as_rule() == Rule::exempt {
            section.exempts.extend(self.rule(node));
            return;
        }
        let span = self.span(&node);
        if let Some(first) = section.approval {
            let keyword = self.first(&node, "approval".len());
            self.push(repeated(keyword, "approval", first.span));
            return;
        }
        let Some(name) = self.only_name(node) else { return };
        let value = match name.text.as_str() {
            "required" => Approval::Required,
            "optional" => Approval::Optional,
            _ => {
                self.push(explain::messages::other_word(&name, &["required", "optional"]));
                return;
            }
        };
        section.approval = Some(Spanned { value, span });
    }
}
