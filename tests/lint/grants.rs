//! Grants that give nothing.

use super::*;

/// A role that nobody's facts state is not said to be had by the facts.
#[test]
fn a_needless_grant_says_where_the_role_comes_from() {
    let analysis = linted(&[(
        "policies/a.admit",
        "role intern { }\nrole member extends intern { }\nuser n1@m.example { role member  groups legal }\nuser n2@m.example { groups nurses }\n\
         grant member to group nurses\ngrant intern to n2@m.example\ngrant member to group legal\n",
    )]);
    let found = analysis.diagnostics.iter().filter(|finding| finding.code.name == "needless-grant");
    let labels: Vec<&str> = found.map(|finding| finding.primary.text.as_str()).collect();
    assert_eq!(
        labels,
        [
            "`n2@m.example`, for one, has `member` by default",
            "`n2@m.example`, for one, has `member` by default, which extends it",
            "`n1@m.example`, for one, has `member` by the facts",
        ]
    );
}
