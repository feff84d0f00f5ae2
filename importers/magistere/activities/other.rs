//! A module nothing is known of: a page with its texts. What people did in it is kept in the original only.

use super::page;
use crate::magistere::activity::{Activity, Made};
use crate::magistere::cx::Cx;
use crate::magistere::words::{escape, notice};
use parcours_mbz::Error;
use parcours_mbz::xml::{Element, Rewrite, rewrite};
use std::io;

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, a: &Activity) -> Result<Made, Error> {
    let mut reading = Leaves { module: &a.module, record: Element::group(&a.module, []) };
    if let Some(xml) = cx.course.reader(&a.path)? {
        rewrite(xml, io::sink(), &mut reading)?;
    }
    let activity = Activity {
        record: reading.record,
        module: a.module.clone(),
        title: a.title.clone(),
        folder: a.folder.clone(),
        path: a.path.clone(),
        grade: None,
        ..*a
    };
    let words =
        cx.of("This was an activity of another kind, which this site does not have:", "C’était une activité d’un autre type, que ce site n’a pas :");
    let mut content = notice(activity.name(), &format!("<p>{words} <code>{}</code></p>", escape(&a.module)));
    let texts = activity.record.children.iter().filter(|l| l.name != "intro" && l.name != "name" && l.text.contains('<'));
    texts.for_each(|l| content.push_str(&l.text));
    let detail = cx.of(
        "a page with its description and texts; what people did in it has no place there",
        "une page avec sa description et ses textes ; ce que les personnes y ont fait n’y a pas de place",
    );
    Ok(Made::new("page", page(&activity, &content), detail))
}

/// The leaves of the record itself: they do not grow with people's work.
struct Leaves<'a> {
    module: &'a str,
    record: Element,
}

impl Rewrite for Leaves<'_> {
    fn takes(&mut self, _: &[String]) -> bool {
        false
    }

    fn element(&mut self, _: &[String], _: Element, _: &mut Vec<Element>) -> Result<(), Error> {
        Ok(())
    }

    fn leaf(&mut self, path: &[String], text: &mut String) -> Result<(), Error> {
        if let [_, module, leaf] = path
            && module == self.module
        {
            self.record.push(Element::new(leaf, &*text));
        }
        Ok(())
    }
}
