//! Files of contexts that nothing in the archive has: a restore ends at them (`unknown_context_mapping`; MBZ-FORMAT §13.9).

use super::context;
use super::work::Work;
use crate::Error;
use parcours_course::{Fate, Reason};
use parcours_mbz::xml::{Element, Rewrite, Step};
use std::collections::HashSet;

const FILES: &str = "files.xml";

/// Takes the records of such files out of the list; their contents stay in the archive.
pub(super) fn known(work: &mut Work) -> Result<(), Error> {
    let mut wanted = HashSet::new();
    let Some(mut xml) = work.course.reader(FILES)? else { return Ok(()) };
    loop {
        match xml.step()? {
            Step::End => break,
            Step::Close if xml.name() == "contextid" && xml.depth() == 2 => {
                wanted.extend(xml.text().trim().parse::<i64>().ok());
            }
            _ => {}
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let contexts = context::all(work.course)?;
    wanted.retain(|context| !contexts.contains(context));
    if wanted.is_empty() {
        return Ok(());
    }
    let mut files = Unknown { contexts: wanted, n: 0 };
    work.course.rewrite(FILES, &mut files)?;
    let n = files.n;
    work.remark(
        Fate::Refused,
        Reason::MissingDocument,
        "file",
        FILES,
        format!("{n} files belong to parts that the archive does not hold, and would end the restore: they are not listed any more"),
        format!("{n} fichiers appartiennent à des parties absentes de l'archive et arrêteraient la restauration : ils ne sont plus listés"),
    );
    Ok(())
}

struct Unknown {
    contexts: HashSet<i64>,
    n: u64,
}

impl Rewrite for Unknown {
    fn takes(&mut self, path: &[String]) -> bool {
        path.len() == 2
    }

    fn element(&mut self, _: &[String], file: Element, out: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        if file.number("contextid").is_some_and(|c| self.contexts.contains(&c)) {
            self.n += 1;
        } else {
            out.push(file);
        }
        Ok(())
    }
}
