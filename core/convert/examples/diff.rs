//! `diff A B [en|fr|html|json] [work]`: what two archives differ in.

use parcours_convert::diff::{Options, compare, html, text};
use parcours_course::Language;
use parcours_mbz::{Error, Limits, Spool, Unpacked};
use std::fs::File;

fn main() -> Result<(), Error> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [a, b, rest @ ..] = arguments.as_slice() else {
        eprintln!("diff A B [en|fr|html|json] [work]");
        return Ok(());
    };
    let open = |path: &String| Unpacked::open(File::open(path)?, &Limits::default(), Spool::new()?);
    let has = |word: &str| rest.iter().any(|r| r == word);
    let diff = compare(&mut open(a)?, &mut open(b)?, &Options { work: has("work"), ..Options::default() })?;
    let language = if has("fr") { Language::French } else { Language::English };
    match (has("html"), has("json")) {
        (true, _) => print!("{}", html(&diff, &format!("{a} – {b}"), language)),
        (_, true) => println!("{:#}", diff.json()),
        _ => print!("{}", text(&diff, language)),
    }
    Ok(())
}
