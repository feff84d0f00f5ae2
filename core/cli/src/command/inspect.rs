use super::many::{self, Teller};
use parcours_actions::inspect;
use parcours_convert::report::{Head, inventory_html, inventory_text};
use parcours_course::Language;
use std::path::{Path, PathBuf};

/// Say what is in a backup: release, course, activities, plug-ins needed, people, files, sizes; or in every backup of a folder.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The backup (.mbz), or a folder of them.
    file: PathBuf,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
    /// Write it as a page too.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Say too what a stock Moodle 4.1, 4.5 and 5.1 would lose.
    #[arg(long)]
    losses: bool,
    /// en or fr.
    #[arg(long, default_value = "en")]
    lang: Language,
    /// Where a folder's lines are kept, so that a second run reads only what is new.
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    #[command(flatten)]
    many: many::Args,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let names: Vec<String> = parcours_actions::app::declared(crate::embedded::MODULES)?.into_iter().map(|d| d.name).collect();
    let runs = |module: &str| names.iter().any(|n| n == module);
    match args.file.is_dir() {
        true => folder(&args, runs),
        false => one(&args, runs),
    }
}

fn one(args: &Args, runs: impl Fn(&str) -> bool) -> anyhow::Result<()> {
    let inventory = inspect::run(&args.file, runs)?;
    let losses = if args.losses { inspect::losses(&args.file)?.to_vec() } else { Vec::new() };
    if let Some(page) = &args.html {
        let name = file_name(&args.file);
        let head = Head { title: &inventory.manifest.information.course_fullname, facts: &[(args.lang.of("File", "Fichier"), &name)] };
        super::write(page, &inventory_html(&inventory, &losses, &head, args.lang))?;
    }
    if args.json {
        let mut value = serde_json::to_value(&inventory)?;
        if args.losses
            && let Some(fields) = value.as_object_mut()
        {
            fields.insert("losses".into(), serde_json::to_value(&losses)?);
        }
        println!("{value:#}");
    } else {
        print!("{}", inventory_text(&inventory, &losses, args.lang));
    }
    Ok(())
}

pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn folder(args: &Args, runs: impl Fn(&str) -> bool + Sync) -> anyhow::Result<()> {
    let teller = Teller::default();
    let all = inspect::folder(&args.file, runs, args.many.jobs, args.journal.as_deref(), |o| teller.tell(o))?;
    if args.json {
        println!("{:#}", serde_json::to_value(&all)?);
        return Ok(());
    }
    many::table(&["archive", "Moodle", "kind", "sections", "activities", "closed", "people", "files", "bytes", "missing", "course"], &all, |i| {
        let numbers = [i.sections as u64, i.activities as u64, i.counts.kept as u64, i.people, i.contents, i.bytes, i.missing];
        let numbers: Vec<String> = numbers.iter().map(u64::to_string).collect();
        [vec![i.release.clone(), i.kind.clone()], numbers, vec![i.course.clone()]].concat()
    })
}
