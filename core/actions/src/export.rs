//! Writing a course back as an archive that a stock Moodle restores.

use crate::convert::Watch;
use crate::forms::Form;
use crate::without::{self, Without};
use crate::{ActionError, App, Result, Viewer, site};
use parcours_course::report::{Fate, Reason, Report};
use parcours_course::{Doc, Language, Record};
use parcours_mbz::records::{self, Source};
use parcours_mbz::secret::{self, Wish};
use parcours_mbz::spool::{Slot, Spool};
use parcours_mbz::write::{Item, copy, write};
use parcours_mbz::xml::Reader;
use parcours_mbz::{Container, Error, Limits, people};
use parcours_store::export::{Content, Document, Export, Form as Held, Rows};
use std::collections::HashMap;
use std::fs::File;
use std::path::Path;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Choices {
    pub without_people: bool,
    /// Passwords and keys stay here. Those who do not run the domain never get any, whatever is asked for.
    pub without_secrets: bool,
    /// A zip instead of a tar.gz.
    pub zip: bool,
    /// Of what the report says beyond its reasons.
    pub language: Language,
}

/// Writes `course` to `out`; a partial archive never has that name.
///
/// The same course gives the same bytes.
///
/// # Errors
/// `NotFound` when there is no such course; `Denied` unless the viewer manages it, and may take people along when they are to come. `None` as viewer is the command line, which may.
pub fn run(app: &App, viewer: Option<&Viewer>, course: i64, choices: Choices, out: &Path) -> Result<Report> {
    watched(app, viewer, course, choices, out, &Watch::default())
}

/// As [`run`]; `watch` sees how far the writing is, and may end it.
pub(crate) fn watched(app: &App, viewer: Option<&Viewer>, course: i64, choices: Choices, out: &Path, watch: &Watch) -> Result<Report> {
    match viewer {
        Some(v) => allowed(app, v, course, !choices.without_people)?,
        None => drop(parcours_store::courses::get(&*app.domain.read()?, course)?.ok_or(ActionError::NotFound)?),
    }
    let read = app.domain.read()?;
    let mut writing = Writing {
        app,
        site: site::of(&read, course)?,
        export: Export::open(&read, course)?,
        spool: Spool::new_in(&app.folder)?,
        without: choices.without_people.then(Without::default),
        report: Report::default(),
    };
    writing.documents()?;
    if choices.without_secrets || viewer.is_some_and(|v| !v.admin) {
        secret::pass(&mut writing.spool, &Limits::default(), Wish::Empty, |_| false, choices.language, &mut writing.report)?;
    }
    let items = writing.items()?;
    let container = if choices.zip { Container::Zip } else { Container::Tgz };
    let Writing { export, mut spool, mut report, without, .. } = writing;
    if let Some(without) = without.filter(|w| w.taken > 0) {
        report.remark(Fate::Refused, Reason::WithoutPeople, "course", "", without.taken.to_string());
    }
    watch.begin(items.iter().map(|i| i.size).sum());
    whole(out, |file| {
        let file = write(file, container, items, |item, to| {
            if !watch.add(item.size) {
                return Err(std::io::Error::other("told to stop").into());
            }
            match &item.key {
                Key::Document(slot) => copy(spool.read(*slot)?, to),
                Key::Content(content) => copy(export.content(&content.hash).map_err(outside)?, to),
            }
        })?;
        Ok((file, report))
    })
}

/// Passes when the viewer may write the course out, with people or without.
///
/// # Errors
/// `NotFound` when there is no such course for this viewer; `Denied` unless they manage it, and may take people along.
pub(crate) fn allowed(app: &App, viewer: &Viewer, course: i64, people: bool) -> Result<()> {
    let read = app.domain.read()?;
    crate::course::manager(&read, viewer, course, app.now())?;
    if people {
        // Everybody's name, address and work: in Moodle, a trainer's backup is without them (C11).
        crate::course::may(&read, viewer, course, parcours_rules::capabilities::BACKUP_USERINFO, app.now())?;
    }
    Ok(())
}

/// The folder a file stands in.
pub(crate) fn folder(file: &Path) -> &Path {
    file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes a file so that it has its name only when it is whole and on the disk.
pub(crate) fn whole<T>(out: &Path, fill: impl FnOnce(File) -> Result<(File, T)>) -> Result<T> {
    let part = tempfile::NamedTempFile::new_in(folder(out)).map_err(ActionError::io(format!("writing beside {}", out.display())))?;
    let (file, part) = part.into_parts();
    let (file, answer) = fill(file)?;
    file.sync_all().map_err(ActionError::io(format!("writing {}", out.display())))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = file.set_permissions(std::fs::Permissions::from_mode(0o644));
    }
    part.persist(out).map_err(|e| ActionError::Io { doing: format!("naming {}", out.display()), source: e.error })?;
    Ok(answer)
}

/// Where a content stands in an archive, by the name the course has for it.
pub(crate) fn content_path(name: &str) -> String {
    match name.get(..2) {
        Some(folder) if !name.contains('/') => format!("files/{folder}/{name}"),
        _ => name.to_owned(),
    }
}

/// Where an entry's bytes are.
enum Key {
    Document(Slot),
    Content(Content),
}

struct Writing<'a> {
    app: &'a App,
    /// The site the archive says it comes from, when that is another than it came with.
    site: Option<String>,
    export: Export<'a>,
    spool: Spool,
    without: Option<Without>,
    report: Report,
}

