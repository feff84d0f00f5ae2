//! Activities that a cartridge has something of its own for.

use super::manifest::Item;
use super::texts::Files;
use super::{Outcome, Writing};
use crate::common_cartridge::{Error, markup, path};
use parcours_course::Text;
use parcours_course::outline::{Activity, Chapter, Content, Lti};
use parcours_course::report::{Fate, Reason};
use parcours_mbz::xml::Element;
use std::collections::BTreeMap;
use std::io::{Seek, Write};

impl<W: Write + Seek> Writing<'_, W> {
    pub fn make(&mut self, of: &Activity, content: Content, place: &str) -> Result<Outcome, Error> {
        if let Content::Subsection = content {
            return self.subsection(of);
        }
        let files = self.files(of, place)?;
        let outcome = match content {
            Content::Label => return self.label(of, &files, place),
            Content::Page(text) => self.text_page(of, &text, &files, place)?,
            Content::Book(chapters) => return self.book(of, &chapters, &files, place),
            Content::Url(address) => self.url(of, &address)?,
            Content::Lti(lti) => self.lti(of, &lti)?,
            Content::Resource => self.resource(of, &files),
            Content::Folder => self.folder(of, &files),
            Content::H5p | Content::Scorm | Content::Imscp => self.package(of, &files),
            Content::Forum(_) => return self.forum(of, &files, place),
            Content::Quiz(quiz) => return self.quiz(of, &quiz, &files, place),
            Content::Assign(assign) => return self.assign(of, &assign, &files, place),
            other => return self.readable(of, other, &files, place),
        };
        Ok(self.without_intro(of, outcome))
    }

    /// A description goes with the resource, as words; a folder has none.
    fn without_intro(&mut self, of: &Activity, outcome: Outcome) -> Outcome {
        let html = markup::html_of(&of.intro);
        let words = markup::words(&html).trim().to_owned();
        let Some(item) = outcome.item.as_ref().filter(|_| !words.is_empty()) else { return outcome };
        let resource = item.resource.clone().and_then(|id| self.package.resources.iter_mut().rfind(|r| r.id == id));
        let Some(resource) = resource else {
            return outcome.without(self.words("its description has no place", "sa description n’a pas de place"));
        };
        let same = html.trim() == format!("<p>{}</p>", markup::escape(&words)) || html.trim() == markup::escape(&words);
        resource.description = words;
        if same {
            return outcome;
        }
        outcome.without(self.words("its description, in plain words", "sa description, réduite à ses mots"))
    }

    /// The path that was planned for an activity's page.
    pub fn planned_path(&mut self, of: &Activity) -> String {
        let planned = self.targets.activities.get(&of.cm).filter(|p| p.starts_with("pages/")).cloned();
        planned.unwrap_or_else(|| self.package.reserve(&format!("pages/{}_{}.html", of.module, of.cm)))
    }

    fn label(&mut self, of: &Activity, files: &Files, place: &str) -> Result<Outcome, Error> {
        let words = markup::words(&markup::html_of(&of.intro)).split_whitespace().collect::<Vec<_>>().join(" ");
        let simple = of.files.is_empty() && words.chars().count() <= 100 && !of.intro.text.contains(['\n', '"']) && !of.intro.text.contains("$@");
        if simple {
            let title = if words.is_empty() { of.name.as_str() } else { words.as_str() };
            return Ok(Outcome::of(Item::new(format!("label_{}", of.cm), title)));
        }
        if self.thin() {
            return Ok(Outcome::refused(self.words("a Thin cartridge holds links only", "une cartouche Thin ne contient que des liens")));
        }
        let path = self.planned_path(of);
        let html = self.html(&of.intro, &path, files, ("intro", 0), place);
        let id = format!("label_page_{}", of.cm);
        self.page(&id, &path, &of.name, &html, files.all())?;
        Ok(Outcome::of(Item::new(format!("{id}_item"), &of.name).to(&id)))
    }

    fn text_page(&mut self, of: &Activity, text: &Text, files: &Files, place: &str) -> Result<Outcome, Error> {
        let path = self.planned_path(of);
        let html = self.html(text, &path, files, ("content", 0), place);
        let id = format!("page_{}", of.cm);
        self.page(&id, &path, &of.name, &html, files.all())?;
        Ok(Outcome::of(Item::new(format!("{id}_item"), &of.name).to(&id)))
    }

    /// A title, and a page for each chapter; subchapters stand below theirs.
    fn book(&mut self, of: &Activity, chapters: &[Chapter], files: &Files, place: &str) -> Result<Outcome, Error> {
        let mut book = Item::new(format!("book_{}", of.cm), &of.name);
        let mut hidden = 0;
        let own = files.of("intro", 0);
        if !markup::words(&of.intro.text).trim().is_empty() || !own.is_empty() {
            let path = self.package.reserve(&format!("pages/book_{}/intro.html", of.cm));
            let html = self.html(&of.intro, &path, files, ("intro", 0), place);
            let id = format!("bookintro_{}", of.cm);
            self.page(&id, &path, &of.name, &html, own)?;
            book.children.push(Item::new(format!("{id}_item"), &of.name).to(&id));
        }
        for chapter in chapters {
            let Some(path) = self.targets.chapters.get(&(of.cm, chapter.id)).cloned() else {
                hidden += 1;
                continue;
            };
            let html = self.html(&chapter.content, &path, files, ("chapter", chapter.id), place);
            let own = files.of("chapter", chapter.id);
            let id = format!("chapter_{}_{}", of.cm, chapter.id);
            self.page(&id, &path, &chapter.title, &html, own)?;
            let kind = if chapter.sub { "sub" } else { "item" };
            book.children.push(Item::new(format!("{id}_{kind}"), &chapter.title).to(&id));
        }
        let outcome = Outcome::of(book);
        Ok(match hidden {
            0 => outcome,
            n => outcome.without(format!("{n} {}", self.words("hidden chapters", "chapitres masqués"))),
        })
    }

    fn url(&mut self, of: &Activity, address: &str) -> Result<Outcome, Error> {
        if address.trim().is_empty() {
            return Ok(Outcome::refused(self.words("it leads nowhere", "il ne mène nulle part")));
        }
        let version = self.package.version;
        let link = Element::group(
            "webLink",
            [Element::new("title", &of.name), Element::new("url", "").with("href", address.trim()).with("target", "_blank")],
        )
        .with("xmlns", version.descriptor("wl"));
        let id = format!("url_{}", of.cm);
        self.package.descriptor(&id, version.kind("wl"), link, Vec::new())?;
        Ok(Outcome::of(Item::new(format!("{id}_item"), &of.name).to(&id)))
    }

    /// Keys and shared secrets are none of the outline.
    fn lti(&mut self, of: &Activity, lti: &Lti) -> Result<Outcome, Error> {
        if lti.url.trim().is_empty() {
            return Ok(Outcome::refused(
                self.words("only its first site knows where the tool is", "seul le site d’origine connaît l’adresse de l’outil"),
            ));
        }
        let version = self.package.version;
        let launch = if lti.url.starts_with("https:") { "blti:secure_launch_url" } else { "blti:launch_url" };
        let pairs = lti.parameters.lines().filter_map(|l| l.split_once('=')).map(|(name, value)| (name.trim(), value.trim()));
        let (secret, custom): (Vec<_>, Vec<_>) = pairs.filter(|(n, _)| !n.is_empty()).partition(|(name, _)| is_secret(name));
        let custom = custom.into_iter().map(|(name, value)| Element::new("lticm:property", value).with("name", name));
        let words = markup::words(&markup::html_of(&of.intro)).trim().to_owned();
        let custom: Vec<Element> = custom.collect();
        let mut parts = vec![Element::new("blti:title", &of.name)];
        parts.extend(Some(words).filter(|w| !w.is_empty()).map(|w| Element::new("blti:description", w)));
        parts.extend(Some(custom).filter(|c| !c.is_empty()).map(|c| Element::group("blti:custom", c)));
        parts.push(Element::new(launch, lti.url.trim()));
        if !lti.icon.is_empty() {
            parts.push(Element::new("blti:icon", &lti.icon));
        }
        let vendor = [Element::new("lticp:code", "unknown"), Element::new("lticp:name", "unknown")];
        parts.push(Element::group("blti:vendor", vendor));
        let link = Element::group("cartridge_basiclti_link", parts)
            .with("xmlns", version.lti_namespace())
            .with("xmlns:blti", "http://www.imsglobal.org/xsd/imsbasiclti_v1p0")
            .with("xmlns:lticm", "http://www.imsglobal.org/xsd/imslticm_v1p0")
            .with("xmlns:lticp", "http://www.imsglobal.org/xsd/imslticp_v1p0");
        let id = format!("lti_{}", of.cm);
        self.package.descriptor(&id, version.lti_kind(), link, Vec::new())?;
        let outcome = Outcome::of(Item::new(format!("{id}_item"), &of.name).to(&id));
        let outcome = match secret.is_empty() {
            true => outcome,
            false => outcome.without(self.words("parameters that look like secrets", "des paramètres qui semblent secrets")),
        };
        Ok(match lti.grade {
            0 => outcome,
            _ => outcome.without(self.words("its grade", "sa note")),
        })
    }

    fn resource(&mut self, of: &Activity, files: &Files) -> Outcome {
        let main = of.main_file().and_then(|f| files.get("content", f.item, &f.path)).cloned();
        let Some(main) = main else {
            return Outcome::refused(self.words("it has no file", "il n’a pas de fichier"));
        };
        let id = format!("resource_{}", of.cm);
        self.package.content(&id, &main, files.all());
        Outcome::of(Item::new(format!("{id}_item"), &of.name).to(&id))
    }

    /// A title, and an item for each file; folders in it are titles.
    fn folder(&mut self, of: &Activity, files: &Files) -> Outcome {
        let mut folder = Item::new(format!("folder_{}", of.cm), &of.name);
        let mut inside: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
        for (at, file) in of.files.iter().filter(|f| f.area == "content").enumerate() {
            let Some(to) = files.get("content", file.item, &file.path) else { continue };
            let id = format!("file_{}_{at}", of.cm);
            self.package.content(&id, to, Vec::new());
            inside.entry(file.folder()).or_default().push(Item::new(format!("{id}_item"), file.name()).to(&id));
        }
        for (at, (path, items)) in inside.into_iter().enumerate() {
            match path {
                "/" => folder.children.extend(items),
                path => {
                    let title = path.trim_matches('/');
                    folder.children.push(Item { children: items, ..Item::new(format!("files_{}_{at}", of.cm), title) });
                }
            }
        }
        self.loose(of, files.of("intro", 0));
        Outcome::of(folder)
    }

    /// Files that nothing leads to are still listed.
    pub fn loose(&mut self, of: &Activity, files: Vec<String>) {
        for (at, file) in files.into_iter().enumerate() {
            self.package.content(&format!("loose_{}_{at}", of.cm), &file, Vec::new());
        }
    }

    /// A package of another kind, as the file that it is.
    fn package(&mut self, of: &Activity, files: &Files) -> Outcome {
        let package = of.files.iter().filter(|f| matches!(f.area.as_str(), "package" | "backup"));
        let found = package.filter_map(|f| files.get(&f.area, f.item, &f.path)).next().cloned();
        let Some(found) = found else {
            self.loose(of, files.all());
            return Outcome::refused(self.words("its package is not in the archive", "son paquet n’est pas dans l’archive"));
        };
        let id = format!("package_{}", of.cm);
        self.package.content(&id, &found, files.all());
        let item = Item::new(format!("{id}_item"), &of.name).to(&id);
        let detail = format!("{}: {}", self.words("kept as a file", "conservé comme fichier"), path::file_name(&found));
        let mut outcome = Outcome::of(item).kept();
        outcome.details.push(detail);
        outcome
    }

    /// What stands in a subsection, below its title.
    fn subsection(&mut self, of: &Activity) -> Result<Outcome, Error> {
        let Some(section) = self.outline.subsection(of.cm) else {
            return Ok(Outcome::refused(self.words("its section is missing", "sa section manque")));
        };
        let section = if section.name.is_empty() { &parcours_course::outline::Section { name: of.name.clone(), ..section.clone() } } else { section };
        let Some(inside) = self.section(section)? else {
            return Ok(Outcome::refused(self.words("its section is hidden", "sa section est masquée")));
        };
        let item = Item { id: format!("subsection_{}", of.cm), ..inside };
        Ok(Outcome { fate: Fate::Imported, reason: Reason::AsItCame, ..Outcome::of(item) })
    }
}

/// Parameters by whose name one should not pass them on.
fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["secret", "password", "passwd", "token", "apikey", "api_key", "key"].iter().any(|w| name.contains(w))
}
