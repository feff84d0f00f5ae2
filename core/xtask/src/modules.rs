//! `cargo xtask modules [name …]`: builds the modules into `$PARCOURS_CACHE/modules/<name>.wasm`.

use anyhow::Result;

use crate::{dirs, guests};

pub fn run(names: &[String]) -> Result<()> {
    let workspace = dirs::root().join("wasm-plugins");
    let built = guests::build(&workspace, names)?;
    let out = dirs::cache().join("modules");
    for guest in &built {
        let module = guests::pack::module(guest)?;
        let state = if write_if_changed(&out, &guest.name, &module)? { "new" } else { "as before" };
        println!("{:<16} {:>7.1} KiB  {state}", guest.name, module.len() as f64 / 1024.0);
    }
    println!("{} modules in {}", built.len(), out.display());
    Ok(())
}

/// Leaves an unchanged file alone, so that what depends on it is not built again.
fn write_if_changed(dir: &std::path::Path, name: &str, bytes: &[u8]) -> Result<bool> {
    let file = dir.join(format!("{name}.wasm"));
    if std::fs::read(&file).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    std::fs::create_dir_all(dir)?;
    let part = dir.join(format!("{name}.wasm.part"));
    std::fs::write(&part, bytes)?;
    std::fs::rename(&part, &file)?;
    Ok(true)
}
