use crate::args::Data;
use clap::Subcommand;
use parcours_actions::course;

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
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let What::List { data, json } = args.what;
    let app = data.open()?;
    let all = course::all(&app)?;
    if json {
        println!("{:#}", serde_json::to_value(&all)?);
        return Ok(());
    }
    for c in all {
        println!("{}\t{}\t{}", c.course, c.short_name, c.name);
    }
    Ok(())
}
