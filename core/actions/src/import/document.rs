//! One document of the archive: read as records by the form that is declared for it, or kept whole.

use super::run::Import;
use crate::forms::Form;
use crate::without;
use crate::{ActionError, Result};
use parcours_course::report::{Fate, Reason};
use parcours_course::{Doc, Record, Value};
use parcours_mbz::container::is_xml;
use parcours_mbz::records::{self, Sink, Unfit, Unread, Why};
use parcours_mbz::spool::Slot;
use parcours_mbz::xml::{NULL, Reader, Step, echo, is_blank};
use parcours_mbz::{Place, people};
use parcours_store::{OpenDocument, Staging, StoreError, numbers};
use std::collections::HashSet;
use std::io::{Read, Seek, Write};

/// Larger documents that are kept pass through a temporary file instead of memory.
const SMALL: u64 = 1 << 20;

/// Methods by which people enrol themselves: Moodle's, and those of plugins that many sites have.
const BY_THEMSELVES: &[&str] = &["apply", "autoenrol", "fee", "guest", "lti", "paypal", "self", "token", "waitlist"];

impl Import<'_> {
    pub(super) fn document(&mut self, path: &str, slot: Slot) -> Result<()> {
        if self.without.is_some() && parcours_mbz::people::is_all_theirs(path) {
            return Ok(());
        }
        if slot.size == 0 || !is_xml(path) {
            if is_xml(path) {
                self.report.remark(Fate::Kept, Reason::EmptyDocument, "document", path, "");
            }
            let place = self.place(path, None);
            if self.without.is_some() && without::is_emptied(path) {
                self.staging.keep(path, "", place, &mut std::io::empty())?;
            } else {
                self.staging.keep(path, "", place, &mut self.spool.read(slot)?)?;
            }
            self.items.seen(path, false, false);
            return Ok(());
        }
        let app = self.app;
        let Some(form) = app.forms.of(path) else {
            return self.keep(path, "", slot);
        };
        match self.records(path, form, slot)? {
            Ok(holds) => {
                self.items.seen(path, true, holds);
                Ok(())
            }
            Err(why) => {
                self.report.remark(Fate::Kept, Reason::NotRecords, "document", path, why);
                self.keep(path, &form.owner, slot)
            }
        }
    }

    /// Reads a document as records, and says whether anything is in it. `Err(why)` inside when it cannot be held so; then nothing of it was taken.
    fn records(&mut self, path: &str, form: &Form, slot: Slot) -> Result<std::result::Result<bool, String>> {
        let cm = self.place(path, None).cm;
        let open = self.staging.document(path, &form.owner, cm)?;
        let people = self.items.people.len();
        let rows = self.staging.rows();
        let mut take = Take { import_report: &mut self.report, staging: &mut self.staging, open: &open, form, path, failed: None };
        let mut filter =
            Filter { take: &mut take, without: self.without.as_mut(), app: self.app, listed: &mut self.items.listed, people: &mut self.items.people };
        let read = records::read(Reader::new(self.spool.read(slot)?, path, &self.limits), &form.layout, &mut filter);
        let failed = take.failed.take();
        match (read, failed) {
            (Ok(root), None) => {
                let root = self.without.as_ref().map(|w| w.frame(&root)).unwrap_or(root);
                let place = self.place(path, Some(&root));
                self.staging.close(open, &root, place)?;
                Ok(Ok(self.staging.rows() > rows || root.unknown.is_some()))
            }
            (_, Some(e @ (StoreError::Duplicate { .. } | StoreError::NotOfKind { .. }))) => {
                self.items.people.truncate(people);
                self.staging.drop_document(open)?;
                Ok(Err(e.to_string()))
            }
            (_, Some(e)) => Err(e.into()),
            (Err(Unread::Unfit(why)), None) => {
                self.items.people.truncate(people);
                self.staging.drop_document(open)?;
                Ok(Err(why.to_string()))
            }
            (Err(Unread::Failed(e)), None) => Err(e.into()),
        }
    }

    /// Keeps a document nobody reads. It is parsed all the same: what is broken or forbidden does not come in, and the numbers in it stay taken.
    fn keep(&mut self, path: &str, owner: &str, slot: Slot) -> Result<()> {
        let root = root(&mut Reader::new(self.spool.read(slot)?, path, &self.limits))?;
        let mut place = self.place(path, Some(&root));
        let mut seen = Seen::default();
        if let Some(context) = attribute(&root, "contextid") {
            place.context = context;
        }
        let file = || tempfile::tempfile_in(&self.app.folder).map_err(ActionError::io("making a temporary file"));
        let mut held = if slot.size > SMALL { Held::File(file()?) } else { Held::Memory(Vec::new()) };
        let reader = Reader::new(self.spool.read(slot)?, path, &self.limits);
        if self.without.is_some() {
            let taken = people::strip(reader, path, &mut held)?;
            if taken > 0 {
                self.report.remark(Fate::Refused, Reason::WithoutPeople, "document", path, taken.to_string());
            }
            seen.leaves = 1;
        } else {
            echo(reader, &mut held, |name, text| seen.leaf(name, text))?;
        }
        for (space, number) in seen.highest() {
            self.staging.raise(space, number);
        }
        self.staging.keep(path, owner, place, &mut held.read().map_err(ActionError::io("reading a temporary file"))?)?;
        self.items.seen(path, false, seen.leaves > 0);
        Ok(())
    }

    /// Which activity a document belongs to.
    fn place(&self, path: &str, root: Option<&Doc>) -> parcours_store::Place {
        let mut parts = path.split('/');
        let (Some("activities"), Some(folder), Some(name)) = (parts.next(), parts.next(), parts.next()) else {
            return parcours_store::Place::default();
        };
        let listed = self.manifest.activities.iter().find(|a| a.directory.strip_prefix("activities/") == Some(folder));
        let Some((module, cm)) = listed.map(|a| (a.modulename.as_str(), a.moduleid)).or_else(|| {
            let (module, number) = folder.rsplit_once('_')?;
            Some((module, number.parse().ok()?))
        }) else {
            return parcours_store::Place::default();
        };
        let own = name.strip_suffix(".xml") == Some(module) && parts.next().is_none();
        let of = |what| root.filter(|_| own).and_then(|r| attribute(r, what)).unwrap_or(0);
        parcours_store::Place { cm, context: of("contextid"), instance: of("id") }
    }
}

