//! Makes a course plain, or back, from the command line, for trying out:
//!
//! ```text
//! magistere plain IN.mbz OUT.mbz [keep]
//! magistere restore IN.mbz OUT.mbz
//! ```

use parcours_course::Language;
use parcours_importers::magistere::{Options, plain, restore};
use parcours_mbz::{Container, Limits, Spool, Unpacked};
use std::error::Error;
use std::fs::File;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let (["plain" | "restore", from, to] | ["plain", from, to, "keep"]) = args.as_slice() else {
        return Err("usage: magistere plain IN OUT [keep] | magistere restore IN OUT".into());
    };
    let mut course = Unpacked::open(File::open(from)?, &Limits::default(), Spool::new()?)?;
    let report = match args.as_slice() {
        ["restore", ..] => restore(&mut course)?,
        _ => plain(&mut course, &Options { language: Language::French, keep_original: args.len() > 3 })?,
    };
    for f in &report.findings {
        println!("{} {} {} «{}» {} {}", f.fate, f.reason.code(), f.item, f.name, f.place, f.detail);
    }
    println!("{:?}", report.counts());
    course.write(File::create(to)?, Container::Tgz)?;
    Ok(())
}
