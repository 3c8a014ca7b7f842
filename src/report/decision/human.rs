//! A decision for a person: why at a glance, then what to do.

use super::steps::steps;
use super::words::{
    alike, because, fact, headline, held_by, how, installer, miss_kind, missing, names, noun_names, person,
    rule,
};
use crate::decision::{BlockedHow, Decision, Ground, MissingScope, NearMiss, Outcome, Reason, RuleRef};
use crate::report::snippet::Piece;
use crate::report::wrap::hang;
use crate::report::{Human, Mark, counted, one_line, visible};

/// A person is shown this many rules of a kind at most, each with its lines.
const MOST_RULES: usize = 200;

impl Human<'_> {
    /// A decision: a line with the answer, a line for each ground or reason with the rule behind it, and what to do next.
    ///
    /// `day`: the headline names the day. `explain`: near misses, every ground's rule and every scope are shown. Of more than 200 rules of a
    /// kind the first are shown, and how many more there are. Ends with a line break.
    pub fn decision(&self, decision: &Decision, day: bool, explain: bool) -> String {
        let look = self.snippets.look();
        let mut headline = headline(decision);
        if day {
            headline.push_str(&format!(" on {}", decision.query.at));
        }
        let (mark, sign) = match (decision.outcome, look.unicode) {
            (Outcome::Allow, _) => (Mark::Good, Mark::Good.text(look.unicode)),
            (Outcome::Deny, true) => (Mark::Bad, "✗"),
            (Outcome::Deny, false) => (Mark::Bad, "x"),
        };
        let mut out = format!("{} {}\n", look.strong(mark, sign), look.bold(&one_line(&headline)));
        let mut pieces = Vec::new();
        grounds(decision, explain, &mut pieces);
        for reason in &decision.reasons {
            self::reason(decision, reason, explain, &mut pieces);
        }
        refused(decision, explain, &mut pieces);
        if !pieces.is_empty() {
            out.push('\n');
        }
        for piece in &pieces {
            out.push_str(&self.snippets.draw(piece));
        }
        self.next(decision, explain, &mut out);
        out
    }

    fn next(&self, decision: &Decision, explain: bool, out: &mut String) {
        let steps = steps(decision, explain);
        let look = self.snippets.look();
        for (index, (_, text)) in steps.iter().enumerate() {
            let number = if steps.len() > 1 { format!("{}. ", index + 1) } else { String::new() };
            let title = if index == 0 { look.strong(Mark::Note, "Next:") } else { " ".repeat(5) };
            if index == 0 {
                out.push('\n');
            }
            out.push_str(&hang(&format!("  {title} {number}"), 8 + number.len(), &visible(text), look.width));
        }
    }
}

/// A piece about a rule, with its lines.
fn about(mark: Mark, text: String, rule: &RuleRef, label: &str) -> Piece {
    Piece::new(mark, text).at(rule.span, label)
}

/// The first pieces about rules of a kind, and how many more there are.
fn first(mark: Mark, all: impl ExactSizeIterator<Item = Piece>, pieces: &mut Vec<Piece>) {
    let more = all.len().saturating_sub(MOST_RULES);
    pieces.extend(all.take(MOST_RULES));
    pieces.extend(and_more(mark, more));
}

fn and_more(mark: Mark, more: usize) -> Option<Piece> {
    (more > 0).then(|| Piece::new(mark, format!("… and {more} more; `--format json` shows all")))
}

fn grounds(decision: &Decision, explain: bool, pieces: &mut Vec<Piece>) {
    let mut rules = 0_usize;
    for ground in &decision.grounds {
        let (text, by, why) = match ground {
            Ground::Approval { rule: by, because, via } => {
                (format!("approved by {} {via}", rule(by)).trim_end().to_owned(), by, because)
            }
            Ground::Exemption { rule: by, because } => {
                (format!("exempt from approval by {}", rule(by)), by, because)
            }
            Ground::Waiver { rule: by, because, lifts } => {
                (format!("{} is waived by {}", rule(lifts), rule(by)), by, because)
            }
            Ground::ApprovalOptional => {
                pieces.push(Piece::new(Mark::Good, "needs no approval: approval is optional here"));
                continue;
            }
            Ground::Installer { privilege, role } => {
                let text = installer(&decision.query, privilege.as_deref(), role.as_deref());
                pieces.push(Piece::new(Mark::Good, text));
                continue;
            }
            Ground::Scope { .. } => continue,
        };
        rules += 1;
        if rules <= MOST_RULES {
            let text = because(text, why.as_deref());
            pieces.push(if explain { about(Mark::Good, text, by, "") } else { Piece::new(Mark::Good, text) });
        }
    }
    pieces.extend(and_more(Mark::Good, rules.saturating_sub(MOST_RULES)));
    scopes(decision, explain, pieces);
}

