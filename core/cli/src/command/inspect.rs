use std::path::PathBuf;

/// Say what is in a backup: release, course, activities, people, files, sizes.
#[derive(Debug, clap::Args)]
pub struct Args {
    file: PathBuf,
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let inventory = parcours_actions::inspect::run(&args.file)?;
    if args.json {
        println!("{:#}", serde_json::to_value(&inventory)?);
    } else {
        print!("{inventory}");
    }
    Ok(())
}
