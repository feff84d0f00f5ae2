//! Shows what cleaning would change in an archive: `cargo run -p parcours-convert --example clean course.mbz [en|fr] [html]`.

use parcours_convert::clean::{Options, page, preview};
use parcours_mbz::{Limits, Spool, Unpacked};
use std::error::Error;
use std::fs::File;
use std::io::stdout;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let file = args.next().ok_or("which archive?")?;
    let language = args.next().as_deref().unwrap_or("en").parse()?;
    let mut course = Unpacked::open(File::open(file)?, &Limits::default(), Spool::new()?)?;
    let mut dry = preview(&mut course, &Options { language, ..Options::default() })?;
    match args.next().as_deref() {
        Some("html") => page::html(&mut dry, language, &mut stdout())?,
        _ => page::text(&mut dry, language, &mut stdout())?,
    }
    Ok(())
}
