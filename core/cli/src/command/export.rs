use crate::args::Data;
use anyhow::Context;
use parcours_actions::export::{self, Choices};
use parcours_course::Language;
use std::path::PathBuf;

/// Write a course back as a backup that a stock Moodle restores.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The course's number (`parcours course list`).
    course: i64,
    /// The backup to write.
    out: PathBuf,
    #[command(flatten)]
    data: Data,
    /// Leave people and everything they did out.
    #[arg(long)]
    without_people: bool,
    /// Leave passwords and keys out.
    #[arg(long)]
    without_secrets: bool,
    /// Write a zip instead of a tar.gz.
    #[arg(long)]
    zip: bool,
    /// Language of what is said: en or fr.
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    lang: Language,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let app = args.data.open()?;
    let choices = Choices { without_people: args.without_people, without_secrets: args.without_secrets, zip: args.zip, language: args.lang };
    let hint = || format!("exporting course {} (`parcours course list` shows which there are)", args.course);
    let report = export::run(&app, None, args.course, choices, &args.out).with_context(hint)?;
    println!("{}", args.out.display());
    crate::command::convert::findings(&report);
    Ok(())
}
