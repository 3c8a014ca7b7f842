//! First pass: every item that has a name gets an id; what it says is looked at later.

use super::duplicate::duplicate_definition;
use super::{FastMap, Layer, Resolver};
use crate::declare_code;
use crate::diagnostics::{Diagnostic, Sink};
use crate::model::{Allowlist, Attribute, AttributeType, Developer, Group, Role, ScopeSet, Subject};
use crate::syntax::ast;
use crate::terms::{DeveloperKind, EntityKind};
use crate::text::{AllowlistId, GroupId, RoleId, ScopeSetId, Span, Symbol};

declare_code! {
    /// An attribute with the name of something that every user, app or developer has anyway.
    RESERVED_ATTRIBUTE = Resolve, Error, "reserved-attribute", "an attribute with a name that is built in"
}
declare_code! {
    /// A `one of` that cannot be ordered or counted.
    INVALID_CHOICES = Resolve, Error, "invalid-choices", "a `one of` that names a value twice in an order, or far too many values"
}

/// Who holds a name.
#[derive(Clone, Copy)]
pub(super) struct Claim {
    pub(super) rank: u16,
    pub(super) span: Span,
}

/// Who holds each name, by the number of its id where the kind has a table.
#[derive(Default)]
pub(super) struct Claims {
    pub(super) attributes: Vec<Claim>,
    pub(super) roles: Vec<Claim>,
    pub(super) scope_sets: Vec<Claim>,
    pub(super) allowlists: Vec<Claim>,
    pub(super) groups: Vec<Claim>,
    pub(super) developers: Vec<Claim>,
    pub(super) apps: Vec<Claim>,
    /// Rules with an id, and their keyword.
    rules: FastMap<Symbol, (Claim, &'static str)>,
    tests: FastMap<Symbol, Claim>,
}

/// Whether a definition holds.
pub(super) enum Verdict {
    /// Nobody has the name yet.
    Fresh,
    /// A definition of higher rank has it.
    Replaced,
    /// One of the same rank has it, here.
    Twice(Span),
}

/// Decides about a definition of `rank`, given who has the name already.
pub(super) fn judge(holder: Option<Claim>, rank: u16) -> Verdict {
    match holder {
        None => Verdict::Fresh,
        Some(claim) if claim.rank == Layer::IMPLICIT => Verdict::Fresh,
        Some(claim) if claim.rank == rank => Verdict::Twice(claim.span),
        Some(_) => Verdict::Replaced,
    }
}

/// A role with what it extends, its privileges and its scopes.
type RoleItem<'a> = (RoleId, &'a [ast::Name], &'a [ast::Name], &'a [ast::ScopeTerm]);

