//! The page of an activity: what there is to read in it, by module.

use super::desk::{Desk, Scope};
use super::node::{Node, is_empty, tag, text};
use super::quiz::Questions;
use super::words;
use parcours_course::Text;
use parcours_course::outline::{Activity, Assign, Chapter, Choice, Content, Entry, File, Item, LessonPage, WikiPage};
use parcours_mbz::{Error, Unpacked, outline};

/// What was written of an activity.
#[derive(Debug, Default)]
pub struct Written {
    pub intro: Vec<Node>,
    pub nodes: Vec<Node>,
    /// Places in the page, with what they are called.
    pub places: Vec<(String, String)>,
    /// What a reader does not have of it, in words.
    pub lacks: Vec<String>,
}

impl Desk<'_> {
    pub(super) fn activity(&mut self, from: &mut Unpacked, a: &Activity, questions: &Questions) -> Result<Written, Error> {
        let language = self.plan.options.language;
        let mut w = Written::default();
        self.notes(a.visible, a.availability.is_some(), &mut w.nodes);
        if a.availability.is_some() {
            w.lacks.push(language.of("its access restrictions", "ses conditions d’accès").to_owned());
        }
        w.intro = self.intro(a, 2)?;
        match outline::content(from, a)? {
            Content::Label => {}
            Content::Page(body) => w.nodes.extend(self.text(&body, of(a, "content", 0), 2)?),
            Content::Url(url) => w.nodes.push(tag("p").set("class", "target").with([self.lead(&url)]).node()),
            Content::Resource => self.resource(a, &mut w),
            Content::Folder => w.nodes.extend(self.list(a.files.iter().filter(|f| f.area == "content"))),
            Content::Book(chapters) => self.book(a, chapters, &mut w)?,
            Content::Forum(_) => self.forum(a, &mut w),
            Content::Wiki(pages) => self.wiki(a, pages, &mut w)?,
            Content::Quiz(quiz) => self.quiz(&quiz, questions, &mut w)?,
            Content::Assign(assign) => self.assign(a, &assign, &mut w)?,
            Content::Glossary(entries) => self.glossary(a, entries, &mut w)?,
            Content::Choice(choice) => self.choice(&choice, &mut w),
            Content::Feedback(items) => self.feedback(a, items, &mut w)?,
            Content::Lesson(pages) => self.lesson(a, pages, &mut w)?,
            Content::Lti(lti) => {
                if !lti.url.trim().is_empty() {
                    w.nodes.push(tag("p").set("class", "target").with([self.lead(&lti.url)]).node());
                }
                w.lacks
                    .push(language.of("the tool behind it, which lives on its own site", "l’outil lui-même, qui vit sur son propre site").to_owned());
            }
            Content::H5p | Content::Scorm | Content::Imscp => {
                w.nodes.extend(self.list(a.files.iter().filter(|f| matches!(f.area.as_str(), "package" | "backup"))));
                w.lacks.push(
                    language.of("its player: the package is a file to take along", "son lecteur : le paquetage est un fichier à emporter").to_owned(),
                );
            }
            Content::Data | Content::Workshop => w.lacks.push(language.of("what people put into it", "ce que les participants y ont mis").to_owned()),
            Content::Subsection | Content::Other => w.lacks.push(language.of("all but its introduction", "tout sauf sa présentation").to_owned()),
        }
        Ok(w)
    }

    /// The file itself where a page can show it, and in any case the list of all.
    fn resource(&mut self, a: &Activity, w: &mut Written) {
        let shown = a.main_file().and_then(|f| f.mime.as_deref().filter(|m| self.plan.layout.shows.contains(m)).map(|m| (f, m)));
        if let Some((file, mime)) = shown.filter(|_| !self.plan.layout.tree) {
            let mime = mime.to_owned();
            let src = self.place(file, false);
            let shown = match mime.split('/').next() {
                Some("image") => tag("img").set("src", src).set("alt", file.name()),
                Some(kind @ ("audio" | "video")) => tag(kind).set("src", src).set("controls", "controls").set("preload", "metadata"),
                _ => tag("span"),
            };
            w.nodes.push(tag("p").with([shown.node()]).node());
        }
        w.nodes.extend(self.list(a.files.iter().filter(|f| f.area == "content")));
    }

    fn part(&mut self, w: &mut Written, id: String, title: &str, level: usize, inside: Vec<Node>) {
        let heading = tag(if level == 2 { "h2" } else { "h3" }).says(title).node();
        w.places.push((id.clone(), title.to_owned()));
        w.nodes.push(tag("div").set("class", "part").set("id", id).with([heading]).with(inside).node());
    }

    fn book(&mut self, a: &Activity, chapters: Vec<Chapter>, w: &mut Written) -> Result<(), Error> {
        let language = self.plan.options.language;
        let hidden = chapters.iter().filter(|c| !self.plan.shows(!c.hidden)).count();
        for c in chapters.iter().filter(|c| self.plan.shows(!c.hidden)) {
            let (level, below) = if c.sub { (3, 4) } else { (2, 3) };
            let inside = self.text(&c.content, of(a, "chapter", c.id), below)?;
            let title = Some(words::plain(&c.title)).filter(|t| !t.is_empty()).unwrap_or_else(|| language.of("Chapter", "Chapitre").to_owned());
            self.part(w, format!("chapter-{}", c.id), &title, level, inside);
        }
        if hidden > 0 {
            w.lacks.push(format!("{hidden} {}", language.of("hidden chapters", "chapitres cachés")));
        }
        Ok(())
    }

    fn forum(&mut self, a: &Activity, w: &mut Written) {
        let language = self.plan.options.language;
        let options = &self.plan.options;
        if !(options.forums && options.people) {
            w.lacks.push(language.of("its discussions, which were not asked for", "ses discussions, qui n’ont pas été demandées").to_owned());
            return;
        }
        let page = self.plan.pages.iter().position(|p| p.path == self.page);
        let links: Vec<Node> = self
            .plan
            .pages
            .iter()
            .filter(|p| page.is_some() && p.parent == page)
            .map(|p| tag("li").with([tag("a").set("href", super::address::way(self.page, &p.path)).says(p.title.as_str()).node()]).node())
            .collect();
        let _ = a;
        w.nodes.extend((!links.is_empty()).then(|| tag("ul").set("class", "contents").with(links).node()));
        w.lacks.push(language.of("answering", "la possibilité de répondre").to_owned());
    }

    fn wiki(&mut self, a: &Activity, pages: Vec<WikiPage>, w: &mut Written) -> Result<(), Error> {
        let language = self.plan.options.language;
        if !self.plan.options.wikis {
            w.lacks.push(language.of("its pages, which were not asked for", "ses pages, qui n’ont pas été demandées").to_owned());
            return Ok(());
        }
        if pages.iter().any(|p| p.markup != "html" && !p.content.is_empty()) {
            w.lacks.push(
                language
                    .of(
                        "the layout of pages in wiki markup, which are shown as they are written",
                        "la mise en forme des pages en syntaxe wiki, montrées telles qu’écrites",
                    )
                    .to_owned(),
            );
        }
        for p in pages {
            let inside = self.text(&p.content, of(a, "attachments", p.subwiki), 3)?;
            self.part(w, format!("page-{}", p.id), &words::plain(&p.title), 2, inside);
        }
        w.nodes.extend(self.list(a.files.iter().filter(|f| f.area == "attachments")));
        w.lacks.push(language.of("earlier versions and editing", "les versions précédentes et la modification").to_owned());
        Ok(())
    }

    fn assign(&mut self, a: &Activity, assign: &Assign, w: &mut Written) -> Result<(), Error> {
        w.nodes.extend(self.text(&assign.activity, of(a, "activityattachment", 0), 2)?);
        w.nodes.extend(self.list(a.files.iter().filter(|f| matches!(f.area.as_str(), "introattachment" | "activityattachment"))));
        w.lacks.push(self.plan.options.language.of("handing in and its dates", "la remise et ses dates").to_owned());
        Ok(())
    }

    fn glossary(&mut self, a: &Activity, mut entries: Vec<Entry>, w: &mut Written) -> Result<(), Error> {
        let language = self.plan.options.language;
        entries.sort_by_cached_key(|e| e.concept.to_lowercase());
        for e in &entries {
            let mut inside = Vec::new();
            if !e.aliases.is_empty() {
                inside.push(tag("p").set("class", "note").says(format!("{} {}", language.of("Also:", "Aussi :"), e.aliases.join(", "))).node());
            }
            inside.extend(self.text(&e.definition, of(a, "entry", e.id), 3)?);
            inside.extend(self.list(a.files.iter().filter(|f| f.area == "attachment" && f.item == e.id)));
            self.part(w, format!("entry-{}", e.id), &words::plain(&e.concept), 2, inside);
        }
        w.lacks.push(language.of("searching it and adding to it", "la recherche et l’ajout d’entrées").to_owned());
        Ok(())
    }

    fn choice(&mut self, choice: &Choice, w: &mut Written) {
        let items: Vec<Node> = choice.options.iter().map(|o| tag("li").says(words::plain(o)).node()).collect();
        w.nodes.extend((!items.is_empty()).then(|| tag("ul").with(items).node()));
        w.lacks.push(self.plan.options.language.of("choosing", "la possibilité de choisir").to_owned());
    }

    fn feedback(&mut self, a: &Activity, items: Vec<Item>, w: &mut Written) -> Result<(), Error> {
        let mut list: Vec<Node> = Vec::new();
        for item in items {
            match item.kind.as_str() {
                "label" => {
                    w.nodes.extend(numbered(&mut list));
                    w.nodes.extend(self.text(&Text::html(&item.presentation), of(a, "item", item.id), 2)?);
                }
                "captcha" | "pagebreak" | "info" => {}
                kind => {
                    // `r>>>>>a|b|c`, and with points `r>>>>>1####a|2####b`.
                    let offered = item.presentation.split_once(">>>>>").map_or(item.presentation.as_str(), |(_, o)| o);
                    let offered = offered.split("<<<<<").next().unwrap_or_default();
                    let options: Vec<Node> = offered
                        .split('|')
                        .map(|o| o.rsplit("####").next().unwrap_or_default().trim())
                        .filter(|o| kind.starts_with("multichoice") && !o.is_empty())
                        .map(|o| tag("li").says(o).node())
                        .collect();
                    let options = (!options.is_empty()).then(|| tag("ul").with(options).node());
                    let name = self.line(&Text::html(&item.name), of(a, "item", item.id))?;
                    list.push(tag("li").with(name).with(options).node());
                }
            }
        }
        w.nodes.extend(numbered(&mut list));
        w.lacks.push(self.plan.options.language.of("answering", "la possibilité de répondre").to_owned());
        Ok(())
    }

    fn lesson(&mut self, a: &Activity, pages: Vec<LessonPage>, w: &mut Written) -> Result<(), Error> {
        let language = self.plan.options.language;
        // 21, 30 and 31 hold the branches together and show nothing.
        for page in pages.iter().filter(|p| !matches!(p.kind, 21 | 30 | 31)) {
            let mut inside = self.text(&page.content, of(a, "page_contents", page.id), 3)?;
            let mut options = Vec::new();
            // Only these show what can be answered; the text of the others is the answer.
            for answer in page.answers.iter().filter(|_| matches!(page.kind, 2 | 3)) {
                let words = self.line(&answer.text, of(a, "page_answers", answer.id))?;
                let mut item = tag("li").with(words);
                if self.plan.options.answers && answer.score > 0.0 {
                    item = item.with([text(" "), tag("strong").says(language.of("(right)", "(juste)")).node()]);
                }
                options.push(item.node());
            }
            inside.extend((!options.is_empty()).then(|| tag("ul").with(options).node()));
            let title = Some(words::plain(&page.title)).filter(|t| !t.is_empty()).unwrap_or_else(|| "Page".to_owned());
            self.part(w, format!("lesson-{}", page.id), &title, 2, inside);
        }
        w.lacks.push(language.of("its branches: pages follow each other", "ses embranchements : les pages se suivent").to_owned());
        Ok(())
    }
}

pub(super) fn of<'a>(a: &'a Activity, area: &'a str, item: i64) -> Scope<'a> {
    Scope { files: &a.files, area, item }
}

fn numbered(list: &mut Vec<Node>) -> Option<Node> {
    let items = std::mem::take(list);
    (!items.is_empty()).then(|| tag("ol").with(items).node())
}

impl Written {
    /// Intro and content, one after the other.
    pub fn all(self) -> Vec<Node> {
        let mut all = self.nodes;
        if !is_empty(&self.intro) {
            // Notes come first.
            let at = all.iter().take_while(|n| n.tag().is_some_and(|t| t.get("class") == Some("note"))).count();
            all.insert(at, tag("div").set("class", "intro").with(self.intro).node());
        }
        all
    }
}

/// Files of what people posted, by the post.
pub fn attachments(files: &[File], post: i64) -> impl Iterator<Item = &File> {
    files.iter().filter(move |f| f.area == "attachment" && f.item == post)
}
