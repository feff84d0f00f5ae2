//! Which pages there are, what each is called, and which number of the archive leads where.

use super::files::{ascii, free, safe};
use super::{Layout, Options, words};
use parcours_course::outline::{Activity, Content, Outline, Section};
use parcours_mbz::links::{Kind as Leads, Space, Token, known};
use parcours_mbz::{Error, Unpacked, outline};
use std::collections::{HashMap, HashSet};

/// A page, in the order one reads them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub path: String,
    pub title: String,
    pub kind: Kind,
    /// 0 the course, 1 a section, and so on inwards.
    pub depth: usize,
    /// The page it belongs under.
    pub parent: Option<usize>,
}

/// What a page is about; places are those in the outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Course,
    Section(usize),
    Activity(usize, usize),
    /// Of a forum, by its number.
    Discussion(i64),
}

/// All that is known before the first page is written.
pub struct Plan {
    pub outline: Outline,
    pub options: Options,
    pub layout: Layout,
    pub pages: Vec<Page>,
    modules: HashMap<i64, String>,
    instances: HashMap<(String, i64), i64>,
    sections: HashMap<i64, String>,
    records: HashMap<(&'static str, i64), String>,
    taken: HashSet<String>,
    /// Sections are counted from 1, there being none above all others.
    from_one: usize,
}

impl Plan {
    pub(super) fn new(from: &mut Unpacked, outline: Outline, options: Options, layout: Layout) -> Result<Plan, Error> {
        let mut plan = Plan {
            outline,
            options,
            layout,
            pages: Vec::new(),
            modules: HashMap::new(),
            instances: HashMap::new(),
            sections: HashMap::new(),
            records: HashMap::new(),
            taken: HashSet::new(),
            from_one: 0,
        };
        let index = format!("index.{}", layout.end);
        plan.taken.insert(index.clone());
        plan.pages.push(Page { path: index, title: plan.title(), kind: Kind::Course, depth: 0, parent: None });
        let mut done = HashSet::new();
        for at in 0..plan.outline.sections.len() {
            let nested = plan.section(at).and_then(|s| s.delegate).and_then(|cm| plan.outline.activities().find(|(_, a)| a.cm == cm)).is_some();
            if !nested {
                plan.add_section(from, at, 0, &mut done)?;
            }
        }
        // What is nested in nothing that is shown, or in itself.
        for at in 0..plan.outline.sections.len() {
            let parent_hidden =
                plan.section(at).and_then(|s| s.delegate).and_then(|cm| plan.outline.activity(cm)).is_some_and(|a| !plan.shows(a.visible));
            if !parent_hidden {
                plan.add_section(from, at, 0, &mut done)?;
            }
        }
        Ok(plan)
    }

    fn section(&self, at: usize) -> Option<&Section> {
        self.outline.sections.get(at)
    }

    /// Whether something that is visible or not in the course is shown here.
    pub fn shows(&self, visible: bool) -> bool {
        visible || self.options.hidden
    }

    pub fn title(&self) -> String {
        let name = words::plain(&self.outline.fullname);
        if name.is_empty() { self.options.language.of("Course", "Parcours").to_owned() } else { name }
    }

    fn add_section(&mut self, from: &mut Unpacked, at: usize, parent: usize, done: &mut HashSet<usize>) -> Result<(), Error> {
        let Some(section) = self.section(at).cloned() else { return Ok(()) };
        if !self.shows(section.visible) || !done.insert(at) {
            return Ok(());
        }
        if self.layout.tree && is_bare(&section) {
            return Ok(());
        }
        let title = words::section(&section, self.options.language);
        // The one above all others has number 0, whatever is left out before it.
        let number = self.sections.len() + usize::from(self.sections.is_empty() && section.number != 0).max(self.from_one);
        self.from_one = number - self.sections.len();
        let path = if self.layout.tree {
            free(&mut self.taken, &format!("{number:02}-{}", slug(&title))) + "/index.md"
        } else {
            free(&mut self.taken, &format!("section-{}.{}", section.id, self.layout.end))
        };
        let folder = path.strip_suffix("index.md").unwrap_or_default().to_owned();
        self.sections.entry(section.id).or_insert_with(|| path.clone());
        let depth = self.pages.get(parent).map_or(1, |p| p.depth + 1);
        let page = self.pages.len();
        self.pages.push(Page { path: path.clone(), title, kind: Kind::Section(at), depth, parent: Some(parent) });
        let mut place = 0;
        for (i, activity) in section.activities.iter().enumerate() {
            if !self.shows(activity.visible) {
                continue;
            }
            let inner = self.outline.sections.iter().position(|s| activity.module == "subsection" && s.delegate == Some(activity.cm));
            if let Some(inner) = inner {
                self.add_section(from, inner, page, done)?;
                let to = self.outline.sections.get(inner).and_then(|s| self.sections.get(&s.id)).cloned().unwrap_or_else(|| path.clone());
                self.modules.entry(activity.cm).or_insert(to);
                continue;
            }
            place += 1;
            self.add_activity(from, (at, i), activity, page, &folder, place)?;
        }
        Ok(())
    }

