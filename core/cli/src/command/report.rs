//! What became of everything, in the form and the language asked for.

use super::inspect::file_name;
use parcours_actions::convert::{self, Step};
use parcours_convert::report::text;
use parcours_course::Language;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Said {
    /// Write the report to this file: `.html` is a page, `.json` for programs, anything else text.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Print the report as JSON.
    #[arg(long)]
    pub json: bool,
    /// Language of reports, and of what is added to courses: en or fr.
    #[arg(long, default_value = "en")]
    pub lang: Language,
}

/// Says what each step did: on standard output as JSON when asked, else on standard error; and into the report's file.
///
/// # Errors
/// What writing the file fails with.
pub fn steps(steps: &[Step], input: &Path, said: &Said) -> anyhow::Result<()> {
    let json = || convert::json(steps);
    if said.json {
        println!("{:#}", json());
    } else {
        for s in worth(steps) {
            eprintln!("\n{}\n{}", s.did.words(said.lang), text(&s.report, said.lang));
        }
    }
    let Some(file) = &said.report else { return Ok(()) };
    let written = match file.extension().and_then(|e| e.to_str()) {
        Some("json") => format!("{:#}\n", json()),
        Some("html" | "htm") => convert::page(steps, &file_name(input), said.lang),
        _ => worth(steps).map(|s| format!("{}\n{}\n", s.did.words(said.lang), text(&s.report, said.lang))).collect(),
    };
    super::write(file, &written)
}

/// A step that has nothing to say is not shown.
fn worth(steps: &[Step]) -> impl Iterator<Item = &Step> {
    steps.iter().filter(|s| !s.report.findings.is_empty())
}
