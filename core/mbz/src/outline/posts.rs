//! Forums and wikis, one post and one page at a time.

use super::modules;
use crate::error::Error;
use crate::unpacked::Unpacked;
use crate::xml::{Element, Step};
use parcours_course::outline::{Activity, Discussion, Post, WikiPage};
use parcours_course::{Format, Text};
use std::collections::HashMap;

/// Shows every post of a forum, in the order of the archive: by discussion, and a reply perhaps before what it replies to (MBZ-FORMAT §15.14). Nothing in an archive
/// without people.
///
/// # Errors
/// What is wrong with the document, and what `see` says.
pub fn posts(from: &mut Unpacked, forum: &Activity, mut see: impl FnMut(&Discussion, Post) -> Result<(), Error>) -> Result<(), Error> {
    let path = modules::document(from.manifest(), forum.cm, &forum.module);
    let Some(mut xml) = from.reader(&path)? else { return Ok(()) };
    let mut discussion = Discussion::default();
    // activity/forum/discussions/discussion/posts/post
    loop {
        match xml.step()? {
            Step::End => return Ok(()),
            Step::Open if xml.depth() == 4 && xml.name() == "discussion" => {
                let id = xml.attributes().find(|(n, _)| *n == "id").and_then(|(_, v)| v.trim().parse().ok());
                discussion = Discussion { id: id.unwrap_or(0), ..Discussion::default() };
            }
            Step::Open if xml.depth() == 6 && xml.name() == "post" => {
                let record = Element::read(&mut xml)?;
                see(&discussion, post(&record))?;
            }
            Step::Close if xml.depth() == 4 => match xml.name() {
                "name" => discussion.name = xml.take_text(),
                "firstpost" => discussion.first = xml.text().trim().parse().unwrap_or(0),
                "pinned" => discussion.pinned = xml.text().trim() == "1",
                _ => {}
            },
            _ => {}
        }
    }
}

fn post(record: &Element) -> Post {
    let number = |name| record.number(name).unwrap_or(0);
    Post {
        id: record.id().unwrap_or(0),
        parent: number("parent"),
        subject: record.leaf("subject").to_owned(),
        message: modules::text(record, "message"),
        created: number("created"),
        modified: number("modified"),
        user: number("userid"),
        private: number("privatereplyto"),
    }
}

/// Shows every page of a wiki, in the order of the archive, each as it was last saved.
///
/// # Errors
/// What is wrong with the document, and what `see` says.
pub fn pages(from: &mut Unpacked, wiki: &Activity, mut see: impl FnMut(WikiPage) -> Result<(), Error>) -> Result<(), Error> {
    let path = modules::document(from.manifest(), wiki.cm, &wiki.module);
    let Some(mut xml) = from.reader(&path)? else { return Ok(()) };
    let mut subwiki = 0;
    // activity/wiki/subwikis/subwiki/pages/page
    loop {
        match xml.step()? {
            Step::End => return Ok(()),
            Step::Open if xml.depth() == 4 && xml.name() == "subwiki" => {
                subwiki = xml.attributes().find(|(n, _)| *n == "id").and_then(|(_, v)| v.trim().parse().ok()).unwrap_or(0);
            }
            Step::Open if xml.depth() == 6 && xml.name() == "page" => {
                let record = Element::read(&mut xml)?;
                see(page(&record, subwiki))?;
            }
            _ => {}
        }
    }
}

fn page(record: &Element, subwiki: i64) -> WikiPage {
    let last = record.records("versions", "version").max_by_key(|v| v.number("version").unwrap_or(0));
    let markup = last.map_or("", |v| v.leaf("contentformat"));
    let format = if markup == "html" { Format::Html } else { Format::Plain };
    WikiPage {
        id: record.id().unwrap_or(0),
        subwiki,
        title: record.leaf("title").to_owned(),
        content: Text::new(last.map_or("", |v| v.leaf("content")), format),
        markup: markup.to_owned(),
        modified: record.number("timemodified").unwrap_or(0),
    }
}

/// Names of people, by number: first name and last name. One line for each in memory, nothing else of theirs.
///
/// # Errors
/// What is wrong with `users.xml`.
pub fn people(from: &mut Unpacked) -> Result<HashMap<i64, String>, Error> {
    let mut names = HashMap::new();
    from.each("users.xml", "user", |_, user| {
        if let Some(id) = user.id() {
            let name = format!("{} {}", user.leaf("firstname").trim(), user.leaf("lastname").trim());
            names.insert(id, name.trim().to_owned());
        }
        Ok(())
    })?;
    Ok(names)
}
