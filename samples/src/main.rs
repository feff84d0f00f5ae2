//! `cargo run -p parcours-samples`: writes the samples' archives anew from their sources.
//! `cargo run -p parcours-samples -- hostile FOLDER`: writes every hostile archive, to try them on something.

#![forbid(unsafe_code)]

use anyhow::{Result, bail};
use parcours_samples::{SAMPLES, entries, folder, pack};
use std::path::Path;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => samples(),
        ["hostile", folder] => hostile(Path::new(folder)),
        _ => bail!("nothing, or `hostile FOLDER`"),
    }
}

fn samples() -> Result<()> {
    for (name, container) in SAMPLES {
        let path = folder().join(format!("{name}.mbz"));
        let bytes = pack(&entries(name)?, *container)?;
        println!("{}: {} bytes", path.display(), bytes.len());
        std::fs::write(path, bytes)?;
    }
    Ok(())
}

fn hostile(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    for case in parcours_mbz::hostile::cases() {
        let name: String = case.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        println!("{name}.mbz: {}", case.refusal.unwrap_or("odd, and to be read"));
        std::fs::write(folder.join(format!("{name}.mbz")), case.bytes())?;
    }
    Ok(())
}
