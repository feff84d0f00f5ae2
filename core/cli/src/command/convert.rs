use parcours_actions::export::Choices;
use parcours_course::{Fate, Report};
use std::path::PathBuf;

/// Read a backup and write it again, without a database: every value is kept.
#[derive(Debug, clap::Args)]
pub struct Args {
    input: PathBuf,
    output: PathBuf,
    /// Write a zip instead of a tar.gz.
    #[arg(long)]
    zip: bool,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let report = parcours_actions::convert::run(&args.input, &args.output, Choices { zip: args.zip, without_people: false })?;
    println!("{}", args.output.display());
    findings(&report);
    Ok(())
}

/// What a person should know, on standard error: everything that did not simply come through.
pub fn findings(report: &Report) {
    for f in report.findings.iter().filter(|f| f.reason != parcours_course::Reason::AsItCame) {
        let mark = if f.fate == Fate::Refused { "!" } else { "-" };
        let reason = serde_json::to_value(f.reason).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        let name = if f.name.is_empty() { String::new() } else { format!(" « {} »", f.name) };
        let detail = if f.detail.is_empty() { String::new() } else { format!(" ({})", f.detail) };
        eprintln!("{mark} {} {reason}: {} {}{name}{detail}", f.fate, f.item, f.place);
    }
}
