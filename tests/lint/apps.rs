//! Apps that reach more than their user's data.

use super::*;

/// Scopes of master level reach more than those of admin level; where there are no sub-accounts, they are told as what they are.
#[test]
fn scopes_of_master_level_are_added_by_admins_too() {
    let told = |sub_accounts: &str, scopes: &str| {
        let policy = format!(
            "account x {{ listed apps {{ approval required }} unlisted apps {{ approval required }} notify nobody {sub_accounts} }}\n\
             developer contoso {{ kind third-party }}\n\
             app exporter {{ developer contoso listing listed stage published managed-by user scopes {scopes} }}\n"
        );
        let analysis = linted(&[("policies/a.admit", &policy), ("admit.yaml", "extends: [zoom]\n")]);
        let codes = ["user-managed-admin-scopes", "master-scopes-without-sub-accounts"];
        of_codes(&analysis, &codes)
            .into_iter()
            .map(|line| line.split(' ').skip(1).collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
    };
    let managed = |level: &str| {
        format!(
            "user-managed-admin-scopes policies/a.admit:3:1 `exporter` is managed by each user and asks for scopes of {level} level"
        )
    };
    let nothing_below = "master-scopes-without-sub-accounts policies/a.admit:3:1 `exporter` asks for master scopes, and this account does not say that it has sub-accounts";
    assert_eq!(told("sub-accounts yes", "user:read, account:master"), [managed("master")]);
    assert_eq!(told("sub-accounts yes", "report:read:admin, account:master"), [managed("admin")]);
    assert_eq!(told("sub-accounts yes", "user:read"), Vec::<String>::new());
    assert_eq!(told("", "account:master"), [nothing_below]);
}
