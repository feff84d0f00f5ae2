//! The declaration of a whole module.

use crate::{Backup, DeclareError, Table, Tree, check};
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a module says of itself (MODULES §5), format 1. The core declares its documents in the same form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Declaration {
    pub format: u32,
    /// Moodle's name of the activity type (`forum`), which is also its folder and its element in the archive.
    pub name: String,
    /// Language → name for people.
    pub title: BTreeMap<String, String>,
    /// Only grows; tells a later build from an earlier one.
    pub version: u64,
    pub release: String,
    /// The interface it was built for: `parcours:activity@0.1.0`.
    pub world: String,
    pub license: String,
    /// Moodle's purpose of an activity: `collaboration`, `content`, `communication`, `assessment`, `administration`, `interface`.
    #[serde(default)]
    pub purpose: String,
    /// Moodle's features: `groups`, `intro`, `grades`, `completion-views`, `no-view` (a label has no page of its own).
    #[serde(default)]
    pub supports: Vec<String>,
    #[serde(default)]
    pub capabilities: IndexMap<String, Capability>,
    /// Core capabilities and abilities it asks for; an administrator grants them.
    #[serde(default)]
    pub grants: Vec<String>,
    /// `instance` is the activity itself: one row each.
    pub tables: IndexMap<String, Table>,
    /// File areas of the activity's own context (component `mod_<name>`), by name.
    #[serde(default)]
    pub areas: IndexMap<String, Area>,
    #[serde(default)]
    pub events: IndexMap<String, serde_json::Value>,
    #[serde(default)]
    pub routes: IndexMap<String, Route>,
    /// Its document in the archive; `None` when its activities are kept as they came.
    #[serde(default)]
    pub backup: Option<Backup>,
    /// Link tokens of the archive (MBZ-FORMAT §11) that lead to its pages.
    #[serde(default)]
    pub moodle_links: IndexMap<String, Link>,
}

/// A right inside an activity. Its full name is `mod/<module>:<name>`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Capability {
    /// Moodle's role archetypes that have it unless a role says otherwise.
    pub archetypes: Vec<String>,
    #[serde(default)]
    pub risk: Vec<String>,
}

/// A file area: which records its item numbers are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Area {
    /// Table whose record numbers are the items; `None`: the one item 0.
    #[serde(default)]
    pub item: Option<String>,
    /// Whether its files are somebody's work.
    #[serde(default)]
    pub people: bool,
}

/// A page of the module, checked by the host before the module runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Route {
    /// `get`, `post`.
    pub methods: Vec<String>,
    /// Capability (short name) without which the host answers 403.
    #[serde(default)]
    pub capability: Option<String>,
}

/// A link token: the module's route, and the query parameter each number becomes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Link {
    #[serde(default)]
    pub route: String,
    /// Names for the token's numbers in order; the table whose record leads to the activity stands before the colon (`discussions:d`), or
    /// `cm` / `instance` for the activity itself, which becomes part of the path.
    pub numbers: Vec<String>,
}

impl Declaration {
    /// Reads and checks a declaration.
    ///
    /// # Errors
    /// [`DeclareError`] naming the first thing that is not right.
    pub fn parse(json: &str) -> Result<Declaration, DeclareError> {
        let d: Declaration = serde_json::from_str(json).map_err(|e| DeclareError::Json(e.to_string()))?;
        check::module(&d)?;
        Ok(d)
    }

    /// The layout of its document, `activities/<name>_*/<file>`.
    pub fn tree(&self) -> Option<Tree> {
        let backup = self.backup.as_ref()?;
        let files = vec![format!("activities/{}_*/{}", self.name, backup.file)];
        Some(Tree::new(&self.name, files, backup))
    }

    /// Name for people in `lang`, else in English, else the bare name.
    pub fn title(&self, lang: &str) -> &str {
        self.title.get(lang).or_else(|| self.title.get("en")).map_or(self.name.as_str(), String::as_str)
    }

    pub fn supports(&self, feature: &str) -> bool {
        self.supports.iter().any(|s| s == feature)
    }
}
