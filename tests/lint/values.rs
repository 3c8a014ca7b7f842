//! Texts in conditions that facts spell in another way.

use super::*;

#[test]
fn a_text_that_nobody_has_is_told_where_somebody_has_one_like_it() {
    let told = |condition: &str| {
        let policy = format!(
            "attribute user.department: text\nuser ana@x.example {{ role member  department \"Sales\" }}\n\
             user bo@x.example {{ role member  department \"Team 2\" }}\nuser cy@x.example {{ role member  department \"US\" }}\n\
             user dee@x.example {{ role member  department \"Engineering\" }}\n\
             block all apps for everyone when {condition}\n"
        );
        let analysis = linted(&[("policies/a.admit", &policy)]);
        assert!(!analysis.has_errors(), "{:?}", crate::project::findings(&analysis));
        let found = analysis.diagnostics.iter().filter(|finding| finding.code.name == "misspelled-value");
        found.map(|finding| format!("{}; {}", finding.message, finding.primary.text)).collect::<Vec<_>>()
    };
    let nothing = Vec::<String>::new();
    let sales = ["no user has \"sales\" as `user.department`; the facts have \"Sales\""];
    assert_eq!(told("user.department is not \"sales\""), sales);
    assert_eq!(told("not user.department in [\"Team 2\", \"sales\"]"), sales);
    assert_eq!(told("user.department in [\"Slaes\", \"Enginering\"]").len(), 2);
    assert_eq!(told("user.department in [\"Sales\", \"sales\"]"), nothing);
    assert_eq!(told("user.department is not \"Team 1\""), nothing);
    assert_eq!(told("user.department in [\"UK\", \"Legal\", \"Sales\"]"), nothing);
    assert_eq!(told("user.department is not \"Tales of\""), nothing);
}
