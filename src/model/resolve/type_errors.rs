//! What is wrong with the types of conditions.

use super::subject::Type;
use crate::declare_code;
use crate::diagnostics::Diagnostic;
use crate::syntax::ast;
use crate::terms::written_value;
use crate::text::Span;

declare_code! {
    /// Two things that cannot be compared.
    TYPE_MISMATCH = Types, Error, "type-mismatch", "a comparison of two different types"
}
declare_code! {
    /// A value that a `one of` attribute cannot have.
    UNKNOWN_CHOICE = Types, Error, "unknown-choice", "a value that the attribute cannot have"
}
declare_code! {
    /// `<` and its like on something without an order.
    UNORDERED_COMPARISON = Types, Error, "unordered-comparison", "`<`, `<=`, `>` or `>=` on something that has no order"
}
declare_code! {
    /// `contains` with something that stands for many scopes.
    PATTERN_IN_CONTAINS = Types, Error, "pattern-in-contains", "a pattern, set or level after `contains`"
}
declare_code! {
    /// A set test on a single value.
    SET_EXPECTED = Types, Error, "set-expected", "`any in`, `all in` or `contains` on a single value"
}
declare_code! {
    /// A single-value test on a set.
    SINGLE_VALUE_EXPECTED = Types, Error, "single-value-expected", "`is` or `in` on a set"
}
declare_code! {
    /// A bare attribute that is not a flag.
    FLAG_EXPECTED = Types, Error, "flag-expected", "a bare attribute that is not a flag"
}
declare_code! {
    /// A user's attribute in the condition of an exemption.
    USER_IN_EXEMPTION = Types, Error, "user-in-exemption", "an exemption that depends on the user"
}

pub(super) fn type_mismatch(
    left: &str,
    left_type: &str,
    ty: Type,
    literal: &ast::Literal,
    text: &str,
) -> Diagnostic {
    let message = format!("`{left}` is {left_type} and cannot be compared with `{text}`");
    let found = match &literal.kind {
        ast::LiteralKind::Word(_) => "a word",
        ast::LiteralKind::Date(..) => "a date",
        ast::LiteralKind::Number(..) => "a number",
        ast::LiteralKind::Today => "a date",
        ast::LiteralKind::Attribute(_) => "another attribute",
        ast::LiteralKind::Scopes(_) => "part of a scope list",
    };
    let help = match ty {
        Type::Flag => "a flag is `true` or `false`, or stands alone: `when X` or `when not X`",
        Type::Number => "write a number, such as `3` or `0.5`",
        Type::Date => "write a day as `2026-12-31`, or `today`",
        Type::Text => "write the exact text; in double quotes anything is a text",
        Type::Choice { .. } => "write one of its values",
        Type::Scopes => {
            "write scopes, patterns such as `recording:*`, `set NAME`, or a level such as `admin-level`"
        }
        Type::Roles => "write names of roles",
        Type::Groups => "write names of groups",
    };
    Diagnostic::new(&TYPE_MISMATCH, literal.span, message).label(format!("this is {found}")).help(help)
}

pub(super) fn attributes_differ(
    left: &str,
    left_type: &str,
    right: &str,
    right_type: &str,
    span: Span,
) -> Diagnostic {
    Diagnostic::new(&TYPE_MISMATCH, span, format!("`{left}` and `{right}` cannot be compared"))
        .label(format!("this is {right_type}, but `{left}` is {left_type}"))
        .help("compare attributes of the same type; two `one of` must have the same values in the same order")
}

pub(super) fn unknown_choice(left: &str, ty: &str, word: &str, span: Span, near: Option<&str>) -> Diagnostic {
    let help = match near {
        Some(near) => format!("did you mean `{}`? `{left}` is {ty}", written_value(near)),
        None => format!("`{left}` is {ty}"),
    };
    Diagnostic::new(&UNKNOWN_CHOICE, span, format!("`{left}` is never `{word}`")).help(help)
}

pub(super) fn unordered_comparison(
    path: &ast::AttributePath,
    ty_text: &str,
    operator: &str,
    ty: Type,
    span: Span,
) -> Diagnostic {
    let left = full(path);
    let help = match ty {
        Type::Choice { .. } => {
            "name the values that count: `in [a, b]`; or declare the attribute with an order: `one of a < b < c`"
        }
        Type::Scopes | Type::Roles | Type::Groups => "a set is asked with `any in`, `all in` or `contains`",
        _ => "compare it with `is` or `in […]`",
    };
    Diagnostic::new(
        &UNORDERED_COMPARISON,
        span,
        format!("`{left}` is {ty_text}, which `{operator}` cannot order"),
    )
    .help(help)
}

pub(super) fn pattern_in_contains(text: &str, path: &ast::AttributePath, span: Span) -> Diagnostic {
    let left = full(path);
    Diagnostic::new(
        &PATTERN_IN_CONTAINS,
        span,
        format!("`contains` takes one exact scope, but `{text}` stands for many"),
    )
    .help(format!("write `{left} any in [{text}]`"))
}

pub(super) fn set_expected(path: &ast::AttributePath, ty: &str, operator: &str, span: Span) -> Diagnostic {
    let left = full(path);
    let help = if operator == "contains" {
        format!("write `{left} is …`")
    } else {
        format!("write `{left} in […]`")
    };
    Diagnostic::new(&SET_EXPECTED, span, format!("`{operator}` asks about a set, but `{left}` is {ty}"))
        .help(help)
}

pub(super) fn single_value_expected(
    path: &ast::AttributePath,
    ty: &str,
    operator: &str,
    span: Span,
) -> Diagnostic {
    let left = full(path);
    let help = match operator {
        "is not" => format!("write `not {left} contains …`"),
        "is" => format!("write `{left} contains …`"),
        _ => format!("write `{left} any in […]`, or `all in […]` if every one must be in the list"),
    };
    Diagnostic::new(
        &SINGLE_VALUE_EXPECTED,
        span,
        format!("`{operator}` asks about a single value, but `{left}` is {ty}"),
    )
    .help(help)
}

pub(super) fn flag_expected(path: &ast::AttributePath, ty_text: &str, ty: Type) -> Diagnostic {
    let left = full(path);
    let help = match ty {
        Type::Scopes | Type::Roles | Type::Groups => {
            format!("say which: `{left} any in […]`, `{left} all in […]` or `{left} contains …`")
        }
        Type::Number | Type::Date => format!("compare it: `{left} is …` or `{left} <= …`"),
        _ => format!("compare it: `{left} is …`"),
    };
    Diagnostic::new(
        &FLAG_EXPECTED,
        path.span,
        format!("`{left}` alone is no condition: it is {ty_text}, not a flag"),
    )
    .help(help)
}

pub(super) fn user_in_exemption(path: &ast::AttributePath) -> Diagnostic {
    let left = full(path);
    Diagnostic::new(
        &USER_IN_EXEMPTION,
        path.span,
        format!("an exemption is about apps, but `{left}` is about users"),
    )
    .label("depends on who asks")
    .help("to free some people from approval, write `approve … for …` with this condition")
}

fn full(path: &ast::AttributePath) -> String {
    format!("{}.{}", path.owner, path.name.text)
}
