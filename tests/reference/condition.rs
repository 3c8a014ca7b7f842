//! Conditions.

use std::collections::BTreeMap;

use super::decision::roles;
use super::project::{App, Condition, Members, Operand, Project, Test, Type, Value};
use super::scopes;
use super::selection::{developer_kind, groups, listing};
use super::truth::{Truth, all, any, not};

/// What a condition is about. `user` is absent in exemptions.
pub struct Pair<'a> {
    pub project: &'a Project,
    pub user: Option<&'a str>,
    pub app: &'a App,
    pub day: &'a str,
}

/// Whether the condition holds; no condition does.
pub fn holds(pair: &Pair<'_>, condition: Option<&Condition>) -> Truth {
    condition.map_or(Truth::True, |condition| condition_holds(pair, condition))
}

fn condition_holds(pair: &Pair<'_>, condition: &Condition) -> Truth {
    match condition {
        Condition::And(parts) => all(parts.iter().map(|part| condition_holds(pair, part))),
        Condition::Or(parts) => any(parts.iter().map(|part| condition_holds(pair, part))),
        Condition::Not(part) => not(condition_holds(pair, part)),
        Condition::Test(attribute, test) => test_holds(pair, attribute, test),
    }
}

fn test_holds(pair: &Pair<'_>, attribute: &str, test: &Test) -> Truth {
    match test {
        Test::Flag => match value(pair, attribute) {
            Ok(value) => (value == Value::Flag(true)).into(),
            Err(unknown) => unknown,
        },
        Test::Is(operand) => equal(pair, attribute, operand),
        Test::IsNot(operand) => not(equal(pair, attribute, operand)),
        Test::In(operands) => any(operands.iter().map(|operand| equal(pair, attribute, operand))),
        Test::Compare(op, operand) => compare(pair, attribute, op, operand),
        Test::AnyIn(members) => on_set(pair, attribute, |set| any_in(pair.project, set, members)),
        Test::AllIn(members) => on_set(pair, attribute, |set| {
            set.iter().all(|member| match members {
                Members::Scopes(terms) => scopes::matches(pair.project, terms, member),
                Members::Names(names) => names.contains(member),
            })
        }),
        Test::Contains(name) => on_set(pair, attribute, |set| {
            if attribute.ends_with("scopes") {
                set.iter().any(|scope| scopes::implied(pair.project, scope).contains(name))
            } else {
                set.contains(name)
            }
        }),
    }
}

/// Scopes also count by what they imply.
fn any_in(project: &Project, set: &[String], members: &Members) -> bool {
    set.iter().any(|member| match members {
        Members::Scopes(terms) => {
            scopes::implied(project, member).iter().any(|scope| scopes::matches(project, terms, scope))
        }
        Members::Names(names) => names.contains(member),
    })
}

fn equal(pair: &Pair<'_>, attribute: &str, operand: &Operand) -> Truth {
    both(value(pair, attribute), operand_value(pair, attribute, operand), |a, b| a == b)
}

fn compare(pair: &Pair<'_>, attribute: &str, op: &str, operand: &Operand) -> Truth {
    let choices = choices(pair.project, attribute);
    let rank = |value: &Value| match value {
        Value::Number(number) => *number,
        Value::Date(date) => date.replace('-', "").parse().expect("an ISO date"),
        Value::Word(word) => {
            choices.iter().position(|choice| choice == word).expect("a choice") as f64 // few choices: exact
        }
        Value::Flag(_) => panic!("flags have no order"),
    };
    both(value(pair, attribute), operand_value(pair, attribute, operand), |a, b| match op {
        "<" => rank(a) < rank(b),
        "<=" => rank(a) <= rank(b),
        ">" => rank(a) > rank(b),
        ">=" => rank(a) >= rank(b),
        _ => panic!("no operator `{op}`"),
    })
}

fn choices(project: &Project, attribute: &str) -> Vec<String> {
    let declared = project.attributes.iter().find(|d| format!("{}.{}", d.owner, d.name) == attribute);
    match declared.map(|declared| &declared.ty) {
        Some(Type::OneOf { choices, .. }) => choices.clone(),
        _ => Vec::new(),
    }
}

