//! Media of the dump become files of the archive: content, row of `files.xml`, and the list of the task that uses it.

use super::known::Known;
use super::media::{Media, mime};
use super::scene::Plan;
use parcours_mbz::xml::{Element, NULL, Rewrite};
use parcours_mbz::{Error, Unpacked};
use std::collections::{BTreeMap, HashMap};

/// Puts what the plan wants into the archive.
///
/// # Errors
/// What reading the dump or writing the archive fails with.
pub fn attach(course: &mut Unpacked, plan: &Plan, known: &Known, media: Option<&Media>) -> Result<(), Error> {
    let Some(media) = media.filter(|_| !plan.new.is_empty()) else { return Ok(()) };
    // The moment of the backup: a restore sets its own.
    let time = course.manifest().information.backup_date;
    let mut contents: HashMap<&str, (String, u64)> = HashMap::new();
    let mut rows = Vec::new();
    let mut lists: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
    let mut id = known.last_file;
    for (task, wanted) in &plan.new {
        let Some(medium) = media.get(&wanted.medium) else { continue };
        if !contents.contains_key(medium.id.as_str()) {
            let Some(content) = media.open(medium)? else { continue };
            contents.insert(&medium.id, course.put_content(content)?);
        }
        let Some((hash, size)) = contents.get(medium.id.as_str()) else { continue };
        id += 1;
        let extension = wanted.name.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_ascii_lowercase());
        rows.push(Element::record(
            "file",
            id,
            [
                Element::new("contenthash", hash),
                Element::new("contextid", wanted.area.context),
                Element::new("component", &wanted.area.component),
                Element::new("filearea", &wanted.area.filearea),
                Element::new("itemid", wanted.area.item),
                Element::new("filepath", "/"),
                Element::new("filename", &wanted.name),
                Element::new("userid", NULL),
                Element::new("filesize", size),
                Element::new("mimetype", mime(&extension)),
                Element::new("status", 0),
                Element::new("timecreated", time),
                Element::new("timemodified", time),
                Element::new("source", &wanted.name),
                Element::new("author", NULL),
                Element::new("license", NULL),
                Element::new("sortorder", 0),
                Element::new("repositorytype", NULL),
                Element::new("repositoryid", NULL),
                Element::new("reference", NULL),
            ],
        ));
        if !task.is_empty() {
            lists.entry(task).or_default().push(id);
        }
    }
    match course.has("files.xml") {
        true => course.rewrite("files.xml", &mut Append { container: "files", rows, done: false })?,
        false => course.put("files.xml", &Element::group("files", rows))?,
    }
    for (task, ids) in lists {
        list(course, &format!("{task}/inforef.xml"), &ids)?;
    }
    Ok(())
}

fn list(course: &mut Unpacked, path: &str, ids: &[i64]) -> Result<(), Error> {
    let rows = || ids.iter().map(|id| Element::group("file", [Element::new("id", id)])).collect::<Vec<_>>();
    if !course.has(path) {
        return course.put(path, &Element::group("inforef", [Element::group("fileref", rows())]));
    }
    let mut append = Append { container: "fileref", rows: rows(), done: false };
    course.rewrite(path, &mut append)?;
    if !append.done {
        course.rewrite(path, &mut Append { container: "inforef", rows: vec![Element::group("fileref", rows())], done: false })?;
    }
    Ok(())
}

/// Rows at the end of a container.
struct Append {
    container: &'static str,
    rows: Vec<Element>,
    done: bool,
}

impl Rewrite for Append {
    fn takes(&mut self, _: &[String]) -> bool {
        false
    }

    fn element(&mut self, _: &[String], element: Element, out: &mut Vec<Element>) -> Result<(), Error> {
        out.push(element);
        Ok(())
    }

    fn end(&mut self, path: &[String], out: &mut Vec<Element>) -> Result<(), Error> {
        if path.last().is_some_and(|n| n == self.container) && !self.done {
            out.append(&mut self.rows);
            self.done = true;
        }
        Ok(())
    }
}
