use super::inspect::file_name;
use anyhow::Context;
use parcours_convert::clean::media::{Folder, NoFiles};
use parcours_convert::clean::{Media, Options, Rule, page};
use parcours_convert::report::text;
use parcours_course::Language;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// Clean the texts of a backup: layout tables, colours nobody can read, nested spans, icons, central media, links to the old site.
///
/// Without OUTPUT nothing is changed: look at what would be first.
#[derive(Debug, clap::Args)]
pub struct Args {
    input: PathBuf,
    output: Option<PathBuf>,
    /// Write every text that changes, before and after, to this page (or a text, if it does not end in `.html`).
    #[arg(long, value_name = "FILE")]
    changes: Option<PathBuf>,
    /// Only these rules; may be given several times.
    #[arg(long, value_name = "RULE", value_parser = rule)]
    only: Vec<Rule>,
    /// A dump of the central media store: CSV or JSON with the columns of `cr_resources`.
    #[arg(long, value_name = "FILE")]
    media: Option<PathBuf>,
    /// The folder where the dump's files are.
    #[arg(long, value_name = "DIR", requires = "media")]
    media_files: Option<PathBuf>,
    /// Another address the old site had; may be given several times.
    #[arg(long, value_name = "URL")]
    site: Vec<String>,
    /// Write a zip instead of a tar.gz.
    #[arg(long)]
    zip: bool,
    /// en or fr.
    #[arg(long, default_value = "en")]
    lang: Language,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let mut options = options(args.lang)?;
    if !args.only.is_empty() {
        options.rules.clone_from(&args.only);
    }
    options.sites.clone_from(&args.site);
    options.media = args.media.as_deref().map(|list| media(list, args.media_files.as_deref())).transpose()?;
    let mut cleaned = parcours_actions::clean::run(&args.input, args.output.as_deref(), args.zip, &options)?;
    eprint!("{}", text(&cleaned.report, args.lang));
    let changed = args.lang.of("texts changed or remarked on", "textes modifiés ou signalés");
    match &args.output {
        Some(output) => println!("{}", output.display()),
        None => println!("{}: {} {changed}", file_name(&args.input), cleaned.changes.len()),
    }
    let Some(file) = &args.changes else { return Ok(()) };
    let mut out = BufWriter::new(File::create(file).with_context(|| format!("writing {}", file.display()))?);
    match file.extension().and_then(|e| e.to_str()) {
        Some("html" | "htm") => page::html(&mut cleaned, args.lang, &mut out)?,
        _ => page::text(&mut cleaned, args.lang, &mut out)?,
    }
    Ok(())
}

/// All rules but those that have to be asked for, and the texts that the modules of this program declare.
///
/// # Errors
/// When a module that ships is not sound.
pub fn options(language: Language) -> parcours_actions::Result<Options> {
    Ok(Options { declared: parcours_actions::app::declared(crate::embedded::MODULES)?, language, ..Options::default() })
}

fn media(list: &Path, files: Option<&Path>) -> anyhow::Result<Media> {
    let reading = || format!("reading the dump {}", list.display());
    let open = File::open(list).with_context(reading)?;
    match files {
        Some(folder) => Media::read(open, Folder::new(folder)).with_context(reading),
        None => Media::read(open, NoFiles).with_context(reading),
    }
}

fn rule(name: &str) -> Result<Rule, String> {
    let of = |r: &Rule| serde_json::to_value(r).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    let names: Vec<String> = Rule::ALL.iter().map(of).collect();
    Rule::ALL.into_iter().find(|r| of(r) == name).ok_or_else(|| format!("the rules are {}", names.join(", ")))
}
