//! An archive, or a course in another format, made into another: no database is asked.

mod folder;
mod format;
mod people;
mod said;
mod sink;
mod source;
mod tree;
mod watch;
mod whole;

pub use folder::{Converted, folder};
pub use format::Format;
pub use people::People;
pub use said::{json, page};
pub use source::recognise;
pub use watch::Watch;
pub use whole::whole;

use crate::{ActionError, Result, export};
use parcours_convert::{anonymise, clean, release, renumber, secrets};
use parcours_course::{Language, Report};
use parcours_importers::magistere;
use parcours_mbz::Container;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;

/// What is done between reading and writing, in this order; nothing at all keeps every value.
#[derive(Default)]
pub struct Wishes {
    /// What the input is called, where its file is called otherwise: an upload.
    pub name: Option<String>,
    /// What the input is; nothing means: look at it.
    pub from: Option<Format>,
    /// What the output is to be; nothing means: by its name.
    pub to: Option<Format>,
    /// A zip instead of a tar.gz, where the output is a backup, and instead of a folder, where it is one.
    pub zip: bool,
    /// The components of M@gistère as the nearest things of a stock Moodle.
    pub plain: Plain,
    pub release: Option<parcours_mbz::Release>,
    /// Accounts with names that every site has are renamed.
    pub rename_common: bool,
    /// Clean texts, by these rules.
    pub clean: Option<clean::Options>,
    pub people: People,
    /// Added to every number of the archive, and to all that points at it.
    pub renumber: Option<i64>,
    /// Passwords and keys are left out.
    pub without_secrets: bool,
    /// Of what is said in reports and added to courses.
    pub language: Language,
    /// Unix seconds: written into what is made new.
    pub now: i64,
    /// What goes into other formats.
    pub offline: Offline,
    /// Sees how far the reading is, and may end it.
    pub watch: Option<Arc<Watch>>,
}

/// What is taken along into a format that is made to be read: a cartridge, a book, a site, a tree of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Offline {
    /// Hidden sections and activities.
    pub hidden: bool,
    /// Discussions, with the names of those who wrote.
    pub posts: bool,
    pub wikis: bool,
    /// Which answers of quizzes are right.
    pub answers: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Plain {
    #[default]
    No,
    Yes {
        /// The documents that change are kept beside, for [`Plain::Back`].
        keep_original: bool,
    },
    /// Puts back what was kept.
    Back,
}

/// What was done, step by step, each with a report of its own in which items add up.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Step {
    pub did: Did,
    pub report: Report,
}

/// A step of a conversion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Did {
    /// The course of a domain as a backup.
    Export,
    Read,
    Plain,
    Release,
    Clean,
    People,
    Secrets,
    Renumber,
    Write,
    /// Looking at what is in it.
    Inspect,
    /// Judging it as a Moodle would.
    Judge,
    Compare,
}

impl Did {
    /// A heading for its report.
    pub fn words(self, language: Language) -> &'static str {
        match self {
            Did::Export => language.of("The course as a backup", "Le parcours en sauvegarde"),
            Did::Read => language.of("Reading", "Lecture"),
            Did::Plain => language.of("Components of M@gistère", "Composants de M@gistère"),
            Did::Release => language.of("Release", "Version de Moodle"),
            Did::Clean => language.of("Texts", "Textes"),
            Did::People => language.of("People", "Personnes"),
            Did::Renumber => language.of("Numbers", "Numéros"),
            Did::Secrets => language.of("Passwords and keys", "Mots de passe et clés"),
            Did::Write => language.of("Writing", "Écriture"),
            Did::Inspect => language.of("Inventory", "Inventaire"),
            Did::Judge => language.of("What a Moodle would make of it", "Ce qu’en ferait un Moodle"),
            Did::Compare => language.of("Comparison", "Comparaison"),
        }
    }
}

/// Reads `input` and writes it to `output`; a partial output never has its name.
///
/// # Errors
/// `Archive` when the input cannot be read; `Invalid` when the input or the output is in a format that cannot be read or written; `Io` when the output cannot be written.
pub fn run(input: &Path, output: &Path, wishes: &Wishes) -> Result<Vec<Step>> {
    telling(input, output, wishes, &mut |_| true)
}

/// As [`run`]. `tell` hears what comes next and answers whether to go on.
///
/// # Errors
/// As [`run`], and `Cancelled`.
pub fn telling(input: &Path, output: &Path, wishes: &Wishes, tell: &mut dyn FnMut(Did) -> bool) -> Result<Vec<Step>> {
    let mut next = |did| if tell(did) { Ok(()) } else { Err(ActionError::Cancelled) };
    let to = match wishes.to {
        Some(format) => format,
        None => Format::of_name(output)?,
    };
    let folder = export::folder(output);
    next(Did::Read)?;
    let (mut course, report) = source::open(input, wishes, folder)?;
    let mut steps = vec![Step { did: Did::Read, report }];
    let mut step = |did, report| steps.push(Step { did, report });
    if wishes.plain != Plain::No {
        next(Did::Plain)?;
    }
    match wishes.plain {
        Plain::No => {}
        Plain::Yes { keep_original } => {
            step(Did::Plain, magistere::plain(&mut course, &magistere::Options { language: wishes.language, keep_original })?)
        }
        Plain::Back => step(Did::Plain, magistere::restore(&mut course)?),
    }
    if let Some(release) = wishes.release {
        next(Did::Release)?;
        let options = release::Options { language: wishes.language, rename_common: wishes.rename_common };
        step(Did::Release, release::to(&mut course, release, &options)?);
    }
    if let Some(options) = &wishes.clean {
        next(Did::Clean)?;
        step(Did::Clean, clean::run(&mut course, options)?.report);
    }
    if wishes.people != People::Keep {
        next(Did::People)?;
    }
    let options = anonymise::Options { replace_mentions: true, language: wishes.language };
    match &wishes.people {
        People::Keep => {}
        People::Replace { seed, mentions } => {
            step(Did::People, anonymise::replace(&mut course, seed, anonymise::Options { replace_mentions: *mentions, ..options })?);
        }
        People::Remove => step(Did::People, anonymise::remove(&mut course, options)?),
    }
    if wishes.without_secrets {
        next(Did::Secrets)?;
        step(Did::Secrets, secrets::empty(&mut course, wishes.language)?);
    }
    if let Some(by) = wishes.renumber {
        next(Did::Renumber)?;
        step(Did::Renumber, renumber::run(&mut course, &renumber::Numbers::new(&|_| by), wishes.language)?);
    }
    next(Did::Write)?;
    let container = if wishes.zip { Container::Zip } else { Container::Tgz };
    if let Some(report) = sink::write(&mut course, to, container, output, wishes)? {
        steps.push(Step { did: Did::Write, report });
    }
    Ok(steps)
}
