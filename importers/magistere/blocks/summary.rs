//! "Sommaire": the tree of sections, as links (MAGISTERE §6.5).

use crate::magistere::block::{Block, Made};
use crate::magistere::cx::Cx;
use crate::magistere::words::escape;
use parcours_mbz::Error;
use std::collections::HashSet;

/// What is deeper is listed at the top.
const DEEPEST: usize = 32;

/// A line of `summary.xml`.
struct Line {
    section: i64,
    parent: Option<i64>,
    weight: i64,
}

pub(in crate::magistere) fn make(cx: &mut Cx<'_>, block: &Block) -> Result<Made, Error> {
    let mut lines = Vec::new();
    cx.course.each(&block.beside("summary.xml"), "element", |_, e| {
        lines.push(Line { section: e.number("sectionid").unwrap_or(0), parent: e.number("parentid"), weight: e.number("weight").unwrap_or(0) });
        Ok(())
    })?;
    lines.retain(|l| cx.known.sections.get(&l.section).is_some_and(|s| s.visible && s.number > 0));
    // What stands below a section that is not listed is listed at the top; what a hidden one holds is not.
    lines.sort_by_key(|l| l.weight);
    let mut done = HashSet::new();
    let mut text = tree(cx, &lines, None, 0, &mut done);
    let rest: Vec<Line> = lines.into_iter().filter(|l| !done.contains(&l.section)).map(|l| Line { parent: None, ..l }).collect();
    let orphans = tree(cx, &rest, None, 0, &mut done);
    text.push_str(&orphans);
    let detail = cx.of("the tree of visible sections as links; without ticks", "l’arborescence des sections visibles, en liens ; sans les coches");
    Ok(Made::html(cx.of("Contents", "Sommaire"), &text, detail))
}

fn tree(cx: &Cx<'_>, lines: &[Line], parent: Option<i64>, depth: usize, done: &mut HashSet<i64>) -> String {
    let mut items = String::new();
    for line in lines.iter().filter(|l| l.parent == parent && depth < DEEPEST) {
        // A section below itself ends here.
        if !done.insert(line.section) {
            continue;
        }
        let Some(section) = cx.known.sections.get(&line.section) else { continue };
        let name = if section.name.is_empty() { format!("Section {}", section.number) } else { section.name.clone() };
        let below = tree(cx, lines, Some(line.section), depth + 1, done);
        items.push_str(&format!("<li><a href=\"{}\">{}</a>{below}</li>", cx.known.section_link(line.section), escape(&name)));
    }
    if items.is_empty() { items } else { format!("<ul>{items}</ul>") }
}
