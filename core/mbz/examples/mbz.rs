//! Converts, inspects or validates an archive from the command line, for measuring:
//!
//! ```text
//! mbz convert IN.mbz OUT.mbz [zip|tgz]
//! mbz inspect IN.mbz
//! mbz validate IN.mbz
//! ```

use parcours_mbz::{Container, Limits, Spool, convert, inspect, validate};
use std::error::Error;
use std::fs::File;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let limits = Limits::default();
    match args.as_slice() {
        ["convert", from, to, rest @ ..] => {
            let container = if rest == ["zip"] { Container::Zip } else { Container::Tgz };
            let done = convert(File::open(from)?, File::create(to)?, container, &limits, Spool::new()?)?;
            println!(
                "{} documents, {} contents, {} others, {} bytes",
                done.counts.documents, done.counts.contents, done.counts.others, done.counts.bytes
            );
            done.report.findings.iter().for_each(|f| println!("{} {:?} {} {}", f.fate, f.reason, f.place, f.detail));
        }
        ["inspect", from] => println!("{}", serde_json::to_string_pretty(&inspect(File::open(from)?, &limits, |_| true)?)?),
        ["validate", from] => println!("{}", serde_json::to_string_pretty(&validate(File::open(from)?, &limits)?)?),
        _ => return Err("usage: mbz convert IN OUT [zip|tgz] | mbz inspect IN | mbz validate IN".into()),
    }
    Ok(())
}
