//! The progress bar by completion.

use super::links;
use crate::magistere::block::{Block, Made};
use crate::magistere::cx::Cx;
use crate::magistere::known::Cm;
use parcours_mbz::Error;
use parcours_mbz::php::Php;

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, block: &Block) -> Result<Made, Error> {
    let chosen = block.config.as_ref().and_then(|c| c.get("selectactivities")).map(Php::entries).unwrap_or_default();
    let of_name = |name: &str| name.rsplit_once('-').and_then(|(module, n)| cx.known.instance(module, n.parse().ok()?));
    let listed: Vec<&Cm> = match block.text("activitiesincluded") {
        "selectedactivities" => chosen.iter().filter_map(|(_, name)| of_name(name.text()?)).collect(),
        _ => cx.known.activities.iter().filter(|a| a.tracked).collect(),
    };
    let text = links(cx, listed.into_iter().map(|a| (a, String::new())));
    let title = block.text("progressTitle");
    let title = if title.is_empty() { cx.of("Progress", "Progression") } else { title };
    let detail = cx.of(
        "the activities it watched, as links; Moodle shows on the course page which are done",
        "les activités suivies, en liens ; Moodle montre sur la page du cours celles qui sont faites",
    );
    Ok(Made::html(title, &text, detail).hidden(text.is_empty()))
}
