//! A pad that people write together. A wiki, with what stood in the pad above it: who wrote what of it is not known, so it is nobody's page.

use crate::magistere::activity::{Activity, Made};
use crate::magistere::cx::{Cx, record};
use crate::magistere::words::{escape, intro, notice, plain, short};
use parcours_mbz::Error;
use parcours_mbz::xml::Element;

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, a: &Activity) -> Result<Option<Made>, Error> {
    let r = &a.record;
    let content = r.child("content").map(pad).unwrap_or_default();
    let title = cx.of("What stood in the pad when the backup was made", "Contenu du pad au moment de la sauvegarde");
    let text = if content.is_empty() { intro(r) } else { format!("{}{}", intro(r), notice(title, &content)) };
    let wiki = record!("wiki", a.id;
        name: a.name(), intro: text, introformat: 1, timecreated: r.leaf("timecreated"), timemodified: a.modified(),
        firstpagetitle: short(a.name(), 255), wikimode: "collaborative", defaultformat: "html", forceformat: 1, editbegin: 0, editend: 0);
    let mut wiki = wiki;
    wiki.push(Element::group("subwikis", []));
    let groups = r.all("etherpadlite_groups").count();
    let mut detail = cx
        .of("a wiki to write in together, with the pad’s content above it", "un wiki pour écrire ensemble, avec le contenu du pad au-dessus")
        .to_owned();
    if groups > 0 {
        let words = cx.of("pads of groups whose content is never in a backup", "pads de groupes, dont le contenu n’est jamais dans une sauvegarde");
        detail = cx.both(&detail, &format!("{groups} {words}"));
    }
    Ok(Some(Made::new("wiki", wiki, detail)))
}

/// What people wrote, as text: a description is shown as it is, and they could not be trusted with one.
fn pad(content: &Element) -> String {
    let text = content.leaf("text").trim();
    let text = if text.is_empty() { plain(content.leaf("html")) } else { text.to_owned() };
    escape(&text).replace('\n', "<br />\n")
}
