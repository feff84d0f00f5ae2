//! The old progress bar: what was asked for, and until when.

use super::links;
use crate::magistere::block::{Block, Made};
use crate::magistere::cx::Cx;
use crate::magistere::words::moment;
use parcours_mbz::Error;
use parcours_mbz::php::Php;

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, block: &Block) -> Result<Made, Error> {
    let mut watched = Vec::new();
    cx.course.each(&block.beside("monitor.xml"), "element", |_, e| {
        watched.push((e.leaf("name").to_owned(), e.number("instance").unwrap_or(0)));
        Ok(())
    })?;
    let number = |key: String| block.config.as_ref().and_then(|c| c.get(&key)).and_then(Php::int).unwrap_or(0);
    watched.sort_by_key(|(module, instance)| number(format!("position_{module}{instance}")));
    let dated = watched.iter().filter_map(|(module, instance)| {
        let date = moment(number(format!("date_time_{module}{instance}")));
        let until = if date.is_empty() { date } else { format!(" ({} {date})", cx.of("until", "jusqu’au")) };
        Some((cx.known.instance(module, *instance)?, until))
    });
    let text = links(cx, dated);
    let title = block.text("progressTitle");
    let title = if title.is_empty() { cx.of("Progress", "Progression") } else { title };
    let detail =
        cx.of("the activities it watched, with their dates, as links; no bar", "les activités suivies, avec leurs dates, en liens ; sans barre");
    Ok(Made::html(title, &text, detail))
}
