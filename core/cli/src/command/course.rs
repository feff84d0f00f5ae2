use crate::args::Data;
use anyhow::Context;
use clap::Subcommand;
use parcours_actions::{course, publish};

/// Courses of the domain.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List them.
    List {
        #[command(flatten)]
        data: Data,
        #[arg(long)]
        json: bool,
    },
    /// Open courses to their people.
    Publish {
        /// Their numbers.
        #[arg(required = true)]
        courses: Vec<i64>,
        #[command(flatten)]
        data: Data,
    },
    /// Leave courses to those who run the domain again.
    Hide {
        /// Their numbers.
        #[arg(required = true)]
        courses: Vec<i64>,
        #[command(flatten)]
        data: Data,
    },
}

pub fn run(args: Args) -> anyhow::Result<()> {
    match args.what {
        What::List { data, json } => list(&data, json),
        What::Publish { courses, data } => set(&data, &courses, true),
        What::Hide { courses, data } => set(&data, &courses, false),
    }
}

fn list(data: &Data, json: bool) -> anyhow::Result<()> {
    let app = data.open()?;
    let all = course::all(&app)?;
    if json {
        println!("{:#}", serde_json::to_value(&all)?);
        return Ok(());
    }
    for c in all {
        println!("{}\t{}\t{}{}", c.course, c.short_name, c.name, if c.published { "" } else { "\tnot published" });
    }
    Ok(())
}

fn set(data: &Data, courses: &[i64], open: bool) -> anyhow::Result<()> {
    let app = data.open()?;
    for course in courses {
        publish::set(&app, None, *course, open).with_context(|| format!("course {course} (`parcours course list` shows which there are)"))?;
    }
    Ok(())
}
