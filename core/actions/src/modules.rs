//! The modules of this program: read at start, compiled and linked when first called.

use crate::{ActionError, Result};
use parcours_declare::{Column, Declaration};
use parcours_host::{Breaker, Gate, Host, Module, Package, Settings};
use parcours_mbz::secret;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Most bytes of a module's file.
const LARGEST: usize = 16 << 20;

/// All modules, by name.
pub struct Modules {
    all: BTreeMap<String, Slot>,
    cache: PathBuf,
    host: Mutex<Option<Arc<Host>>>,
}

struct Slot {
    bytes: &'static [u8],
    package: Package,
    running: OnceLock<Arc<Running>>,
}

/// A module ready to be called.
pub struct Running {
    pub module: Module,
    pub breaker: Breaker,
    pub gate: Gate,
}

/// Reads what a module says of itself. One that would read secrets is refused: a leaf that it does not declare travels past it and is written back as it came (SECURITY C20).
pub fn read(bytes: &[u8]) -> Result<Package> {
    let package = Package::read(bytes, LARGEST).map_err(|e| ActionError::invalid(e.to_string()))?;
    match secret_of(&package.declaration) {
        None => Ok(package),
        Some(column) => Err(ActionError::invalid(format!(
            "the module `{}` declares `{column}`, which holds a secret: leave the column out, and its values are kept for the way out",
            package.declaration.name
        ))),
    }
}

/// A declared column that would hold a secret: `table.column`.
fn secret_of(d: &Declaration) -> Option<String> {
    let tree = d.tree()?;
    let document = format!("activities/{0}_1/{1}", d.name, d.backup.as_ref()?.file);
    let records = tree.nodes.iter().filter_map(|node| Some((node, node.table.as_ref()?)));
    records.into_iter().find_map(|(node, table)| {
        let mut columns = d.tables.get(table)?.columns.iter();
        let secret = |(name, c): &(&String, &Column)| c.leaf(name).is_some_and(|leaf| secret::column(&document, &node.element, leaf).is_some());
        columns.find(secret).map(|(name, _)| format!("{table}.{name}"))
    })
}

impl Modules {
    /// `cache` is where compiled modules are kept between starts.
    ///
    /// # Errors
    /// `Invalid` when a file is no module or two have one name.
    pub fn new(files: &[&'static [u8]], cache: PathBuf) -> Result<Modules> {
        let mut all = BTreeMap::new();
        for bytes in files {
            let package = read(bytes)?;
            let name = package.declaration.name.clone();
            let slot = Slot { bytes, package, running: OnceLock::new() };
            if all.insert(name.clone(), slot).is_some() {
                return Err(ActionError::invalid(format!("two modules are called `{name}`")));
            }
        }
        Ok(Modules { all, cache, host: Mutex::default() })
    }

    pub fn declarations(&self) -> impl Iterator<Item = &Declaration> {
        self.all.values().map(|s| &s.package.declaration)
    }

    pub fn declaration(&self, name: &str) -> Option<&Declaration> {
        self.all.get(name).map(|s| &s.package.declaration)
    }

    pub fn css(&self, name: &str) -> Option<&str> {
        self.all.get(name)?.package.css.as_deref()
    }

    pub fn has(&self, name: &str) -> bool {
        self.all.contains_key(name)
    }

    /// A module ready to be called; `None` when there is none of that name.
    ///
    /// # Errors
    /// `Module` when it does not compile or link.
    pub fn running(&self, name: &str) -> Result<Option<&Arc<Running>>> {
        let Some(slot) = self.all.get(name) else {
            return Ok(None);
        };
        if let Some(ready) = slot.running.get() {
            return Ok(Some(ready));
        }
        let module = self.host()?.load(slot.bytes).map_err(|e| failed(name, &e))?;
        let made = Arc::new(Running { module, breaker: Breaker::default(), gate: Gate::for_this_machine() });
        Ok(Some(slot.running.get_or_init(|| made)))
    }

    pub fn warm(&self) -> Result<()> {
        self.all.keys().try_for_each(|name| self.running(name).map(drop))
    }

    fn host(&self) -> Result<Arc<Host>> {
        let mut held = self.host.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(host) = held.as_ref() {
            return Ok(host.clone());
        }
        std::fs::create_dir_all(&self.cache).map_err(ActionError::io(format!("making {}", self.cache.display())))?;
        let settings = Settings { cache: Some(self.cache.clone()), ..Settings::default() };
        let host = Arc::new(Host::new(settings).map_err(|e| failed("host", &e))?);
        *held = Some(host.clone());
        Ok(host)
    }
}

fn failed(name: &str, e: &parcours_host::LoadError) -> ActionError {
    ActionError::Module { incident: format!("load-{name}"), cause: e.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(columns: &str, element: &str) -> Option<String> {
        let text = format!(
            r#"{{"format":1,"name":"quiz","version":1,"release":"1","world":"parcours:activity@0.1.0","license":"MIT","title":{{"en":"Q"}},
            "tables":{{"instance":{{"columns":{{{columns}}}}}}},"backup":{{"file":"quiz.xml","root":"activity","children":{{"{element}":{{"table":"instance"}}}}}}}}"#
        );
        secret_of(&Declaration::parse(&text).unwrap())
    }

    #[test]
    fn no_module_declares_a_secret_under_whatever_name() {
        assert_eq!(declared(r#""name":{"kind":"text"},"usepassword":{"kind":"int"}"#, "quiz"), None);
        assert_eq!(declared(r#""password":{"kind":"text"}"#, "quiz"), Some("instance.password".into()));
        assert_eq!(declared(r#""harmless":{"kind":"text","xml":"password","search":true}"#, "quiz"), Some("instance.harmless".into()));
        assert_eq!(declared(r#""quitpassword":{"kind":"text"}"#, "seb"), Some("instance.quitpassword".into()));
    }
}
