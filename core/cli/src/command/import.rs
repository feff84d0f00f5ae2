use crate::args::Data;
use crate::bar::Bar;
use parcours_actions::import::{self, Choices};
use std::path::PathBuf;

/// Import a Moodle backup as a new course.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The backup (.mbz).
    file: PathBuf,
    #[command(flatten)]
    data: Data,
    /// Leave people and everything they did out.
    #[arg(long)]
    without_people: bool,
    /// Print the course, the counts and the whole report as JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let app = args.data.open()?;
    let mut bar = Bar::new();
    let choices = Choices { without_people: args.without_people };
    let done = import::run(&app, &args.file, &choices, &mut |p| {
        bar.show(p);
        true
    })?;
    drop(bar);
    let c = done.report.counts();
    if args.json {
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
    Ok(())
}
