//! A course as a cartridge.

mod activity;
mod links;
mod manifest;
mod package;
mod qti;
mod questions;
mod readable;
mod tasks;
mod texts;

use super::{Error, Options, Version, markup};
use manifest::{Item, manifest};
use package::Package;
use parcours_course::outline::{Activity, Content, Outline, Section};
use parcours_course::report::{Fate, Reason, Report};
use parcours_mbz::{Spool, Unpacked, outline};
use questions::Bank;
use std::io::{Seek, Write};
use texts::Targets;

/// Writes a course as a cartridge. Nothing of people goes along.
///
/// Items of the report: the course, its sections, activities, blocks and questions (the latest version of each).
///
/// Memory holds names, places of files, and one activity or question at a time; questions that are written wait in `aside` for their quiz.
///
/// # Errors
/// What is wrong with the archive, and what writing fails with.
pub fn write(course: &mut Unpacked, out: impl Write + Seek, version: Version, aside: Spool, options: &Options) -> Result<Report, Error> {
    let outline = outline::read(course)?;
    let mut writing = Writing {
        course,
        outline: &outline,
        options,
        package: Package::new(out, version),
        targets: Targets::default(),
        bank: Bank::new(aside),
        report: Report::default(),
    };
    writing.targets = writing.plan()?;
    writing.course();
    writing.questions()?;
    let mut items = Vec::new();
    for section in outline.sections.iter().filter(|s| s.delegate.is_none()) {
        items.extend(writing.section(section)?);
    }
    // Sections of subsections that are nowhere.
    for section in outline.sections.iter().filter(|s| s.delegate.is_some_and(|cm| outline.activity(cm).is_none())) {
        items.extend(writing.section(section)?);
    }
    writing.rest_of_bank()?;
    let manifest = manifest(&outline, version, &items, &writing.package.resources);
    writing.package.finish(&manifest)?;
    Ok(writing.report)
}

struct Writing<'a, W: Write + Seek> {
    course: &'a mut Unpacked,
    outline: &'a Outline,
    options: &'a Options,
    package: Package<W>,
    targets: Targets,
    bank: Bank,
    report: Report,
}

/// What became of an activity.
struct Outcome {
    item: Option<Item>,
    fate: Fate,
    reason: Reason,
    details: Vec<String>,
}

impl Outcome {
    fn of(item: Item) -> Self {
        Outcome { item: Some(item), fate: Fate::Imported, reason: Reason::AsItCame, details: Vec::new() }
    }

    fn refused(detail: &str) -> Self {
        Outcome { item: None, fate: Fate::Refused, reason: Reason::OtherFormat, details: vec![detail.to_owned()] }
    }

    /// Something got lost on the way.
    fn without(mut self, detail: impl Into<String>) -> Self {
        if self.fate == Fate::Imported {
            (self.fate, self.reason) = (Fate::Approximated, Reason::OtherFormat);
        }
        self.details.push(detail.into());
        self
    }

    fn kept(mut self) -> Self {
        (self.fate, self.reason) = (Fate::Kept, Reason::OtherFormat);
        self
    }
}