    fn add_activity(
        &mut self,
        from: &mut Unpacked,
        at: (usize, usize),
        a: &Activity,
        section: usize,
        folder: &str,
        place: usize,
    ) -> Result<(), Error> {
        self.instances.insert((a.module.clone(), a.id), a.cm);
        let Some(parent) = self.pages.get(section).cloned() else { return Ok(()) };
        if a.module == "label" && !self.layout.tree {
            self.modules.entry(a.cm).or_insert(format!("{}#m{}", parent.path, a.cm));
            return Ok(());
        }
        let title = words::name(a, self.options.language);
        let path = match self.layout.tree {
            true => format!("{folder}{place:02}-{}.md", slug(&title)),
            false => format!("{}-{}.{}", ascii(&a.module), a.cm, self.layout.end),
        };
        let path = free(&mut self.taken, &path);
        self.modules.entry(a.cm).or_insert_with(|| path.clone());
        let page = self.pages.len();
        self.pages.push(Page { path: path.clone(), title, kind: Kind::Activity(at.0, at.1), depth: parent.depth + 1, parent: Some(section) });
        self.add_records(from, a, &path)?;
        if a.module == "forum" && self.options.forums && self.options.people {
            self.add_discussions(from, a, page)?;
        }
        Ok(())
    }

    /// Places inside pages that other texts lead to.
    fn add_records(&mut self, from: &mut Unpacked, a: &Activity, path: &str) -> Result<(), Error> {
        let (kind, ids): (&'static str, Vec<i64>) = match a.module.as_str() {
            "book" => match outline::content(from, a)? {
                Content::Book(all) => ("chapter", all.iter().filter(|c| self.shows(!c.hidden)).map(|c| c.id).collect()),
                _ => return Ok(()),
            },
            "glossary" => match outline::content(from, a)? {
                Content::Glossary(all) => ("entry", all.iter().map(|e| e.id).collect()),
                _ => return Ok(()),
            },
            "wiki" if self.options.wikis => {
                let mut ids = Vec::new();
                outline::pages(from, a, |p| {
                    ids.push(p.id);
                    Ok(())
                })?;
                ("page", ids)
            }
            _ => return Ok(()),
        };
        for id in ids {
            // Places inside a page have no name in Markdown.
            let place = if self.layout.tree { path.to_owned() } else { format!("{path}#{kind}-{id}") };
            self.records.entry((kind, id)).or_insert(place);
        }
        Ok(())
    }

    fn add_discussions(&mut self, from: &mut Unpacked, a: &Activity, forum: usize) -> Result<(), Error> {
        let mut last = None;
        let mut found = Vec::new();
        outline::posts(from, a, |discussion, post| {
            if post.private == 0 && last != Some(discussion.id) {
                last = Some(discussion.id);
                found.push((discussion.id, discussion.name.clone()));
            }
            Ok(())
        })?;
        let (depth, base) = self.pages.get(forum).map_or((0, String::new()), |p| (p.depth + 1, p.path.clone()));
        let folder = base.rsplit_once('/').map_or(String::new(), |(f, _)| format!("{f}/"));
        for (id, name) in found {
            let path = free(&mut self.taken, &format!("{folder}discussion-{id}.{}", self.layout.end));
            self.records.entry(("discussion", id)).or_insert_with(|| path.clone());
            let name = words::plain(&name);
            let title = if name.is_empty() { self.options.language.of("Discussion", "Discussion").to_owned() } else { name };
            self.pages.push(Page { path, title, kind: Kind::Discussion(id), depth, parent: Some(forum) });
        }
        Ok(())
    }

    /// The page of an activity.
    pub fn module(&self, cm: i64) -> Option<&str> {
        self.modules.get(&cm).map(String::as_str)
    }

    pub fn section_page(&self, id: i64) -> Option<&str> {
        self.sections.get(&id).map(String::as_str)
    }

    /// Where a token leads to among the pages, with the place in it.
    pub fn target(&self, token: &Token<'_>) -> Option<&str> {
        let known = known(token.name)?;
        if known.kind == Leads::Index || known.spaces.len() != token.ids.len() {
            return None;
        }
        let one = |(space, id): (&Space, &i64)| match space {
            Space::Module => self.module(*id),
            Space::Instance => self.instances.get(&(known.module.clone(), *id)).and_then(|cm| self.module(*cm)),
            Space::Section => self.section_page(*id),
            Space::Record(kind) => self.records.get(&(*kind, *id)).map(String::as_str),
            Space::Course if known.kind == Leads::Page("/course/view.php?id=") => self.pages.first().map(|p| p.path.as_str()),
            _ => None,
        };
        known.spaces.iter().zip(&token.ids).rev().find_map(one)
    }
}

/// The section above all others where nobody ever put anything into it: a tree needs no folder for it.
pub fn is_bare(section: &Section) -> bool {
    section.number == 0 && section.activities.is_empty() && section.name.trim().is_empty() && section.summary.text.trim().is_empty()
}

/// A title as part of a path.
pub fn slug(title: &str) -> String {
    let mapped: String = title.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let joined = mapped.split_whitespace().collect::<Vec<_>>().join("-");
    let short: String = joined.chars().take(50).collect();
    safe(short.trim_matches('-'))
}

/// The way from one page to another, both from the same root; what follows `#` comes along.
pub fn relative(from: &str, to: &str) -> String {
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    let mut to_parts: Vec<&str> = to.split('/').collect();
    let name = to_parts.pop().unwrap_or_default();
    let common = folders.iter().zip(&to_parts).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", folders.len() - common);
    up.chain(to_parts.into_iter().skip(common)).chain([name]).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_between_pages_are_relative() {
        assert_eq!(relative("index.html", "a.html#x"), "a.html#x");
        assert_eq!(relative("a/b/c.md", "a/d/e.md"), "../d/e.md");
        assert_eq!(relative("a/c.md", "index.md"), "../index.md");
        assert_eq!(slug(" L’été : 1/2 "), "L-été-1-2");
    }
}
