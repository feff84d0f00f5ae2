//! `cargo run -p parcours-samples`: writes the samples' archives anew from their sources.

#![forbid(unsafe_code)]

use parcours_samples::{SAMPLES, entries, folder, pack};

fn main() -> anyhow::Result<()> {
    for (name, container) in SAMPLES {
        let path = folder().join(format!("{name}.mbz"));
        let bytes = pack(&entries(name)?, *container)?;
        println!("{}: {} bytes", path.display(), bytes.len());
        std::fs::write(path, bytes)?;
    }
    Ok(())
}
