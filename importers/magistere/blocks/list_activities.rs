//! "Mes activités": a list of activities in an order of the trainer's (MAGISTERE-XML §2).

use super::links;
use crate::magistere::block::{Block, Made};
use crate::magistere::cx::Cx;
use parcours_mbz::Error;
use parcours_mbz::php::Php;

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, block: &Block) -> Result<Made, Error> {
    let (mut order, mut left_out) = (Vec::new(), Vec::new());
    cx.course.each(&block.beside("list_activities.xml"), "element", |_, e| {
        order.extend(numbers(e.leaf("weight")));
        left_out.extend(numbers(e.leaf("notdisplay")));
        Ok(())
    })?;
    let listed = order.iter().filter(|cm| !left_out.contains(cm)).filter_map(|cm| cx.known.activity(*cm)).map(|a| (a, String::new()));
    let text = links(cx, listed);
    let detail = cx.of("the same activities in the same order, as links", "les mêmes activités, dans le même ordre, en liens");
    Ok(Made::html(cx.of("My activities", "Mes activités"), &text, detail))
}

/// Numbers of a serialised list; where an activity was gone there is none (MAGISTERE-XML §2).
fn numbers(list: &str) -> Vec<i64> {
    let list = Php::read_config(list).ok().flatten();
    list.iter().flat_map(|l| l.entries()).filter_map(|(_, n)| n.int()).collect()
}
