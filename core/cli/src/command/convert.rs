use super::many::{self, Teller};
use super::report::{self, Said};
use parcours_actions::convert::{self, Format, Offline, Plain, Wishes};
use parcours_convert::clean;
use parcours_course::{Fate, Report};
use parcours_mbz::Release;
use std::path::PathBuf;

/// Read a backup, or a course in another format, and write it as another: every value is kept but what was asked for.
///
/// A folder of backups is converted into another folder, archive by archive; a run that was stopped goes on where it was.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A backup, a course in another format, or a folder of backups.
    input: PathBuf,
    /// What to write; the end of its name says in which format.
    output: PathBuf,
    /// Format of the input, where it cannot be seen.
    #[arg(long, value_name = "FORMAT")]
    from: Option<Format>,
    /// Format of the output, where its name does not say it.
    #[arg(long, value_name = "FORMAT")]
    to: Option<Format>,
    /// Write a zip instead of a tar.gz.
    #[arg(long)]
    zip: bool,
    /// The shape of this Moodle: 4.1, 4.5 or 5.1.
    #[arg(long, value_name = "RELEASE")]
    release: Option<Release>,
    /// Rename accounts such as `admin` that stand in the way of a restore with people.
    #[arg(long, requires = "release")]
    rename_common: bool,
    /// Make the components of M@gistère the nearest things that a stock Moodle has.
    #[arg(long)]
    plain: bool,
    /// With --plain: keep the documents that change inside the archive, where a Moodle does not look.
    #[arg(long, requires = "plain")]
    keep_original: bool,
    /// Undo --plain --keep-original.
    #[arg(long, conflicts_with = "plain")]
    back: bool,
    /// Clean the texts (`parcours clean` says what that does, and shows it beforehand).
    #[arg(long)]
    clean: bool,
    /// Add this to every number of the archive, and to all that points at it, so that it meets no other's.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true, conflicts_with = "keep_original")]
    renumber: Option<i64>,
    /// For a cartridge, a book, a site, Markdown: hidden sections and activities too.
    #[arg(long)]
    hidden: bool,
    /// For a book, a site, Markdown: discussions, with the names of those who wrote.
    #[arg(long)]
    posts: bool,
    /// For a book, a site, Markdown: pages of wikis.
    #[arg(long)]
    wikis: bool,
    /// For a book, a site, Markdown: which answers of quizzes are right.
    #[arg(long)]
    answers: bool,
    /// Leave passwords and keys out.
    #[arg(long)]
    without_secrets: bool,
    #[command(flatten)]
    people: super::anonymise::People,
    #[command(flatten)]
    said: Said,
    #[command(flatten)]
    many: many::Args,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let seed = args.people.seed()?;
    let wishes = || {
        let clean = args.clean.then(|| super::clean::options(args.said.lang)).transpose()?;
        wishes(&args, clean, &seed)
    };
    if args.input.is_dir() && is_batch(&args)? {
        let teller = Teller::default();
        let said = format!(
            "{:?}",
            (
                args.to,
                args.zip,
                args.release,
                args.rename_common,
                args.plain,
                args.keep_original,
                args.back,
                args.clean,
                args.without_secrets,
                args.renumber,
                &args.people
            )
        );
        let all = convert::folder(&args.input, &args.output, &wishes, &said, args.many.jobs, |o| teller.tell(o))?;
        if args.said.json {
            println!("{:#}", serde_json::to_value(&all)?);
            return Ok(());
        }
        return many::table(&["archive", "items", "approximated", "kept", "refused", "remarks", "output"], &all, |c| {
            let numbers = [c.counts.items_in, c.counts.approximated, c.counts.kept, c.counts.refused, c.remarks];
            [numbers.iter().map(usize::to_string).collect(), vec![c.output.clone()]].concat()
        });
    }
    let steps = convert::run(&args.input, &args.output, &wishes()?)?;
    println!("{}", args.output.display());
    report::steps(&steps, &args.input, &args.said)
}

/// A folder of backups is a batch; any other is a course in files of its own.
fn is_batch(args: &Args) -> anyhow::Result<bool> {
    match args.from {
        Some(format) => Ok(format == Format::Mbz),
        None => Ok(!parcours_actions::batch::list(&args.input)?.is_empty()),
    }
}

fn wishes(args: &Args, clean: Option<clean::Options>, seed: &[u8]) -> parcours_actions::Result<Wishes> {
    let plain = match (args.plain, args.back) {
        (true, _) => Plain::Yes { keep_original: args.keep_original },
        (_, true) => Plain::Back,
        _ => Plain::No,
    };
    Ok(Wishes {
        name: None,
        from: args.from,
        to: args.to,
        zip: args.zip,
        plain,
        release: args.release,
        rename_common: args.rename_common,
        clean,
        people: args.people.wish(seed),
        renumber: args.renumber,
        without_secrets: args.without_secrets,
        language: args.said.lang,
        now: super::now(),
        offline: Offline { hidden: args.hidden, posts: args.posts, wikis: args.wikis, answers: args.answers },
        watch: None,
    })
}

/// What a person should know, on standard error: everything that did not simply come through.
pub fn findings(report: &Report) {
    for f in report.findings.iter().filter(|f| f.reason != parcours_course::Reason::AsItCame) {
        let mark = if f.fate == Fate::Refused { "!" } else { "-" };
        let name = if f.name.is_empty() { String::new() } else { format!(" « {} »", f.name) };
        let detail = if f.detail.is_empty() { String::new() } else { format!(" ({})", f.detail) };
        eprintln!("{mark} {} {}: {} {}{name}{detail}", f.fate, f.reason.code(), f.item, f.place);
    }
}
