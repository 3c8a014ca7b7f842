//! Conditions after `when`.

use std::cell::Cell;
use std::sync::LazyLock;

use pest::pratt_parser::{Assoc, Op, PrattParser};

use super::{Lowering, Node};
use crate::declare_code;
use crate::diagnostics::Diagnostic;
use crate::syntax::ast::{Condition, ConditionKind, Literal, TestKind};
use crate::syntax::grammar::{Rule, parts};
use crate::terms::CompareOp;
use crate::text::Span;

declare_code! {
    /// `and` and `or` beside each other without parentheses.
    MIXED_AND_OR = Syntax, Error, "mixed-and-or", "`and` and `or` beside each other without parentheses"
}
declare_code! {
    /// A word where an attribute is meant that names no user, app or developer.
    BAD_ATTRIBUTE_PATH = Syntax, Error, "bad-attribute-path", "an attribute that does not say whose it is"
}

/// `not` binds tighter than `and` and `or`, which bind alike: mixing them is an error, so no order between them is needed.
static PRATT: LazyLock<PrattParser<Rule>> = LazyLock::new(|| {
    PrattParser::new()
        .op(Op::infix(Rule::and, Assoc::Left) | Op::infix(Rule::or, Assoc::Left))
        .op(Op::prefix(Rule::not))
});

/// A condition on its way up.
struct Operand {
    /// It, or nothing if a part of it was reported.
    condition: Option<Condition>,
    /// From its first word to its last, parentheses included.
    outer: Span,
    /// The infix word that joins it, unless it stands in parentheses.
    joined_by: Option<(Rule, Span)>,
}

impl Lowering<'_> {
    /// The condition that a `condition` is, or nothing if a part of it was reported.
    pub(super) fn condition(&mut self, node: Node<'_>) -> Option<Condition> {
        self.operand(node).condition
    }

    fn operand(&mut self, node: Node<'_>) -> Operand {
        let (file, base) = (self.file, self.base);
        let span_of = move |node: &Node<'_>| {
            Span::new(file, base + node.as_span().start(), base + node.as_span().end())
        };
        let mixed: Cell<Option<(Rule, Span, Span)>> = Cell::new(None);
        let operand = PRATT
            .map_primary(|node| self.primary(node))
            .map_prefix(|not, operand| negated(span_of(&not), operand))
            .map_infix(|left, word, right| {
                let (rule, span) = (word.as_rule(), span_of(&word));
                if let Some((first, first_span)) = left.joined_by
                    && first != rule
                    && mixed.get().is_none()
                {
                    mixed.set(Some((rule, span, first_span)));
                }
                joined(left, rule, span, right)
            })
            .parse(parts(node));
        if let Some((rule, span, first)) = mixed.get() {
            self.push(mixed_and_or(rule, span, first));
        }
        operand
    }

    fn primary(&mut self, node: Node<'_>) -> Operand {
        let outer = self.span(&node);
        if node.as_rule() == Rule::paren {
            let inner = parts(node).next().map(|inner| self.operand(inner));
            let condition = inner.and_then(|inner| inner.condition);
            return Operand { condition, outer, joined_by: None };
        }
        Operand { condition: self.comparison(node), outer, joined_by: None }
    }

    fn comparison(&mut self, node: Node<'_>) -> Option<Condition> {
        let span = self.span(&node);
        let mut inner = parts(node);
        let word = inner.next()?;
        let name = self.name(&word);
        let subject = super::literal::attribute_path(&name);
        if subject.is_none() {
            self.push(bad_attribute_path(name.span, &name.text));
        }
        let test = match inner.next() {
            Some(predicate) => self.predicate(predicate)?,
            None => TestKind::Flag,
        };
        Some(Condition { span, kind: ConditionKind::Test { subject: subject?, test } })
    }

    fn predicate(&mut self, node: Node<'_>) -> Option<TestKind> {
        let rule = node.as_rule();
        if rule == Rule::compare {
            let mut inner = parts(node);
            let op = match inner.next()?.as_str() {
                "<" => CompareOp::Less,
                "<=" => CompareOp::LessOrEqual,
                ">" => CompareOp::Greater,
                _ => CompareOp::GreaterOrEqual,
            };
            let value = inner.next()?;
            return Some(TestKind::Compare(op, self.literal(value)?));
        }
        let mut values: Vec<Literal> = parts(node).filter_map(|value| self.literal(value)).collect();
        Some(match rule {
            Rule::in_list => TestKind::In(values),
            Rule::any_in => TestKind::AnyIn(values),
            Rule::all_in => TestKind::AllIn(values),
            Rule::is => TestKind::Is(values.pop()?),
            Rule::is_not => TestKind::IsNot(values.pop()?),
            _ => TestKind::Contains(values.pop()?),
        })
    }
}

fn negated(not: Span, operand: Operand) -> Operand {
    let outer = not.to(operand.outer);
    let condition =
        operand.condition.map(|inner| Condition { span: outer, kind: ConditionKind::Not(Box::new(inner)) });
    Operand { condition, outer, joined_by: None }
}

/// `left and right`; a longer row of the same word becomes one list.
fn joined(left: Operand, rule: Rule, word: Span, right: Operand) -> Operand {
    let outer = left.outer.to(right.outer);
    let continues = left.joined_by.is_some_and(|(first, _)| first == rule);
    let condition = match (left.condition, right.condition) {
        (Some(mut left), Some(right)) => match &mut left.kind {
            ConditionKind::And(all) | ConditionKind::Or(all) if continues => {
                all.push(right);
                left.span = outer;
                Some(left)
            }
            _ => {
                let all = vec![left, right];
                let kind = if rule == Rule::and { ConditionKind::And(all) } else { ConditionKind::Or(all) };
                Some(Condition { span: outer, kind })
            }
        },
        _ => None,
    };
    Operand { condition, outer, joined_by: Some((rule, word)) }
}

fn mixed_and_or(rule: Rule, span: Span, first: Span) -> Diagnostic {
    let (word, other) = if rule == Rule::and { ("and", "or") } else { ("or", "and") };
    Diagnostic::new(&MIXED_AND_OR, span, format!("`{word}` after `{other}` without parentheses"))
        .related(first, format!("`{other}` stands here"))
        .help("put parentheses around what belongs together, such as `(a and b) or c`")
}

/// The finding for a word that should be an attribute.
pub(in crate::syntax) fn bad_attribute_path(span: Span, text: &str) -> Diagnostic {
    let help = match text.split_once('.') {
        _ if text == "today" || text.starts_with(|c: char| c.is_ascii_digit()) => {
            format!("the attribute stands first, such as `user.contract-end > {text}`")
        }
        Some((owner, rest)) if !rest.is_empty() => {
            match crate::diagnostics::nearest(owner, ["user", "app", "developer"]) {
                Some(near) => format!("did you mean `{near}.{rest}`?"),
                None => "an attribute starts with `user.`, `app.` or `developer.`".to_owned(),
            }
        }
        _ => {
            format!("an attribute says whose it is, such as `user.{0}` or `app.{0}`", text.trim_matches('.'))
        }
    };
    Diagnostic::new(&BAD_ATTRIBUTE_PATH, span, format!("`{text}` is no attribute")).help(help)
}