/// Unknown if either side is, with the facts of both.
fn both(a: Result<Value, Truth>, b: Result<Value, Truth>, test: impl Fn(&Value, &Value) -> bool) -> Truth {
    match (a, b) {
        (Ok(a), Ok(b)) => test(&a, &b).into(),
        (Err(unknown), Ok(_)) | (Ok(_), Err(unknown)) => unknown,
        (Err(a), Err(b)) => all([a, b]),
    }
}

fn operand_value(pair: &Pair<'_>, attribute: &str, operand: &Operand) -> Result<Value, Truth> {
    match operand {
        Operand::Today => Ok(Value::Date(pair.day.to_owned())),
        Operand::Attribute(other) => value(pair, other),
        Operand::Value(Value::Word(word)) if matches!(attribute, "user.email" | "user.domain") => {
            Ok(Value::Word(word.to_lowercase()))
        }
        Operand::Value(value) => Ok(value.clone()),
    }
}

/// The value of an attribute, or the unknown that its absence makes.
fn value(pair: &Pair<'_>, attribute: &str) -> Result<Value, Truth> {
    let (owner, name) = attribute.split_once('.').expect("an owner and a name");
    match owner {
        "user" => user_value(pair, name),
        "app" => app_value(pair, name),
        _ => {
            let missing = || Truth::unknown(format!("app:{}", pair.app.id), "developer");
            let developer = pair.project.developer_of(pair.app).ok_or_else(missing)?;
            declared(&developer.attributes, &format!("developer:{}", developer.id), name)
        }
    }
}

fn user_value(pair: &Pair<'_>, name: &str) -> Result<Value, Truth> {
    let email = pair.user.expect("exemptions do not speak of users");
    match name {
        "email" => Ok(Value::Word(email.to_owned())),
        "domain" => Ok(Value::Word(email.rsplit('@').next().unwrap_or_default().to_owned())),
        _ => {
            let none = BTreeMap::new();
            let attributes = pair.project.user(email).map_or(&none, |user| &user.attributes);
            declared(attributes, &format!("user:{email}"), name)
        }
    }
}

fn app_value(pair: &Pair<'_>, name: &str) -> Result<Value, Truth> {
    let app = pair.app;
    let stated = |value: Option<&str>| match value {
        Some(value) => Ok(Value::Word(value.to_owned())),
        None => Err(Truth::unknown(format!("app:{}", app.id), name)),
    };
    match name {
        "id" => stated(Some(&app.id)),
        "developer" => stated(app.developer.as_deref()),
        "developer-kind" => developer_kind(pair.project, app).map(Value::Word),
        "listing" => stated(listing(app)),
        "stage" => stated(app.stage.as_deref()),
        "managed-by" => stated(app.managed_by.as_deref()),
        _ => declared(&app.attributes, &format!("app:{}", app.id), name),
    }
}

fn declared(values: &BTreeMap<String, Value>, entity: &str, name: &str) -> Result<Value, Truth> {
    values.get(name).cloned().ok_or_else(|| Truth::unknown(entity.to_owned(), name))
}

/// Asks something of a set; an app without a scopes list has no known scopes.
fn on_set(pair: &Pair<'_>, attribute: &str, test: impl Fn(&[String]) -> bool) -> Truth {
    let app = pair.app;
    let required = app.scopes.clone().ok_or_else(|| Truth::unknown(format!("app:{}", app.id), "scopes"));
    let user = || pair.user.expect("exemptions do not speak of users");
    let set = match attribute {
        "app.scopes" => required.map(|scopes| [scopes, app.optional_scopes.clone()].concat()),
        "app.required-scopes" => required,
        "app.optional-scopes" => Ok(app.optional_scopes.clone()),
        "user.roles" => Ok(roles(pair.project, user(), pair.day)),
        "user.groups" => Ok(groups(pair.project, user())),
        _ => panic!("`{attribute}` is no set"),
    };
    match set {
        Ok(set) => test(&set).into(),
        Err(unknown) => unknown,
    }
}
