//! Links that only a newer release can follow: to subsections, question banks and sections (MBZ-FORMAT §11). An older Moodle would leave the token in the text.

use super::sections;
use super::work::Work;
use crate::Error;
use parcours_mbz::links::{Token, replace, tokens};
use parcours_mbz::xml::{Element, Rewrite};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Read;

/// What every such token begins like.
const BEGINNINGS: &[&[u8]] = &[b"$@SUBSECTION", b"$@QBANK", b"$@COURSESECTIONBYID"];

/// Lets those links lead to the course, and to the section there where it is known. `subsections` are those that became ordinary sections: the number of the activity, and
/// of the section.
pub(super) fn follow(work: &mut Work, subsections: &HashMap<i64, i64>) -> Result<(), Error> {
    if work.release.banks() {
        return Ok(());
    }
    let mut links = Links { course: work.course.manifest().information.course_id, sections: None, subsections };
    if !work.release.subsections() {
        let numbers = sections::all(work)?;
        links.sections = Some(numbers.iter().filter_map(|s| Some((s.id, s.document.number("number")?))).collect());
    }
    for path in work.course.documents() {
        if mentions(work, &path)? {
            work.course.rewrite(&path, &mut links)?;
        }
    }
    Ok(())
}

/// Whether a document holds any of them: a look at its bytes.
fn mentions(work: &mut Work, path: &str) -> Result<bool, Error> {
    let Some(mut bytes) = work.course.bytes(path)? else { return Ok(false) };
    let longest = BEGINNINGS.iter().map(|b| b.len()).max().unwrap_or(1);
    let mut window: Vec<u8> = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let n = bytes.read(&mut buffer).map_err(parcours_mbz::Error::from)?;
        let Some(part) = buffer.get(..n).filter(|p| !p.is_empty()) else { return Ok(false) };
        // One may lie across two reads.
        window.drain(..window.len().saturating_sub(longest));
        window.extend_from_slice(part);
        if window
            .windows(2)
            .enumerate()
            .any(|(at, two)| two == b"$@" && BEGINNINGS.iter().any(|b| window.get(at..).is_some_and(|w| w.starts_with(b))))
        {
            return Ok(true);
        }
    }
}

struct Links<'a> {
    course: i64,
    /// Numbers of sections by their id, for a release that has no pages of sections.
    sections: Option<HashMap<i64, i64>>,
    subsections: &'a HashMap<i64, i64>,
}

impl Links<'_> {
    /// What stands in the place of a token.
    fn elsewhere(&self, token: &Token<'_>) -> Option<String> {
        let first = token.ids.first().copied().unwrap_or(0);
        let course = |section: Option<&i64>| {
            let anchor = section.map(|n| format!("#section-{n}")).unwrap_or_default();
            Some(format!("$@COURSEVIEWBYID*{}@${anchor}", self.course))
        };
        match (token.name, &self.sections) {
            ("QBANKVIEWBYID", _) => course(None),
            ("SUBSECTIONVIEWBYID", Some(sections)) => course(self.subsections.get(&first).and_then(|id| sections.get(id))),
            ("SUBSECTIONINDEX", Some(_)) => course(None),
            ("COURSESECTIONBYID", Some(sections)) => course(sections.get(&first)),
            _ => None,
        }
    }

    fn text(&self, text: &mut String) {
        if tokens(text).next().is_some()
            && let Cow::Owned(new) = replace(text, |token| self.elsewhere(token))
        {
            *text = new;
        }
    }
}

impl Rewrite for Links<'_> {
    fn takes(&mut self, _: &[String]) -> bool {
        false
    }

    fn element(&mut self, _: &[String], _: Element, _: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        Ok(())
    }

    fn leaf(&mut self, _: &[String], text: &mut String) -> Result<(), parcours_mbz::Error> {
        self.text(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_the_course_and_the_section() {
        let subsections = HashMap::from([(964, 291)]);
        let links = Links { course: 32, sections: Some(HashMap::from([(291, 2), (284, 1)])), subsections: &subsections };
        let mut text = "a $@SUBSECTIONVIEWBYID*964@$ b $@QBANKVIEWBYID*1000@$ c $@COURSESECTIONBYID*284@$ d $@PAGEVIEWBYID*5@$".to_owned();
        links.text(&mut text);
        assert_eq!(text, "a $@COURSEVIEWBYID*32@$#section-2 b $@COURSEVIEWBYID*32@$ c $@COURSEVIEWBYID*32@$#section-1 d $@PAGEVIEWBYID*5@$");
    }

    #[test]
    fn a_release_with_subsections_keeps_its_links() {
        let subsections = HashMap::new();
        let links = Links { course: 32, sections: None, subsections: &subsections };
        let mut text = "$@SUBSECTIONVIEWBYID*964@$ $@COURSESECTIONBYID*284@$".to_owned();
        let before = text.clone();
        links.text(&mut text);
        assert_eq!(text, before);
    }
}
