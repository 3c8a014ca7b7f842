//! What the layout looks like.

use insta::assert_snapshot;

use super::formatted;

#[test]
fn every_construct_in_its_layout() {
    assert_snapshot!(formatted(include_str!("before.admit")).expect("a policy"));
}

#[test]
fn files_without_items_keep_what_they_have() {
    assert_eq!(formatted("").unwrap(), "");
    assert_eq!(formatted("\n\n \n").unwrap(), "");
    assert_eq!(formatted("\n# one\n\n\n\n#two").unwrap(), "# one\n\n#two\n");
}

#[test]
fn line_breaks_are_those_of_the_first_line_and_a_byte_order_mark_stays() {
    assert_eq!(formatted("role a {}\r\nrole b {}\n").unwrap(), "role a { }\r\nrole b { }\r\n");
    assert_eq!(formatted("role a {}\nrole b {}\r\n").unwrap(), "role a { }\nrole b { }\n");
    assert_eq!(formatted("\u{feff}role a {}").unwrap(), "\u{feff}role a { }\n");
}

#[test]
fn a_file_with_a_mistake_is_not_laid_out() {
    assert_eq!(formatted("role a {}\nrol b {}\n"), None);
    assert_eq!(formatted("approve a for everyone because \"unclosed\n"), None);
}
