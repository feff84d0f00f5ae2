use parcours_mbz::inspect::Inventory;
use std::path::PathBuf;

/// Say what is in a backup: release, course, activities, people, files, sizes.
#[derive(Debug, clap::Args)]
pub struct Args {
    file: PathBuf,
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let names: Vec<String> = parcours_actions::app::declared(crate::embedded::MODULES)?.into_iter().map(|d| d.name).collect();
    let inventory = parcours_actions::inspect::run(&args.file, |module| names.iter().any(|n| n == module))?;
    if args.json {
        println!("{:#}", serde_json::to_value(&inventory)?);
    } else {
        print(&inventory, &names);
    }
    Ok(())
}

fn print(i: &Inventory, runs: &[String]) {
    let info = &i.manifest.information;
    println!("{}", info.course_fullname);
    println!("  Moodle {} ({}), backup of a {}", info.backup_release, info.moodle_release, i.manifest.kind());
    println!("  {} sections, {} activities", i.manifest.sections.len(), i.manifest.activities.len());
    for (module, count) in &i.activities {
        let fate = if runs.contains(module) { "runs here" } else { "kept closed" };
        println!("    {count:>5}  {module:<20} {fate}");
    }
    println!("  {} people", i.people);
    println!("  {} files: {} contents, {} bytes, {} missing", i.files.records, i.files.contents, i.files.bytes, i.files.missing);
    println!("  {} entries, {} bytes unpacked, {} values", i.sizes.entries, i.sizes.bytes, i.sizes.leaves);
    crate::command::convert::findings(&i.report);
}
