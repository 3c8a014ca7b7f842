//! Pages of codes as text.

use admit::report::{Look, page};
use insta::assert_snapshot;

#[test]
fn a_page_keeps_its_examples_and_loses_its_marks() {
    let markdown = "# `role-cycle`\n\nroles extend each other\n\nA role that extends itself, through however many others, would \
                    have **no end**.\nSo nothing is decided.\n\n- take one `extends` away,\n  whichever\n- or rename\n\n## Fires\n\n```admit\nrole a extends b {\n  scopes x\n}\n```\n\n```yaml file=directory/users.yaml\nusers: []\n```\n";
    let look = Look { color: false, unicode: true, width: 60 };
    assert_snapshot!(page(markdown, look), @r"
    role-cycle

    roles extend each other

    A role that extends itself, through however many others,
    would have no end. So nothing is decided.

    - take one `extends` away, whichever
    - or rename

    Fires

        role a extends b {
          scopes x
        }

        directory/users.yaml
        users: []
    ");
    assert!(page(markdown, Look { color: true, ..look }).contains('\u{1b}'));
}
