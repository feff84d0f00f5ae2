use super::inspect::file_name;
use parcours_convert::diff::{self, Options};
use parcours_course::Language;
use std::path::PathBuf;
use std::process::ExitCode;

/// Say what two backups differ in, by meaning and not by number: sections, activities, questions, files, texts word by word, settings.
#[derive(Debug, clap::Args)]
pub struct Args {
    a: PathBuf,
    b: PathBuf,
    /// Compare when things were made and changed, too.
    #[arg(long)]
    times: bool,
    /// Compare what people did, too, and do not only count it.
    #[arg(long)]
    work: bool,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
    /// Write it as a page too.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// en or fr.
    #[arg(long, default_value = "en")]
    lang: Language,
}

/// 0 when there is no difference, 1 when there is one.
pub fn run(args: Args) -> ExitCode {
    match compare(&args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // 1 is taken.
        Err(e) => {
            crate::fail::say(&e);
            ExitCode::from(3)
        }
    }
}

fn compare(args: &Args) -> anyhow::Result<bool> {
    let diff = parcours_actions::diff::run(&args.a, &args.b, &Options { times: args.times, work: args.work })?;
    if let Some(page) = &args.html {
        let title = format!("{} → {}", file_name(&args.a), file_name(&args.b));
        super::write(page, &diff::html(&diff, &title, args.lang))?;
    }
    if args.json {
        println!("{:#}", diff.json());
    } else {
        print!("{}", diff::text(&diff, args.lang));
    }
    Ok(diff.is_empty())
}
