//! Core wasm to module: one file, a component with its declaration in custom sections.

use std::borrow::Cow;
use std::path::Path;

use anyhow::{Context, Result};
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
    append(&mut module, "parcours:manifest", &serde_json::to_vec(&manifest)?);
    append(&mut module, "parcours:lang", &serde_json::to_vec(&languages(&guest.dir.join("lang"))?)?);
    let style = guest.dir.join("style.css");
    if style.exists() {
        append(&mut module, "parcours:css", &std::fs::read(style)?);
    }
    Ok(module)
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
    Ok(Value::Object(all))
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
