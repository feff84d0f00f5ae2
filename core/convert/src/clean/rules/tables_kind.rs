//! What a table is for.

use crate::clean::html::style::{declarations, pixels};
use crate::clean::html::{Doc, What};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Rows and columns mean something.
    Data,
    /// It only places things.
    Layout,
    /// Either; a person has to look.
    Doubtful,
}

/// Rows of a table and the cells in them, by their numbers in the text.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub rows: Vec<(usize, Vec<usize>)>,
    /// `tbody`, `thead`, `tfoot`.
    pub groups: Vec<usize>,
    /// `colgroup` and `col`.
    pub columns: Vec<usize>,
    pub has_caption: bool,
    /// Whether all of it is where the tags say, and nothing stands between the cells.
    pub sound: bool,
}

/// A text longer than this is no entry of a table of data.
const SHORT: usize = 120;

pub(super) fn grid(doc: &Doc<'_>, table: usize) -> Grid {
    let mut grid = Grid { sound: doc.node(table).is_some_and(|n| n.sound && !n.end.is_empty()), ..Grid::default() };
    children(doc, table, &mut grid);
    grid
}

fn children(doc: &Doc<'_>, at: usize, grid: &mut Grid) {
    for child in doc.node(at).map(|n| n.children.clone()).unwrap_or_default() {
        let Some(node) = doc.node(child) else { continue };
        match (node.what, node.name.as_str()) {
            (What::Element, "tbody" | "thead" | "tfoot") => {
                grid.groups.push(child);
                grid.sound &= node.sound;
                children(doc, child, grid);
            }
            (What::Element, "tr") => {
                grid.sound &= node.sound;
                row(doc, child, grid);
            }
            (What::Element, "caption") => grid.has_caption = true,
            (What::Element, "colgroup") => {
                grid.columns.push(child);
                grid.columns.extend(doc.below(child).into_iter().filter(|n| doc.node(*n).is_some_and(|n| n.name == "col")));
            }
            (What::Element, "col") => grid.columns.push(child),
            _ => grid.sound &= doc.is_blank(child) || node.what == What::Other,
        }
    }
}

fn row(doc: &Doc<'_>, at: usize, grid: &mut Grid) {
    let mut cells = Vec::new();
    for child in doc.node(at).map(|n| n.children.clone()).unwrap_or_default() {
        let Some(node) = doc.node(child) else { continue };
        match (node.what, node.name.as_str()) {
            (What::Element, "td" | "th") => {
                grid.sound &= node.sound;
                cells.push(child);
            }
            _ => grid.sound &= doc.is_blank(child) || node.what == What::Other,
        }
    }
    grid.rows.push((at, cells));
}

/// Decides by what the author said, then by the shape, then by the signs of either use (MAGISTERE §11.4: header cells, or two by two with text, are data).
pub(super) fn kind(doc: &Doc<'_>, table: usize, grid: &Grid) -> Kind {
    let cells: Vec<usize> = grid.rows.iter().flat_map(|(_, cells)| cells.iter().copied()).collect();
    let told = doc.value(table, "role").map(|r| r.to_ascii_lowercase());
    let layout_role = matches!(told.as_deref(), Some("presentation" | "none"));
    if says_data(doc, table, grid, &cells) {
        return if layout_role { Kind::Doubtful } else { Kind::Data };
    }
    let known = cells.is_empty() || !grid.sound;
    if known {
        return if layout_role && !cells.is_empty() { Kind::Doubtful } else { Kind::Data };
    }
    let width = grid.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let height = grid.rows.iter().filter(|(_, cells)| !cells.is_empty()).count();
    let bordered = is_bordered(doc, table);
    if layout_role || (width == 1 && height == 1) {
        return Kind::Layout;
    }
    if width == 1 || height == 1 {
        let words = cells.iter().all(|c| is_short(doc, *c) && !doc.below(*c).into_iter().any(|n| is(doc, n, SHOWN)));
        return if bordered && words { Kind::Doubtful } else { Kind::Layout };
    }
    match (layout_signs(doc, table, &cells), data_signs(doc, table, grid, &cells)) {
        (layout, data) if layout >= data + 3 && !bordered => Kind::Layout,
        (layout, data) if layout <= data => Kind::Data,
        _ => Kind::Doubtful,
    }
}

