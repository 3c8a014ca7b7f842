//! Decisions.

use admit::decision::{
    Action, BlockedHow, Decision, Ground, MissingScope, NearMiss, NearMissKind, NextStep, Outcome, Question,
    Reason, RuleRef, SCHEMA, UnknownFact,
};
use admit::report::{Human, Look, plain};
use admit::text::{Date, FileId, SourceMap, Span};
use insta::assert_snapshot;

const LOOK: Look = Look { color: false, unicode: true, width: 80 };

const POLICY: &str = "\
approve gong for group legal
  until 2026-03-31
  because \"SEC-412\"
block all apps for group contractors
  owner dana@x.example
  id no-capture
  because \"SEC-377: recordings stay with employees\"
withhold phone:* from everyone
";

struct Case {
    sources: SourceMap,
    file: FileId,
}

impl Case {
    fn new() -> Self {
        let mut sources = SourceMap::new();
        let file = sources.add("policies/a.admit", POLICY);
        Self { sources, file }
    }

    /// The rule whose head is `head`.
    fn rule(&self, head: &str) -> RuleRef {
        let at = POLICY.find(head).unwrap();
        let span = Span::new(self.file, at, at + head.len());
        let place = self.sources.start(span);
        RuleRef {
            id: None,
            file: "policies/a.admit".to_owned(),
            line: place.line,
            column: place.column,
            because: None,
            span,
            owner: None,
        }
    }

    fn human(&self, decision: &Decision, explain: bool) -> String {
        Human::new(&self.sources, LOOK).decision(decision, false, explain)
    }

    fn block(&self) -> Reason {
        let mut rule = self.rule("block all apps for group contractors");
        rule.id = Some("no-capture".to_owned());
        rule.because = Some("SEC-377: recordings stay with employees".to_owned());
        rule.owner = Some("dana@x.example".to_owned());
        let how = BlockedHow {
            user: "`pat@x.example` is in `agency-x`, which is in `contractors`".to_owned(),
            app: String::new(),
            unknown: vec![fact("app:gong", "risk")],
        };
        Reason::Blocked { rules: vec![rule], how: vec![how] }
    }
}

fn fact(entity: &str, fact: &str) -> UnknownFact {
    UnknownFact { entity: entity.to_owned(), fact: fact.to_owned() }
}

