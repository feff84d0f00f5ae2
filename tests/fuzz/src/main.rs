//! Seeds as files, and single inputs again.
#![forbid(unsafe_code)]

use parcours_fuzz::{TARGETS, drive, target};
use std::error::Error;
use std::path::Path;

const USAGE: &str = "usage: parcours-fuzz seeds FOLDER | TARGET FILE…";

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let word = args.next().ok_or(USAGE)?;
    if word == "seeds" {
        return seeds(Path::new(&args.next().ok_or(USAGE)?));
    }
    let target = target(&word).ok_or_else(|| format!("no target `{word}`; there are {:?}", TARGETS.iter().map(|t| t.name).collect::<Vec<_>>()))?;
    for file in args {
        (target.run)(&std::fs::read(&file)?);
        println!("{file}: as promised");
    }
    Ok(())
}

fn seeds(folder: &Path) -> Result<(), Box<dyn Error>> {
    for target in TARGETS {
        let folder = folder.join(target.name);
        std::fs::create_dir_all(&folder)?;
        for (at, seed) in drive::seeds(target).iter().enumerate() {
            std::fs::write(folder.join(format!("seed-{at:03}")), seed)?;
        }
        let words: String = target.words.iter().map(|w| format!("\"{}\"\n", w.bytes().map(|b| format!("\\x{b:02x}")).collect::<String>())).collect();
        std::fs::write(folder.with_extension("dict"), words)?;
    }
    Ok(())
}
