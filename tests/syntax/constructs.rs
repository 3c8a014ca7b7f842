//! Every construct becomes the tree it says.

use super::parse;

#[test]
fn a_policy_with_every_construct_parses_without_findings() {
    let parsed = parse(include_str!("../cases/syntax/everything.admit"));
    assert_eq!(parsed.messages(), Vec::<String>::new());
    assert!(!parsed.tree.has_errors);
    assert_eq!(parsed.tree.items.len(), 27);
}
