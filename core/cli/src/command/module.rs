use clap::Subcommand;

/// Modules: the activities this program runs.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List the modules that ship in this program.
    List {
        #[arg(long)]
        json: bool,
    },
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let What::List { json } = args.what;
    let all = parcours_actions::app::declared(crate::embedded::MODULES)?;
    if json {
        println!("{:#}", serde_json::to_value(&all)?);
        return Ok(());
    }
    for d in all {
        println!("{}\t{}\t{}", d.name, d.release, d.title("en"));
    }
    Ok(())
}
