//! Activities that become a page to read.

use super::manifest::Item;
use super::texts::Files;
use super::{Outcome, Writing};
use crate::common_cartridge::markup::escape;
use crate::common_cartridge::{Error, markup};
use parcours_course::Text;
use parcours_course::outline::{Activity, Choice, Content, Entry, Item as Asked, LessonPage, WikiPage};
use parcours_course::report::{Fate, Reason};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{Seek, Write};

/// Where a page is being written, and what its texts may link to.
struct Page<'a> {
    path: &'a str,
    files: &'a Files,
    place: &'a str,
}

impl<W: Write + Seek> Writing<'_, W> {
    /// What there is to read of an activity that a cartridge does not know.
    pub fn readable(&mut self, of: &Activity, content: Content, files: &Files, place: &str) -> Result<Outcome, Error> {
        let path = self.planned_path(of);
        let page = Page { path: &path, files, place };
        let intro = self.html(&of.intro, &path, files, ("intro", 0), place);
        let body = match content {
            Content::Glossary(entries) => self.glossary(&page, &entries),
            Content::Choice(choice) => choice_html(&choice),
            Content::Feedback(items) => self.feedback(&page, &items),
            Content::Lesson(pages) => self.lesson(&page, &pages),
            Content::Wiki(pages) => self.wiki(&page, &pages),
            _ => String::new(),
        };
        if markup::words(&intro).trim().is_empty() && !intro.contains("<img") && body.is_empty() {
            self.loose(of, files.all());
            return Ok(match of.module.as_str() {
                "qbank" => Outcome::refused(self.words("its questions are in the question bank", "ses questions sont dans la banque de questions")),
                _ => Outcome::refused(self.words("there is nothing in it to read", "il n’y a rien à y lire")),
            });
        }
        let id = format!("{}_{}", of.module, of.cm);
        self.page(&id, &path, &of.name, &format!("{intro}\n{body}"), files.all())?;
        let detail = match body.is_empty() {
            true => self.words("a page with its description", "une page avec sa description"),
            false => self.words("a page to read", "une page à lire"),
        };
        let outcome = Outcome::of(Item::new(format!("{id}_item"), &of.name).to(&id)).without(detail);
        Ok(Outcome { fate: Fate::Approximated, reason: Reason::OtherFormat, ..outcome })
    }

    fn part(&mut self, page: &Page<'_>, text: &Text, area: &str, item: i64) -> String {
        self.html(text, page.path, page.files, (area, item), page.place)
    }

    fn glossary(&mut self, page: &Page<'_>, entries: &[Entry]) -> String {
        let mut out = String::new();
        for entry in entries {
            let definition = self.part(page, &entry.definition, "entry", entry.id);
            let names = std::iter::once(&entry.concept).chain(&entry.aliases).map(|n| escape(n)).collect::<Vec<_>>().join(", ");
            let _ = write!(out, "<dt>{names}</dt>\n<dd>{definition}</dd>\n");
        }
        if out.is_empty() { out } else { format!("<dl>\n{out}</dl>") }
    }

    fn feedback(&mut self, page: &Page<'_>, items: &[Asked]) -> String {
        let mut out = String::new();
        for item in items {
            match item.kind.as_str() {
                "label" => out += &self.part(page, &Text::html(&item.presentation), "item", item.id),
                "pagebreak" | "captcha" | "info" => {}
                kind => {
                    let _ = writeln!(out, "<p>{}</p>", escape(&item.name));
                    if matches!(kind, "multichoice" | "multichoicerated") {
                        out += &list(offered(&item.presentation));
                    }
                }
            }
        }
        out
    }

    fn lesson(&mut self, page: &Page<'_>, pages: &[LessonPage]) -> String {
        let mut out = String::new();
        for of in pages.iter().filter(|p| !matches!(p.kind, 21 | 30 | 31)) {
            let content = self.part(page, &of.content, "page_contents", of.id);
            let _ = writeln!(out, "<h2>{}</h2>\n{content}", escape(&of.title));
            // Answers of a question would give it away; a choice of answers is part of it.
            if of.kind == 3 {
                let answers: Vec<String> = of.answers.iter().map(|a| self.part(page, &a.text, "page_answers", a.id)).collect();
                let _ = writeln!(out, "<ul>{}</ul>", answers.iter().map(|a| format!("<li>{a}</li>")).collect::<String>());
            }
        }
        out
    }

    /// The pages of the one wiki for all. What each group or person wrote in one of their own stays.
    fn wiki(&mut self, page: &Page<'_>, pages: &[WikiPage]) -> String {
        let wikis: BTreeSet<i64> = pages.iter().map(|p| p.subwiki).collect();
        if wikis.len() > 1 {
            let detail = self.words("wikis of groups or people", "wikis de groupes ou de personnes");
            self.report.remark(Fate::Refused, Reason::WithoutPeople, "activity", page.place, detail);
            return String::new();
        }
        let mut out = String::new();
        for of in pages {
            let content = self.part(page, &of.content, "attachments", of.subwiki);
            let _ = writeln!(out, "<h2>{}</h2>\n{content}", escape(&of.title));
        }
        out
    }
}

fn choice_html(choice: &Choice) -> String {
    list(choice.options.iter().map(String::as_str))
}

/// The choices in a presentation: `r>>>>>a|b|c<<<<<1`, each with its points before `####` when it is rated.
fn offered(presentation: &str) -> impl Iterator<Item = &str> {
    let choices = presentation.split_once(">>>>>").map_or(presentation, |(_, c)| c);
    let choices = choices.split_once("<<<<<").map_or(choices, |(c, _)| c);
    choices.split('|').map(|c| c.split_once("####").map_or(c, |(_, c)| c).trim())
}

fn list<'a>(of: impl Iterator<Item = &'a str>) -> String {
    let items: String = of.map(|o| format!("<li>{}</li>", escape(o))).collect();
    if items.is_empty() { items } else { format!("<ul>{items}</ul>\n") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_of_a_feedback_are_told_from_how_they_look() {
        assert_eq!(offered("r>>>>>a|b\n<<<<<1").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(offered("d>>>>>0####no|5####yes").collect::<Vec<_>>(), ["no", "yes"]);
        assert_eq!(choice_html(&Choice { options: vec!["<b>".into()], multiple: false }), "<ul><li>&lt;b&gt;</li></ul>\n");
    }
}
