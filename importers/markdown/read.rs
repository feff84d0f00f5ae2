//! A tree of files as a course.

use super::front::{Front, split};
use super::plan::{Section, Targets, module, sections, targets, title_of};
use super::rewrite::addresses;
use super::{CHAPTER, CONTENT, SUBCHAPTER};
use crate::reading::clean::markdown;
use crate::reading::is_safe;
use parcours_course::outline::{Chapter, Content, File};
use parcours_course::{Fate, Finding, Language, Reason, Report, Text};
use parcours_mbz::links::{PLUGINFILE, decode, encode};
use parcours_mbz::outline::{Build, Info, NewActivity, NewSection, Stored};
use parcours_mbz::{Error, Limits, Spool, Unpacked};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;

/// Bytes of all texts of a tree together.
const TEXTS: usize = 128 << 20;

/// Reads a tree of Markdown files, as [`markdown`](super) lays it out, into a new archive. `now` is the time of making, in Unix seconds.
///
/// Files come by their path, relative to the root of the tree, in any order; one of them at a time is in memory, and all texts. The report counts every section and activity
/// that is made, and every file that is not taken.
///
/// # Errors
/// What a file fails with, more than 128 MiB of texts, and the device.
pub fn read(
    files: impl IntoIterator<Item = io::Result<(String, Vec<u8>)>>,
    spool: Spool,
    limits: &Limits,
    now: i64,
    language: Language,
) -> Result<(Unpacked, Report), Error> {
    let mut texts = BTreeMap::new();
    let mut raw = Vec::new();
    let mut report = Report::default();
    let mut left = TEXTS;
    // Contents are stored as they come, before anything is known of the course.
    let mut build = Build::new(spool, limits, Info::default());
    for file in files {
        let (path, bytes) = file?;
        let path = path.strip_prefix("./").unwrap_or(&path).to_owned();
        if !is_safe(&path) || path.split('/').any(|p| p.starts_with('.')) {
            item(
                &mut report,
                Fate::Refused,
                Reason::OtherFormat,
                "file",
                &path,
                "",
                language.of("a hidden file, or not a path of a tree", "fichier caché, ou chemin qui n’est pas celui d’une arborescence"),
            );
        } else if !path.to_ascii_lowercase().ends_with(".md") {
            raw.push((path, build.store(bytes.as_slice())?));
        } else if let Ok(text) = String::from_utf8(bytes) {
            left = left.checked_sub(text.len()).ok_or_else(|| io::Error::new(io::ErrorKind::FileTooLarge, "more text than a course has"))?;
            texts.insert(path, text.replace("\r\n", "\n"));
        } else {
            item(&mut report, Fate::Refused, Reason::Unreadable, "file", &path, "", language.of("not a text in UTF-8", "pas un texte en UTF-8"));
        }
    }
    raw.sort_by(|a, b| super::plan::natural(&a.0, &b.0));
    let index = texts.keys().find(|p| super::plan::is_index(p)).cloned().unwrap_or_default();
    let sections = sections(&texts, raw.iter().map(|(p, _)| p.as_str()));
    let targets = targets(&mut build, &sections, &texts);
    let order = raw.iter().map(|(p, _)| p.clone()).collect();
    let mut reader = Reader { build, texts, stored: raw.into_iter().collect(), order, used: HashSet::new(), targets, report, language };
    reader.course(&index, now);
    let mut ids = Vec::new();
    for section in &sections {
        ids.push(reader.section(section)?);
    }
    for (id, section) in ids.into_iter().zip(&sections) {
        reader.loose(id, &section.folder)?;
    }
    Ok((reader.build.finish()?, reader.report))
}

struct Reader {
    build: Build,
    texts: BTreeMap<String, String>,
    stored: HashMap<String, Stored>,
    order: Vec<String>,
    used: HashSet<String>,
    targets: Targets,
    report: Report,
    language: Language,
}

/// A text with its links made those of an archive, and the files they lead to.
#[derive(Default)]
struct Made {
    html: String,
    files: Vec<File>,
}

impl Reader {
    fn course(&mut self, index: &str, now: i64) {
        let text = self.texts.get(index).cloned().unwrap_or_default();
        let (front, body) = split(&text);
        let (heading, body) = titled(front.is_none(), body);
        let front = front.unwrap_or_default();
        let made = self.made(index, body, "summary", 0);
        let title = front.get("title").map(str::to_owned).or(heading).unwrap_or_else(|| self.language.of("Course", "Parcours").to_owned());
        let shortname = front.get("shortname").unwrap_or(&title).to_owned();
        let language = front.get("language").unwrap_or_default().to_owned();
        self.build.describe(Info { fullname: title, shortname, summary: Text::html(made.html), language, start: now, now, ..Info::default() });
        self.build.course_files(made.files);
    }

