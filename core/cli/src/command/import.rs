use super::many::{self, Teller};
use crate::args::Data;
use crate::bar::Bar;
use parcours_actions::App;
use parcours_actions::import::{self, Choices};
use parcours_course::Language;
use std::path::{Path, PathBuf};

/// Import a Moodle backup, or a course in another format, as a new course; or every backup of a folder.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The backup (.mbz), another file that `parcours convert` reads, or a folder of backups.
    file: PathBuf,
    #[command(flatten)]
    data: Data,
    /// Leave people and everything they did out.
    #[arg(long)]
    without_people: bool,
    /// The people of the archive are those of this site: join them to accounts that are in use, too. Never to an administrator's.
    #[arg(long, conflicts_with = "without_people")]
    join_accounts: bool,
    /// Leave passwords and keys out.
    #[arg(long)]
    without_secrets: bool,
    /// Open the course to its people at once; else only those who run the domain see it, until `parcours course publish`.
    #[arg(long)]
    publish: bool,
    /// Language of the report: en or fr.
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    lang: Language,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    many: many::Args,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let app = args.data.open()?;
    let choices = Choices {
        without_people: args.without_people,
        same_people: args.join_accounts,
        without_secrets: args.without_secrets,
        publish: args.publish,
        language: args.lang,
        origin: None,
    };
    match args.file.is_dir() {
        true => folder(&app, &args, &choices),
        false => one(&app, &args.file, &choices, args.json),
    }
}

fn one(app: &App, file: &Path, choices: &Choices, json: bool) -> anyhow::Result<()> {
    let mut bar = Bar::new();
    let done = import::run(app, file, choices, &mut |p| {
        bar.show(p);
        true
    })?;
    drop(bar);
    let c = done.report.counts();
    if json {
        let out = serde_json::json!({
            "course": done.course, "name": done.name,
            "items_in": c.items_in, "imported": c.imported, "approximated": c.approximated, "kept": c.kept, "refused": c.refused,
            "report": done.report.findings,
        });
        println!("{out:#}");
        return Ok(());
    }
    println!("course {}: {}", done.course, done.name);
    println!("{} items: {} imported, {} approximated, {} kept, {} refused", c.items_in, c.imported, c.approximated, c.kept, c.refused);
    crate::command::convert::findings(&done.report);
    if !choices.publish {
        let words = choices.language.of(
            "only those who run the domain see it; open it to its people with:",
            "seules les personnes qui gèrent le domaine le voient ; ouvrez-le aux inscrits par :",
        );
        eprintln!("{words} parcours course publish {}", done.course);
    }
    Ok(())
}

fn folder(app: &App, args: &Args, choices: &Choices) -> anyhow::Result<()> {
    let teller = Teller::default();
    let all = import::folder(app, &args.file, choices, args.many.jobs, |o| teller.tell(o))?;
    if args.json {
        println!("{:#}", serde_json::to_value(&all)?);
        return Ok(());
    }
    many::table(&["archive", "course", "items", "imported", "approximated", "kept", "refused", "name"], &all, |b| {
        let c = b.counts;
        let numbers = [b.course.to_string(), c.items_in.to_string(), c.imported.to_string(), c.approximated.to_string(), c.kept.to_string()];
        [numbers.to_vec(), vec![c.refused.to_string(), b.name.clone()]].concat()
    })
}
