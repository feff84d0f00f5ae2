//! What one activity holds.

mod lesson;
mod quiz;

use super::modules::{document, flag, text};
use super::posts::pages;
use super::record::without;
use crate::error::Error;
use crate::unpacked::Unpacked;
use crate::xml::Element;
use parcours_course::outline::{Activity, Assign, Chapter, Choice, Content, Entry, Forum, Item, Lti};

/// Containers of what people did, in any of the modules read here, and never of what there is to read.
const WORK: &[&str] = &[
    "attempts",
    "branches",
    "completeds",
    "digests",
    "discussions",
    "discussion_subs",
    "grades",
    "ltisubmissions",
    "overrides",
    "ratings",
    "readposts",
    "submissions",
    "subscriptions",
    "timers",
    "userflags",
];

/// Reads what an activity holds, without what people did in it. Where its document is missing, what it holds is empty.
///
/// Memory holds all of it: a book with its chapters, a wiki with its pages (these have [`pages`] too).
///
/// # Errors
/// What is wrong with its document.
pub fn content(from: &mut Unpacked, of: &Activity) -> Result<Content, Error> {
    let simple = match of.module.as_str() {
        "label" => Content::Label,
        "resource" => Content::Resource,
        "folder" => Content::Folder,
        "data" => Content::Data,
        "h5pactivity" => Content::H5p,
        "scorm" => Content::Scorm,
        "imscp" => Content::Imscp,
        "workshop" => Content::Workshop,
        "subsection" => Content::Subsection,
        "wiki" => return wiki(from, of),
        "page" | "url" | "book" | "forum" | "quiz" | "assign" | "glossary" | "choice" | "feedback" | "lesson" | "lti" => {
            let path = document(from.manifest(), of.cm, &of.module);
            let record = without(from, &path, WORK)?.unwrap_or_default();
            return Ok(read(&of.module, &record));
        }
        _ => Content::Other,
    };
    Ok(simple)
}

fn read(module: &str, record: &Element) -> Content {
    match module {
        "page" => Content::Page(text(record, "content")),
        "url" => Content::Url(record.leaf("externalurl").to_owned()),
        "book" => Content::Book(book(record)),
        "forum" => Content::Forum(Forum { kind: record.leaf("type").to_owned() }),
        "quiz" => Content::Quiz(quiz::read(record)),
        "assign" => Content::Assign(assign(record)),
        "glossary" => Content::Glossary(glossary(record)),
        "choice" => Content::Choice(choice(record)),
        "feedback" => Content::Feedback(feedback(record)),
        "lesson" => Content::Lesson(lesson::read(record)),
        "lti" => Content::Lti(lti(record)),
        _ => Content::Other,
    }
}

fn wiki(from: &mut Unpacked, of: &Activity) -> Result<Content, Error> {
    let mut all = Vec::new();
    pages(from, of, |page| {
        all.push(page);
        Ok(())
    })?;
    all.sort_by(|a, b| (a.subwiki, &a.title).cmp(&(b.subwiki, &b.title)));
    Ok(Content::Wiki(all))
}

fn book(record: &Element) -> Vec<Chapter> {
    let mut chapters: Vec<(i64, Chapter)> = record.records("chapters", "chapter").map(|c| (c.number("pagenum").unwrap_or(0), chapter(c))).collect();
    chapters.sort_by_key(|(page, _)| *page);
    chapters.into_iter().map(|(_, c)| c).collect()
}

fn chapter(record: &Element) -> Chapter {
    Chapter {
        id: record.id().unwrap_or(0),
        title: record.leaf("title").to_owned(),
        sub: flag(record, "subchapter").unwrap_or(false),
        hidden: flag(record, "hidden").unwrap_or(false),
        content: text(record, "content"),
    }
}

fn assign(record: &Element) -> Assign {
    let number = |name| record.number(name).unwrap_or(0);
    let setting = |plugin: &str, name: &str| {
        let is = |c: &&Element| c.leaf("subtype") == "assignsubmission" && c.leaf("plugin") == plugin && c.leaf("name") == name;
        record.records("plugin_configs", "plugin_config").find(is).and_then(|c| c.number("value")).unwrap_or(0)
    };
    Assign {
        open: number("allowsubmissionsfromdate"),
        due: number("duedate"),
        cutoff: number("cutoffdate"),
        grade: number("grade"),
        activity: text(record, "activity"),
        text: setting("onlinetext", "enabled") == 1,
        files: if setting("file", "enabled") == 1 { setting("file", "maxfilesubmissions").max(1) } else { 0 },
    }
}

fn glossary(record: &Element) -> Vec<Entry> {
    let categories = |entry: Option<i64>| {
        let holds = move |c: &&Element| c.records("category_entries", "category_entry").any(|e| e.number("entryid") == entry);
        record.records("categories", "category").filter(holds).map(|c| c.leaf("name").to_owned()).collect()
    };
    let entry = |e: &Element| Entry {
        id: e.id().unwrap_or(0),
        concept: e.leaf("concept").to_owned(),
        definition: text(e, "definition"),
        aliases: e.records("aliases", "alias").map(|a| a.leaf("alias_text").to_owned()).collect(),
        categories: categories(e.id()),
    };
    record.records("entries", "entry").map(entry).collect()
}

fn choice(record: &Element) -> Choice {
    Choice {
        options: record.records("options", "option").map(|o| o.leaf("text").to_owned()).collect(),
        multiple: flag(record, "allowmultiple").unwrap_or(false),
    }
}

fn feedback(record: &Element) -> Vec<Item> {
    let item = |i: &Element| Item {
        id: i.id().unwrap_or(0),
        kind: i.leaf("typ").to_owned(),
        name: i.leaf("name").to_owned(),
        label: i.leaf("label").to_owned(),
        presentation: i.leaf("presentation").to_owned(),
        required: flag(i, "required").unwrap_or(false),
        depends: i.number("dependitem").unwrap_or(0),
        answer: i.leaf("dependvalue").to_owned(),
        options: i.leaf("options").to_owned(),
    };
    let mut items: Vec<&Element> = record.records("items", "item").collect();
    items.sort_by_key(|i| i.number("position").unwrap_or(0));
    items.into_iter().map(item).collect()
}

fn lti(record: &Element) -> Lti {
    let address = Some(record.leaf("toolurl")).filter(|u| !u.is_empty()).unwrap_or_else(|| record.leaf("securetoolurl"));
    Lti {
        url: address.to_owned(),
        parameters: record.leaf("instructorcustomparameters").to_owned(),
        window: record.number("launchcontainer").unwrap_or(1),
        grade: record.number("grade").unwrap_or(0),
        icon: record.leaf("icon").to_owned(),
    }
}
