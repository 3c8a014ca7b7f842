//! A syntax tree in one line, for cases.

use admit::syntax::ast::{
    Account, AppSelection, AppSelector, AppSelectorKind, Assertion, AssertionKind, AttributeType, Clauses,
    Condition, ConditionKind, Entity, Installer, Item, ItemKind, Literal, LiteralKind, Name, Notify, People,
    Principal, PrincipalKind, Rule, RuleKind, ScopeTerm, ScopeTermKind, Section, TestKind,
};

fn list<T>(all: &[T], one: impl Fn(&T) -> String) -> String {
    all.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// A bare name as it is, a quoted one in quotes.
fn name(name: &Name) -> String {
    if name.quoted { format!("{:?}", name.text.as_str()) } else { name.text.to_string() }
}

fn principal(principal: &Principal) -> String {
    match &principal.kind {
        PrincipalKind::User(user) => name(user),
        PrincipalKind::Group(group) => format!("group:{}", name(group)),
        PrincipalKind::Role(role) => format!("role:{}", name(role)),
        PrincipalKind::Everyone => "EVERYONE".into(),
    }
}

fn people(people: &People) -> String {
    let except = list(&people.except, principal);
    let except = if except.is_empty() { except } else { format!(" - {except}") };
    format!("[{}{except}]", list(&people.include, principal))
}

fn app(app: &AppSelector) -> String {
    match &app.kind {
        AppSelectorKind::App(app) => name(app),
        AppSelectorKind::ByDeveloper(developer) => format!("by:{}", name(developer)),
        AppSelectorKind::InAllowlist(allowlist) => format!("in:{}", name(allowlist)),
        AppSelectorKind::Listed => "LISTED".into(),
        AppSelectorKind::Unlisted => "UNLISTED".into(),
        AppSelectorKind::Internal => "INTERNAL".into(),
        AppSelectorKind::All => "ALL".into(),
    }
}

fn apps(apps: &AppSelection) -> String {
    let except = list(&apps.except, app);
    let except = if except.is_empty() { except } else { format!(" - {except}") };
    format!("[{}{except}]", list(&apps.include, app))
}

fn scope(term: &ScopeTerm) -> String {
    match &term.kind {
        ScopeTermKind::Scope(scope) => name(scope),
        ScopeTermKind::Pattern(pattern) => format!("pattern:{}", name(pattern)),
        ScopeTermKind::Set(set) => format!("set:{}", name(set)),
        ScopeTermKind::Level(level) => format!("level:{level}"),
    }
}

fn literal(literal: &Literal) -> String {
    match &literal.kind {
        LiteralKind::Word(word) => name(word),
        LiteralKind::Date(date, _) => format!("date:{date}"),
        LiteralKind::Number(number, _) => format!("number:{number}"),
        LiteralKind::Today => "TODAY".into(),
        LiteralKind::Attribute(path) => format!("attribute:{}.{}", path.owner, path.name.text),
        LiteralKind::Scopes(term) => scope(term),
    }
}

pub fn condition(shown: &Condition) -> String {
    match &shown.kind {
        ConditionKind::And(all) => format!("(and {})", list(all, condition)),
        ConditionKind::Or(all) => format!("(or {})", list(all, condition)),
        ConditionKind::Not(one) => format!("(not {})", condition(one)),
        ConditionKind::Test { subject, test } => {
            let subject = format!("{}.{}", subject.owner, subject.name.text);
            match test {
                TestKind::Flag => subject,
                TestKind::Is(value) => format!("({subject} is {})", literal(value)),
                TestKind::IsNot(value) => format!("({subject} is-not {})", literal(value)),
                TestKind::Compare(op, value) => format!("({subject} {op} {})", literal(value)),
                TestKind::In(values) => format!("({subject} in {})", list(values, literal)),
                TestKind::AnyIn(values) => format!("({subject} any-in {})", list(values, literal)),
                TestKind::AllIn(values) => format!("({subject} all-in {})", list(values, literal)),
                TestKind::Contains(value) => format!("({subject} contains {})", literal(value)),
            }
        }
    }
}

fn clauses(clauses: &Clauses) -> String {
    let mut text = String::new();
    let mut add = |word: &str, value: Option<String>| {
        text += &value.map(|value| format!(" {word}={value}")).unwrap_or_default();
    };
    add("starting", clauses.starting.map(|date| date.value.to_string()));
    add("until", clauses.until.map(|date| date.value.to_string()));
    add("owner", clauses.owner.as_ref().map(name));
    add("id", clauses.id.as_ref().map(name));
    add("because", clauses.because.as_ref().map(name));
    text
}

fn rule(rule: &Rule) -> String {
    let mut text = match &rule.kind {
        RuleKind::Approve { .. } => "approve".to_owned(),
        RuleKind::Block => "block".into(),
        RuleKind::Withhold { scopes } => format!("withhold {}", list(scopes, scope)),
        RuleKind::Waive { rule } => format!("waive {}", name(rule)),
        RuleKind::Grant { role } => format!("grant {}", name(role)),
        RuleKind::Exempt => "exempt".into(),
    };
    text += &rule.apps.as_ref().map(|selection| format!(" {}", apps(selection))).unwrap_or_default();
    text += &rule.people.as_ref().map(|selection| format!(" for {}", people(selection))).unwrap_or_default();
    text += &rule.when.as_ref().map(|when| format!(" when {}", condition(when))).unwrap_or_default();
    if let RuleKind::Approve { reviewed: Some(reviewed) } = &rule.kind {
        text += &format!(" reviewed {}", list(&reviewed.value, scope));
    }
    text + &clauses(&rule.clauses)
}

pub fn entity(entity: &Entity) -> String {
    let fields = entity.fields.iter().map(|field| {
        format!("{}={}", name(&field.key), list(&field.values, |value| name(&value.name)).replace(' ', "+"))
    });
    format!("{} {} {{{}}}", entity.kind, name(&entity.name), fields.collect::<Vec<_>>().join(" "))
}

fn section(section: &Section) -> String {
    let approval = section.approval.map(|approval| format!("{:?}", approval.value)).unwrap_or_default();
    format!("{{{approval} {}}}", list(&section.exempts, rule))
}

fn account(account: &Account) -> String {
    let mut text = format!("account {}", account.name.as_ref().map(name).unwrap_or_default());
    let mut add = |word: &str, value: Option<String>| {
        text += &value.map(|value| format!(" {word}={value}")).unwrap_or_default();
    };
    add("listed", account.listed.as_ref().map(section));
    add("unlisted", account.unlisted.as_ref().map(section));
    let notify = |notify: &Notify| match notify {
        Notify::Recipients(recipients) => list(recipients, name),
        other => format!("{other:?}"),
    };
    add("notify", account.notify.as_ref().map(|clause| notify(&clause.value)));
    add("role", account.default_role.as_ref().map(|clause| name(&clause.value)));
    let installer = |installer: &Installer| match installer {
        Installer::Privilege(privilege) => name(privilege),
        Installer::Role(role, _) => format!("role:{}", name(role)),
    };
    add("installers", account.installers.as_ref().map(|clause| list(&clause.value, installer)));
    add("via", account.requests_via.as_ref().map(|clause| name(&clause.value)));
    add("sub-accounts", account.sub_accounts.map(|clause| clause.value.to_string()));
    text
}

fn assertion(assertion: &Assertion) -> String {
    let kind = match &assertion.kind {
        AssertionKind::Allow => "allow".to_owned(),
        AssertionKind::Only => "only".into(),
        AssertionKind::Deny { with } => format!("deny({})", list(with, name)),
    };
    let when = assertion.when.as_ref().map(|when| format!(" when {}", condition(when))).unwrap_or_default();
    format!("{kind} {} {}{when}", people(&assertion.people), apps(&assertion.apps))
}

pub fn item(item: &Item) -> String {
    match &item.kind {
        ItemKind::Account(shown) => account(shown),
        ItemKind::Attribute(attribute) => {
            let ty = match &attribute.ty {
                AttributeType::OneOf { values, ordered } => {
                    list(values, name).replace(' ', if *ordered { "<" } else { "|" })
                }
                other => format!("{other:?}"),
            };
            format!("attribute {}.{} {ty}", attribute.owner, name(&attribute.name))
        }
        ItemKind::Role { name: role, extends, privileges, scopes } => format!(
            "role {} extends[{}] privileges[{}] scopes[{}]",
            name(role),
            list(extends, name),
            list(privileges, name),
            list(scopes, scope)
        ),
        ItemKind::ScopeSet { name: set, scopes } => {
            format!("scope-set {} {}", name(set), list(scopes, scope))
        }
        ItemKind::Group { name: group, members } => {
            format!("group {} {}", name(group), list(members, principal))
        }
        ItemKind::Allowlist { name: allowlist, apps } => {
            format!("allowlist {} {}", name(allowlist), list(apps, app))
        }
        ItemKind::Entity(shown) => entity(shown),
        ItemKind::Rule(shown) => rule(shown),
        ItemKind::Test(test) => {
            let at = test.at.map(|at| format!(" at {}", at.value)).unwrap_or_default();
            let given = test.given.iter().map(|given| format!("given {}", entity(given)));
            let rest: Vec<String> = given.chain(test.assertions.iter().map(assertion)).collect();
            format!("test {}{at}: {}", name(&test.name), rest.join("; "))
        }
        ItemKind::Accept(accept) => {
            format!("accept {} {}{}", people(&accept.people), apps(&accept.apps), clauses(&accept.clauses))
        }
    }
}
