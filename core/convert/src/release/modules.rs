//! Activities: completion in today's shape, and those of modules that the release lacks (MBZ-FORMAT §7.3, §7.9, §12).

use super::work::Work;
use crate::Error;
use parcours_course::{Fate, Reason};
use parcours_mbz::xml::{Element, Rewrite, Tag, rewrite};
use std::io;

pub(super) fn convert(work: &mut Work) -> Result<(), Error> {
    let release = work.release;
    for activity in work.course.manifest().activities.clone() {
        views(work, &format!("{}/completion.xml", activity.directory))?;
        if super::target::lacks_module(release, &activity.modulename) {
            work.fate(&activity.directory, Fate::Kept, Reason::OtherRelease);
            let module = &activity.modulename;
            work.remark(
                Fate::Kept,
                Reason::OtherRelease,
                "activity",
                &activity.directory,
                format!("Moodle {release} has no module `{module}` of its own, and leaves this out unless the plug-in is installed"),
                format!("Moodle {release} n'a pas le module `{module}`, et laisse ceci de côté si le plugin n'est pas installé"),
            );
        }
    }
    Ok(())
}

/// Whether somebody has seen an activity is a record of its own since 4.1; before, it was a leaf of the completion.
fn views(work: &mut Work, path: &str) -> Result<(), Error> {
    let mut seen = Seen::default();
    let Some(reader) = work.course.reader(path)? else { return Ok(()) };
    rewrite(reader, io::sink(), &mut seen)?;
    if seen.leaves > 0 {
        work.course.rewrite(path, &mut Views { views: Vec::new(), next: seen.highest, container: seen.container })?;
    }
    Ok(())
}

#[derive(Default)]
struct Seen {
    leaves: u64,
    highest: i64,
    container: bool,
}

impl Rewrite for Seen {
    fn takes(&mut self, _: &[String]) -> bool {
        false
    }

    fn element(&mut self, _: &[String], _: Element, _: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        Ok(())
    }

    fn start(&mut self, path: &[String], tag: &mut Tag, _: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        self.leaves += u64::from(path.last().is_some_and(|n| n == "viewed"));
        self.container |= path.len() == 2 && tag.name == "completionviews";
        if tag.name == "completionview" {
            self.highest = self.highest.max(tag.id().unwrap_or(0));
        }
        Ok(())
    }
}

struct Views {
    views: Vec<Element>,
    next: i64,
    /// Whether there is a container to add to.
    container: bool,
}

impl Rewrite for Views {
    fn takes(&mut self, path: &[String]) -> bool {
        matches!(path, [_, completion] if completion == "completion")
    }

    fn element(&mut self, _: &[String], mut completion: Element, out: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        let viewed = completion.remove("viewed").iter().any(|v| v.text == "1");
        if viewed {
            self.next = self.next.saturating_add(1);
            let leaves = [Element::new("userid", completion.leaf("userid")), Element::new("timecreated", completion.leaf("timemodified"))];
            self.views.push(Element::record("completionview", self.next, leaves));
        }
        out.push(completion);
        Ok(())
    }

    fn end(&mut self, path: &[String], out: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        match path {
            [_, views] if views == "completionviews" => out.append(&mut self.views),
            [_] if !self.container => out.push(Element::group("completionviews", self.views.drain(..))),
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parcours_mbz::xml::Reader;

    #[test]
    fn a_leaf_becomes_a_record() {
        let xml = "<completions><completion id=\"4\"><userid>7</userid><timemodified>99</timemodified><viewed>1</viewed></completion>\
                   <completion id=\"5\"><userid>8</userid><viewed>0</viewed></completion></completions>";
        let reader = Reader::new(xml.as_bytes(), "completion.xml", &parcours_mbz::Limits::default());
        let out = rewrite(reader, Vec::new(), &mut Views { views: Vec::new(), next: 0, container: false }).unwrap();
        let flat: String = String::from_utf8(out).unwrap().lines().skip(1).map(str::trim).collect();
        assert!(flat.ends_with(
            "<completionviews><completionview id=\"1\"><userid>7</userid><timecreated>99</timecreated></completionview></completionviews></completions>"
        ));
        assert!(!flat.contains("viewed"));
    }
}
