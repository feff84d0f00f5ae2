//! A file that is not imported: looked at, judged, cleaned for show, made another, compared.

use super::asked::{Asked, short};
use super::desk::{Bench, Held};
use super::{Done, Paper, Part, What, Work, paper};
use crate::convert::{self, Did, Format};
use crate::import::other;
use crate::inspect::{self, Looked};
use crate::{ActionError, App, Result, Viewer};
use parcours_convert::clean::{self, page};
use parcours_convert::diff;
use parcours_convert::report::{Head, inventory_html, verdict_html};
use parcours_course::Language;
use parcours_mbz::Release;
use parcours_mbz::validate::{Counts, Verdict};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a look at a file found.
#[derive(Debug, Clone)]
pub struct Look {
    /// The file, in bytes.
    pub size: u64,
    /// What it was, when it is no backup: it was made one to be looked at.
    pub from: Option<Format>,
    pub in_it: Looked,
    /// What each Moodle would refuse, drop, degrade, remark on.
    pub verdicts: [(Release, Counts); 3],
}

/// The file as it was sent, and the backup that was made of it where it was none.
const SENT: &str = "sent";
const MADE: &str = "made.mbz";

/// Takes an upload (a file in [`App::uploads`], which is moved) and looks at it.
///
/// # Errors
/// `Denied` to those who do not run the domain; `Busy` when enough works run. What is wrong with the file is the work's own end.
pub fn check(app: &Arc<App>, viewer: &Viewer, name: &str, language: Language, upload: &Path) -> Result<Work> {
    may(viewer)?;
    let folder = app.works.room()?;
    std::fs::rename(upload, folder.path().join(SENT)).map_err(ActionError::io("keeping the upload"))?;
    let steps = vec![Did::Read, Did::Inspect, Did::Judge];
    let file = name.to_owned();
    app.works.begin(app, viewer, (name.to_owned(), What::Check, folder), steps, move |bench| look(bench, &file, language))
}

fn look(bench: &Bench<'_>, name: &str, language: Language) -> Result<Done> {
    let (sent, made) = (bench.folder().join(SENT), bench.folder().join(MADE));
    bench.step(Did::Read)?;
    let other = other::backup(bench.app, &sent, name, language, &made)?;
    let archive = if other.is_some() { &made } else { &sent };
    bench.step(Did::Inspect)?;
    let inventory = inspect::run(archive, |m| bench.app.modules.has(m))?;
    bench.step(Did::Judge)?;
    let losses = inspect::losses(archive)?;
    let stem = short(name.split_once('.').map_or(name, |(stem, _)| stem));
    let title = match inventory.manifest.information.course_fullname.as_str() {
        "" => name,
        title => title,
    };
    let head = Head { title, facts: &[(language.of("File", "Fichier"), name)] };
    let download = |word: &str, end: &str| format!("{stem}-{word}.{end}");
    let inventory_word = language.of("inventory", "inventaire");
    let mut json = serde_json::to_value(&inventory).unwrap_or_default();
    if let (Some(fields), Ok(losses)) = (json.as_object_mut(), serde_json::to_value(&losses)) {
        fields.insert("losses".into(), losses);
    }
    let mut papers = vec![
        paper::put(bench, Part::Inventory, download(inventory_word, "html"), &inventory_html(&inventory, &losses, &head, language))?,
        paper::put(bench, Part::InventoryData, download(inventory_word, "json"), &format!("{json:#}\n"))?,
    ];
    for verdict in &losses {
        papers.push(judged(bench, verdict, name, &download(&format!("moodle{}", verdict.target), "html"), language)?);
    }
    let counts =
        other.as_ref().map(|o| (o.report.counts(), o.report.findings.iter().filter(|f| f.reason != parcours_course::Reason::AsItCame).count()));
    let size = std::fs::metadata(&sent).map_or(0, |m| m.len());
    let verdicts = losses.map(|v| (v.target, v.counts));
    let look = Look { size, from: other.map(|o| o.from), in_it: inspect::looked(&inventory), verdicts };
    Ok(Done { counts, papers, look: Some(look), ..Done::default() })
}

fn judged(bench: &Bench<'_>, verdict: &Verdict, name: &str, download: &str, language: Language) -> Result<Paper> {
    let title = format!("{} Moodle {}", language.of("What would become of it in a", "Ce qu’il deviendrait dans un"), verdict.target);
    let head = Head { title: &title, facts: &[(language.of("File", "Fichier"), name)] };
    paper::put(bench, Part::Verdict(verdict.target), download.to_owned(), &verdict_html(verdict, &head, language))
}

