//! Resources as activities.

use super::Reading;
use super::links::area_path;
use super::manifest::{Resource, local};
use super::plan::{Kind, kind};
use crate::common_cartridge::markup::{escape, parts, words};
use crate::common_cartridge::{Error, path};
use indexmap::IndexSet;
use parcours_course::Text;
use parcours_course::outline::{Assign, Content, File, Forum, Lti};
use parcours_course::report::{Fate, Reason};
use parcours_mbz::links::{PLUGINFILE, encode};
use parcours_mbz::outline::NewActivity;
use parcours_mbz::xml::Element;

impl Reading {
    /// Makes the activity that an item leads to.
    pub fn resource(&mut self, section: i64, id: &str, title: &str, indent: i64, place: &str) -> Result<(), Error> {
        let Some(of) = self.preferred(id) else {
            self.refuse("activity", place, title, Reason::MissingDocument, id);
            return Ok(());
        };
        self.spend(of.files.len(), place)?;
        // A resource that two items lead to is two activities.
        let cm = if self.placed.insert(id.to_owned()) { self.reserved.get(id).copied().unwrap_or(0) } else { 0 };
        if self.placed.insert(of.id.clone()) {
            // The page that an assignment is preferred to.
            let page = self.manifest.resources.get(id).and_then(|r| r.main()).and_then(|m| self.cartridge.find(m));
            self.cartridge.used.extend(page);
        }
        let kind = kind(&of);
        if kind == Kind::Bank {
            return self.question_bank(&of, title, place);
        }
        match self.make(kind, &of, id, title, place)? {
            Some(mut made) => {
                if made.intro.text.is_empty() && !of.description.is_empty() {
                    made.intro = Text::html(format!("<p>{}</p>", escape(&of.description)));
                }
                let fate = match kind {
                    // No activity of its kind is made: the package is there to be put into one.
                    Kind::File if of.main().is_some_and(|m| m.to_ascii_lowercase().ends_with(".h5p")) => (Fate::Kept, Reason::OtherFormat),
                    Kind::CanvasAssignment | Kind::Task => (Fate::Approximated, Reason::Converted),
                    _ => (Fate::Imported, Reason::AsItCame),
                };
                self.add(section, NewActivity { cm, indent, ..made }, fate, place)
            }
            None => {
                self.refuse("activity", place, title, Reason::Unreadable, &of.kind);
                Ok(())
            }
        }
    }

    pub fn refuse(&mut self, what: &str, place: &str, name: &str, reason: Reason, detail: &str) {
        self.report.item(Fate::Refused, reason, what, place, name);
        self.report.remark(Fate::Refused, reason, what, place, detail);
    }

    /// Nothing where it cannot be read as what it says it is.
    fn make(&mut self, kind: Kind, of: &Resource, id: &str, title: &str, place: &str) -> Result<Option<NewActivity>, Error> {
        match kind {
            Kind::Page | Kind::Label | Kind::Task => {
                let own = of.main().and_then(|m| self.cartridge.find(m));
                let area = if kind == Kind::Page { "content" } else { "intro" };
                let Some((text, files)) = self.page(id, (area, 0), place)? else { return Ok(None) };
                let name = match (title, own) {
                    ("", Some(own)) => self.cartridge.text(&own)?.and_then(|t| parts(&t).0).unwrap_or_else(|| path::file_name(&own).to_owned()),
                    _ => title.to_owned(),
                };
                let made = match kind {
                    Kind::Label => NewActivity { intro: text, ..NewActivity::new(name, Content::Label) },
                    Kind::Task => {
                        let assign = Assign { text: true, files: 1, ..Assign::default() };
                        NewActivity { intro: text, ..NewActivity::new(name, Content::Assign(assign)) }
                    }
                    _ => NewActivity::new(name, Content::Page(text)),
                };
                Ok(Some(NewActivity { files, ..made }))
            }
            Kind::File => self.file(of, id, title),
            Kind::Topic | Kind::Link | Kind::Lti | Kind::Assessment | Kind::Assignment => {
                let Some((document, from)) = self.descriptor(of, place)? else { return Ok(None) };
                self.listed(&of.id, &from);
                match kind {
                    Kind::Topic => self.topic(&document, &from, title, place),
                    Kind::Link => Ok(link(&document, title)),
                    Kind::Lti => Ok(lti(&document, title)),
                    Kind::Assignment => self.assignment(&document, &from, title, place),
                    _ => self.assessment(&document, &from, title, place),
                }
            }
            Kind::CanvasAssignment => self.canvas_assignment(of, title, place),
            Kind::Bank | Kind::Settings => Ok(None),
        }
    }

