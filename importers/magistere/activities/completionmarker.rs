//! "Marqueur d’avancement": a step that one ticks when it is done. A label that is completed by hand; who had ticked it still has.

use crate::magistere::activity::{Activity, Made};
use crate::magistere::cx::{Cx, record};
use crate::magistere::words::{escape, intro};
use parcours_mbz::Error;

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, a: &Activity) -> Result<Option<Made>, Error> {
    let text = format!("<p><strong>{}</strong></p>{}", escape(a.name()), intro(&a.record));
    let label = record!("label", a.id; name: a.name(), intro: text, introformat: 1, timemodified: a.modified());
    Ok(Some(Made::new("label", label, cx.of("its name, to be ticked by hand", "son nom, à cocher à la main"))))
}
