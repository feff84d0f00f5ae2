//! The page of a section, and that of the course.

use super::address::way;
use super::desk::{Desk, Loss, Scope};
use super::node::{Node, is_empty, tag, text};
use super::{Kind, words};
use parcours_course::outline::{Activity, Outline, Section};
use parcours_mbz::Error;

/// A label, by its place in its section, and what its text lost.
pub type Label = (usize, Loss);

impl Desk<'_> {
    pub(super) fn section(&mut self, section: &Section) -> Result<(Vec<Node>, Vec<Label>), Error> {
        let language = self.plan.options.language;
        let mut out = Vec::new();
        self.notes(section.visible, section.availability.is_some(), &mut out);
        out.extend(self.text(&section.summary, Scope { files: &section.files, area: "section", item: section.id }, 2)?);
        let mut labels = Vec::new();
        if self.plan.layout.tree {
            return Ok((out, labels));
        }
        let before = self.loss;
        let mut list: Vec<Node> = Vec::new();
        let mut rows = Vec::new();
        for (at, activity) in section.activities.iter().enumerate().filter(|(_, a)| self.plan.shows(a.visible)) {
            if activity.module == "label" {
                rows.extend(close(&mut list));
                self.loss = Loss::default();
                let inside = self.intro(activity, 2)?;
                labels.push((at, std::mem::replace(&mut self.loss, before)));
                let id = format!("m{}", activity.cm);
                rows.push(tag("div").set("class", "label").set("id", id).with(inside).node());
                continue;
            }
            let Some(to) = self.plan.module(activity.cm).map(|p| way(self.page, p)) else { continue };
            let name = tag("a").set("href", to).says(words::name(activity, language)).node();
            let mut item = vec![name];
            if activity.module != "subsection" {
                item.push(text(" "));
                item.push(tag("span").set("class", "kind").says(words::kind(&activity.module, language)).node());
            }
            if activity.show_intro && activity.module != "subsection" {
                let said = self.loss;
                let intro = self.intro(activity, 2)?;
                // The activity's own page says what it lost.
                self.loss = said;
                if !is_empty(&intro) {
                    item.push(tag("div").set("class", "intro").with(intro).node());
                }
            }
            list.push(tag("li").with(item).node());
        }
        rows.extend(close(&mut list));
        out.extend(rows);
        Ok((out, labels))
    }

    pub(super) fn intro(&mut self, activity: &Activity, top: usize) -> Result<Vec<Node>, Error> {
        self.text(&activity.intro, Scope { files: &activity.files, area: "intro", item: 0 }, top)
    }

    pub(super) fn notes(&mut self, visible: bool, restricted: bool, out: &mut Vec<Node>) {
        let language = self.plan.options.language;
        let note = |words: &str| tag("p").set("class", "note").says(words).node();
        if self.plan.layout.tree {
            return;
        }
        out.extend((!visible).then(|| note(words::hidden(language))));
        out.extend(restricted.then(|| note(words::restricted(language))));
    }

    /// The course: its summary, what is in it, its text blocks, and where it came from.
    pub(super) fn course(&mut self, outline: &Outline) -> Result<Vec<Node>, Error> {
        let language = self.plan.options.language;
        let mut out = Vec::new();
        if !self.plan.layout.tree {
            let shown = |f: &&parcours_course::outline::File| {
                f.area == "overviewfiles" && f.mime.as_deref().is_some_and(|m| m.starts_with("image/") && self.plan.layout.shows.contains(&m))
            };
            if let Some(picture) = outline.files.iter().find(shown) {
                let src = self.place(picture, false);
                out.push(tag("p").set("class", "cover").with([tag("img").set("src", src).set("alt", "").node()]).node());
            }
        }
        out.extend(self.text(&outline.summary, Scope { files: &outline.files, area: "summary", item: 0 }, 2)?);
        if self.plan.layout.tree {
            return Ok(out);
        }
        out.push(tag("h2").says(language.of("Contents", "Sommaire")).node());
        out.extend(self.contents(0));
        for block in outline.blocks.iter().filter(|b| self.plan.shows(b.visible)) {
            let Some(of) = &block.text else { continue };
            let inside = self.text(of, Scope { files: &block.files, area: "content", item: 0 }, 3)?;
            if !is_empty(&inside) {
                let title = if block.title.trim().is_empty() { language.of("Note", "Note") } else { block.title.trim() };
                out.push(tag("h2").says(title).node());
                out.extend(inside);
            }
        }
        if !outline.site.is_empty() {
            let from = language.of("Made from a course of ", "Tiré d’un parcours de ");
            out.push(tag("p").set("class", "note").with([text(from), self.lead(&outline.site)]).node());
        }
        Ok(out)
    }

    /// Pages below another, as lists in lists.
    fn contents(&self, parent: usize) -> Option<Node> {
        let pages = self.plan.pages.iter().enumerate().filter(|(_, p)| p.parent == Some(parent) && !matches!(p.kind, Kind::Discussion(_)));
        let items: Vec<Node> = pages
            .map(|(at, page)| {
                let link = tag("a").set("href", way(self.page, &page.path)).says(page.title.as_str()).node();
                tag("li").with([link]).with(self.contents(at)).node()
            })
            .collect();
        (!items.is_empty()).then(|| tag("ul").set("class", "contents").with(items).node())
    }
}

fn close(list: &mut Vec<Node>) -> Option<Node> {
    let items = std::mem::take(list);
    (!items.is_empty()).then(|| tag("ul").set("class", "activities").with(items).node())
}