    /// The descriptor of a resource, and the path its links are relative to. One that is no XML is a line of the report.
    pub fn descriptor(&mut self, of: &Resource, place: &str) -> Result<Option<(Element, String)>, Error> {
        if let Some(inline) = &of.inline {
            let mut inline = inline.clone();
            local(&mut inline);
            return Ok(Some((inline, String::new())));
        }
        let path = of.main().and_then(|m| self.cartridge.find(m));
        let Some(path) = path else { return Ok(None) };
        self.cartridge.used.insert(path.clone());
        match self.cartridge.document(&path) {
            Ok(document) => Ok(document.map(|d| (d, path))),
            Err(Error::Archive(parcours_mbz::Error::Io(e))) => Err(e.into()),
            Err(e) => {
                self.report.remark(Fate::Refused, Reason::Unreadable, "document", place, e.to_string());
                Ok(None)
            }
        }
    }

    pub fn question_bank(&mut self, of: &Resource, title: &str, place: &str) -> Result<(), Error> {
        self.placed.insert(of.id.clone());
        let Some((document, from)) = self.descriptor(of, place)? else {
            self.refuse("question bank", place, title, Reason::Unreadable, &of.kind);
            return Ok(());
        };
        self.listed(&of.id, &from);
        let title = if title.is_empty() { self.options.language.of("Question bank", "Banque de questions") } else { title };
        self.bank(&document, &from, title, place)
    }

    fn file(&mut self, of: &Resource, id: &str, title: &str) -> Result<Option<NewActivity>, Error> {
        let Some(main) = of.main().and_then(|m| self.cartridge.find(m)) else { return Ok(None) };
        let mut paths = IndexSet::new();
        self.gather(&main, &mut paths)?;
        paths.extend(self.listed(id, &main));
        let mut files = self.store(&paths, ("content", 0))?;
        files.iter_mut().for_each(|f| f.main = f.path == area_path(&main));
        // One file alone needs no folders.
        if let [only] = files.as_mut_slice() {
            only.path = format!("/{}", path::file_name(&main));
            only.main = true;
        }
        let name = if title.is_empty() { path::file_name(&main) } else { title };
        Ok(Some(NewActivity { files, ..NewActivity::new(name, Content::Resource) }))
    }

    fn topic(&mut self, document: &Element, from: &str, title: &str, place: &str) -> Result<Option<NewActivity>, Error> {
        if document.name != "topic" {
            return Ok(None);
        }
        let (mut html, mut files) = self.text_of(document, "text", from, place)?;
        self.attached(document, from, &mut html, &mut files)?;
        let name = if title.is_empty() { document.leaf("title") } else { title };
        let forum = NewActivity::new(name, Content::Forum(Forum { kind: "general".to_owned() }));
        Ok(Some(NewActivity { intro: Text::html(html), files, ..forum }))
    }

    /// A text of a descriptor.
    fn text_of(&mut self, document: &Element, name: &str, from: &str, place: &str) -> Result<(String, Vec<File>), Error> {
        let Some(text) = document.child(name) else { return Ok((String::new(), Vec::new())) };
        let html = match text.attribute("texttype") {
            Some(kind) if kind.contains("plain") => escape(&text.text).replace('\n', "<br />\n"),
            _ => text.text.clone(),
        };
        self.html(&html, from, ("intro", 0), place)
    }

    /// Links to what is attached, behind a text.
    fn attached(&mut self, document: &Element, from: &str, html: &mut String, files: &mut Vec<File>) -> Result<(), Error> {
        let hrefs: Vec<String> = document.records("attachments", "attachment").filter_map(|a| a.attribute("href")).map(str::to_owned).collect();
        for href in hrefs {
            let decoded = path::parts(&href).0;
            let places = [path::folder(from), ""].into_iter().filter_map(|f| path::join(f, &decoded));
            let Some(found) = places.filter_map(|p| self.cartridge.find(&p)).next() else { continue };
            let paths = [found];
            let stored = self.store(&paths, ("intro", 0))?;
            for file in stored {
                *html += &format!("<p><a href=\"{PLUGINFILE}{}\">{}</a></p>", encode(&file.path), escape(file.name()));
                if !files.iter().any(|f| f.path == file.path) {
                    files.push(file);
                }
            }
        }
        Ok(())
    }