    fn section(&mut self, of: &Section) -> Result<i64, Error> {
        let text = self.texts.get(&of.index).cloned().unwrap_or_default();
        let (front, body) = split(&text);
        let (heading, body) = titled(front.is_none(), body);
        let made = self.made(&of.index, body, "section", 0);
        let name = heading.unwrap_or_else(|| of.name.clone());
        let visible = of.front.flag("visible").unwrap_or(true);
        let new = NewSection { summary: Text::html(made.html), visible, files: made.files, ..NewSection::named(name.clone()) };
        let section = self.build.section(new)?;
        self.say(&of.front, "section", if of.index.is_empty() { &of.folder } else { &of.index }, &name, None);
        for path in &of.pages {
            self.activity(section, path)?;
        }
        Ok(section)
    }

    fn activity(&mut self, section: i64, path: &str) -> Result<(), Error> {
        let text = self.texts.get(path).cloned().unwrap_or_default();
        let (front, body) = split(&text);
        let (heading, body) = titled(front.is_none(), body);
        let front = front.unwrap_or_default();
        let name = front.get("title").map(str::to_owned).or(heading).unwrap_or_else(|| title_of(path));
        let Some(cm) = self.targets.cms.get(path).copied() else {
            item(
                &mut self.report,
                Fate::Refused,
                Reason::OtherFormat,
                "activity",
                path,
                &name,
                self.language.of("a discussion belongs to people", "une discussion appartient à des personnes"),
            );
            return Ok(());
        };
        let kind = module(&front);
        let mut new = self.content(path, &front, kind, body);
        if let Content::Page(_) = new.content
            && kind != "page"
        {
            self.say(&front, "activity", path, &name, Some(self.language.of("a page, having no file of its own", "une page, faute de fichier")));
        } else {
            let other = front.get("module").filter(|m| *m != kind).map(|_| self.language.of("a page with its texts", "une page avec ses textes"));
            self.say(&front, "activity", path, &name, other);
        }
        new.cm = cm;
        new.name = name;
        new.visible = front.flag("visible").unwrap_or(true);
        new.show_intro = front.flag("show_intro").unwrap_or(kind == "label");
        self.build.activity(section, new)?;
        Ok(())
    }

    fn content(&mut self, path: &str, front: &Front, kind: &str, body: &str) -> NewActivity {
        let (intro, content) = divided(body);
        let (intro, content) = match kind {
            "label" | "url" => (Some(body), ""),
            _ => (intro, content),
        };
        let intro = intro.map(|i| self.made(path, i, "intro", 0)).unwrap_or_default();
        let mut new = NewActivity::new("", Content::Label);
        new.intro = Text::html(intro.html);
        new.files = intro.files;
        match kind {
            "label" => {}
            "url" => new.content = Content::Url(front.get("url").unwrap_or_default().to_owned()),
            "book" => {
                let chapters = self.chapters(path, content, &mut new.files);
                new.content = Content::Book(chapters);
            }
            _ => {
                let made = self.made(path, content, "content", 0);
                new.content = match kind {
                    "folder" => Content::Folder,
                    "resource" if !made.files.is_empty() => Content::Resource,
                    _ => Content::Page(Text::html(made.html)),
                };
                new.files.extend(made.files);
            }
        }
        new
    }

    fn chapters(&mut self, path: &str, content: &str, files: &mut Vec<File>) -> Vec<Chapter> {
        let mut parts: Vec<(bool, String)> = Vec::new();
        for line in content.lines() {
            match (line.trim_end(), parts.last_mut()) {
                (CHAPTER, _) => parts.push((false, String::new())),
                (SUBCHAPTER, _) => parts.push((true, String::new())),
                (_, Some((_, text))) => *text += &format!("{line}\n"),
                ("", None) => {}
                (_, None) => parts.push((false, format!("{line}\n"))),
            }
        }
        let mut all = Vec::new();
        for (at, (sub, text)) in parts.into_iter().enumerate() {
            let id = self.build.number();
            let (title, text) = titled(true, &text);
            let made = self.made(path, text, "chapter", id);
            files.extend(made.files);
            // The first is below nothing.
            all.push(Chapter { id, title: title.unwrap_or_default(), sub: sub && at > 0, hidden: false, content: Text::html(made.html) });
        }
        all
    }

    fn made(&mut self, path: &str, source: &str, area: &str, item: i64) -> Made {
        let mut made = Made::default();
        let html = markdown(source);
        let mut dead = Vec::new();
        made.html = addresses(html.trim_end(), |address| {
            let to = local(path, address)?;
            if let Some(link) = self.targets.links.get(&to) {
                return Some(link.clone());
            }
            let Some(stored) = self.stored.get(&to) else {
                dead.push(address.to_owned());
                return None;
            };
            self.used.insert(to.clone());
            let inside = inside(path, &to, &stored.hash, &made.files);
            if !made.files.iter().any(|f| f.path == inside) {
                made.files.push(stored.file(area, item, &inside));
            }
            Some(format!("{PLUGINFILE}{}", encode(&inside)))
        });
        for address in dead {
            self.report.remark(Fate::Approximated, Reason::MissingContent, "file", path, address);
        }
        made
    }

