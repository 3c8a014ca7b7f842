//! Scopes that are kept from apps in one style only.

use super::*;

/// What `missing-equivalents` says of the first of these rules.
fn missing(rules: &str) -> Option<String> {
    let policy = format!("developer zoomers {{ kind internal }}\n{rules}\n");
    let analysis = linted(&[("admit.yaml", "extends: [zoom]\n"), ("policies/a.admit", &policy)]);
    assert!(!analysis.has_errors(), "{:?}", crate::project::findings(&analysis));
    let mut found = analysis.diagnostics.iter().filter(|finding| {
        finding.code.name == "missing-equivalents" && analysis.sources.start(finding.primary.span).line == 2
    });
    found.next().map(|finding| finding.message.clone())
}

#[test]
fn what_another_rule_keeps_from_the_same_is_not_missing() {
    let named = "withhold phone_sms:read from group sales";
    let sales = "group sales { ana@x.example }\ngroup legal { ana@x.example }";
    let beside = |other: &str| missing(&format!("{named}\n{sales}\n{other}")).is_none();
    assert!(!beside(""));
    let granular = "phone:read:list_sms_sessions, phone:read:sms_message, phone:read:sms_session";
    assert!(beside(&format!("withhold {granular} from group sales")));
    assert!(beside(&format!("withhold {granular} from group legal, group sales")));
    assert!(!beside(&format!("withhold {granular} from everyone except group sales")));
    assert!(beside(&format!("withhold {granular} from everyone")));
    assert!(beside("withhold phone:* from everyone"));
    assert!(beside("block all apps for group sales"));
    assert!(beside(&format!("block all apps for group sales when app.scopes any in [{granular}]")));
    assert!(!beside(&format!("block all apps for group sales when app.required-scopes any in [{granular}]")));
    assert!(!beside(&format!("block listed apps for group sales when app.scopes any in [{granular}]")));
    assert!(!beside(&format!("withhold {granular} from group legal")));
    assert!(!beside(&format!("withhold {granular} on apps by zoomers from group sales")));
    assert!(!beside(&format!("withhold {granular} from group sales until 2027-01-01")));
    assert!(!beside(&format!(
        "block all apps for group sales when app.listing is listed and app.scopes any in [{granular}]"
    )));
}

#[test]
fn further_scopes_are_counted() {
    let told = |scopes: &str| missing(&format!("withhold {scopes} from everyone")).unwrap_or_default();
    assert!(told("phone_sms:read").ends_with("which opens the same operations"));
    assert!(told("phone_sms:read, calendar:read").ends_with("so for 1 more scope"));
    assert!(told("phone_sms:read, calendar:read, chat_contact:read").ends_with("so for 2 more scopes"));
}
