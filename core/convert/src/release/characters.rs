//! Characters that are none in XML: Moodle's parser stops at them, and Moodle itself never writes any (MBZ-FORMAT §2.4, §13.9).

use super::work::Work;
use crate::Error;
use parcours_course::{Fate, Reason};
use parcours_mbz::xml::{Element, Rewrite, Tag};
use std::io::Read;

pub(super) fn strip(work: &mut Work) -> Result<(), Error> {
    for path in work.course.documents() {
        if !any(work, &path)? {
            continue;
        }
        work.course.rewrite(&path, &mut Strip)?;
        let (english, french) = ("control characters, at which a restore stops", "caractères de contrôle, auxquels une restauration s'arrête");
        work.remark(Fate::Refused, Reason::OtherRelease, "document", &path, english, french);
    }
    Ok(())
}

/// Whether a document has any. In UTF-8 no part of another character looks like one.
fn any(work: &mut Work, path: &str) -> Result<bool, Error> {
    let Some(mut bytes) = work.course.bytes(path)? else { return Ok(false) };
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let n = bytes.read(&mut buffer).map_err(parcours_mbz::Error::from)?;
        let Some(part) = buffer.get(..n).filter(|p| !p.is_empty()) else { return Ok(false) };
        if part.iter().any(|b| is_control(char::from(*b))) {
            return Ok(true);
        }
    }
}

fn is_control(c: char) -> bool {
    c < ' ' && !matches!(c, '\t' | '\n' | '\r')
}

struct Strip;

impl Rewrite for Strip {
    fn takes(&mut self, _: &[String]) -> bool {
        false
    }

    fn element(&mut self, _: &[String], _: Element, _: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        Ok(())
    }

    fn start(&mut self, _: &[String], tag: &mut Tag, _: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        tag.attributes.iter_mut().for_each(|(_, value)| value.retain(|c| !is_control(c)));
        Ok(())
    }

    fn leaf(&mut self, _: &[String], text: &mut String) -> Result<(), parcours_mbz::Error> {
        text.retain(|c| !is_control(c));
        Ok(())
    }
}
