//! Layout tables: each cell becomes a block, in reading order; tables of data stay.

use super::fonts::css;
use super::icons::is_icons_only;
use super::is_foreign;
use super::tables_kind::{Grid, Kind, grid, kind};
use crate::clean::html::style::{Declaration, declarations, written};
use crate::clean::html::token::encode;
use crate::clean::html::{Doc, Edits, What};
use crate::clean::note::Note;
use crate::clean::scene::Scene;

/// Declarations that only a cell or a table has a use for.
const PLACING: &[&str] = &[
    "width",
    "height",
    "min-width",
    "min-height",
    "max-width",
    "vertical-align",
    "border-collapse",
    "border-spacing",
    "table-layout",
    "empty-cells",
    "float",
    "display",
];

pub(super) fn change(doc: &Doc<'_>, scene: &mut Scene<'_>) -> Edits {
    let mut edits = Edits::default();
    for table in doc.elements("table") {
        if is_foreign(doc, table) {
            continue;
        }
        let grid = grid(doc, table);
        match kind(doc, table, &grid) {
            Kind::Layout => dissolve(doc, table, &grid, &mut edits),
            Kind::Doubtful => scene.note(Note::DoubtfulTable(doc.says(table).chars().take(60).collect())),
            Kind::Data => {}
        }
    }
    edits
}

fn dissolve(doc: &Doc<'_>, table: usize, grid: &Grid, edits: &mut Edits) {
    for column in &grid.columns {
        let Some(node) = doc.node(*column) else { continue };
        edits.cut(node.start.clone());
        if !node.end.is_empty() {
            edits.cut(node.end.clone());
        }
    }
    for (row, cells) in &grid.rows {
        let mut cells = cells.as_slice();
        while let Some((cell, rest)) = cells.split_first() {
            // An icon stands on the line of the text beside it, not above.
            match rest.first().and_then(|next| Some((icon(doc, *cell)?, place(doc, *next).filter(|_| icon(doc, *next).is_none())?))) {
                Some((icon, place)) => {
                    take_out(doc, *cell, edits);
                    edits.put(place..place, format!("{icon} "));
                }
                None if is_spacer(doc, *cell) => take_out(doc, *cell, edits),
                None => block(doc, *cell, shell(doc, *cell).unwrap_or_default(), edits),
            }
            cells = rest;
        }
        unwrap(doc, *row, edits);
    }
    grid.groups.iter().for_each(|group| unwrap(doc, *group, edits));
    unwrap(doc, table, edits);
}

/// Tags away, or a block where the element has something to keep.
fn unwrap(doc: &Doc<'_>, at: usize, edits: &mut Edits) {
    match shell(doc, at) {
        Some(attributes) => block(doc, at, attributes, edits),
        None => {
            let Some(node) = doc.node(at) else { return };
            edits.cut(node.start.clone());
            if !node.end.is_empty() {
                edits.cut(node.end.clone());
            }
        }
    }
}

fn block(doc: &Doc<'_>, at: usize, attributes: String, edits: &mut Edits) {
    let Some(node) = doc.node(at) else { return };
    edits.put(node.start.clone(), format!("<div{attributes}>"));
    edits.put(node.end.clone(), "</div>");
}

fn take_out(doc: &Doc<'_>, at: usize, edits: &mut Edits) {
    if let Some(node) = doc.node(at) {
        edits.cut(node.start.start..node.end.end);
    }
}

/// The attributes a block takes over from a cell, row or table; nothing where there is none worth it.
fn shell(doc: &Doc<'_>, at: usize) -> Option<String> {
    let mut style = Vec::new();
    let mut others = String::new();
    for a in doc.attributes(at) {
        match a.name.as_str() {
            "style" => style.extend(declarations(&a.value).into_iter().filter(|d| !PLACING.contains(&d.name.as_str()))),
            "bgcolor" => style.insert(0, Declaration::new("background-color", &css(&a.value))),
            "background" => style.insert(0, Declaration::new("background-image", &format!("url('{}')", a.value.replace('\'', "%27")))),
            "align" if doc.node(at).is_some_and(|n| n.name != "table") => style.insert(0, Declaration::new("text-align", &a.value)),
            "class" => {
                let left: Vec<_> =
                    a.value.split_ascii_whitespace().filter(|c| *c != "table" && !c.starts_with("table-") && !c.starts_with("Mso")).collect();
                if !left.is_empty() {
                    others.push_str(&format!(" class=\"{}\"", encode(&left.join(" "))));
                }
            }
            name @ ("id" | "lang" | "dir" | "title") => others.push_str(&format!(" {name}=\"{}\"", encode(&a.value))),
            name if name.starts_with("data-") || name.starts_with("aria-") => others.push_str(doc.slice(a.range.clone())),
            _ => {}
        }
    }
    // A border between cells has nothing to separate any more; one around a box still frames it.
    let table = doc.node(at).is_some_and(|n| n.name == "table");
    if table || doc.node(at).is_some_and(|n| n.name == "tr") {
        style.retain(|d| {
            d.name.starts_with("background") || d.name.starts_with("text-") || d.name == "color" || (table && d.name.starts_with("border"))
        });
    }
    if let Some(style) = written(&style) {
        others.push_str(&format!(" style=\"{}\"", encode(&style)));
    }
    Some(others).filter(|o| !o.is_empty())
}

