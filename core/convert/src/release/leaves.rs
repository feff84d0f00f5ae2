//! Leaves without which a row cannot be written (MBZ-FORMAT §13.5).

use super::contents;
use super::work::Work;
use crate::Error;
use parcours_course::{Fate, Reason};
use parcours_mbz::xml::{Element, Rewrite, Step, Tag, rewrite};
use std::io;

/// Leaves of a quiz that the database has no default for.
const OF_A_QUIZ: &[&str] = &["timeopen", "timeclose"];

pub(super) fn complete(work: &mut Work) -> Result<(), Error> {
    for activity in work.course.manifest().activities.clone() {
        let path = contents::own(&activity);
        let module = activity.modulename.as_str();
        let quiz = if module == "quiz" { OF_A_QUIZ } else { &[] };
        let missing: Vec<Element> = missing(work, &path, quiz)?
            .into_iter()
            .map(|name| match name {
                "name" if activity.title.is_empty() => Element::new(name, module),
                "name" => Element::new(name, &activity.title),
                name => Element::new(name, 0),
            })
            .collect();
        if !missing.is_empty() {
            let names = missing.iter().map(|e| e.name.as_str()).collect::<Vec<_>>().join(", ");
            work.course.rewrite(&path, &mut First { leaves: missing })?;
            work.remark(Fate::Approximated, Reason::Invented, "leaf", &path, names.clone(), names);
        }
        grade_items(work, &format!("{}/grades.xml", activity.directory))?;
    }
    grade_items(work, "gradebook.xml")
}

/// Which of a name and other leaves the record of an activity lacks. Leaves come before containers: no more is read than them.
fn missing<'n>(work: &mut Work, path: &str, others: &[&'n str]) -> Result<Vec<&'n str>, Error> {
    let mut asked: Vec<&str> = vec!["name"];
    asked.extend(others);
    let Some(mut xml) = work.course.reader(path)? else { return Ok(Vec::new()) };
    let mut opened = false;
    while !asked.is_empty() {
        match xml.step()? {
            Step::Open => {
                // A container in the record.
                if opened && xml.depth() > 3 {
                    break;
                }
                opened = true;
            }
            Step::Close => {
                if opened && xml.depth() == 2 {
                    asked.retain(|name| *name != xml.name());
                }
                opened = false;
                if xml.depth() <= 1 {
                    break;
                }
            }
            Step::Comment => {}
            // Without a record there is nothing to complete.
            Step::End => return Ok(Vec::new()),
        }
    }
    Ok(asked)
}

/// Puts leaves first in the record of an activity.
struct First {
    leaves: Vec<Element>,
}

impl Rewrite for First {
    fn takes(&mut self, _: &[String]) -> bool {
        false
    }

    fn element(&mut self, _: &[String], _: Element, _: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        Ok(())
    }

    fn start(&mut self, path: &[String], _: &mut Tag, out: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        if path.len() == 2 {
            out.append(&mut self.leaves);
        }
        Ok(())
    }
}

/// Every grade item has a place in the order.
fn grade_items(work: &mut Work, path: &str) -> Result<(), Error> {
    let Some(reader) = work.course.reader(path)? else { return Ok(()) };
    let mut items = Items::default();
    rewrite(reader, io::sink(), &mut items)?;
    if items.has.iter().all(|has| *has) {
        return Ok(());
    }
    let n = items.has.iter().filter(|has| !**has).count();
    work.course.rewrite(path, &mut Items { has: items.has, writes: true, at: 0 })?;
    let (english, french) = (format!("order of {n} grade items"), format!("ordre de {n} éléments d'évaluation"));
    work.remark(Fate::Approximated, Reason::Invented, "leaf", path, english, french);
    Ok(())
}

#[derive(Default)]
struct Items {
    /// Whether each item has its place.
    has: Vec<bool>,
    writes: bool,
    at: usize,
}

impl Rewrite for Items {
    fn takes(&mut self, _: &[String]) -> bool {
        false
    }

    fn element(&mut self, _: &[String], _: Element, _: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        Ok(())
    }

    fn start(&mut self, path: &[String], _: &mut Tag, out: &mut Vec<Element>) -> Result<(), parcours_mbz::Error> {
        if path.last().is_some_and(|n| n == "grade_item") {
            self.at += 1;
            if !self.writes {
                self.has.push(false);
            } else if self.has.get(self.at - 1) == Some(&false) {
                out.push(Element::new("sortorder", self.at));
            }
        }
        Ok(())
    }

    fn leaf(&mut self, path: &[String], _: &mut String) -> Result<(), parcours_mbz::Error> {
        if let [.., item, leaf] = path
            && item == "grade_item"
            && leaf == "sortorder"
            && !self.writes
        {
            self.has.last_mut().into_iter().for_each(|has| *has = true);
        }
        Ok(())
    }
}