    fn assignment(&mut self, document: &Element, from: &str, title: &str, place: &str) -> Result<Option<NewActivity>, Error> {
        if document.name != "assignment" {
            return Ok(None);
        }
        let (mut html, mut files) = self.text_of(document, "text", from, place)?;
        let (more, others) = self.text_of(document, "instructor_text", from, place)?;
        if !more.is_empty() {
            self.report.remark(Fate::Refused, Reason::OtherFormat, "activity", place, "instructor_text");
        }
        files.extend(others.into_iter().filter(|o| !files.iter().any(|f| f.path == o.path)).collect::<Vec<_>>());
        self.attached(document, from, &mut html, &mut files)?;
        let graded = document.child("gradable").is_some_and(|g| g.text.trim() == "true");
        let points = document.child("gradable").and_then(|g| g.attribute("points_possible")).and_then(|p| p.trim().parse::<f64>().ok());
        let formats: Vec<&str> = document.records("submission_formats", "format").filter_map(|f| f.attribute("type")).collect();
        let assign = Assign {
            grade: if graded { whole(points.unwrap_or(100.0)) } else { 0 },
            text: formats.iter().any(|f| matches!(*f, "html" | "text" | "url")),
            files: if formats.contains(&"file") || formats.is_empty() { 1 } else { 0 },
            ..Assign::default()
        };
        let name = if title.is_empty() { document.leaf("title") } else { title };
        Ok(Some(NewActivity { intro: Text::html(html), files, ..NewActivity::new(name, Content::Assign(assign)) }))
    }

    /// A page that says what to do, with settings in a language of their own.
    fn canvas_assignment(&mut self, of: &Resource, title: &str, place: &str) -> Result<Option<NewActivity>, Error> {
        let settings = of.files.iter().find(|f| f.ends_with("assignment_settings.xml")).cloned().unwrap_or_default();
        let settings = self.descriptor(&Resource { href: Some(settings), ..Resource::default() }, place)?.map(|(d, _)| d).unwrap_or_default();
        let page = of.files.iter().chain(&of.href).find(|f| super::links::is_html(f)).cloned();
        let page = page.and_then(|p| self.cartridge.find(&p));
        let (mut html, mut files) = (String::new(), Vec::new());
        if let Some(page) = page
            && let Some(text) = self.cartridge.text(&page)?
        {
            self.cartridge.used.insert(page.clone());
            (html, files) = self.html(parts(&text).1, &page, ("intro", 0), place)?;
        }
        let kinds = settings.leaf("submission_types");
        let points = settings.leaf("points_possible").trim().parse::<f64>().unwrap_or(0.0);
        let assign = Assign {
            grade: whole(points),
            text: kinds.contains("online_text_entry") || kinds.contains("online_url"),
            files: i64::from(kinds.contains("online_upload")),
            ..Assign::default()
        };
        let name = if title.is_empty() { settings.leaf("title") } else { title };
        Ok(Some(NewActivity { intro: Text::html(html), files, ..NewActivity::new(name, Content::Assign(assign)) }))
    }
}

/// Points are whole numbers.
fn whole(points: f64) -> i64 {
    if points.is_finite() && points > 0.0 { points.ceil().min(10_000.0) as i64 } else { 0 }
}

fn link(document: &Element, title: &str) -> Option<NewActivity> {
    let url = document.child("url")?;
    let address = Some(url.attribute("href").unwrap_or_default().trim()).filter(|a| !a.is_empty()).unwrap_or(url.text.trim());
    let safe = ["http://", "https://", "ftp://", "mailto:"].iter().any(|s| address.to_ascii_lowercase().starts_with(s));
    let name = if title.is_empty() { document.leaf("title") } else { title };
    safe.then(|| NewActivity::new(name, Content::Url(address.to_owned())))
}

fn lti(document: &Element, title: &str) -> Option<NewActivity> {
    let secure = document.leaf("secure_launch_url").trim();
    let url = if secure.is_empty() { document.leaf("launch_url").trim() } else { secure };
    let custom = document.records("custom", "property").map(|p| format!("{}={}", p.attribute("name").unwrap_or_default(), p.text.trim()));
    let lti = Lti {
        url: url.to_owned(),
        parameters: custom.collect::<Vec<_>>().join("\n"),
        window: 1,
        grade: 0,
        icon: document.leaf("icon").trim().to_owned(),
    };
    let name = if title.is_empty() { document.leaf("title") } else { title };
    let words = words(document.leaf("description"));
    let intro = if words.trim().is_empty() { String::new() } else { format!("<p>{}</p>", escape(words.trim())) };
    (!url.is_empty()).then(|| NewActivity { intro: Text::html(intro), ..NewActivity::new(name, Content::Lti(lti)) })
}