fn says_data(doc: &Doc<'_>, table: usize, grid: &Grid, cells: &[usize]) -> bool {
    let role = doc.value(table, "role").is_some_and(|r| matches!(r.to_ascii_lowercase().as_str(), "table" | "grid" | "treegrid"));
    let summary = doc.value(table, "summary").is_some_and(|s| !s.trim().is_empty());
    let class = doc.value(table, "class").unwrap_or_default().to_ascii_lowercase();
    let marked = ["generaltable", "datatable", "table-striped", "flexible"].iter().any(|c| class.contains(c));
    let headed = cells
        .iter()
        .any(|c| doc.node(*c).is_some_and(|n| n.name == "th") || doc.attributes(*c).iter().any(|a| matches!(a.name.as_str(), "scope" | "headers")));
    let head = grid.groups.iter().any(|g| doc.node(*g).is_some_and(|n| n.name == "thead" || n.name == "tfoot") && !doc.says(*g).is_empty());
    grid.has_caption || role || summary || marked || headed || head
}

fn is(doc: &Doc<'_>, at: usize, names: &[&str]) -> bool {
    doc.node(at).is_some_and(|n| n.what == What::Element && names.contains(&n.name.as_str()))
}

/// Elements that show something without text.
const SHOWN: &[&str] = &["img", "video", "audio", "iframe", "object", "input"];

/// What makes a cell look like a heading of others.
const STRESSED: &[&str] = &["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"];

fn is_bordered(doc: &Doc<'_>, table: usize) -> bool {
    doc.value(table, "border").is_some_and(|b| b.trim().parse::<i32>().is_ok_and(|n| n > 0))
}

fn is_short(doc: &Doc<'_>, cell: usize) -> bool {
    doc.says(cell).chars().count() <= SHORT
}

fn share(cells: &[usize], holds: impl Fn(usize) -> bool) -> f64 {
    cells.iter().filter(|c| holds(**c)).count() as f64 / cells.len().max(1) as f64
}

fn layout_signs(doc: &Doc<'_>, table: usize, cells: &[usize]) -> i32 {
    let inside = |names: &[&str]| cells.iter().any(|c| doc.below(*c).into_iter().any(|n| is(doc, n, names)));
    let blocks = |c: usize| doc.below(c).into_iter().filter(|n| is(doc, *n, &["p", "li", "div", "blockquote"])).count();
    let long = |c: usize| doc.says(c).chars().count() > 2 * SHORT;
    let fixed = |at: usize| {
        let style = declarations(&doc.value(at, "style").unwrap_or_default());
        doc.value(at, "width").is_some() || style.iter().any(|d| d.name == "width" && (pixels(&d.value).is_some() || d.value.ends_with('%')))
    };
    let coloured = |at: usize| {
        let style = declarations(&doc.value(at, "style").unwrap_or_default());
        doc.value(at, "bgcolor").is_some() || style.iter().any(|d| d.name.starts_with("background"))
    };
    let empty = share(cells, |c| doc.says(c).is_empty() && !doc.below(c).into_iter().any(|n| is(doc, n, SHOWN)));
    [
        (2, inside(&["table"])),
        (2, inside(&["h1", "h2", "h3", "h4", "h5", "h6"])),
        (1, share(cells, |c| doc.below(c).into_iter().any(|n| is(doc, n, &["img", "video", "audio", "iframe"]))) >= 0.25),
        (1, cells.iter().any(|c| blocks(*c) > 2)),
        (1, cells.iter().any(|c| long(*c))),
        (1, cells.iter().any(|c| fixed(*c))),
        (1, cells.iter().any(|c| coloured(*c))),
        (1, doc.value(table, "border").is_some_and(|b| b.trim() == "0")),
        (1, (0.3..1.0).contains(&empty)),
    ]
    .into_iter()
    .filter(|(_, holds)| *holds)
    .map(|(n, _)| n)
    .sum()
}

