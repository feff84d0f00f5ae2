//! Writes every hostile archive of SECURITY §5 A and B into a folder, and a list of what each must be refused with:
//!
//! ```text
//! cargo run -p parcours-mbz --features hostile --example hostile -- FOLDER
//! ```

use parcours_mbz::hostile::cases;
use std::error::Error;
use std::path::PathBuf;

fn main() -> Result<(), Box<dyn Error>> {
    let folder: PathBuf = std::env::args().nth(1).ok_or("usage: hostile FOLDER")?.into();
    std::fs::create_dir_all(&folder)?;
    let mut list = String::from("file\tcase\trefusal\n");
    for (at, case) in cases().iter().enumerate() {
        let file = format!("{at:03}.mbz");
        std::fs::write(folder.join(&file), case.bytes())?;
        list += &format!("{file}\t{}\t{}\n", case.name, case.refusal.unwrap_or("-"));
    }
    Ok(std::fs::write(folder.join("list.tsv"), list)?)
}