fn missing(scope: &str, privileges: &[&str], roles: &[&str]) -> MissingScope {
    MissingScope {
        scope: scope.to_owned(),
        lacking_privileges: owned(privileges),
        roles: owned(roles),
        withheld_by: None,
        how: BlockedHow::default(),
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn decision(outcome: Outcome) -> Decision {
    Decision {
        schema: SCHEMA,
        query: Question {
            user: Some("pat@x.example".to_owned()),
            action: Action::Install,
            app: "gong".to_owned(),
            scope: None,
            by: None,
            at: Date::new(2026, 12, 1).unwrap(),
        },
        outcome,
        grounds: Vec::new(),
        reasons: Vec::new(),
        refused_at_consent: Vec::new(),
        next_steps: Vec::new(),
    }
}

fn denied(case: &Case) -> Decision {
    let mut denied = decision(Outcome::Deny);
    let mut withheld = missing("phone:read", &[], &[]);
    withheld.withheld_by = Some(case.rule("withhold phone:*"));
    denied.reasons = vec![
        Reason::Unavailable { detail: "its beta ended on 2026-03-01".to_owned(), ended_beta: true },
        case.block(),
        Reason::ApprovalRequired {
            near_misses: vec![NearMiss {
                kind: NearMissKind::Expired,
                rule: case.rule("approve gong for group legal"),
                detail: "it ended on 2026-03-31".to_owned(),
            }],
        },
        Reason::AdminManaged,
        Reason::MissingScopes {
            scopes: vec![
                missing("recording:read:admin", &["Recording:Read"], &["recorder"]),
                missing("recording:write:admin", &["Recording:Read"], &["recorder"]),
                missing("zz:master", &[], &[]),
                withheld,
            ],
        },
        Reason::UnknownFact { facts: vec![fact("app:gong", "listing"), fact("developer:gong-io", "kind")] },
    ];
    denied.refused_at_consent = owned(&["recording:read"]);
    denied
}

fn with_steps() -> Decision {
    let mut denied = decision(Outcome::Deny);
    denied.reasons = vec![Reason::ApprovalRequired { near_misses: Vec::new() }];
    denied.next_steps = vec![
        NextStep::CompleteFacts { facts: vec![fact("app:gong", "listing")] },
        NextStep::RequestApproval {
            approvers: owned(&["dana@x.example", "lee@x.example"]),
            notified: owned(&["dana@x.example"]),
            via: Some("https://forms.x.example/app-review".to_owned()),
        },
        NextStep::RequestPrivileges {
            privileges: owned(&["Recording:Read"]),
            roles: owned(&["owner", "recorder"]),
        },
    ];
    denied
}

fn allowed(case: &Case) -> Decision {
    let mut allowed = decision(Outcome::Allow);
    let held = |scope: &str| Ground::Scope {
        scope: scope.to_owned(),
        role: Some("member".to_owned()),
        privileges: Vec::new(),
    };
    allowed.grounds = vec![
        Ground::Approval {
            rule: case.rule("approve gong for group legal"),
            because: Some("SEC-412".to_owned()),
            via: "through group `legal`".to_owned(),
        },
        Ground::Waiver {
            rule: case.rule("withhold phone:*"),
            because: None,
            lifts: case.rule("block all apps for group contractors"),
        },
        held("meeting:read"),
        Ground::Scope {
            scope: "recording:read:admin".to_owned(),
            role: None,
            privileges: owned(&["Recording:Read"]),
        },
        held("user:read"),
        Ground::Installer { privilege: Some("MarketPlace:Edit".to_owned()), role: None },
    ];
    allowed
}

#[test]
fn a_denial_says_every_reason_and_why_nothing_helps() {
    let case = Case::new();
    assert_snapshot!(case.human(&denied(&case), false), @r"
    ✗ pat@x.example may not install gong

      × is not available: its beta ended on 2026-03-01
      × blocked by `no-capture` (policies/a.admit:4): SEC-377: recordings stay
      │ with employees
       ╭─[policies/a.admit:4:1]
     4 │ block all apps for group contractors
       · ──────────────────┬─────────────────
       ·                   ╰─┤ `pat@x.example` is in `agency-x`, which is in
       ·                     │ `contractors`
       ·                     │ `risk` of app `gong` is not known, so the rule applies
       ╰────
      × needs approval, and no approval covers pat@x.example (1 near miss,
      │ --explain shows it)
      × is managed by admins: only an installer may add it
      × needs scopes `recording:read:admin` and `recording:write:admin`:
      │ pat@x.example lacks `Recording:Read` (role `recorder` would)
      × needs scope `zz:master`: no role grants it
      × needs scope `phone:read`, withheld by policies/a.admit:8
       ╭─[policies/a.admit:8:1]
     8 │ withhold phone:* from everyone
       · ────────────────
       ╰────
      × `listing` of app `gong` is not known, and what is not known never allows
      × `kind` of developer `gong-io` is not known, and what is not known never
      │ allows
      ⚠ 1 optional scope refused at consent: `recording:read` (the app works
      │ without)

      Next: nobody can add the app on that day
    ");
}

#[test]
fn explain_shows_near_misses() {
    let case = Case::new();
    let short = case.human(&denied(&case), false);
    let full = case.human(&denied(&case), true);
    let more: Vec<&str> = full.lines().filter(|line| !short.contains(line)).collect();
    assert_snapshot!(more.join("\n"), @r"
     · near miss (expired): policies/a.admit:1
      ╭─[policies/a.admit:1:1]
    1 │ approve gong for group legal
      · ──────────────┬─────────────
      ·               ╰── it ended on 2026-03-31
    ");
}

#[test]
fn the_path_to_yes_is_numbered() {
    assert_snapshot!(Case::new().human(&with_steps(), false), @r"
    ✗ pat@x.example may not install gong

      × needs approval, and no rule approves the app

      Next: 1. state `listing` of app `gong` (catalog facts)
            2. ask for approval by `dana@x.example` or `lee@x.example`, via
               https://forms.x.example/app-review (told of requests:
               `dana@x.example`)
            3. ask for privilege `Recording:Read`; roles `owner` or `recorder` would
               help
    ");
}

#[test]
fn an_allow_says_what_it_rests_on() {
    let case = Case::new();
    assert_snapshot!(case.human(&allowed(&case), false), @r"
    ✓ pat@x.example may install gong

      ✓ approved by policies/a.admit:1 through group `legal`: SEC-412
      ✓ policies/a.admit:4 is waived by policies/a.admit:8
      ✓ may add admin-managed apps: has `MarketPlace:Edit`
      ✓ holds `meeting:read` and `user:read` by role `member`
      ✓ holds `recording:read:admin` by `Recording:Read`
    ");
    assert_snapshot!(case.human(&allowed(&case), true), @r"
    ✓ pat@x.example may install gong

      ✓ approved by policies/a.admit:1 through group `legal`: SEC-412
       ╭─[policies/a.admit:1:1]
     1 │ approve gong for group legal
       · ────────────────────────────
       ╰────
      ✓ policies/a.admit:4 is waived by policies/a.admit:8
       ╭─[policies/a.admit:8:1]
     8 │ withhold phone:* from everyone
       · ────────────────
       ╰────
      ✓ may add admin-managed apps: has `MarketPlace:Edit`
      ✓ holds `meeting:read` and `user:read` by role `member`
      ✓ holds `recording:read:admin` by `Recording:Read`
    ");
}

#[test]
fn plain_decisions_are_one_fact_a_line() {
    let case = Case::new();
    assert_snapshot!(plain::decision(&denied(&case), true), @r"
    deny pat@x.example may not install gong on 2026-12-01
    reason unavailable its beta ended on 2026-03-01
    reason blocked policies/a.admit:4:1 `no-capture` `pat@x.example` is in `agency-x`, which is in `contractors`; `risk` of app `gong` is not known, so the rule applies; because SEC-377: recordings stay with employees
    reason approval-required no approval covers pat@x.example
    near-miss expired policies/a.admit:1:1 it ended on 2026-03-31
    reason admin-managed
    reason missing-scopes recording:read:admin needs scope `recording:read:admin`: pat@x.example lacks `Recording:Read` (role `recorder` would)
    reason missing-scopes recording:write:admin needs scope `recording:write:admin`: pat@x.example lacks `Recording:Read` (role `recorder` would)
    reason missing-scopes zz:master needs scope `zz:master`: no role grants it
    reason missing-scopes phone:read needs scope `phone:read`, withheld by policies/a.admit:8
    reason unknown-fact app:gong listing (`listing` of app `gong` is not known)
    reason unknown-fact developer:gong-io kind (`kind` of developer `gong-io` is not known)
    refused-at-consent recording:read
    next none nobody can add the app on that day
    ");
    assert_snapshot!(plain::decision(&with_steps(), false), @r"
    deny pat@x.example may not install gong on 2026-12-01
    reason approval-required no approval covers pat@x.example
    next complete-facts state `listing` of app `gong` (catalog facts)
    next request-approval ask for approval by `dana@x.example` or `lee@x.example`, via https://forms.x.example/app-review (told of requests: `dana@x.example`)
    next request-privileges ask for privilege `Recording:Read`; roles `owner` or `recorder` would help
    ");
    assert_snapshot!(plain::decision(&allowed(&case), false), @r"
    allow pat@x.example may install gong on 2026-12-01
    ground approval policies/a.admit:1:1 through group `legal`; because SEC-412
    ground waiver policies/a.admit:8:1 lifts policies/a.admit:4:1
    ground scope meeting:read by role `member`
    ground scope recording:read:admin by `Recording:Read`
    ground scope user:read by role `member`
    ground installer may add admin-managed apps: has `MarketPlace:Edit`
    ");
}

#[test]
fn other_questions_have_headlines_of_their_own() {
    let headline = |action, change: fn(&mut Decision)| {
        let mut decision = decision(Outcome::Deny);
        decision.query.action = action;
        change(&mut decision);
        plain::decision(&decision, false).lines().next().unwrap().to_owned()
    };
    assert_eq!(headline(Action::Approve, |_| ()), "deny pat@x.example may not approve gong on 2026-12-01");
    assert_eq!(
        headline(Action::Add, |decision| decision.query.by = Some("dana@x.example".to_owned())),
        "deny dana@x.example may not add gong for pat@x.example on 2026-12-01"
    );
    assert_eq!(
        headline(Action::Use, |decision| decision.query.scope = Some("user:read".to_owned())),
        "deny gong may not use user:read for pat@x.example on 2026-12-01"
    );
}

#[test]
fn long_lists_are_cut_short_unless_all_is_asked_for() {
    let case = Case::new();
    let mut many = with_steps();
    let approvers: Vec<String> = (0..50).map(|n| format!("user{n}@x.example")).collect();
    many.next_steps = vec![NextStep::RequestApproval { approvers, notified: Vec::new(), via: None }];
    assert!(
        case.human(&many, false).contains("and 45 more") || case.human(&many, false).contains("or 45 more")
    );
    assert!(case.human(&many, true).contains("`user49@x.example`"));
}

/// Of rules that stand on one line in their thousands, each would be drawn with all that comes before it.
#[test]
fn of_many_rules_the_first_are_shown() {
    let many = 300;
    let rules: Vec<RuleRef> = {
        let case = Case::new();
        (0..many).map(|_| case.rule("approve gong for group legal")).collect()
    };
    let case = Case::new();
    let mut allowed = decision(Outcome::Allow);
    allowed.grounds = rules
        .iter()
        .map(|rule| Ground::Approval { rule: rule.clone(), because: None, via: String::new() })
        .chain([Ground::Scope {
            scope: "meeting:read".to_owned(),
            role: Some("member".to_owned()),
            privileges: Vec::new(),
        }])
        .collect();
    let mut denied = decision(Outcome::Deny);
    let miss = |rule: &RuleRef| NearMiss {
        kind: NearMissKind::Expired,
        rule: rule.clone(),
        detail: "it ended".to_owned(),
    };
    denied.reasons = vec![
        Reason::Blocked { rules: rules.clone(), how: Vec::new() },
        Reason::ApprovalRequired { near_misses: rules.iter().map(miss).collect() },
    ];
    for explain in [false, true] {
        let shown = case.human(&allowed, explain);
        assert_eq!(shown.matches("approved by").count(), 200);
        assert!(
            shown.contains("✓ … and 100 more; `--format json` shows all\n  ✓ holds `meeting:read`"),
            "{shown}"
        );
        let shown = case.human(&denied, explain);
        assert_eq!(shown.matches("blocked by").count(), 200);
        assert!(shown.contains("× … and 100 more; `--format json` shows all"), "{shown}");
        assert_eq!(shown.matches("near miss (expired)").count(), if explain { 200 } else { 0 });
    }
    assert_eq!(plain::decision(&allowed, true).matches("ground approval").count(), many);
}
