//! What people uploaded: whose it is, and what goes with them (MBZ-FORMAT §6).

use super::Options;
use super::cast::Cast;
use super::document::describe;
use super::scrub::Scrub;
use parcours_course::report::{Fate, Reason, Report};
use parcours_mbz::people::areas;
use parcours_mbz::unpacked::content_path;
use parcours_mbz::xml::{Element, NULL, Rewrite};
use parcours_mbz::{Error, Unpacked};
use std::collections::HashSet;

pub const FILES: &str = "files.xml";

/// Files that went: no list of references names them.
#[derive(Default)]
pub struct Gone(HashSet<i64>);

impl Gone {
    pub fn has(&self, id: Option<i64>) -> bool {
        id.is_some_and(|id| self.0.contains(&id))
    }
}

/// Rewrites `files.xml`. Files that show who people are go (pictures, baked badges) and, where people are taken out, all that they handed in; their contents go with them unless
/// another file has the same.
pub fn pass(course: &mut Unpacked, cast: &mut Cast, options: Options, report: &mut Report) -> Result<Gone, Error> {
    let mut files =
        Files { scrub: Scrub::new(cast, options, FILES), options, report, gone: Gone::default(), left: HashSet::new(), taken: HashSet::new() };
    course.rewrite(FILES, &mut files)?;
    let Files { gone, left, taken, report, .. } = files;
    for hash in taken.difference(&left) {
        course.remove(&content_path(hash));
    }
    if !gone.0.is_empty() {
        let words = options.language.of("files of people", "fichiers de personnes");
        report.remark(Fate::Refused, Reason::WithoutPeople, "file", FILES, format!("{words}: {}", gone.0.len()));
    }
    Ok(gone)
}

struct Files<'a> {
    scrub: Scrub<'a>,
    options: Options,
    report: &'a mut Report,
    gone: Gone,
    /// Contents that a file still has, and those of files that went.
    left: HashSet<String>,
    taken: HashSet<String>,
}

impl Rewrite for Files<'_> {
    fn takes(&mut self, path: &[String]) -> bool {
        path.last().is_some_and(|n| n == "file") && path.len() == 2
    }

    fn element(&mut self, _: &[String], mut file: Element, out: &mut Vec<Element>) -> Result<(), Error> {
        let (component, area, item) = (file.leaf("component").to_owned(), file.leaf("filearea").to_owned(), file.number("itemid").unwrap_or(0));
        let goes = areas::is_profile(&component, &area) || (!self.scrub.cast.replaces() && areas::is_work(&component, &area, item));
        let hash = file.leaf("contenthash").to_owned();
        if goes {
            self.gone.0.extend(file.id());
            self.taken.insert(hash);
            return Ok(());
        }
        self.left.insert(hash);
        if areas::is_by_person(&component, &area) && item > 0 {
            file.set("itemid", self.scrub.cast.number(item));
        }
        self.made_by(&mut file, &format!("{component}/{area}"));
        for child in file.children.iter_mut().filter(|c| !matches!(c.name.as_str(), "author" | "source" | "userid" | "contenthash")) {
            match child.name.as_str() {
                "filename" | "filepath" => self.scrub.text(&mut child.text),
                name => self.scrub.value(name, &mut child.text),
            }
        }
        self.mentions(&file);
        out.push(file);
        Ok(())
    }
}

