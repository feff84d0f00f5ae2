//! Core wasm to module: one file, a component with its declaration in custom sections.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};
use parcours_declare::Declaration;
use serde_json::{Map, Value};
use wasm_encoder::{ComponentSection, CustomSection, Encode};

use super::Guest;

/// The module as it is installed: component, `parcours:manifest`, `parcours:lang`, and `parcours:css` where there is a style.
///
/// # Errors
/// The core module does not implement the world, or a file beside it is missing or is not JSON.
pub fn module(guest: &Guest) -> Result<Vec<u8>> {
    let core = std::fs::read(&guest.core).with_context(|| format!("reading {}", guest.core.display()))?;
    let mut module = wit_component::ComponentEncoder::default()
        .validate(true)
        .module(&core)
        .and_then(|encoder| encoder.encode())
        .with_context(|| format!("{}: the compiled code does not make a component", guest.name))?;
    let manifest = json(&guest.dir.join("module.json"))?;
    check(guest, &manifest)?;
    append(&mut module, "parcours:manifest", &serde_json::to_vec(&manifest)?);
    append(&mut module, "parcours:lang", &serde_json::to_vec(&languages(&guest.dir.join("lang"))?)?);
    let style = guest.dir.join("style.css");
    if style.exists() {
        append(&mut module, "parcours:css", &std::fs::read(style)?);
    }
    Ok(module)
}

/// What the host would refuse later is said now.
fn check(guest: &Guest, manifest: &Value) -> Result<()> {
    let declaration = Declaration::parse(&manifest.to_string()).with_context(|| format!("{}: module.json", guest.name))?;
    if declaration.name != guest.name {
        bail!("{}: module.json says the module is called `{}`; it is called like its folder", guest.name, declaration.name);
    }
    Ok(())
}

/// `lang/fr.json`, `lang/en.json` … as one object: `{"en": {…}, "fr": {…}}`, in order of name.
fn languages(dir: &Path) -> Result<Value> {
    let mut files = Vec::new();
    if dir.is_dir() {
        for entry in std::fs::read_dir(dir)? {
            let path = entry?.path();
            if path.extension().is_some_and(|e| e == "json") {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut all = Map::new();
    for file in files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        all.insert(name, json(&file)?);
    }
    same_keys(&all).with_context(|| dir.display().to_string())?;
    Ok(Value::Object(all))
}

/// Every text is there in every language.
fn same_keys(all: &Map<String, Value>) -> Result<()> {
    let keys = |texts: &Value| texts.as_object().map(|t| t.keys().cloned().collect::<BTreeSet<_>>()).unwrap_or_default();
    let every: BTreeSet<String> = all.values().flat_map(keys).collect();
    for (lang, texts) in all {
        let missing: Vec<_> = every.difference(&keys(texts)).cloned().collect();
        if !missing.is_empty() {
            bail!("{lang}.json lacks {}", missing.join(", "));
        }
    }
    Ok(())
}

fn json(file: &Path) -> Result<Value> {
    let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not JSON", file.display()))
}

/// Adds a custom section at the end of a component.
fn append(module: &mut Vec<u8>, name: &str, data: &[u8]) {
    let section = CustomSection { name: Cow::Borrowed(name), data: Cow::Borrowed(data) };
    module.push(ComponentSection::id(&section));
    section.encode(module);
}