impl<W: Write + Seek> Writing<'_, W> {
    fn words(&self, english: &'static str, french: &'static str) -> &'static str {
        self.options.language.of(english, french)
    }

    fn thin(&self) -> bool {
        self.package.version.is_thin()
    }

    /// What is about the course itself.
    fn course(&mut self) {
        self.report.item(Fate::Approximated, Reason::OtherFormat, "course", "course/course.xml", &self.outline.fullname);
        let lost = self.words("title, language and the words of the summary", "le titre, la langue et les mots du résumé");
        self.report.remark(Fate::Approximated, Reason::OtherFormat, "course", "course/course.xml", lost);
        for block in &self.outline.blocks {
            self.report.item(Fate::Refused, Reason::OtherFormat, "block", format!("course/blocks/{}_{}", block.name, block.id), &block.title);
        }
    }

    fn section(&mut self, section: &Section) -> Result<Option<Item>, Error> {
        let place = format!("sections/section_{}/section.xml", section.id);
        if !section.visible && !self.options.hidden {
            self.skip_section(section, &place);
            return Ok(None);
        }
        let first = self.outline.sections.first().is_some_and(|s| s.id == section.id);
        let (id, title) = match (section.number, section.name.trim()) {
            (0, "") if first => ("general".to_owned(), self.words("General", "Généralités").to_owned()),
            (n, "") => (format!("section_{}", section.id), format!("{} {n}", self.words("Section", "Section"))),
            (_, name) => (format!("section_{}", section.id), name.to_owned()),
        };
        let mut item = Item::new(id, &title);
        let fate = self.summary(section, &title, &place, &mut item)?;
        let reason = if fate == Fate::Imported { Reason::AsItCame } else { Reason::OtherFormat };
        self.report.item(fate, reason, "section", &place, &section.name);
        if section.availability.is_some() {
            self.restricted("section", &place);
        }
        for activity in &section.activities {
            if let Some(child) = self.activity(activity)?
                && !nest(&mut item.children, activity.indent, child)
            {
                let lost = self.words("its indentation", "son retrait");
                self.report.remark(Fate::Approximated, Reason::OtherFormat, "activity", place_of(activity), lost);
            }
        }
        Ok(Some(item))
    }

    fn skip_section(&mut self, section: &Section, place: &str) {
        self.report.item(Fate::Refused, Reason::OtherFormat, "section", place, &section.name);
        self.hidden("section", place);
        for activity in &section.activities {
            self.report.item(Fate::Refused, Reason::OtherFormat, "activity", place_of(activity), &activity.name);
            if let Some(inside) = self.outline.subsection(activity.cm) {
                self.skip_section(inside, &format!("sections/section_{}/section.xml", inside.id));
            }
        }
    }

    fn hidden(&mut self, what: &str, place: &str) {
        let detail = self.words("it is hidden, and taken along only if that is asked for", "masqué : exporté seulement sur demande");
        self.report.remark(Fate::Refused, Reason::OtherFormat, what, place, detail);
    }

    fn restricted(&mut self, what: &str, place: &str) {
        let detail = self.words("its access restrictions", "ses restrictions d’accès");
        self.report.remark(Fate::Approximated, Reason::OtherFormat, what, place, detail);
    }

    /// The summary as the first page of its section.
    fn summary(&mut self, section: &Section, title: &str, place: &str, item: &mut Item) -> Result<Fate, Error> {
        if section.summary.text.trim().is_empty() && section.files.is_empty() {
            return Ok(Fate::Imported);
        }
        if self.thin() {
            let lost = self.words("its summary", "son résumé");
            self.report.remark(Fate::Approximated, Reason::OtherFormat, "section", place, lost);
            return Ok(Fate::Approximated);
        }
        let folder = format!("web_resources/section_{}", section.id);
        let wanted = section.files.iter().map(|f| (f, format!("{folder}{}", f.path)));
        let files = texts::put(self.course, &mut self.package, wanted, true, place, &mut self.report)?;
        let path = self.package.reserve(&format!("pages/section_{}.html", section.id));
        let html = self.html(&section.summary, &path, &files, ("section", section.id), place);
        let id = format!("summary_{}", section.id);
        self.page(&id, &path, title, &html, files.all())?;
        item.children.push(Item::new(format!("{id}_item"), title).to(&id));
        Ok(Fate::Imported)
    }

    /// A web page of its own.
    fn page(&mut self, id: &str, path: &str, title: &str, body: &str, files: Vec<String>) -> Result<(), Error> {
        let html = markup::page(title, &self.outline.language, body);
        self.package.put_text(path, &html)?;
        self.package.content(id, path, files);
        Ok(())
    }

    fn activity(&mut self, activity: &Activity) -> Result<Option<Item>, Error> {
        let place = place_of(activity);
        if !activity.visible && !self.options.hidden {
            self.report.item(Fate::Refused, Reason::OtherFormat, "activity", &place, &activity.name);
            self.hidden("activity", &place);
            if let Some(inside) = self.outline.subsection(activity.cm) {
                self.skip_section(inside, &format!("sections/section_{}/section.xml", inside.id));
            }
            return Ok(None);
        }
        let content = outline::content(self.course, activity)?;
        let outcome = match (&content, self.thin()) {
            (Content::Url(_) | Content::Lti(_) | Content::Label | Content::Subsection, _) | (_, false) => self.make(activity, content, &place)?,
            (_, true) => Outcome::refused(self.words("a Thin cartridge holds links only", "une cartouche Thin ne contient que des liens")),
        };
        self.report.item(outcome.fate, outcome.reason, "activity", &place, &activity.name);
        for detail in outcome.details {
            self.report.remark(outcome.fate, outcome.reason, "activity", &place, detail);
        }
        if outcome.item.is_some() && activity.availability.is_some() {
            self.restricted("activity", &place);
        }
        Ok(outcome.item)
    }
}

/// Where an activity stands in the archive.
fn place_of(activity: &Activity) -> String {
    format!("activities/{}_{}", activity.module, activity.cm)
}

/// Puts an item under the last title before it, where it is indented: only items without a resource hold others. Answers whether it stands as deep as it should.
fn nest(items: &mut Vec<Item>, indent: i64, item: Item) -> bool {
    let title = |i: &Item| i.resource.is_none() && i.id.starts_with("label_");
    match items.last_mut() {
        Some(last) if indent > 0 && title(last) => nest(&mut last.children, indent - 1, item),
        _ => {
            items.push(item);
            indent <= 0
        }
    }
}
