use anyhow::Context;
use parcours_convert::report::{Head, verdict_html};
use parcours_mbz::Limits;
use parcours_mbz::Release;
use parcours_mbz::validate::{Finding, Language, Verdict, for_release};
use serde::Serialize;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Say what a stock Moodle would make of backups: what stops a restore, what is lost in one.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Which Moodle: 4.1, 4.5 or 5.1.
    #[arg(long, default_value = "5.1", value_name = "RELEASE")]
    release: Release,
    /// Write the verdict on one file as a page too.
    #[arg(long, value_name = "PAGE")]
    html: Option<PathBuf>,
    /// Print everything as JSON: one array, an object a file.
    #[arg(long)]
    json: bool,
    /// Print one line a file.
    #[arg(long, conflicts_with = "json")]
    quiet: bool,
    /// Language of the hints: en or fr.
    #[arg(long, default_value = "en")]
    lang: Language,
}

/// An object of the JSON: what was found, or why nothing could be.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a Path,
    #[serde(flatten)]
    verdict: Option<Verdict>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl<'a> Line<'a> {
    fn new(file: &'a Path, judged: anyhow::Result<Verdict>) -> Self {
        match judged {
            Ok(verdict) => Line { file, verdict: Some(verdict), error: None },
            Err(e) => Line { file, verdict: None, error: Some(format!("{e:#}")) },
        }
    }
}

/// One file that cannot be read does not keep the others from being judged; its exit code wins.
pub fn run(args: Args) -> ExitCode {
    let mut worst = ExitCode::SUCCESS;
    let mut lines = Vec::new();
    for path in &args.files {
        let judged = judge(path, args.release);
        match &judged {
            Ok(verdict) if !verdict.is_clean() && worst == ExitCode::SUCCESS => worst = ExitCode::FAILURE,
            Ok(_) => {}
            Err(e) => worst = crate::fail::say(e),
        }
        match judged {
            judged if args.json => lines.push(Line::new(path, judged)),
            Ok(verdict) => {
                if let Some(Err(e)) = args.html.as_deref().map(|html| page(path, &verdict, html, args.lang)) {
                    return crate::fail::say(&e);
                }
                print(path, &verdict, &args);
            }
            Err(_) => {}
        }
    }
    if args.json {
        match serde_json::to_value(&lines) {
            Ok(lines) => println!("{lines:#}"),
            Err(e) => return crate::fail::say(&e.into()),
        }
    }
    worst
}

fn judge(path: &Path, release: Release) -> anyhow::Result<Verdict> {
    let of = || path.display().to_string();
    let file = File::open(path).with_context(of)?;
    for_release(file, &Limits::default(), release).with_context(of)
}

fn page(path: &Path, verdict: &Verdict, html: &Path, language: Language) -> anyhow::Result<()> {
    let name = super::inspect::file_name(path);
    let title = format!("{} Moodle {}", language.of("What would become of it in a", "Ce qu’il deviendrait dans un"), verdict.target);
    super::write(html, &verdict_html(verdict, &Head { title: &title, facts: &[(language.of("File", "Fichier"), &name)] }, language))
}

fn print(path: &Path, verdict: &Verdict, args: &Args) {
    let c = verdict.counts;
    println!("{}: {} refused, {} dropped, {} degraded, {} notes", path.display(), c.refused, c.dropped, c.degraded, c.note);
    if args.quiet {
        return;
    }
    for findings in verdict.findings.chunk_by(|a, b| a.rule == b.rule) {
        let Some(rule) = findings.first().map(|f| f.rule) else { continue };
        println!("  {} {}: {}", rule.severity(), rule.code(), rule.hint(args.lang));
        findings.iter().for_each(|f| println!("    {}", line(f)));
        if let Some(more) = verdict.unlisted.get(&rule) {
            println!("    … and {more} more");
        }
    }
}

/// `activities/page_12/page.xml:8 « À lire » (course module 999)`
fn line(f: &Finding) -> String {
    let place = if f.place.entry.is_empty() { "the archive" } else { &f.place.entry };
    let number = if f.place.line == 0 { String::new() } else { format!(":{}", f.place.line) };
    let name = if f.name.is_empty() { String::new() } else { format!(" « {} »", f.name) };
    let detail = if f.detail.is_empty() { String::new() } else { format!(" ({})", f.detail) };
    // Names of an archive could steer a terminal.
    format!("{place}{number}{name}{detail}").replace(char::is_control, " ")
}
