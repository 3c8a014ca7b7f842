//! Roles, groups, allowlists and scope sets that lead back to themselves.

use crate::declare_code;
use crate::diagnostics::{Code, Diagnostic, Sink};
use crate::graph::{Cycle, Graph, Node};
use crate::model::Model;
use crate::text::Symbol;

declare_code! {
    /// Roles that extend each other in a circle.
    ROLE_CYCLE = Check, Error, "role-cycle", "roles that extend each other in a circle"
}
declare_code! {
    /// Groups that hold each other in a circle.
    GROUP_CYCLE = Check, Error, "group-cycle", "groups that hold each other in a circle"
}
declare_code! {
    /// Allowlists that hold each other in a circle.
    ALLOWLIST_CYCLE = Check, Error, "allowlist-cycle", "allowlists that hold each other in a circle"
}
declare_code! {
    /// Scope sets that hold each other in a circle.
    SCOPE_SET_CYCLE = Check, Error, "scope-set-cycle", "scope sets that hold each other in a circle"
}

/// How many hops of a cycle are shown; of a longer one the first ones and the last.
const SHOWN: usize = 8;

pub(super) fn nothing_holds_itself(model: &Model, graph: &Graph, out: &mut Sink) {
    for cycle in graph.cycles() {
        if let Some(finding) = finding(model, cycle) {
            out.push(finding);
        }
    }
}

fn finding(model: &Model, cycle: &Cycle) -> Option<Diagnostic> {
    let (first, rest) = cycle.hops.split_first()?;
    let (code, kind, verb, name) = words(model, first.from)?;
    let length = cycle.hops.len();
    let through = match length {
        1 => String::new(),
        2 => ", through one other".to_owned(),
        _ => format!(", through {} others", length - 1),
    };
    let hop = |from: Node, to: Node| {
        let name = |node| words(model, node).map_or("", |(.., name)| model.name(name));
        format!("`{}` {verb} `{}`", name(from), name(to))
    };
    let mut finding =
        Diagnostic::new(code, first.span, format!("{kind} `{}` {verb} itself{through}", model.name(name)))
            .label(hop(first.from, first.to));
    let hidden = length.saturating_sub(SHOWN);
    for (at, step) in rest.iter().enumerate() {
        // The hops before the last give way when there are too many.
        let shown = at + 2 < SHOWN || at + 1 == rest.len();
        if shown {
            let gap = if hidden > 0 && at + 1 == rest.len() {
                format!("{hidden} steps later, ")
            } else {
                String::new()
            };
            finding = finding.related(step.span, format!("{gap}{}", hop(step.from, step.to)));
        }
    }
    Some(finding.help("take one of these references away"))
}

/// How to speak of a node of a cycle.
fn words(model: &Model, node: Node) -> Option<(&'static Code, &'static str, &'static str, Symbol)> {
    match node {
        Node::Role(id) => Some((&ROLE_CYCLE, "role", "extends", model.roles.at(id).name)),
        Node::Group(id) => Some((&GROUP_CYCLE, "group", "holds", model.groups.at(id).name)),
        Node::Allowlist(id) => Some((&ALLOWLIST_CYCLE, "allowlist", "holds", model.allowlists.at(id).name)),
        Node::ScopeSet(id) => Some((&SCOPE_SET_CYCLE, "scope set", "holds", model.scope_sets.at(id).name)),
        _ => None,
    }
}
