//! Links in texts, to activities that are others now.

use super::cx::Cx;
use super::known::{Cm, Known};
use super::stock;
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;
use parcours_mbz::links::{Kind, known as token, replace};
use parcours_mbz::php::Php;
use parcours_mbz::xml::{Element, Rewrite};
use std::borrow::Cow;

/// Documents with no texts of the course: the list of files, people, and what is past.
const NOT_READ: &[&str] = &["files.xml", "users.xml", "logs.xml", "logstores.xml", "loglastaccess.xml", "grade_history.xml", "moodle_backup.xml"];
/// What ends an address in a text.
const ENDS: &[char] = &['"', '\'', '<', '>', ' ', '\n', '\t', ')', '\\'];

pub(super) fn convert(cx: &mut Cx<'_>) -> Result<(), Error> {
    let old = cx.known.activities.iter().any(|a| a.module != a.now);
    let (mut elsewhere, mut central) = (Vec::new(), 0);
    for path in cx.course.documents() {
        let name = path.rsplit('/').next().unwrap_or(&path);
        if NOT_READ.contains(&name) {
            continue;
        }
        let mut links = Links { known: &cx.known, changed: 0, elsewhere: 0, central: 0, config: name == "block.xml" };
        let Some(xml) = cx.course.reader(&path)? else { continue };
        // Most documents hold no such link: those stay as they are.
        parcours_mbz::xml::rewrite(xml, std::io::sink(), &mut links)?;
        let (changed, gone) = (links.changed, links.elsewhere);
        central += links.central;
        if changed > 0 && (old || links.config) {
            let mut links = Links { known: &cx.known, changed: 0, elsewhere: 0, central: 0, config: name == "block.xml" };
            cx.course.rewrite(&path, &mut links)?;
        }
        if gone > 0 {
            elsewhere.push((path, gone));
        }
    }
    if central > 0 {
        let words = cx.of(
            "references to the platform’s central store in texts stay as they are: what they stand for is not in the archive",
            "renvois au centre de ressources dans des textes restent tels quels : ce qu’ils désignent n’est pas dans l’archive",
        );
        cx.remark(Fate::Kept, Reason::Placeholder, "text", "", format!("{central} {words}"));
    }
    for (path, gone) in elsewhere {
        let words = cx.of(
            "links to activities of another backup became addresses of the first site",
            "des liens vers des activités d’une autre sauvegarde sont devenus des adresses du site d’origine",
        );
        cx.remark(Fate::Approximated, Reason::Converted, "link", &path, format!("{gone} {words}"));
    }
    Ok(())
}

struct Links<'a> {
    known: &'a Known,
    changed: usize,
    /// Links to modules that are not in this archive.
    elsewhere: usize,
    /// References to the central store.
    central: usize,
    /// Whether `configdata` is a block's.
    config: bool,
}

impl Rewrite for Links<'_> {
    fn takes(&mut self, _: &[String]) -> bool {
        false
    }

    fn element(&mut self, _: &[String], element: Element, out: &mut Vec<Element>) -> Result<(), Error> {
        out.push(element);
        Ok(())
    }

    fn leaf(&mut self, path: &[String], text: &mut String) -> Result<(), Error> {
        if self.config && path.last().is_some_and(|n| n == "configdata") {
            if let Ok(Some(mut config)) = Php::read_config(text) {
                let before = self.changed;
                config.each_text(&mut |t| self.text(t));
                if self.changed != before {
                    *text = config.to_config();
                }
            }
            return Ok(());
        }
        self.text(text);
        Ok(())
    }
}