/// A cell without anything in it, that nothing links to and that shows no colour.
fn is_spacer(doc: &Doc<'_>, cell: usize) -> bool {
    let nothing = |n: usize| doc.node(n).is_some_and(|n| n.what == What::Text || matches!(n.name.as_str(), "br" | "p" | "span" | "div"));
    let named = |n: usize| doc.attributes(n).iter().any(|a| matches!(a.name.as_str(), "id" | "name" | "class"));
    let inside = doc.below(cell);
    doc.says(cell).is_empty() && inside.iter().all(|n| nothing(*n) && !named(*n)) && shell(doc, cell).is_none()
}

/// The markup of a cell that holds icons and nothing else.
fn icon<'a>(doc: &Doc<'a>, cell: usize) -> Option<&'a str> {
    let node = doc.node(cell)?;
    let inside = doc.below(cell);
    let element = |name: &str| inside.iter().any(|n| doc.node(*n).is_some_and(|n| n.name == name));
    let picture = element("img") || element("a") || element("video") || element("audio") || element("iframe");
    let glyph = element("i") && doc.says(cell).is_empty();
    let wanted = !picture && shell(doc, cell).is_none() && (is_icons_only(&doc.says(cell)) || glyph);
    // A paragraph around the icon stays behind; emphasis goes with it.
    let inner = inside
        .iter()
        .find(|n| doc.node(**n).is_some_and(|n| n.what == What::Element && !matches!(n.name.as_str(), "p" | "div")))
        .filter(|n| doc.says(**n) == doc.says(cell))
        .and_then(|n| doc.node(*n))
        .map(|n| n.start.start..n.end.end);
    let text = inside
        .iter()
        .find(|n| !doc.is_blank(**n) && doc.node(**n).is_some_and(|n| n.what == What::Text))
        .and_then(|n| doc.node(*n))
        .map(|n| n.start.clone());
    let range = inner.or(text)?;
    (wanted && node.sound).then(|| doc.slice(range).trim())
}

/// Where the text of a cell begins, inside its first blocks. Nothing where it has none.
fn place(doc: &Doc<'_>, cell: usize) -> Option<usize> {
    if doc.says(cell).is_empty() {
        return None;
    }
    let mut here = doc.node(cell)?;
    while let Some(first) = here.children.iter().find(|c| !doc.is_blank(**c)).and_then(|c| doc.node(*c)) {
        match (first.what, first.name.as_str()) {
            (What::Element, "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6") => here = first,
            (What::Element, "table" | "ul" | "ol" | "dl") => return None,
            _ => return Some(first.start.start),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::clean::test::cleaned;

    #[test]
    fn cells_become_blocks_in_reading_order() {
        assert_eq!(
            cleaned("<table width=\"90%\"><tbody><tr><td>a</td><td style=\"width: 3px\">b</td></tr></tbody></table>"),
            "<div>a</div><div>b</div>"
        );
        assert_eq!(cleaned("<table><tr><td>a<td>b</table>"), "<div>a</div><div>b</div>");
        assert_eq!(
            cleaned("<table id=\"x\" bgcolor=\"eeeeee\"><tr><td align=\"center\">a</td></tr></table>"),
            "<div id=\"x\" style=\"background-color: #eeeeee;\"><div style=\"text-align: center;\">a</div></div>"
        );
        assert_eq!(
            cleaned("<table><tr><td><table><tr><td>in</td></tr></table></td><td>&nbsp;</td><td>out</td></tr></table>"),
            "<div><div>in</div></div><div>out</div>"
        );
    }

    #[test]
    fn an_icon_stays_on_the_line_of_its_text() {
        let text = "<table><tr><td><p>[fa-book]</p></td><td><p>Read <b>this</b></p></td></tr></table>";
        let two = "<table><tr><td>[fa-a]</td><td>[fa-b]</td><td>c</td></tr></table>";
        let icon = |n: &str| format!("<i class=\"fa fa-{n}\" aria-hidden=\"true\"></i>");
        assert_eq!(cleaned(two), format!("<div>{}</div><div>{} c</div>", icon("a"), icon("b")));
        assert_eq!(cleaned(text), "<div><p><i class=\"fa fa-book\" aria-hidden=\"true\"></i> Read <b>this</b></p></div>");
    }
}
