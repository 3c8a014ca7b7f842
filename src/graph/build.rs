//! Model to graph.

use hashbrown::HashMap;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxBuildHasher;

use super::node::{Edge, EdgeKind, Node, NodeKind};
use crate::model::{
    AppSelection, AppSelector, AppSelectorKind, Comparand, Condition, Effect, Model, Notify, People,
    Principal, PrincipalKind, Rule, ScopeTerm, ScopeTermKind, SetTerms, Subject, Test, Value,
};
use crate::text::{Id, IdVec, Span, UserId};

/// Where each node stands: kinds one after the other, each in order of ids; then users as they are named.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// The first node of each kind, and how many there are.
    ranges: [(u32, u32); NodeKind::ALL.len()],
    users: HashMap<UserId, NodeIndex, FxBuildHasher>,
}

impl Index {
    /// The node of a thing. What only the `given` of a test knows has none, nor has a user whom no policy names.
    pub(super) fn get(&self, node: Node) -> Option<NodeIndex> {
        let position = match node {
            Node::Account => 0,
            Node::User(id) => return self.users.get(&id).copied(),
            Node::Role(id) => id.index(),
            Node::Group(id) => id.index(),
            Node::Developer(id) => id.index(),
            Node::App(id) => id.index(),
            Node::Allowlist(id) => id.index(),
            Node::ScopeSet(id) => id.index(),
            Node::Scope(id) => id.index(),
            Node::Privilege(id) => id.index(),
            Node::Rule(id) => id.index(),
            Node::Test(at) => at as usize,
        };
        let (start, len) = *self.ranges.get(node.kind() as usize)?;
        (position < len as usize).then(|| NodeIndex::new(start as usize + position))
    }
}

pub(super) fn build(model: &Model) -> (DiGraph<Node, Edge>, Index) {
    let things = model.rules.len() + model.apps.len() + model.groups.len() + model.scopes.len();
    let graph = DiGraph::with_capacity(things + 256, things * 4);
    let mut builder = Builder { model, graph, index: Index::default() };
    builder.nodes();
    builder.account();
    builder.roles();
    builder.lists();
    builder.apps();
    builder.scopes();
    for (id, rule) in model.rules.enumerate() {
        builder.rule(Node::Rule(id), rule);
    }
    builder.tests();
    builder.members();
    (builder.graph, builder.index)
}

struct Builder<'m> {
    model: &'m Model,
    graph: DiGraph<Node, Edge>,
    index: Index,
}

