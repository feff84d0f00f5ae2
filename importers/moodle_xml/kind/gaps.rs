//! Texts with gaps: `gapselect`, `ddwtos`.

use crate::moodle_xml::input::{In, flag, number, words};
use crate::moodle_xml::output::{self, Out, mark};
use parcours_course::question::{Gap, Gaps};
use parcours_mbz::xml::Element;

pub(super) fn write(out: &mut Out<'_>, g: &Gaps) -> Vec<Element> {
    let mut all = vec![output::flag("shuffleanswers", g.shuffle)];
    all.extend(out.combined(&g.combined));
    let name = if g.drag { "dragbox" } else { "selectoption" };
    all.extend(g.choices.iter().map(|c| {
        let mut children = vec![Element::new("text", &c.text), Element::new("group", c.group)];
        children.extend(mark("infinite", c.infinite));
        Element::group(name, children)
    }));
    all
}

pub(super) fn read(name: &str, e: &Element, input: &mut In<'_>) -> Gaps {
    let drag = name == "ddwtos";
    let choices = e.all(if drag { "dragbox" } else { "selectoption" });
    let gap = |c: &Element| Gap { id: 0, text: words_of(c), group: number(c, "group", 1), infinite: flag(c, "infinite", false) };
    Gaps { drag, shuffle: flag(e, "shuffleanswers", false), choices: choices.map(gap).collect(), combined: input.combined(e) }
}

fn words_of(e: &Element) -> String {
    words(e, "text").to_owned()
}
