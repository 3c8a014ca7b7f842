//! Parts of rules that stand elsewhere than in a policy, such as in settings.

use super::ast::{AppSelection, Condition, Item, ItemKind, People, Rule};
use super::parse;
use crate::diagnostics::Sink;
use crate::text::Span;

/// Which apps and which people, written as in a rule. What is left out restricts nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Which apps.
    pub apps: Option<AppSelection>,
    /// Under which condition.
    pub when: Option<Condition>,
    /// Which people.
    pub people: Option<People>,
}

/// The app selection that stands at `place` of a file with this text; `None`: there is none, which was reported unless it is because
/// something else stands there.
pub fn parse_apps(place: Span, text: &str, out: &mut Sink) -> Option<AppSelection> {
    let rule = rule(place, text, "block ", out)?;
    let plain = rule.people.is_none() && rule.when.is_none() && is_bare(&rule);
    rule.apps.filter(|_| plain)
}

/// The people that stand at `place`, in the same manner.
pub fn parse_people(place: Span, text: &str, out: &mut Sink) -> Option<People> {
    let rule = rule(place, text, "block a for ", out)?;
    let plain = rule.when.is_none() && is_bare(&rule);
    rule.people.filter(|_| plain)
}

/// The condition that stands at `place`, in the same manner.
pub fn parse_condition(place: Span, text: &str, out: &mut Sink) -> Option<Condition> {
    let rule = rule(place, text, "block a when ", out)?;
    let plain = rule.people.is_none() && is_bare(&rule);
    rule.when.filter(|_| plain)
}

/// Whether no further clause stands after it.
fn is_bare(rule: &Rule) -> bool {
    rule.clauses == super::ast::Clauses::default()
}

/// The rule that `lead` and the text at `place` make together. It is parsed where it stands, with the lead over what comes before, so that
/// every place in it is right.
fn rule(place: Span, text: &str, lead: &str, out: &mut Sink) -> Option<Rule> {
    let part = text.get(place.start as usize..place.end as usize)?;
    let before = (place.start as usize).checked_sub(lead.len())?;
    let whole = format!("{:before$}{lead}{part}", "");
    let mut found = Sink::new();
    let tree = parse(place.file, &whole, &mut found);
    for mut finding in found.into_sorted() {
        // What is wrong with the rule as a whole is wrong with the part.
        if !place.contains(finding.primary.span) {
            finding.primary.span = place;
        }
        finding.message = finding.message.replace("but the file ends here", "but it ends here");
        finding.related.retain(|label| place.contains(label.span));
        finding.fix = None;
        out.push(finding);
    }
    let mut items = tree.items.into_iter();
    match (items.next(), items.next()) {
        (Some(Item { kind: ItemKind::Rule(rule), .. }), None) => Some(*rule),
        _ => None,
    }
}