/// Takes records into the staged course.
struct Take<'a> {
    import_report: &'a mut parcours_course::Report,
    staging: &'a mut Staging,
    open: &'a OpenDocument,
    form: &'a Form,
    path: &'a str,
    /// Why the store would not take one; reading ends then.
    failed: Option<StoreError>,
}

/// What is done with each record on its way to [`Take`].
struct Filter<'a, 'b> {
    take: &'a mut Take<'b>,
    without: Option<&'a mut crate::without::Without>,
    app: &'a crate::App,
    listed: &'a mut HashSet<String>,
    people: &'a mut Vec<(i64, String)>,
}

impl Sink for Filter<'_, '_> {
    fn number(&mut self, table: &str) -> std::result::Result<i64, Unread> {
        self.take.staging.number(self.take.open, table).map_err(|e| self.take.fail(e))
    }

    fn record(&mut self, record: Record) -> std::result::Result<(), Unread> {
        let form = self.take.form;
        let record = match &mut self.without {
            None => record,
            Some(without) => match without.pass(form, &self.app.modules, record) {
                Some(record) => record,
                None => return Ok(()),
            },
        };
        if form.owner == "core" {
            self.note(&record);
        }
        self.take.staging.insert(self.take.open, record).map_err(|e| self.take.fail(e))
    }
}

impl Filter<'_, '_> {
    /// What the report needs to know of core records.
    fn note(&mut self, record: &Record) {
        let text = |at: usize| record.values.get(at).and_then(Value::text).unwrap_or_default();
        match record.table.as_str() {
            "file" => {
                self.listed.insert(text(0).to_owned());
            }
            "enrol" => self.method(record),
            "user" => self.people.push((record.id, text(1).to_owned())),
            "module" | "section" => {
                let tables = &parcours_declare::core().tables;
                let column = if record.table == "module" { "availability" } else { "availabilityjson" };
                let rule = tables.get(&record.table).and_then(|t| t.columns.get_index_of(column)).map(text).unwrap_or_default();
                self.rule(rule);
            }
            _ => {}
        }
    }

