//! The account: clauses of the project over those of its baselines.

use super::duplicate::duplicate_definition;
use super::selection::Strictness;
use super::{Layer, Resolver};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::{Notify, Ref, SectionPolicy};
use crate::syntax::ast;
use crate::text::{RuleId, Span};

declare_code! {
    /// A second account.
    SEVERAL_ACCOUNTS = Resolve, Error, "several-accounts", "more than one account in a project"
}
declare_code! {
    /// An account without a name outside of a baseline.
    UNNAMED_ACCOUNT = Resolve, Error, "unnamed-account", "an account without a name in the project's own policies"
}
declare_code! {
    /// A clause that two account blocks of the same folder state.
    ACCOUNT_CLAUSE_TWICE = Resolve, Error, "account-clause-twice", "a clause of the account that is stated twice"
}

/// The privilege of those who approve and, unless the account says otherwise, install.
pub(super) const APPROVE: &str = "MarketPlace:Edit";

/// Every clause of the account with the rank that states it.
#[derive(Default)]
struct Clauses<'a> {
    listed: Held<&'a ast::Section>,
    unlisted: Held<&'a ast::Section>,
    notify: Held<&'a ast::Notify>,
    default_role: Held<&'a ast::Name>,
    installers: Held<&'a [ast::Installer]>,
    requests_via: Held<&'a ast::Name>,
    sub_accounts: Held<bool>,
}

/// A clause that somebody states, or nobody yet.
type Held<T> = Option<(u16, Span, T)>;

