//! A notebook on a server. A link to the server that says which notebook.

use crate::magistere::activity::{Activity, Made};
use crate::magistere::cx::{Cx, record};
use crate::magistere::words::{facts, intro};
use parcours_mbz::Error;

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, a: &Activity) -> Result<Option<Made>, Error> {
    let r = &a.record;
    let server = r.leaf("serverurl");
    if !(server.starts_with("https://") || server.starts_with("http://")) {
        return Ok(None);
    }
    let text = format!(
        "{}{}",
        intro(r),
        facts(&[
            (cx.of("Course on the server:", "Cours sur le serveur :"), r.leaf("jpcourseid").to_owned()),
            (cx.of("Notebook:", "Carnet :"), r.leaf("jpnotebookid").to_owned()),
        ])
    );
    let url = record!("url", a.id;
        name: a.name(), intro: text, introformat: 1, externalurl: server, display: 0, displayoptions: "a:1:{s:10:\"printintro\";i:1;}",
        parameters: "a:0:{}", timemodified: a.modified());
    Ok(Some(Made::new("url", url, cx.of("a link to its server, with the notebook’s name", "un lien vers son serveur, avec le nom du carnet"))))
}