impl Builder<'_> {
    fn nodes(&mut self) {
        let model = self.model;
        self.start(NodeKind::Account, std::iter::once(Node::Account));
        self.table(NodeKind::Role, &model.roles, Node::Role);
        self.table(NodeKind::Group, &model.groups, Node::Group);
        self.table(NodeKind::Developer, &model.developers, Node::Developer);
        self.table(NodeKind::App, &model.apps, Node::App);
        self.table(NodeKind::Allowlist, &model.allowlists, Node::Allowlist);
        self.table(NodeKind::ScopeSet, &model.scope_sets, Node::ScopeSet);
        self.table(NodeKind::Scope, &model.scopes, Node::Scope);
        self.table(NodeKind::Privilege, &model.privileges, Node::Privilege);
        self.table(NodeKind::Rule, &model.rules, Node::Rule);
        let tests = u32::try_from(model.tests.len()).unwrap_or(u32::MAX);
        self.start(NodeKind::Test, (0..tests).map(Node::Test));
    }

    fn table<I: Id, T>(&mut self, kind: NodeKind, table: &IdVec<I, T>, node: fn(I) -> Node) {
        self.start(kind, table.ids().map(node));
    }

    fn start(&mut self, kind: NodeKind, nodes: impl Iterator<Item = Node>) {
        let start = self.graph.node_count();
        for node in nodes {
            self.graph.add_node(node);
        }
        let len = self.graph.node_count() - start;
        if let (Some(range), Ok(start), Ok(len)) =
            (self.index.ranges.get_mut(kind as usize), u32::try_from(start), u32::try_from(len))
        {
            *range = (start, len);
        }
    }

    /// Adds an edge. Users come into the graph when something names them; what has no node is passed over.
    fn edge(&mut self, from: Node, kind: EdgeKind, to: Node, span: Span) {
        if let Node::User(id) = to
            && !self.index.users.contains_key(&id)
        {
            let node = self.graph.add_node(to);
            self.index.users.insert(id, node);
        }
        if let (Some(from), Some(to)) = (self.index.get(from), self.index.get(to)) {
            self.graph.add_edge(from, to, Edge { kind, span });
        }
    }

    fn account(&mut self) {
        let account = &self.model.account;
        for section in [&account.listed, &account.unlisted] {
            for &id in &section.exempts {
                self.edge(Node::Account, EdgeKind::Includes, Node::Rule(id), self.model.rules.at(id).head);
            }
        }
        if let Some(Notify::Recipients(recipients)) = &account.notify {
            for user in recipients {
                self.edge(Node::Account, EdgeKind::Selects, Node::User(user.id), user.span);
            }
        }
        if let Some(role) = account.default_role {
            self.edge(Node::Account, EdgeKind::Grants, Node::Role(role.id), role.span);
        }
        for privilege in &account.installer_privileges {
            self.edge(Node::Account, EdgeKind::NeedsPrivilege, Node::Privilege(privilege.id), privilege.span);
        }
        for role in &account.installer_roles {
            self.edge(Node::Account, EdgeKind::Selects, Node::Role(role.id), role.span);
        }
    }

    fn roles(&mut self) {
        for (id, role) in self.model.roles.enumerate() {
            for extended in &role.extends {
                self.edge(Node::Role(id), EdgeKind::Extends, Node::Role(extended.id), extended.span);
            }
            for privilege in &role.privileges {
                self.edge(Node::Role(id), EdgeKind::Grants, Node::Privilege(privilege.id), privilege.span);
            }
            self.terms(Node::Role(id), EdgeKind::Grants, &role.scopes);
        }
    }

    fn lists(&mut self) {
        for (id, set) in self.model.scope_sets.enumerate() {
            self.terms(Node::ScopeSet(id), EdgeKind::Includes, &set.terms);
        }
        for (id, list) in self.model.allowlists.enumerate() {
            self.selectors(Node::Allowlist(id), EdgeKind::Includes, &list.selectors);
        }
        for (id, group) in self.model.groups.enumerate() {
            for inner in &group.groups {
                self.edge(Node::Group(id), EdgeKind::Includes, Node::Group(inner.id), inner.span);
            }
        }
    }

    fn apps(&mut self) {
        for (id, app) in self.model.apps.enumerate() {
            if let Some(developer) = app.developer {
                self.edge(Node::Developer(developer.id), EdgeKind::Includes, Node::App(id), developer.span);
            }
            for scope in app.scopes.iter().flatten().chain(&app.optional_scopes) {
                self.edge(Node::App(id), EdgeKind::Requires, Node::Scope(scope.id), scope.span);
            }
        }
    }

    fn scopes(&mut self) {
        for (id, scope) in self.model.scopes.enumerate() {
            for &privilege in &scope.privileges {
                self.edge(Node::Scope(id), EdgeKind::NeedsPrivilege, Node::Privilege(privilege), scope.span);
            }
            for &implied in &scope.implies {
                self.edge(Node::Scope(id), EdgeKind::Includes, Node::Scope(implied), scope.span);
            }
        }
    }

    fn rule(&mut self, node: Node, rule: &Rule) {
        let mut on_apps = EdgeKind::Selects;
        match &rule.effect {
            Effect::Approve { reviewed } => {
                on_apps = EdgeKind::Approves;
                self.terms(node, EdgeKind::Selects, reviewed.as_deref().unwrap_or_default());
            }
            Effect::Block => on_apps = EdgeKind::Blocks,
            Effect::Exempt => on_apps = EdgeKind::Exempts,
            Effect::Withhold { scopes } => self.terms(node, EdgeKind::Withholds, scopes),
            Effect::Waive { rule: Some(lifted) } => {
                self.edge(node, EdgeKind::Waives, Node::Rule(*lifted), rule.head);
            }
            Effect::Grant { role: Some(role) } => {
                self.edge(node, EdgeKind::Grants, Node::Role(*role), rule.head)
            }
            Effect::Waive { rule: None } | Effect::Grant { role: None } => {}
        }
        if let Some(apps) = &rule.apps {
            self.selection(node, on_apps, apps);
        }
        if let Some(people) = &rule.people {
            self.people(node, people);
        }
        if let Some(condition) = &rule.condition {
            self.condition(node, condition);
        }
    }

    fn tests(&mut self) {
        for (test, node) in self.model.tests.iter().zip((0..).map(Node::Test)) {
            for assertion in &test.assertions {
                self.people(node, &assertion.people);
                self.selection(node, EdgeKind::Selects, &assertion.apps);
                if let Some(condition) = &assertion.condition {
                    self.condition(node, condition);
                }
            }
        }
    }

    /// Memberships: who is in a policy's group is named by that; of the others only those whom something named so far.
    fn members(&mut self) {
        for (id, group) in self.model.groups.enumerate() {
            for member in &group.members {
                if self.model.in_policy(member.span) || self.index.users.contains_key(&member.id) {
                    self.member(member.id, Node::Group(id), member.span);
                }
            }
        }
        let mut users: Vec<UserId> = self.index.users.keys().copied().collect();
        users.sort_unstable();
        for user in users {
            let span = self.model.users.rows.at(user).span;
            for &group in self.model.users.groups(user) {
                self.member(user, Node::Group(group), span);
            }
        }
    }

    fn member(&mut self, user: UserId, group: Node, span: Span) {
        let node = *self.index.users.entry(user).or_insert_with(|| self.graph.add_node(Node::User(user)));
        if let Some(group) = self.index.get(group) {
            self.graph.add_edge(node, group, Edge { kind: EdgeKind::MemberOf, span });
        }
    }

    fn selection(&mut self, from: Node, kind: EdgeKind, selection: &AppSelection) {
        self.selectors(from, kind, &selection.include);
        self.selectors(from, EdgeKind::Selects, &selection.except);
    }

    fn selectors(&mut self, from: Node, kind: EdgeKind, selectors: &[AppSelector]) {
        for selector in selectors {
            let to = match selector.kind {
                AppSelectorKind::App(id) => Node::App(id),
                AppSelectorKind::ByDeveloper(id) => Node::Developer(id),
                AppSelectorKind::InAllowlist(id) => Node::Allowlist(id),
                AppSelectorKind::Listed
                | AppSelectorKind::Unlisted
                | AppSelectorKind::Internal
                | AppSelectorKind::All => Node::Account,
            };
            self.edge(from, kind, to, selector.span);
        }
    }

    fn people(&mut self, from: Node, people: &People) {
        for &Principal { kind, span } in people.include.iter().chain(&people.except) {
            let to = match kind {
                PrincipalKind::User(id) => Node::User(id),
                PrincipalKind::Group(id) => Node::Group(id),
                PrincipalKind::Role(id) => Node::Role(id),
                PrincipalKind::Everyone => Node::Account,
            };
            self.edge(from, EdgeKind::Selects, to, span);
        }
    }

    fn terms(&mut self, from: Node, kind: EdgeKind, terms: &[ScopeTerm]) {
        for term in terms {
            let to = match term.kind {
                ScopeTermKind::Scope(id) => Node::Scope(id),
                ScopeTermKind::Set(id) => Node::ScopeSet(id),
                // These name no scope in particular.
                ScopeTermKind::Pattern(_) | ScopeTermKind::Level(_) => continue,
            };
            self.edge(from, kind, to, term.span);
        }
    }

    /// What a condition asks for. The parser's nesting limit bounds the recursion.
    fn condition(&mut self, from: Node, condition: &Condition) {
        match condition {
            Condition::And(parts) | Condition::Or(parts) => {
                parts.iter().for_each(|part| self.condition(from, part));
            }
            Condition::Not(inner) => self.condition(from, inner),
            Condition::Test { span, subject, test } => {
                if let Test::AnyIn(terms) | Test::AllIn(terms) | Test::Contains(terms) = test {
                    self.set_terms(from, terms, *span);
                }
                if *subject == Subject::AppDeveloper {
                    self.developers(from, test, *span);
                }
            }
            Condition::Invalid => {}
        }
    }

    /// The developers that an app's developer is compared with.
    fn developers(&mut self, from: Node, test: &Test, span: Span) {
        let compared = match test {
            Test::Is(one) | Test::IsNot(one) => std::slice::from_ref(one),
            Test::In(several) => several.as_slice(),
            _ => &[],
        };
        for comparand in compared {
            if let Comparand::Value(Value::Text(name)) = comparand
                && let Some(developer) = self.model.developer(self.model.name(*name))
            {
                self.edge(from, EdgeKind::Selects, Node::Developer(developer), span);
            }
        }
    }

    fn set_terms(&mut self, from: Node, terms: &SetTerms, span: Span) {
        match terms {
            SetTerms::Scopes(terms) => self.terms(from, EdgeKind::Selects, terms),
            SetTerms::Roles(roles) => {
                roles.iter().for_each(|&role| self.edge(from, EdgeKind::Selects, Node::Role(role), span));
            }
            SetTerms::Groups(groups) => {
                groups.iter().for_each(|&group| self.edge(from, EdgeKind::Selects, Node::Group(group), span));
            }
        }
    }
}
