//! Layer 5: what the language demands beyond names and types. Each check has its own file and only adds findings.

mod account;
mod approval;
mod cycle;
mod grantee;
mod notify;
mod period;
mod recipient;
mod section;

use crate::diagnostics::{Code, Sink};
use crate::graph::Graph;
use crate::model::Model;

/// Every code this module raises.
pub static CODES: &[&Code] = &[
    &account::MISSING_ACCOUNT,
    &approval::MISSING_APPROVAL,
    &cycle::ALLOWLIST_CYCLE,
    &cycle::GROUP_CYCLE,
    &cycle::ROLE_CYCLE,
    &cycle::SCOPE_SET_CYCLE,
    &grantee::GRANT_TO_ROLE,
    &notify::MISSING_NOTIFY,
    &notify::TOO_MANY_RECIPIENTS,
    &period::ENDS_BEFORE_START,
    &recipient::RECIPIENT_CANNOT_APPROVE,
    &section::MISSING_SECTION,
];

/// Checks a resolved model.
pub fn check(model: &Model, graph: &Graph, out: &mut Sink) {
    // Nothing leads back to itself.
    cycle::nothing_holds_itself(model, graph, out);

    // There is one account, and it leaves nothing to guess.
    account::there_is_an_account(model, out);
    section::both_sections_are_stated(model, out);
    approval::each_section_says_whether_it_needs_approval(model, out);
    notify::it_is_stated_who_is_told(model, out);
    notify::at_most_five_are_told(model, out);
    recipient::who_is_told_can_approve(model, graph, out);

    // Rules can ever hold.
    period::no_rule_ends_before_it_starts(model, out);
    grantee::no_role_is_granted_to_a_role(model, out);
}

/// A model without a single error, with its graph. Only [`seal`] makes one, and only this can be compiled.
#[derive(Clone, Debug)]
pub struct Checked {
    model: Model,
    graph: Graph,
}

impl Checked {
    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }
    /// Its graph.
    pub fn graph(&self) -> &Graph {
        &self.graph
    }
    /// Gives both back.
    pub fn into_parts(self) -> (Model, Graph) {
        (self.model, self.graph)
    }
}

/// The single door to compilation: it opens only where nothing found so far is an error.
pub fn seal(model: Model, graph: Graph, found: &Sink) -> Option<Checked> {
    (!found.has_errors()).then_some(Checked { model, graph })
}
