//! A resource of the platform's own store. A page that says which: its content was never in the backup (MAGISTERE §9.1).

use super::page;
use crate::magistere::activity::{Activity, Made};
use crate::magistere::cx::Cx;
use crate::magistere::words::notice;
use parcours_course::{Fate, Reason};
use parcours_mbz::Error;

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, a: &Activity) -> Result<Option<Made>, Error> {
    let id = a.record.leaf("centralizedresourceid");
    let words = cx.of(
        "This resource lies in the central store of the first site. Its number there:",
        "Cette ressource se trouve dans le centre de ressources du site d’origine. Son numéro :",
    );
    let id = crate::magistere::words::escape(id);
    let content = notice(a.name(), &format!("<p>{words} <strong>{id}</strong></p>"));
    cx.remark(Fate::Approximated, Reason::Placeholder, "activity", &a.folder, id);
    Ok(Some(Made::new("page", page(a, &content), cx.of("a placeholder with its number", "un repère avec son numéro"))))
}