/// A file that was looked at, held as long as a work on it goes on.
struct Source {
    held: Arc<Held>,
    archive: PathBuf,
}

impl Source {
    /// # Errors
    /// `NotFound` when there is no such work of this viewer, or it did not find a course.
    fn of(app: &App, viewer: &Viewer, id: &str) -> Result<Source> {
        may(viewer)?;
        let held = app.works.held(viewer, id)?;
        let look = held.done().and_then(|d| d.look.clone()).ok_or(ActionError::NotFound)?;
        let archive = held.folder().join(if look.from.is_some() { MADE } else { SENT });
        Ok(Source { held, archive })
    }

    /// Its name without its end.
    fn stem(&self) -> String {
        short(self.held.name().split_once('.').map_or(self.held.name(), |(stem, _)| stem))
    }
}

/// Makes a file that was looked at another.
///
/// # Errors
/// As [`check`]; `NotFound` when the viewer has no such file.
pub fn convert(app: &Arc<App>, viewer: &Viewer, id: &str, asked: Asked) -> Result<Work> {
    let source = Source::of(app, viewer, id)?;
    let removes = !asked.takes_people();
    let (name, download) = (source.held.name().to_owned(), format!("{}{}", source.stem(), asked.end()));
    let named = (name.clone(), What::Convert { of: id.to_owned() }, app.works.room()?);
    app.works.begin(app, viewer, named, asked.steps(removes), move |bench| {
        let wishes = asked.wishes(bench, &name, removes)?;
        let steps = convert::telling(&source.archive, &bench.path(Part::Course), &wishes, &mut |did| bench.next(did))?;
        paper::converted(bench, &steps, download, &name, asked.language)
    })
}

/// Says what cleaning would change in a file that was looked at, before and after. Nothing is changed.
///
/// # Errors
/// As [`convert`].
pub fn clean(app: &Arc<App>, viewer: &Viewer, id: &str, language: Language) -> Result<Work> {
    let source = Source::of(app, viewer, id)?;
    let named = (source.held.name().to_owned(), What::Clean { of: id.to_owned() }, app.works.room()?);
    let download = format!("{}-{}.html", source.stem(), language.of("changes", "changements"));
    app.works.begin(app, viewer, named, vec![Did::Clean, Did::Write], move |bench| {
        bench.step(Did::Clean)?;
        let declared = bench.app.modules.declarations().cloned().collect();
        let options = clean::Options { declared, language, ..clean::Options::default() };
        let mut cleaned = crate::clean::run(&source.archive, None, false, &options)?;
        bench.step(Did::Write)?;
        let writing = || ActionError::io("writing what would change");
        let mut out = BufWriter::new(std::fs::File::create_new(bench.path(Part::Changes)).map_err(writing())?);
        page::html(&mut cleaned, language, &mut out)?;
        out.into_inner().map_err(|e| writing()(e.into_error()))?;
        let changes = Some(cleaned.changes.len());
        Ok(Done { papers: vec![paper::kept(bench, Part::Changes, download)?], changes, ..Done::default() })
    })
}

/// Compares two files that were looked at.
///
/// # Errors
/// As [`convert`].
pub fn compare(app: &Arc<App>, viewer: &Viewer, a: &str, b: &str, language: Language) -> Result<Work> {
    let (first, second) = (Source::of(app, viewer, a)?, Source::of(app, viewer, b)?);
    let title = format!("{} → {}", first.held.name(), second.held.name());
    let named = (title.clone(), What::Compare { of: a.to_owned() }, app.works.room()?);
    let stem = format!("{}-{}-{}", first.stem(), language.of("and", "et"), second.stem());
    app.works.begin(app, viewer, named, vec![Did::Compare, Did::Write], move |bench| {
        bench.step(Did::Compare)?;
        let found = crate::diff::run(&first.archive, &second.archive, &diff::Options::default())?;
        bench.step(Did::Write)?;
        let papers = vec![
            paper::put(bench, Part::Difference, format!("{stem}.html"), &diff::html(&found, &title, language))?,
            paper::put(bench, Part::DifferenceData, format!("{stem}.json"), &format!("{:#}\n", found.json()))?,
        ];
        Ok(Done { papers, changes: Some(found.items.len() as u64), ..Done::default() })
    })
}

fn may(viewer: &Viewer) -> Result<()> {
    if viewer.admin { Ok(()) } else { Err(ActionError::Denied("only those who run the domain look at files here".into())) }
}
