use parcours_importers::reading::{Options, Sink};
use parcours_mbz::{Limits, Spool, Unpacked};
use std::io::Read;
struct Folder(std::path::PathBuf);
impl Sink for Folder {
    fn file(&mut self, path: &str, content: &mut dyn Read) -> std::io::Result<()> {
        let to = self.0.join(path);
        std::fs::create_dir_all(to.parent().unwrap())?;
        std::io::copy(content, &mut std::fs::File::create(to)?).map(drop)
    }
}
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let all = args.iter().any(|a| a == "--all");
    let options = Options { people: all, forums: all, wikis: all, answers: all, hidden: all, language: "fr".parse().unwrap() };
    for mbz in args[3..].iter().filter(|a| !a.starts_with("--")) {
        let mut course = match Unpacked::open(std::fs::File::open(mbz).unwrap(), &Limits::default(), Spool::new().unwrap()) { Ok(c) => c, Err(e) => { eprintln!("{mbz}: {e}"); continue } };
        let stem = std::path::Path::new(mbz).file_stem().unwrap().to_string_lossy().into_owned();
        let out = std::path::Path::new(&args[2]).join(&stem);
        let report = match args[1].as_str() {
            "site" => parcours_importers::site::write(&mut course, &options, &mut Folder(out)).unwrap(),
            "epub" => parcours_importers::epub::write(&mut course, &options, 1_790_000_000, std::fs::File::create(out.with_file_name(stem + ".epub")).unwrap()).unwrap().1,
            _ => parcours_importers::markdown::write(&mut course, &options, &mut Folder(out)).unwrap(),
        };
        println!("{mbz} {:?}", report.counts());
        if std::env::var_os("REPORT").is_some() { for f in report.findings { println!("  {} {:?} {} {} {}", f.fate, f.reason, f.place, f.name, f.detail); } }
    }
}