fn data_signs(doc: &Doc<'_>, table: usize, grid: &Grid, cells: &[usize]) -> i32 {
    let text = |c: usize| doc.says(c);
    let even = grid.rows.iter().map(|(_, cells)| cells.len()).collect::<std::collections::BTreeSet<_>>().len() == 1;
    let number = |c: usize| {
        let t = text(c);
        !t.is_empty() && t.chars().filter(|c| c.is_ascii_digit()).count() * 2 >= t.chars().filter(|c| !c.is_whitespace()).count()
    };
    let lined = |at: usize| {
        declarations(&doc.value(at, "style").unwrap_or_default()).iter().any(|d| d.name.starts_with("border") && d.value.contains("solid"))
    };
    let first = grid.rows.first().map(|(_, cells)| cells.clone()).unwrap_or_default();
    let stressed = |c: &usize| doc.says(*c).is_empty() || (is_short(doc, *c) && doc.below(*c).into_iter().any(|n| is(doc, n, STRESSED)));
    let top = first.len() > 1 && first.iter().all(stressed);
    let side = grid.rows.len() > 2 && grid.rows.iter().skip(1).all(|(_, cells)| cells.first().is_some_and(stressed));
    let class = doc.value(table, "class").unwrap_or_default();
    [
        (2, even && share(cells, |c| (1..=SHORT).contains(&text(c).chars().count())) >= 0.8),
        (2, share(cells, number) >= 0.3),
        (1, is_bordered(doc, table) || lined(table) || share(cells, lined) >= 0.5),
        (3, top),
        (2, side),
        (1, class.split_ascii_whitespace().any(|c| c == "table" || c == "table-bordered" || c == "MsoTableGrid")),
    ]
    .into_iter()
    .filter(|(_, holds)| *holds)
    .map(|(n, _)| n)
    .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Kind {
        let doc = Doc::read(text).unwrap_or_else(|_| panic!("{text}"));
        let table = doc.elements("table").next().unwrap();
        kind(&doc, table, &grid(&doc, table))
    }

    #[test]
    fn tables_of_data_stay() {
        for text in [
            "<table><tr><th>a</th></tr><tr><td>b</td></tr></table>",
            "<table><caption>c</caption><tr><td>b</td></tr></table>",
            "<table summary='prices'><tr><td>b</td></tr></table>",
            "<table><tr><td>Jan</td><td>3</td></tr><tr><td>Feb</td><td>4</td></tr></table>",
            "<table border=1><tr><td>word<td>mot<tr><td>book<td>livre</table>",
            "<table border=2><tr><td><h4>A</h4><td><h4>B</h4><tr><td><h3>a</h3><td><p>1</p><ul><li>x<li>y<li>z</ul><tr><td><h3>b</h3><td><p>2</p></table>",
            "<table>stray<tr><td>a</td></tr></table>",
            "<table></table>",
        ] {
            assert_eq!(of(text), Kind::Data, "{text}");
        }
    }

    #[test]
    fn tables_that_place_things_are_found() {
        let long = "word ".repeat(80);
        for text in [
            "<table role='presentation'><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>".to_owned(),
            "<table><tr><td>one box</td></tr></table>".to_owned(),
            "<table><tr><td><img src=a></td><td>text</td></tr></table>".to_owned(),
            format!(
                "<table border=0><tr><td><h3>A</h3>{long}</td><td><img src=x></td></tr><tr><td><h3>B</h3></td><td><p>{long}</p></td></tr></table>"
            ),
            format!("<table width=600><tr><td><table><tr><td>x</td></tr></table></td><td></td></tr><tr><td>{long}</td><td></td></tr></table>"),
        ] {
            assert_eq!(of(&text), Kind::Layout, "{text}");
        }
    }

    #[test]
    fn what_may_be_either_is_said_to_be() {
        assert_eq!(of("<table border=1><tr><td>a<td>b<td>c</table>"), Kind::Doubtful);
        assert_eq!(of("<table border=0><tr><td width='30%' bgcolor=red><b>A</b><td>b<tr><td bgcolor=red>c<td>d</table>"), Kind::Doubtful);
        assert_eq!(of("<table role=none><tr><th>a</th></tr></table>"), Kind::Doubtful);
        assert_eq!(
            of(&format!("<table border=0><tr><td>a</td><td>{0}</td></tr><tr><td>b</td><td>{0}</td></tr></table>", "word ".repeat(80))),
            Kind::Doubtful
        );
    }
}