/// One line for all scopes that are held by the same role or privileges.
fn scopes(decision: &Decision, explain: bool, pieces: &mut Vec<Piece>) {
    let mut held: Vec<(String, Vec<&str>)> = Vec::new();
    for ground in &decision.grounds {
        let Ground::Scope { scope, role, privileges } = ground else { continue };
        let by = held_by(role.as_deref(), privileges);
        match held.iter_mut().find(|(other, _)| *other == by) {
            Some((_, scopes)) => scopes.push(scope),
            None => held.push((by, vec![scope])),
        }
    }
    for (by, scopes) in held {
        let text = format!("holds {} by {by}", names(scopes, "and", explain));
        pieces.push(Piece::new(Mark::Good, text));
    }
}

fn reason(decision: &Decision, reason: &Reason, explain: bool, pieces: &mut Vec<Piece>) {
    let who = person(decision);
    let mut bad = |text: String| pieces.push(Piece::new(Mark::Bad, text));
    match reason {
        Reason::Unavailable { detail, .. } => bad(format!("is not available: {detail}")),
        Reason::Blocked { rules, how: hows } => {
            let applies = BlockedHow::default();
            let block = |(index, by): (usize, &RuleRef)| {
                let how = how(hows.get(index).unwrap_or(&applies)).join("\n");
                let text = because(format!("blocked by {}", rule(by)), by.because.as_deref());
                about(Mark::Bad, text, by, &how)
            };
            first(Mark::Bad, rules.iter().enumerate().map(block), pieces);
        }
        Reason::ApprovalRequired { near_misses } => {
            bad(approval(who, near_misses, explain));
            if explain {
                first(Mark::Note, near_misses.iter().map(near_miss), pieces);
            }
        }
        Reason::AdminManaged => bad("is managed by admins: only an installer may add it".to_owned()),
        Reason::MissingScopes { scopes } => {
            let lacking = |run: Vec<&MissingScope>| {
                let piece = Piece::new(Mark::Bad, missing(who, &run, explain));
                match run.first().and_then(|first| Some((first, first.withheld_by.as_ref()?))) {
                    Some((first, by)) => piece.at(by.span, how(&first.how).join("\n")),
                    None => piece,
                }
            };
            first(Mark::Bad, alike(scopes).into_iter().map(lacking), pieces);
        }
        Reason::UnknownFact { facts } => {
            for missing in facts {
                bad(format!("{} is not known, and what is not known never allows", fact(missing)));
            }
        }
        Reason::MissingPrivilege { privilege, roles } => {
            let actor = decision.query.by.as_deref().unwrap_or(who);
            let text = format!("{actor} lacks `{privilege}`");
            bad(if roles.is_empty() {
                text
            } else {
                format!("{text} ({} would have it)", noun_names("role", roles, "or", explain))
            });
        }
        Reason::NotAsked { scope } => {
            bad(format!("{} asks neither for `{scope}` nor for a scope that implies it", decision.query.app))
        }
    }
}

fn approval(who: &str, near_misses: &[NearMiss], explain: bool) -> String {
    match near_misses.len() {
        0 => "needs approval, and no rule approves the app".to_owned(),
        _ if explain => format!("needs approval, and no approval covers {who}"),
        count => {
            let misses = if count == 1 { "1 near miss".to_owned() } else { format!("{count} near misses") };
            let them = if count == 1 { "it" } else { "them" };
            format!("needs approval, and no approval covers {who} ({misses}, --explain shows {them})")
        }
    }
}

fn near_miss(miss: &NearMiss) -> Piece {
    let text = format!("near miss ({}): {}", miss_kind(miss.kind), rule(&miss.rule));
    about(Mark::Note, text, &miss.rule, &miss.detail)
}

fn refused(decision: &Decision, explain: bool, pieces: &mut Vec<Piece>) {
    let refused = &decision.refused_at_consent;
    if refused.is_empty() {
        return;
    }
    let listed = names(refused.iter().map(String::as_str), "and", explain);
    let text = format!(
        "{} refused at consent: {listed} (the app works without)",
        counted(refused.len(), "optional scope")
    );
    pieces.push(Piece::new(Mark::Warning, text));
}