/// Items whose references are looked up once every name is declared.
#[derive(Default)]
pub(super) struct Todo<'a> {
    pub(super) accounts: Vec<(u16, &'a ast::Item, &'a ast::Account)>,
    pub(super) roles: Vec<RoleItem<'a>>,
    pub(super) scope_sets: Vec<(ScopeSetId, &'a [ast::ScopeTerm])>,
    pub(super) allowlists: Vec<(AllowlistId, &'a [ast::AppSelector])>,
    pub(super) groups: Vec<(GroupId, &'a [ast::Principal])>,
    pub(super) rules: Vec<&'a ast::Rule>,
    pub(super) tests: Vec<(&'a ast::Item, &'a ast::PolicyTest)>,
    pub(super) accepts: Vec<&'a ast::Accept>,
    /// Roles and sets of the bundled library, by their position there.
    pub(super) library_roles: Vec<(RoleId, usize)>,
    pub(super) library_sets: Vec<(ScopeSetId, usize)>,
}

impl<'a> Resolver<'a> {
    /// `zoom` and the privilege of those who approve.
    pub(super) fn declare_builtins(&mut self) {
        let name = self.model.names.intern(DeveloperKind::Zoom.name());
        let zoom = Developer { name, span: None, title: None, kind: Some(DeveloperKind::Zoom) };
        let id = self.model.developers.push(zoom);
        self.model.lookup.developers.insert(name, id);
        // Declaring it again is refused by its name; the place is never shown.
        if let Some(span) = self.model.place {
            self.claims.developers.push(Claim { rank: Layer::PROJECT, span });
        }
        self.model.account.approve_privilege = Some(self.privilege(super::account::APPROVE));
    }

    /// Declares the items of one layer, but for its entities and, below the project, its groups: those come with the facts.
    pub(super) fn declare(&mut self, layer: Layer<'a>, out: &mut Sink) {
        for item in layer.trees.iter().flat_map(|tree| &tree.items) {
            self.declare_item(layer.rank, item, out);
        }
    }

    fn declare_item(&mut self, rank: u16, item: &'a ast::Item, out: &mut Sink) {
        match &item.kind {
            ast::ItemKind::Account(account) => self.todo.accounts.push((rank, item, account)),
            ast::ItemKind::Attribute(declaration) => self.declare_attribute(rank, declaration, out),
            ast::ItemKind::Role { name, extends, privileges, scopes } => {
                if let Some(id) = self.declare_role(rank, name, item.head, out) {
                    self.todo.roles.push((id, extends, privileges, scopes));
                }
            }
            ast::ItemKind::ScopeSet { name, scopes } => {
                if let Some(id) = self.declare_scope_set(rank, name, item.head, out) {
                    self.todo.scope_sets.push((id, scopes));
                }
            }
            ast::ItemKind::Allowlist { name, apps } => {
                if let Some(id) = self.declare_allowlist(rank, name, item.head, out) {
                    self.todo.allowlists.push((id, apps));
                }
            }
            ast::ItemKind::Group { name, members } => {
                if rank == Layer::PROJECT {
                    self.declare_group_item(rank, name, item.head, members, out);
                }
            }
            ast::ItemKind::Rule(rule) => self.declare_rule(rank, rule, out),
            ast::ItemKind::Test(test) => self.declare_test(rank, item, test, out),
            ast::ItemKind::Accept(accept) => self.todo.accepts.push(accept),
            ast::ItemKind::Entity(_) => {}
        }
    }

    fn declare_role(&mut self, rank: u16, name: &ast::Name, head: Span, out: &mut Sink) -> Option<RoleId> {
        let symbol = self.model.names.intern(&name.text);
        let holder = self.model.lookup.roles.get(symbol).and_then(|id| claim_of(&self.claims.roles, id));
        holds(judge(holder, rank), "role", name, out)?;
        Some(self.new_role(symbol, head, Claim { rank, span: name.span }))
    }

    /// Adds a role that says nothing yet.
    pub(super) fn new_role(&mut self, name: Symbol, span: Span, claim: Claim) -> RoleId {
        let role = Role { name, span, extends: Vec::new(), privileges: Vec::new(), scopes: Vec::new() };
        let id = self.model.roles.push(role);
        self.model.lookup.roles.insert(name, id);
        self.claims.roles.push(claim);
        id
    }

    fn declare_scope_set(
        &mut self,
        rank: u16,
        name: &ast::Name,
        head: Span,
        out: &mut Sink,
    ) -> Option<ScopeSetId> {
        let symbol = self.model.names.intern(&name.text);
        let known = self.model.lookup.scope_sets.get(symbol);
        let holder = known.and_then(|id| claim_of(&self.claims.scope_sets, id));
        holds(judge(holder, rank), "scope set", name, out)?;
        Some(self.new_scope_set(symbol, head, Claim { rank, span: name.span }))
    }

    /// Adds a scope set that says nothing yet.
    pub(super) fn new_scope_set(&mut self, name: Symbol, span: Span, claim: Claim) -> ScopeSetId {
        let id = self.model.scope_sets.push(ScopeSet { name, span, terms: Vec::new() });
        self.model.lookup.scope_sets.insert(name, id);
        self.claims.scope_sets.push(claim);
        id
    }

    fn declare_allowlist(
        &mut self,
        rank: u16,
        name: &ast::Name,
        head: Span,
        out: &mut Sink,
    ) -> Option<AllowlistId> {
        let symbol = self.model.names.intern(&name.text);
        let known = self.model.lookup.allowlists.get(symbol);
        let holder = known.and_then(|id| claim_of(&self.claims.allowlists, id));
        holds(judge(holder, rank), "allowlist", name, out)?;
        let id = self.model.allowlists.push(Allowlist { name: symbol, span: head, selectors: Vec::new() });
        self.model.lookup.allowlists.insert(symbol, id);
        self.claims.allowlists.push(Claim { rank, span: name.span });
        Some(id)
    }

    /// Declares a `group` item and keeps its members for later.
    pub(super) fn declare_group_item(
        &mut self,
        rank: u16,
        name: &ast::Name,
        head: Span,
        members: &'a [ast::Principal],
        out: &mut Sink,
    ) {
        if let Some(id) = self.declare_group(rank, &name.text, name.span, head, out) {
            self.todo.groups.push((id, members));
        }
    }

    /// Declares a group by an item or a `groups` record.
    pub(super) fn declare_group(
        &mut self,
        rank: u16,
        name: &str,
        place: Span,
        head: Span,
        out: &mut Sink,
    ) -> Option<GroupId> {
        let id = self.group_named_by_facts(name, place);
        match judge(claim_of(&self.claims.groups, id), rank) {
            Verdict::Replaced => return None,
            Verdict::Twice(first) => {
                out.push(duplicate_definition("group", name, first, place));
                return None;
            }
            Verdict::Fresh => {}
        }
        if let Some(claim) = self.claims.groups.get_mut(crate::text::Id::index(id)) {
            *claim = Claim { rank, span: place };
        }
        let group = self.model.groups.at_mut(id);
        group.span = head;
        group.declared = true;
        Some(id)
    }

    /// The group of this name, which exists from now on if it did not.
    pub(super) fn group_named_by_facts(&mut self, name: &str, place: Span) -> GroupId {
        let symbol = self.model.names.intern(name);
        if let Some(id) = self.model.lookup.groups.get(symbol) {
            return id;
        }
        let group =
            Group { name: symbol, span: place, members: Vec::new(), groups: Vec::new(), declared: false };
        let id = self.model.groups.push(group);
        self.model.lookup.groups.insert(symbol, id);
        self.claims.groups.push(Claim { rank: Layer::IMPLICIT, span: place });
        id
    }

    /// A rule is declared by its id. A baseline's rule gives way to one with the same keyword and id; with another keyword the id is
    /// taken twice, because a `waive` could not tell them apart.
    fn declare_rule(&mut self, rank: u16, rule: &'a ast::Rule, out: &mut Sink) {
        let Some(id) = &rule.clauses.id else { return self.todo.rules.push(rule) };
        let symbol = self.model.names.intern(&id.text);
        let keyword = keyword(&rule.kind);
        match self.claims.rules.get(&symbol) {
            None => {
                self.claims.rules.insert(symbol, (Claim { rank, span: id.span }, keyword));
            }
            Some((holder, theirs)) if holder.rank != rank && *theirs == keyword => return,
            Some((holder, _)) => out.push(duplicate_definition("rule", &id.text, holder.span, id.span)),
        }
        self.todo.rules.push(rule);
    }

    fn declare_test(&mut self, rank: u16, item: &'a ast::Item, test: &'a ast::PolicyTest, out: &mut Sink) {
        let symbol = self.model.names.intern(&test.name.text);
        let holder = self.claims.tests.get(&symbol).copied();
        if holds(judge(holder, rank), "test", &test.name, out).is_some() {
            self.claims.tests.insert(symbol, Claim { rank, span: test.name.span });
            self.todo.tests.push((item, test));
        }
    }

    fn declare_attribute(&mut self, rank: u16, declaration: &ast::AttributeDeclaration, out: &mut Sink) {
        let ast::AttributeDeclaration { owner, name, ty, type_span } = declaration;
        let key = name.text.replace('_', "-");
        if is_reserved(*owner, &key) {
            return out.push(reserved_attribute(*owner, &key, name.span));
        }
        let symbol = self.model.names.intern(&key);
        let known = self.model.lookup.attributes_of(*owner).get(symbol);
        let holder = known.and_then(|id| claim_of(&self.claims.attributes, id));
        let full = ast::Name { text: format!("{owner}.{key}").into(), ..name.clone() };
        if holds(judge(holder, rank), "attribute", &full, out).is_none() {
            return;
        }
        let ty = self.attribute_type(ty, *type_span, out);
        let attribute = Attribute { owner: *owner, name: symbol, ty, span: name.span, column: Vec::new() };
        let id = self.model.attributes.push(attribute);
        self.model.lookup.attributes_of_mut(*owner).insert(symbol, id);
        self.claims.attributes.push(Claim { rank, span: name.span });
    }

    fn attribute_type(&mut self, ty: &ast::AttributeType, span: Span, out: &mut Sink) -> AttributeType {
        let (values, ordered) = match ty {
            ast::AttributeType::Text => return AttributeType::Text,
            ast::AttributeType::Flag => return AttributeType::Flag,
            ast::AttributeType::Number => return AttributeType::Number,
            ast::AttributeType::Date => return AttributeType::Date,
            ast::AttributeType::OneOf { values, ordered } => (values, *ordered),
        };
        let mut seen: FastMap<Symbol, Span> = FastMap::default();
        let mut choices = Vec::with_capacity(values.len());
        for value in values {
            let symbol = self.model.names.intern(&value.text);
            match seen.insert(symbol, value.span) {
                None => choices.push(symbol),
                Some(first) if ordered => {
                    out.push(value_twice(&value.text, first, value.span));
                }
                Some(_) => {}
            }
        }
        if choices.len() > usize::from(u16::MAX) {
            choices.truncate(usize::from(u16::MAX));
            out.push(too_many_choices(values.len(), span));
        }
        AttributeType::OneOf { choices, ordered }
    }
}

/// Who holds the name of an id.
pub(super) fn claim_of<I: crate::text::Id>(claims: &[Claim], id: I) -> Option<Claim> {
    claims.get(id.index()).copied()
}

/// Whether a definition holds; a second one of the same rank is reported.
fn holds(verdict: Verdict, kind: &str, name: &ast::Name, out: &mut Sink) -> Option<()> {
    match verdict {
        Verdict::Fresh => Some(()),
        Verdict::Replaced => None,
        Verdict::Twice(first) => {
            out.push(duplicate_definition(kind, &name.text, first, name.span));
            None
        }
    }
}

fn keyword(kind: &ast::RuleKind) -> &'static str {
    match kind {
        ast::RuleKind::Approve { .. } => "approve",
        ast::RuleKind::Block => "block",
        ast::RuleKind::Withhold { .. } => "withhold",
        ast::RuleKind::Waive { .. } => "waive",
        ast::RuleKind::Grant { .. } => "grant",
        ast::RuleKind::Exempt => "exempt",
    }
}

/// Whether users, apps or developers have a field or a condition subject of this name without any declaration.
fn is_reserved(owner: EntityKind, key: &str) -> bool {
    super::intake::is_field(owner, key) || Subject::built_in(owner, key).is_some()
}

fn reserved_attribute(owner: EntityKind, key: &str, span: Span) -> Diagnostic {
    Diagnostic::new(&RESERVED_ATTRIBUTE, span, format!("`{owner}.{key}` is built in and cannot be declared"))
        .label("this name is taken")
        .help("remove the declaration if you mean the built-in fact, or give your attribute another name")
}

fn value_twice(value: &str, first: Span, second: Span) -> Diagnostic {
    Diagnostic::new(&INVALID_CHOICES, second, format!("`{value}` stands twice in an order"))
        .label("again here")
        .related(first, "first here")
        .help("name each value once, from the least to the most")
}

fn too_many_choices(count: usize, span: Span) -> Diagnostic {
    Diagnostic::new(&INVALID_CHOICES, span, format!("a `one of` with {count} values"))
        .help("65535 values are the most; declare the attribute as `text`")
}
