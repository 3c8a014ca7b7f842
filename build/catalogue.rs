//! The scope catalogue and the list of privileges, read from YAML.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What the YAML files say, while they are read.
#[derive(Default)]
pub struct Catalogue {
    scopes: BTreeMap<String, ScopeEntry>,
    privileges: Vec<PrivilegeEntry>,
}

/// The whole catalogue with names turned into positions: scopes sorted by name, privileges by name without case.
pub struct Finished {
    pub scopes: Vec<Scope>,
    pub privileges: Vec<PrivilegeEntry>,
}

/// One scope.
pub struct Scope {
    pub name: String,
    pub entry: ScopeEntry,
    pub implies: Vec<u16>,
    pub implied_by: Vec<u16>,
    pub equivalents: Vec<u16>,
}

/// One scope as its file says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeEntry {
    scope: String,
    pub level: String,
    #[serde(default)]
    pub privileges: Vec<String>,
    #[serde(default)]
    pub may_need: Vec<String>,
    #[serde(default)]
    implies: Vec<String>,
    #[serde(default)]
    equivalents: Vec<String>,
    pub summary: String,
}

/// One privilege as its file says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrivilegeEntry {
    pub privilege: String,
    #[serde(default)]
    pub meaning: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    scopes: Vec<ScopeEntry>,
    #[serde(default)]
    privileges: Vec<PrivilegeEntry>,
}

impl Catalogue {
    /// Adds one file.
    pub fn read(&mut self, text: &str) -> Result<(), String> {
        let file: File = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
        for entry in file.scopes {
            if !["user", "admin", "master"].contains(&entry.level.as_str()) {
                return Err(format!("`{}` has the unknown level `{}`", entry.scope, entry.level));
            }
            if let Some(twice) = self.scopes.insert(entry.scope.clone(), entry) {
                return Err(format!("the scope `{}` stands twice", twice.scope));
            }
        }
        self.privileges.extend(file.privileges);
        Ok(())
    }

    /// Resolves the names that scopes mention.
    pub fn finish(self) -> Result<Finished, String> {
        let Self { scopes: entries, mut privileges } = self;
        privileges.sort_by_key(|entry| entry.privilege.to_ascii_lowercase());
        let names: Vec<&String> = entries.keys().collect();
        let position = |name: &String| -> Result<u16, String> {
            let index = names.binary_search(&name).map_err(|_| format!("no scope is called `{name}`"))?;
            u16::try_from(index).map_err(|_| "there are more scopes than 16 bits can number".to_owned())
        };
        let mut links = Vec::new();
        for entry in entries.values() {
            let implies: Vec<u16> = entry.implies.iter().map(position).collect::<Result<_, _>>()?;
            let mut equivalents: Vec<u16> =
                entry.equivalents.iter().map(position).collect::<Result<_, _>>()?;
            equivalents.sort_unstable();
            links.push((position(&entry.scope)?, implies, equivalents));
            for named in entry.privileges.iter().chain(&entry.may_need) {
                if !privileges.iter().any(|known| known.privilege == *named) {
                    return Err(format!("`{}` names the unknown privilege `{named}`", entry.scope));
                }
            }
        }
        let implied_by = |scope: u16| {
            links.iter().filter(|(_, implies, _)| implies.contains(&scope)).map(|(by, _, _)| *by).collect()
        };
        let implied_by: Vec<Vec<u16>> = links.iter().map(|(scope, _, _)| implied_by(*scope)).collect();
        let scopes = entries.into_iter().zip(links).zip(implied_by).map(
            |(((name, entry), (_, implies, equivalents)), implied_by)| Scope {
                name,
                entry,
                implies,
                implied_by,
                equivalents,
            },
        );
        Ok(Finished { scopes: scopes.collect(), privileges })
    }
}

impl Finished {
    /// Whether a scope of this name exists.
    pub fn has_scope(&self, name: &str) -> bool {
        self.scopes.binary_search_by(|scope| scope.name.as_str().cmp(name)).is_ok()
    }

    /// Whether a privilege of this name exists, in this spelling.
    pub fn has_privilege(&self, name: &str) -> bool {
        self.privileges.iter().any(|entry| entry.privilege == name)
    }
}