impl Writing<'_> {
    /// Every document to the spool, the list of files first because the lists of references depend on it.
    fn documents(&mut self) -> Result<()> {
        let mut all = self.export.documents()?;
        all.sort_by(|a, b| (a.path != "files.xml", &a.path).cmp(&(b.path != "files.xml", &b.path)));
        for document in &all {
            if self.without.is_some() && people::is_all_theirs(&document.path) {
                continue;
            }
            match &document.form {
                Held::Kept(_) => self.kept(document)?,
                Held::Records(root) => self.records(document, root)?,
            }
        }
        Ok(())
    }

    fn kept(&mut self, document: &Document) -> Result<()> {
        let body = self.export.body(document.doc)?;
        let xml = parcours_mbz::container::is_xml(&document.path) && document.form != Held::Kept(0);
        let mut sheet = self.spool.sheet();
        if self.without.is_some() && without::is_emptied(&document.path) {
            sheet.finish(&document.path, None);
            return Ok(());
        }
        if self.without.is_some() && xml {
            let taken = people::strip(Reader::new(body, &document.path, &Limits::default()), &document.path, &mut sheet)?;
            if taken > 0 {
                self.report.remark(Fate::Refused, Reason::WithoutPeople, "document", &document.path, taken.to_string());
            }
        } else {
            copy(body, &mut sheet)?;
        }
        sheet.finish(&document.path, None);
        Ok(())
    }

    fn records(&mut self, document: &Document, root: &Doc) -> Result<()> {
        let Some(form) = self.app.forms.of(&document.path).filter(|f| f.owner == document.owner) else {
            // Its module was taken out since the import.
            return Err(ActionError::invalid(format!(
                "{} was read by the module `{}`, which is not there any more: add it again to export this course",
                document.path, document.owner
            )));
        };
        let frame = self.without.as_ref().map(|w| w.frame(root));
        let mut source = Stored {
            export: &self.export,
            form,
            doc: document.doc,
            under_way: HashMap::new(),
            any: HashMap::new(),
            without: self.without.as_mut(),
            app: self.app,
            site: self.site.as_deref(),
        };
        let sheet = records::write(self.spool.sheet(), &form.layout, frame.as_ref().unwrap_or(root), &mut source)?;
        sheet.finish(&document.path, None);
        Ok(())
    }

    fn items(&self) -> Result<Vec<Item<Key>>> {
        let documents = self.spool.iter().map(|(path, slot)| Item { path: path.to_owned(), size: slot.size, mtime: None, key: Key::Document(slot) });
        let mut items: Vec<Item<Key>> = documents.collect();
        for content in self.export.contents()? {
            let name = content.name.rsplit('/').next().unwrap_or_default();
            if self.without.as_ref().is_none_or(|w| w.contents.contains(name)) {
                items.push(Item { path: content_path(&content.name), size: content.size, mtime: None, key: Key::Content(content) });
            }
        }
        Ok(items)
    }
}

/// The store's records of one document, as the writer asks for them.
struct Stored<'a, 'e> {
    export: &'a Export<'e>,
    form: &'a Form,
    doc: i64,
    /// The stream of each node of the tree that is being written: one parent at a time.
    under_way: HashMap<usize, Rows<'a, 'e>>,
    /// Whether the document has records of a node, of those asked for a second time.
    any: HashMap<usize, bool>,
    without: Option<&'a mut Without>,
    app: &'a App,
    site: Option<&'a str>,
}

/// Records handed over at once.
const STEP: usize = 128;

impl Stored<'_, '_> {
    fn any(&mut self, node: usize, table: &str) -> std::result::Result<bool, Error> {
        if let Some(any) = self.any.get(&node) {
            return Ok(*any);
        }
        let any = self.export.has(&self.form.owner, table, self.doc).map_err(outside)?;
        self.any.insert(node, any);
        Ok(any)
    }
}

impl Source for Stored<'_, '_> {
    fn below(&mut self, node: usize, parent: Option<i64>, after: Option<i64>) -> std::result::Result<Vec<Record>, Error> {
        let Some(table) = self.form.tree.nodes.get(node).and_then(|n| n.table.as_deref()) else {
            return Ok(Vec::new());
        };
        if after.is_none() {
            if self.under_way.contains_key(&node) && !self.any(node, table)? {
                return Ok(Vec::new());
            }
            let rows = self.export.rows(&self.form.owner, table, self.doc, parent).map_err(outside)?;
            self.under_way.insert(node, rows);
        }
        let Some(rows) = self.under_way.get_mut(&node) else {
            return Ok(Vec::new());
        };
        let mut ready = Vec::new();
        // With people left out, a whole step may come to nothing; none at all means the end.
        while ready.is_empty() {
            let mut step = 0;
            for record in rows.by_ref().take(STEP) {
                step += 1;
                let mut record = record.map_err(outside)?;
                if let Some(site) = self.site.filter(|_| record.table == "backup" && self.form.owner == "core") {
                    site::rename(&mut record, site);
                }
                let passed = match &mut self.without {
                    Some(without) => without.pass(self.form, &self.app.modules, record),
                    None => Some(record),
                };
                ready.extend(passed);
            }
            if step == 0 {
                break;
            }
        }
        Ok(ready)
    }
}

/// What the store says, in the archive writer's terms.
fn outside(e: parcours_store::StoreError) -> Error {
    std::io::Error::other(e).into()
}
