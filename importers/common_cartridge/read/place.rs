//! The tree of items as sections with activities.

use super::Reading;
use super::manifest::Item;
use super::plan::{holds_parts, is_part};
use crate::common_cartridge::markup::{escape, parts};
use crate::common_cartridge::{Error, path};
use indexmap::IndexSet;
use parcours_course::Text;
use parcours_course::outline::{Chapter, Content, File};
use parcours_course::report::{Fate, Reason};
use parcours_mbz::outline::{NewActivity, NewSection};

/// Steps to the right that a course page shows.
const INDENT: i64 = 16;
/// Resources that one may depend on, with those they depend on.
const DEPENDENCIES: usize = 1000;
const PLACE: &str = "imsmanifest.xml";

impl Reading {
    pub fn sections(&mut self) -> Result<(), Error> {
        let items = self.manifest.items.clone();
        let mut general = None;
        if !matches!(items.first(), Some(first) if is_general(first)) {
            general = Some(self.build.section(NewSection::default())?);
        }
        // Items that lead somewhere and stand on the first level are in the section above all others, or else in one without a name.
        let mut current = general;
        for item in &items {
            if item.resource.is_some() && item.children.is_empty() {
                let section = match current {
                    Some(section) => section,
                    None => self.build.section(NewSection::default())?,
                };
                current = Some(section);
                self.item(section, item, 0)?;
            } else {
                current = None;
                self.section(item)?;
            }
        }
        Ok(())
    }

    fn section(&mut self, item: &Item) -> Result<(), Error> {
        let place = format!("{PLACE}#{}", item.id);
        let mut new = NewSection::named(if is_general(item) { "" } else { item.title.as_str() });
        let summary = item.children.first().filter(|c| is_part(c));
        if let Some(resource) = summary.and_then(|s| s.resource.clone())
            && let Some((text, files)) = self.page(&resource, ("section", 0), &place)?
        {
            (new.summary, new.files) = (text, files);
            self.placed.insert(resource);
        }
        self.report.item(Fate::Imported, Reason::AsItCame, "section", &place, &item.title);
        if holds_parts(item) {
            let section = self.build.section(NewSection::default())?;
            return self.item(section, item, 0);
        }
        let section = self.build.section(new)?;
        if item.resource.is_some() {
            self.item(section, &Item { children: Vec::new(), ..item.clone() }, 0)?;
        }
        for child in item.children.iter().skip(usize::from(summary.is_some())) {
            self.item(section, child, 0)?;
        }
        Ok(())
    }

    fn item(&mut self, section: i64, item: &Item, indent: i64) -> Result<(), Error> {
        let place = format!("{PLACE}#{}", item.id);
        if holds_parts(item) {
            let made = if item.id.starts_with("book_") { self.book(item, &place)? } else { self.folder(item)? };
            return self.add(section, NewActivity { indent, ..made }, (Fate::Imported, Reason::AsItCame), &place);
        }
        match &item.resource {
            Some(resource) => self.resource(section, resource, &item.title, indent, &place)?,
            None => {
                let mut title = NewActivity { indent, ..NewActivity::new("", Content::Label) };
                title.intro = Text::html(format!("<p>{}</p>", escape(&item.title)));
                // The summary of a section inside another.
                if let Some(resource) = item.children.first().filter(|c| is_part(c)).and_then(|c| c.resource.clone())
                    && let Some((text, files)) = self.page(&resource, ("intro", 0), &place)?
                {
                    title.intro.text += &text.text;
                    title.files = files;
                    self.placed.insert(resource);
                }
                let fate = if item.children.is_empty() { (Fate::Imported, Reason::AsItCame) } else { (Fate::Approximated, Reason::Converted) };
                self.add(section, title, fate, &place)?;
            }
        }
        item.children.iter().filter(|c| !is_part(c)).try_for_each(|child| self.item(section, child, (indent + 1).min(INDENT)))
    }

    /// Adds an activity, and counts it.
    pub fn add(&mut self, section: i64, activity: NewActivity, fate: (Fate, Reason), place: &str) -> Result<(), Error> {
        let name = activity.name.clone();
        self.build.activity(section, activity)?;
        self.report.item(fate.0, fate.1, "activity", place, name);
        Ok(())
    }