impl Files<'_> {
    /// Whose file it is and who is said to have made it; listed when it is anybody.
    fn made_by(&mut self, file: &mut Element, area: &str) {
        let owner = file.number("userid").filter(|id| *id > 0);
        let author = file.leaf("author").to_owned();
        let named = self.scrub.cast.mentions.whole(&author).map(|(person, _)| person);
        let person = named.or(owner);
        let replaced = person.filter(|_| self.scrub.cast.replaces()).map(|p| self.scrub.cast.identity(p).full());
        if let Some(owner) = owner {
            file.set("userid", self.scrub.cast.number(owner));
        }
        // A file keeps where somebody had it from only when that is its own name.
        let own = file.leaf("source") == file.leaf("filename");
        if let Some(source) = file.child_mut("source").filter(|s| s.text != NULL && !s.text.is_empty()) {
            match own {
                true => self.scrub.text(&mut source.text),
                false => NULL.clone_into(&mut source.text),
            }
        }
        if let Some(author) = file.child_mut("author").filter(|a| a.text != NULL && !a.text.is_empty()) {
            author.text = replaced.clone().unwrap_or_else(|| NULL.to_owned());
        }
        let directory = file.leaf("filename") == ".";
        if !directory && (person.is_some() || !author.is_empty()) {
            let mut name = format!("{}{}", file.leaf("filepath"), file.leaf("filename"));
            // The report names nobody either.
            let mentioned = std::mem::take(&mut self.scrub.mentioned);
            self.scrub.text(&mut name);
            self.scrub.mentioned = mentioned;
            let by = replaced.unwrap_or_else(|| self.options.language.of("author taken out", "auteur retiré").to_owned());
            let place = format!("{FILES} (file {}, {area}{name})", file.id().unwrap_or(0));
            self.report.remark(Fate::Approximated, Reason::Replaced, "file", place, by);
        }
    }

    fn mentions(&mut self, file: &Element) {
        let mentioned = std::mem::take(&mut self.scrub.mentioned);
        if !mentioned.people.is_empty() {
            let who = describe(&mut self.scrub, &mentioned.people);
            let fate = if mentioned.stands { Fate::Kept } else { Fate::Approximated };
            self.report.remark(fate, Reason::NamesPerson, "file", format!("{FILES} (file {})", file.id().unwrap_or(0)), who);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parcours_course::Language;
    use parcours_mbz::{Limits, Spool};

    fn file(id: i64, component: &str, area: &str, hash: &str, leaves: &[(&str, &str)]) -> Element {
        let all = [("contenthash", hash), ("component", component), ("filearea", area), ("itemid", "5"), ("filepath", "/"), ("userid", "5")];
        Element::record("file", id, all.iter().chain(leaves).map(|(n, v)| Element::new(n, v)))
    }

    fn through(seed: Option<&[u8]>) -> (Element, Vec<String>, Report, String) {
        let mut course = Unpacked::new(Spool::new().unwrap(), &Limits::default());
        let user = Element::record("user", 5, [Element::new("firstname", "Lucie"), Element::new("lastname", "Moreau")]);
        course.put("users.xml", &Element::group("users", [user])).unwrap();
        let (a, _) = course.put_content("a".as_bytes()).unwrap();
        let (b, _) = course.put_content("b".as_bytes()).unwrap();
        let files = [
            file(1, "user", "icon", &a, &[("filename", "f1.png")]),
            file(2, "user", "icon", &b, &[("filename", "f2.png")]),
            file(3, "mod_page", "content", &b, &[("filename", "Lucie_Moreau.pdf"), ("author", "Lucie Moreau"), ("source", "Private files: Lucie/x")]),
            file(4, "mod_publication", "attachment", &b, &[("filename", "y.pdf"), ("author", "Somebody Else")]),
        ];
        course.put(FILES, &Element::group("files", files)).unwrap();
        let mut cast = Cast::of(&mut course, seed, Language::English).unwrap();
        let mut report = Report::default();
        let gone = pass(&mut course, &mut cast, Options { replace_mentions: true, ..Options::default() }, &mut report).unwrap();
        assert!(gone.has(Some(1)) && gone.has(Some(2)) && !gone.has(Some(3)));
        let pool = course.paths().into_iter().filter(|p| p.starts_with("files/")).collect();
        (course.document(FILES).unwrap().unwrap(), pool, report, cast.number(5).to_string())
    }

    #[test]
    fn pictures_go_and_what_was_uploaded_is_somebody_elses() {
        let (files, pool, report, new) = through(Some(b"s"));
        let left: Vec<_> = files.all("file").map(|f| f.id().unwrap()).collect();
        assert_eq!((left, pool.len()), (vec![3, 4], 1));
        let page = files.child("file").unwrap();
        let of = |leaf| page.leaf(leaf).to_owned();
        assert_eq!(
            [of("filename"), of("author"), of("source"), of("userid")],
            [format!("Person_{new}.pdf"), format!("Person {new}"), String::new(), new.clone()]
        );
        assert_eq!(files.all("file").nth(1).map(|f| f.leaf("itemid").to_owned()), Some(new));
        assert!(
            report.findings.iter().any(|f| f.place.contains("mod_page/content/Person_")) && !format!("{report:?}").contains("Moreau"),
            "{report:?}"
        );
    }

    #[test]
    fn without_people_what_they_handed_in_goes_too() {
        let (files, pool, _, _) = through(None);
        let left: Vec<_> = files.all("file").map(|f| (f.id().unwrap(), f.leaf("author").to_owned(), f.leaf("userid").to_owned())).collect();
        assert_eq!((left, pool.len()), (vec![(3, String::new(), "0".to_owned())], 1));
    }
}
