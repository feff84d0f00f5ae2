//! `files.xml`, dealt out to what its files belong to (MBZ-FORMAT §6).

use crate::error::Error;
use crate::pool::FILES;
use crate::unpacked::Unpacked;
use crate::xml::Element;
use parcours_course::outline::{File, Outline};
use std::collections::HashMap;

/// Puts every file where it is used. What people handed in, questions and what belongs to nothing here is left out.
pub(super) fn deal(from: &mut Unpacked, course: i64, outline: &mut Outline) -> Result<(), Error> {
    let mut activities = HashMap::new();
    let mut sections = HashMap::new();
    for (at, section) in outline.sections.iter().enumerate() {
        sections.insert(section.id, at);
        activities.extend(section.activities.iter().enumerate().map(|(i, a)| (a.context, (at, i))));
    }
    let blocks: HashMap<i64, usize> = outline.blocks.iter().enumerate().map(|(at, b)| (b.context, at)).collect();
    from.each(FILES, "file", |_, record| {
        let (Some(file), Some(context)) = (file(&record), record.number("contextid")) else { return Ok(()) };
        let files = match file.component.split_once('_').unwrap_or((&file.component, "")) {
            ("course", "") if file.area == "section" => sections.get(&file.item).and_then(|at| outline.sections.get_mut(*at)).map(|s| &mut s.files),
            ("course", "") if context == course => Some(&mut outline.files),
            ("block", _) => blocks.get(&context).and_then(|at| outline.blocks.get_mut(*at)).map(|b| &mut b.files),
            ("mod", module) => activities
                .get(&context)
                .and_then(|(at, i)| outline.sections.get_mut(*at)?.activities.get_mut(*i))
                .filter(|a| a.module == module)
                .map(|a| &mut a.files),
            _ => None,
        };
        if let Some(files) = files {
            files.push(file);
        }
        Ok(())
    })
}

/// A record of `files.xml`; nothing for a folder.
fn file(record: &Element) -> Option<File> {
    let name = Some(record.leaf("filename")).filter(|n| !n.is_empty() && *n != ".")?;
    let folder = record.leaf("filepath").trim_matches('/');
    let path = if folder.is_empty() { format!("/{name}") } else { format!("/{folder}/{name}") };
    Some(File {
        component: record.leaf("component").to_owned(),
        area: record.leaf("filearea").to_owned(),
        item: record.number("itemid").unwrap_or(0),
        path,
        hash: record.leaf("contenthash").to_owned(),
        size: record.leaf("filesize").trim().parse().unwrap_or(0),
        mime: record.value("mimetype").filter(|m| !m.is_empty()).map(str::to_owned),
        main: record.number("sortorder") == Some(1),
        author: record.value("author").filter(|a| !a.is_empty()).map(str::to_owned),
        license: record.value("license").filter(|l| !l.is_empty()).map(str::to_owned),
    })
}