    /// Files that no text leads to are resources.
    fn loose(&mut self, section: i64, folder: &str) -> Result<(), Error> {
        let here = |p: &str| if folder.is_empty() { !p.contains('/') || p.starts_with("files/") } else { p.starts_with(folder) };
        let paths: Vec<String> = self.order.iter().filter(|p| here(p) && !self.used.contains(*p)).cloned().collect();
        for path in paths {
            let Some(stored) = self.stored.get(&path).cloned() else { continue };
            let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
            let new = NewActivity::new(name.clone(), Content::Resource).with(stored.file("content", 0, &format!("/{name}")));
            self.build.activity(section, new)?;
            item(&mut self.report, Fate::Imported, Reason::AsItCame, "activity", &path, &name, "");
        }
        Ok(())
    }

    fn say(&mut self, front: &Front, what: &str, path: &str, name: &str, other: Option<&str>) {
        let mut said: Vec<String> = other.map(str::to_owned).into_iter().collect();
        if front.flag("restricted") == Some(true) {
            said.push(self.language.of("without the restrictions it speaks of", "sans les conditions d’accès dont il parle").to_owned());
        }
        let (fate, reason) = if said.is_empty() { (Fate::Imported, Reason::AsItCame) } else { (Fate::Approximated, Reason::Converted) };
        item(&mut self.report, fate, reason, what, path, name, &said.join("; "));
    }
}

fn item(report: &mut Report, fate: Fate, reason: Reason, what: &str, place: &str, name: &str, detail: &str) {
    report.findings.push(Finding {
        fate,
        reason,
        item: what.to_owned(),
        place: place.to_owned(),
        name: name.to_owned(),
        detail: detail.to_owned(),
        counts: true,
    });
}

/// The heading a text begins with, and the rest; the text as it is where it is not asked for or there is none.
fn titled(asked: bool, text: &str) -> (Option<String>, &str) {
    let start = text.trim_start_matches('\n');
    let (line, rest) = start.split_once('\n').unwrap_or((start, ""));
    let words = line.trim_start_matches('#');
    if !asked || words.len() == line.len() || !words.starts_with(' ') {
        return (None, text);
    }
    let html = markdown(line);
    let nodes = crate::reading::parse::parse(html.trim());
    (Some(crate::reading::node::words(&nodes).trim().to_owned()), rest)
}

/// Intro and content of a text.
fn divided(body: &str) -> (Option<&str>, &str) {
    let mark = format!("{CONTENT}\n");
    if let Some(rest) = body.strip_prefix(&mark) {
        return (None, rest);
    }
    body.split_once(&format!("\n{mark}")).map_or((None, body), |(intro, content)| (Some(intro), content))
}

/// The path in the tree that an address in a text leads to.
fn local(from: &str, address: &str) -> Option<String> {
    let address = address.split(['#', '?']).next().filter(|a| !a.is_empty())?;
    let scheme =
        address.split_once(':').is_some_and(|(s, _)| !s.is_empty() && s.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')));
    if scheme || address.starts_with(['/', '$', '@']) {
        return None;
    }
    let mut parts: Vec<String> = from.split('/').map(str::to_owned).collect();
    parts.pop();
    for part in decode(address).split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part.to_owned()),
        }
    }
    Some(parts.join("/"))
}

/// The path of a file in the area of the text that leads to it: below the text's own folder for files as it stands there, else its name.
fn inside(text: &str, file: &str, hash: &str, others: &[File]) -> String {
    let (folder, name) = text.rsplit_once('/').map_or(("", text), |(f, n)| (f, n));
    let stem = name.strip_suffix(".md").unwrap_or(name);
    let own = if folder.is_empty() { format!("files/{stem}/") } else { format!("{folder}/files/{stem}/") };
    let wanted = file.strip_prefix(&own).unwrap_or_else(|| file.rsplit('/').next().unwrap_or(file));
    let mut found = format!("/{wanted}");
    let mut n = 2;
    while others.iter().any(|f| f.path == found && f.hash != hash) {
        found = format!("/{n}-{wanted}");
        n += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_paths_of_the_tree_and_nowhere_above() {
        assert_eq!(local("a/b.md", "../c/d%20e.md#f").as_deref(), Some("c/d e.md"));
        assert_eq!(local("a/b.md", "./x.png?y").as_deref(), Some("a/x.png"));
        for other in ["https://x", "mailto:a", "#x", "/x", "../../x", "$@PAGEVIEWBYID*1@$", ""] {
            assert_eq!(local("a/b.md", other), None, "{other}");
        }
    }

    #[test]
    fn the_first_heading_is_the_title_where_nothing_else_is() {
        assert_eq!(titled(true, "\n## A *b* \\#\n\nx"), (Some("A b #".to_owned()), "\nx"));
        assert_eq!((titled(false, "# A\nx"), titled(true, "#A\nx")), ((None, "# A\nx"), (None, "#A\nx")));
        assert_eq!((divided("i\n<!-- content -->\nc"), divided("c")), ((Some("i"), "c"), (None, "c")));
    }
}