    /// The body of a page, with its files: those it links to, and those its resource lists.
    pub fn page(&mut self, resource: &str, area: (&str, i64), place: &str) -> Result<Option<(Text, Vec<File>)>, Error> {
        let Some(of) = self.manifest.resources.get(resource).cloned() else { return Ok(None) };
        let Some(main) = of.main().and_then(|m| self.cartridge.find(m)) else { return Ok(None) };
        let Some(text) = self.cartridge.text(&main)? else { return Ok(None) };
        self.cartridge.used.insert(main.clone());
        let (html, mut files) = self.html(parts(&text).1, &main, area, place)?;
        let listed = self.listed(resource, &main);
        let more = self.store(&listed, area)?;
        files.extend(more.into_iter().filter(|m| !files.iter().any(|f| f.path == m.path)).collect::<Vec<_>>());
        Ok(Some((Text::html(html), files)))
    }

    /// Files of a resource and of what it depends on, without the one that it opens, activities and descriptors.
    pub fn listed(&mut self, resource: &str, main: &str) -> IndexSet<String> {
        let mut all = IndexSet::new();
        let mut open = IndexSet::from([resource.to_owned()]);
        let mut at = 0;
        // What stands behind very many others is still a file of the cartridge.
        while let Some(id) = open.get_index(at).cloned().filter(|_| at < DEPENDENCIES) {
            at += 1;
            let Some(of) = self.manifest.resources.get(&id) else { continue };
            let files = of.files.iter().filter_map(|f| self.cartridge.find(f));
            all.extend(files.filter(|f| f != main && !self.tokens.contains_key(f) && !f.ends_with(".xml")));
            let dependencies = of.dependencies.iter().filter(|d| !self.reserved.contains_key(*d) && !open.contains(*d));
            let dependencies: Vec<String> = dependencies.take(DEPENDENCIES).cloned().collect();
            self.placed.insert(id);
            open.extend(dependencies);
        }
        all
    }

    fn book(&mut self, item: &Item, place: &str) -> Result<NewActivity, Error> {
        let mut book = NewActivity::new(&item.title, Content::Book(Vec::new()));
        let (cm, numbers) = self.books.remove(&item.id).unwrap_or_default();
        book.cm = cm;
        let mut chapters = Vec::new();
        for (at, child) in item.children.iter().enumerate() {
            let Some(resource) = child.resource.clone() else { continue };
            let id = numbers.get(at).copied().unwrap_or(0);
            let intro = child.id.starts_with("bookintro_");
            let area = if intro { ("intro", 0) } else { ("chapter", id) };
            let Some((content, files)) = self.page(&resource, area, place)? else {
                self.report.remark(Fate::Refused, Reason::MissingDocument, "activity", place, &child.title);
                continue;
            };
            book.files.extend(files);
            match intro {
                true => book.intro = content,
                false => chapters.push(Chapter { id, title: child.title.clone(), sub: child.id.ends_with("_sub"), hidden: false, content }),
            }
        }
        book.content = Content::Book(chapters);
        Ok(book)
    }

    fn folder(&mut self, item: &Item) -> Result<NewActivity, Error> {
        let mut folder = NewActivity::new(&item.title, Content::Folder);
        let mut inside = vec![(String::new(), item)];
        while let Some((at, item)) = inside.pop() {
            for child in &item.children {
                let main = child.resource.as_ref().and_then(|r| self.manifest.resources.get(r)).and_then(|r| r.main()).map(str::to_owned);
                match main {
                    None => inside.push((format!("{at}/{}", child.title), child)),
                    Some(main) => {
                        let name = if child.title.is_empty() { path::file_name(&main) } else { child.title.as_str() };
                        let wanted = format!("{at}/{name}");
                        self.placed.extend(child.resource.clone());
                        if let Some(content) = self.cartridge.reader(&main)? {
                            folder.files.push(self.build.store(content)?.file("content", 0, &wanted));
                            self.cartridge.used.extend(self.cartridge.find(&main));
                        }
                    }
                }
            }
        }
        Ok(folder)
    }
}

fn is_general(item: &Item) -> bool {
    item.id == "general" && item.resource.is_none()
}