    /// A way into the course that people could take by themselves, or with a key: nobody enrols himself here (SECURITY C18).
    fn method(&mut self, record: &Record) {
        let columns = parcours_declare::core().tables.get("enrol").map(|t| &t.columns);
        let at = |name: &str| columns.and_then(|c| c.get_index_of(name)).and_then(|at| record.values.get(at));
        let text = |name: &str| at(name).and_then(Value::text).unwrap_or_default();
        let number = |name: &str| at(name).and_then(Value::int);
        let method = text("enrol");
        let takes_new = method != "self" || number("customint6") != Some(0);
        let open = BY_THEMSELVES.contains(&method) && number("status").unwrap_or(0) == 0 && takes_new;
        if open || !text("password").is_empty() {
            let place = format!("{} enrol {}", self.take.path, record.id);
            self.take.import_report.remark(Fate::Kept, Reason::SelfEnrolment, "document", place, method);
        }
    }

    /// A condition this program cannot evaluate keeps the place closed to learners, so somebody should know.
    fn rule(&mut self, text: &str) {
        use parcours_rules::availability::{Condition, read};
        let item = if self.take.path.starts_with("sections/") { "section" } else { "activity" };
        let unknown = match read(text) {
            Ok(tree) => tree.conditions().into_iter().find_map(|c| match c {
                Condition::Unknown { kind, .. } => Some(kind.clone()),
                _ => None,
            }),
            Err(e) => Some(e.to_string()),
        };
        if let Some(kind) = unknown {
            self.take.import_report.remark(Fate::Approximated, Reason::UnknownCondition, item, self.take.path, kind);
        }
    }
}

impl Take<'_> {
    /// Ends the reading; the store's own word is told afterwards.
    fn fail(&mut self, error: StoreError) -> Unread {
        self.failed = Some(error);
        let why = Why::Number { table: String::new(), text: String::new() };
        Unread::Unfit(Unfit { place: Place::entry(self.path), why })
    }
}

/// The root element of a document, as the frame of one would be.
fn root<R: Read>(xml: &mut Reader<R>) -> Result<Doc> {
    let mut doc = Doc::default();
    if xml.step()? == Step::Open {
        let shape: Vec<String> = xml.attributes().map(|(n, _)| format!("?@{n}")).collect();
        doc.shape = parcours_course::Shape(shape.join(" "));
        let texts = xml.attributes().map(|(_, v)| v.to_owned()).collect();
        doc.unknown = Some(parcours_course::Unknown { texts, ..Default::default() });
    }
    Ok(doc)
}

/// A number among the attributes of a frame's root that nobody declared.
fn attribute(root: &Doc, name: &str) -> Option<i64> {
    let unknown = root.shape.0.split(' ').filter(|t| t.starts_with(['?', '!']));
    let at = unknown.into_iter().position(|t| t.strip_prefix("?@") == Some(name))?;
    root.unknown.as_ref()?.texts.get(at)?.trim().parse().ok()
}

/// The highest numbers a kept document names, so that nothing new gets one of them.
#[derive(Default)]
struct Seen {
    leaves: u64,
    user: i64,
    context: i64,
}

impl Seen {
    fn leaf(&mut self, name: &str, text: &str) {
        if text != NULL && !is_blank(text) {
            self.leaves += 1;
        }
        let highest = match name {
            "userid" | "usermodified" | "authorid" | "reviewerid" | "createdby" | "modifiedby" | "grader" | "relateduserid" => &mut self.user,
            "contextid" | "parentcontextid" | "usingcontextid" | "questionscontextid" => &mut self.context,
            _ => return,
        };
        if let Ok(n) = text.trim().parse::<i64>() {
            *highest = n.max(*highest);
        }
    }

    fn highest(&self) -> [(&'static str, i64); 2] {
        [("c_user", self.user), (numbers::CONTEXT, self.context)]
    }
}

/// A copy on its way to the store.
enum Held {
    Memory(Vec<u8>),
    File(std::fs::File),
}

impl Write for Held {
    fn write(&mut self, buf: &[u8]) -> std::io::Result<usize> {
        match self {
            Held::Memory(bytes) => bytes.write(buf),
            Held::File(file) => file.write(buf),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Held {
    fn read(self) -> std::io::Result<Box<dyn Read>> {
        Ok(match self {
            Held::Memory(bytes) => Box::new(std::io::Cursor::new(bytes)),
            Held::File(mut file) => {
                file.rewind()?;
                Box::new(std::io::BufReader::new(file))
            }
        })
    }
}