impl Links<'_> {
    fn text(&mut self, text: &mut String) {
        self.central += text.matches("[[[cr_").count();
        let mut new = Cow::Borrowed(text.as_str());
        if new.contains("$@") {
            let replaced = replace(&new, |t| {
                let known = token(t.name)?;
                let id = *t.ids.first()?;
                match known.kind {
                    Kind::View => self.view(&known.module, id).or_else(|| self.gone(&known.module, t.address(&self.known.site))),
                    Kind::Index => self.index(&known.module, id),
                    Kind::Page(_) if !known.module.is_empty() && !stock(&known.module) => {
                        self.view(&known.module, id).or_else(|| self.gone(&known.module, t.address(&self.known.site)))
                    }
                    Kind::Page(_) => None,
                }
            });
            if let Cow::Owned(replaced) = replaced {
                new = Cow::Owned(replaced);
                self.changed += 1;
            }
        }
        if let Some(replaced) = self.addresses(&new) {
            new = Cow::Owned(replaced);
            self.changed += 1;
        }
        if let Cow::Owned(new) = new {
            *text = new;
        }
    }

    /// A link to an activity of the archive that is another now.
    fn view(&self, module: &str, cm: i64) -> Option<String> {
        let a = self.known.activity(cm).filter(|a| a.module == module && a.module != a.now)?;
        Some(self.known.link(a))
    }

    /// One to an activity of a module that a stock site cannot link to: the address it was made of.
    fn gone(&mut self, module: &str, address: Option<String>) -> Option<String> {
        let address = address.filter(|_| !stock(module) && !self.known.site.is_empty())?;
        self.elsewhere += 1;
        Some(address)
    }

    /// The list of a course's activities of one module.
    fn index(&self, module: &str, course: i64) -> Option<String> {
        if stock(module) {
            return None;
        }
        // A restore takes the number behind ASSIGNINDEX for an activity's, and labels have no list.
        let now = self.known.activities.iter().find(|a| a.module == module && a.module != a.now).map(|a| a.now.as_str());
        Some(match now.filter(|m| !["assign", "label"].contains(m) && course == self.known.course) {
            Some(now) => format!("$@{}INDEX*{course}@$", now.to_ascii_uppercase()),
            None => format!("$@COURSEVIEWBYID*{course}@$"),
        })
    }

    /// Addresses of the first site that it did not make tokens of (MAGISTERE-XML §1).
    fn addresses(&self, text: &str) -> Option<String> {
        let site = self.known.site.as_str();
        if site.is_empty() || !text.contains(site) {
            return None;
        }
        let (mut out, mut from, mut any) = (String::new(), 0, false);
        for (at, _) in text.match_indices(site) {
            let Some(rest) = text.get(at + site.len()..).filter(|_| at >= from) else { continue };
            let end = rest.find(ENDS).unwrap_or(rest.len());
            let Some(to) = rest.get(..end).and_then(|address| self.address(address)) else { continue };
            out.push_str(text.get(from..at).unwrap_or_default());
            out.push_str(&to);
            from = at + site.len() + end;
            any = true;
        }
        out.push_str(text.get(from..).unwrap_or_default());
        any.then_some(out)
    }

    /// `/mod/via/view.php?id=7`.
    fn address(&self, address: &str) -> Option<String> {
        let (path, query) = address.split_once('?')?;
        let query = query.split('#').next().unwrap_or(query);
        let parameter = |name: &str| {
            query.split('&').map(|p| p.strip_prefix("amp;").unwrap_or(p)).find_map(|p| p.strip_prefix(name)?.strip_prefix('=')?.parse().ok())
        };
        let id: Option<i64> = parameter("id");
        if path == "/blocks/summary/edit.php" {
            return Some(format!("$@COURSEVIEWBYID*{}@$", id?));
        }
        let (module, page) = path.strip_prefix("/mod/")?.split_once('/')?;
        if page == "index.php" {
            return if module == "label" { Some(format!("$@COURSEVIEWBYID*{}@$", id?)) } else { self.index(module, id?) };
        }
        // `viaid=34` names the record.
        let own = || parameter(&format!("{module}id")).and_then(|n| self.known.instance(module, n));
        let a = id.and_then(|cm| self.known.activity(cm)).filter(|a| a.module == module).or_else(own)?;
        (a.module != a.now || module == "label").then(|| self.known.link(a))
    }
}

impl Known {
    /// A link to an activity, as it stands in texts of a backup. A label has no page: it is where its section is.
    pub(super) fn link(&self, a: &Cm) -> String {
        if a.now != "label" {
            return format!("$@{}VIEWBYID*{}@$", a.now.to_ascii_uppercase(), a.id);
        }
        self.section_link(a.section)
    }

    /// A section's page, or its place where all are on one. As it stands in HTML.
    pub(super) fn section_link(&self, section: i64) -> String {
        match self.sections.get(&section).map_or(0, |s| s.number) {
            0 => format!("$@COURSEVIEWBYID*{}@$#section-0", self.course),
            number => format!("$@COURSEVIEWBYID*{}@$&amp;section={number}#section-{number}", self.course),
        }
    }
}