impl<'a> Resolver<'a> {
    /// The exemptions of the sections that hold.
    pub(super) fn exemptions(&self) -> Vec<&'a ast::Rule> {
        let clauses = self.clauses(&mut Sink::new());
        let sections = [clauses.listed, clauses.unlisted];
        sections.into_iter().flatten().flat_map(|(_, _, section)| &section.exempts).collect()
    }

    pub(super) fn resolve_account(&mut self, out: &mut Sink) {
        self.account_name(out);
        let clauses = self.clauses(out);
        self.model.account.listed = self.section(clauses.listed);
        self.model.account.unlisted = self.section(clauses.unlisted);
        self.model.account.notify = clauses.notify.map(|(_, _, notify)| self.notify(notify, out));
        let role = clauses.default_role.and_then(|(_, _, name)| self.role(name, out));
        self.model.account.default_role = role;
        let via = clauses.requests_via.map(|(_, _, via)| self.model.names.intern(&via.text));
        self.model.account.requests_via = via;
        self.model.account.sub_accounts = clauses.sub_accounts.map(|(_, _, stated)| stated);
        match clauses.installers {
            Some((_, _, installers)) => self.installers(installers, out),
            None => self.default_installers(),
        }
    }

    /// The clauses that hold: accounts come in order of rank, so the first to state one keeps it.
    fn clauses(&self, out: &mut Sink) -> Clauses<'a> {
        let mut all = Clauses::default();
        for &(rank, _, account) in &self.todo.accounts {
            let section = |section: &'a ast::Section| (section.head, section);
            hold(&mut all.listed, rank, account.listed.as_ref().map(section), "listed apps", out);
            hold(&mut all.unlisted, rank, account.unlisted.as_ref().map(section), "unlisted apps", out);
            let notify = account.notify.as_ref().map(|notify| (notify.span, &notify.value));
            hold(&mut all.notify, rank, notify, "notify", out);
            let role = account.default_role.as_ref().map(|role| (role.span, &role.value));
            hold(&mut all.default_role, rank, role, "default role", out);
            let installers = account.installers.as_ref().map(|clause| (clause.span, clause.value.as_slice()));
            hold(&mut all.installers, rank, installers, "installers", out);
            let via = account.requests_via.as_ref().map(|via| (via.span, &via.value));
            hold(&mut all.requests_via, rank, via, "requests via", out);
            let sub = account.sub_accounts.as_ref().map(|sub| (sub.span, sub.value));
            hold(&mut all.sub_accounts, rank, sub, "sub-accounts", out);
        }
        all
    }

    /// The one name of the account, by whoever states it.
    fn account_name(&mut self, out: &mut Sink) {
        let mut first: Option<&ast::Name> = None;
        for &(rank, item, account) in &self.todo.accounts {
            match (&account.name, first) {
                (None, _) if rank == Layer::PROJECT => out.push(unnamed_account(item.head)),
                (None, _) => {}
                (Some(name), None) => first = Some(name),
                (Some(name), Some(first)) if first.text != name.text => {
                    out.push(several_accounts(name, first))
                }
                (Some(name), Some(first)) if rank == Layer::PROJECT => {
                    out.push(duplicate_definition("account", &name.text, first.span, name.span));
                }
                (Some(_), Some(_)) => {}
            }
        }
        if let Some(name) = first {
            self.model.account.name = Some((self.model.names.intern(&name.text), name.span));
        }
        self.model.account.stated = self.todo.accounts.first().map(|(_, item, _)| item.head);
        self.model.account.unnamed = self
            .todo
            .accounts
            .iter()
            .any(|(rank, _, account)| *rank == Layer::PROJECT && account.name.is_none());
        self.model.account.broken = self.broken.has_account();
    }

    fn section(&self, section: Held<&ast::Section>) -> SectionPolicy {
        let Some((_, head, section)) = section else { return SectionPolicy::default() };
        let required = section.approval.map(|approval| approval.value == ast::Approval::Required);
        let of = |rule: &ast::Rule| self.rule_at(rule.span);
        SectionPolicy {
            approval_required: required,
            exempts: section.exempts.iter().filter_map(of).collect(),
            head: Some(head),
        }
    }

    /// The rule at a place: rules stand in order of their places.
    fn rule_at(&self, span: Span) -> Option<RuleId> {
        let rules = self.model.rules.as_slice();
        let at = rules.binary_search_by_key(&span, |rule| rule.span).ok()?;
        Some(crate::text::Id::from_index(at))
    }

    fn notify(&mut self, notify: &ast::Notify, out: &mut Sink) -> Notify {
        match notify {
            ast::Notify::Automatically => Notify::Automatically,
            ast::Notify::Nobody => Notify::Nobody,
            ast::Notify::Recipients(names) => Notify::Recipients(
                names.iter().map(|name| self.user(name, Strictness::Warning, out)).collect(),
            ),
        }
    }

    fn installers(&mut self, installers: &[ast::Installer], out: &mut Sink) {
        for installer in installers {
            match installer {
                ast::Installer::Privilege(name) => {
                    let privilege = self.privilege_ref(name);
                    self.model.account.installer_privileges.push(privilege);
                }
                ast::Installer::Role(name, span) => {
                    let role = self.role(name, out).map(|role| Ref { id: role.id, span: *span });
                    self.model.account.installer_roles.extend(role);
                }
            }
        }
    }

    fn default_installers(&mut self) {
        let account = &self.model.account;
        let span = account.name.map(|(_, span)| span).or(account.stated).or(self.model.place);
        if let (Some(id), Some(span)) = (account.approve_privilege, span) {
            self.model.account.installer_privileges.push(Ref { id, span });
        }
    }
}

/// Gives a clause to the first who states it; a second of the same rank is reported.
fn hold<T>(held: &mut Held<T>, rank: u16, stated: Option<(Span, T)>, clause: &str, out: &mut Sink) {
    match (&held, stated) {
        (None, Some((span, value))) => *held = Some((rank, span, value)),
        // A project has one block, or what is wrong was reported.
        (Some((holder, first, _)), Some((second, _))) if *holder == rank && rank != Layer::PROJECT => {
            out.push(account_clause_twice(clause, *first, second));
        }
        _ => {}
    }
}

fn several_accounts(name: &ast::Name, first: &ast::Name) -> Diagnostic {
    let message = format!("a second account `{}` beside `{}`", name.text, first.text);
    Diagnostic::new(&SEVERAL_ACCOUNTS, name.span, message)
        .related(first.span, "the first one")
        .help("a project is one account: put all clauses into one block, or make another project that extends the same baseline")
}

fn unnamed_account(head: Span) -> Diagnostic {
    Diagnostic::new(&UNNAMED_ACCOUNT, head, "this account has no name")
        .help("write `account NAME { … }`; only a baseline folder may leave the name to the project that extends it")
}

fn account_clause_twice(clause: &str, first: Span, second: Span) -> Diagnostic {
    Diagnostic::new(&ACCOUNT_CLAUSE_TWICE, second, format!("the account states `{clause}` twice"))
        .label("stated again here")
        .related(first, "first stated here")
        .help("keep one of them")
}
