//! Converts an archive from the command line, for looking and measuring:
//!
//! ```text
//! release IN.mbz OUT.mbz 4.1|4.5|5.1 [rename]
//! ```

use parcours_convert::release::{Options, to};
use parcours_mbz::{Container, Limits, Spool, Unpacked};
use std::error::Error;
use std::fs::File;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let [from, out, release, rest @ ..] = args.as_slice() else { return Err("usage: release IN OUT 4.1|4.5|5.1 [rename]".into()) };
    let mut course = Unpacked::open(File::open(from)?, &Limits::default(), Spool::new()?)?;
    let options = Options { rename_common: rest == ["rename"], ..Options::default() };
    let report = to(&mut course, release.parse()?, &options)?;
    course.write(File::create(out)?, Container::Tgz)?;
    for f in report.findings.iter().filter(|f| !f.counts || f.fate != parcours_course::Fate::Imported) {
        println!("{} {} {} {} {}", f.fate, f.reason.code(), f.place, f.name, f.detail);
    }
    println!("{:?}", report.counts());
    Ok(())
}
